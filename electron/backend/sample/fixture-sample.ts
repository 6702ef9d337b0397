import fs from 'node:fs'
import path from 'node:path'
import type { LayerColumns } from '#core/geo/columns.ts'
import { manifestSchema } from '#core/model/manifest.ts'
import type { Layer, Plan } from '#core/model/plan.ts'
import type { Role } from '#core/model/roles.ts'
import type { PlantedDefect, SampleOptions } from '#core/sample/city.ts'
import { importBench } from '../import/fixture-files.ts'
import { loadLayerColumns, type LayerFiles } from '../store/layer-columns.ts'
import { writeSample } from './write-sample.ts'

/** A sample city brought in by the real import service, for tests that need a whole plan. */
export interface SamplePlan {
  plan: Plan
  layers: Layer[]
  files: LayerFiles
  planted: PlantedDefect[]
  layer(role: Role): Layer
  columns(role: Role): LayerColumns
  remove(): void
}

export async function importSample(options: SampleOptions): Promise<SamplePlan> {
  const bench = importBench()
  writeSample(bench.root, options, () => undefined)
  const read = (name: string): unknown => JSON.parse(fs.readFileSync(bench.source(name), 'utf8'))
  const { plan, layers } = await bench.run(manifestSchema.parse(read('plan.json')))
  const files = { gpkg: path.join(bench.plansDir, `${plan.gpkgSha256}.gpkg`), cacheDir: path.join(bench.dir, 'cache') }
  const layer = (role: Role): Layer => {
    const found = layers.find((candidate) => candidate.role === role)
    if (found === undefined) throw new Error(`the sample has no ${role}`)
    return found
  }
  return {
    plan,
    layers,
    files,
    planted: read('planted.json') as PlantedDefect[],
    layer,
    columns: (role) => loadLayerColumns(files, layer(role), plan),
    remove: bench.remove,
  }
}
