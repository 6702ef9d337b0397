import { rmSync } from 'node:fs'
import { cataloguesOfRun } from './catalogues.ts'

/** After the last journey: what they all copied is not needed any more. */
export default function removeCatalogues(): void {
  rmSync(cataloguesOfRun(), { recursive: true, force: true })
}
