import { spawnSync } from 'node:child_process'
import path from 'node:path'

/** Runs once, before the first test file. */
export function setup(): void {
  const warmed = spawnSync(process.execPath, [path.join(import.meta.dirname, 'warm-code.ts')], { stdio: 'inherit' })
  if (warmed.status !== 0) throw new Error('what worker threads load could not be loaded')
}
