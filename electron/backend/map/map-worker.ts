import type { FeatureSet } from '#core/attributes/feature-set.ts'
import type { Input } from '#core/contract/procedures.ts'
import type { Layer, Plan } from '#core/model/plan.ts'
import type { LayerFiles } from '../store/layer-columns.ts'
import { answerRequests } from '../worker-answers.ts'
import { PlanMap } from './plan-map.ts'

export type MapRequest = { plan: Plan; layers: Layer[]; files: Omit<LayerFiles, 'log'> } & (
  | { ask: 'setup' }
  | { ask: 'tile'; layerId: string; z: number; x: number; y: number; where?: string; only?: FeatureSet }
  | { ask: 'raster'; layerId: string; z: number; x: number; y: number }
  | { ask: 'identify'; xM: number; yM: number; toleranceM: number; filters?: Record<string, string> }
  | { ask: 'labels'; asked: Omit<Input<'map.labels'>, 'planId'> }
  | { ask: 'seen'; asked: Omit<Input<'map.seen'>, 'planId'> }
  | { ask: 'extentOf'; layerId: string; features: FeatureSet }
  | { ask: 'features'; layerId: string; fids: number[] }
)

/** Plans kept open: the one on screen and the one before it. */
const KEEP = 2
const maps = new Map<string, PlanMap>()

function mapOf({ plan, layers, files }: MapRequest): PlanMap {
  const known = maps.get(plan.id)
  const map = known ?? new PlanMap(plan, layers, files)
  maps.delete(plan.id)
  maps.set(plan.id, map)
  for (const oldest of [...maps.keys()].slice(0, -KEEP)) {
    maps.get(oldest)?.close()
    maps.delete(oldest)
  }
  return map
}

/** What a map that was just opened will ask for, between questions that have come meanwhile; its failure is told to whoever asks for it. */
function oneByOne([first, ...others]: readonly (() => void)[]): void {
  if (first === undefined) return
  setImmediate(() => {
    try {
      first()
    } catch {
      return
    }
    oneByOne(others)
  })
}

/** Runs as a worker thread for as long as the backend does: the map never waits for an import or a save. */
answerRequests((request: MapRequest): unknown => {
  const map = mapOf(request)
  if (request.ask === 'setup') {
    oneByOne(map.firstTiles())
    return map.setup()
  }
  if (request.ask === 'tile') return map.tile(request.layerId, request.z, request.x, request.y, request)
  if (request.ask === 'extentOf') return map.extentOf(request.layerId, request.features)
  if (request.ask === 'raster') return map.rasterTile(request.layerId, request.z, request.x, request.y)
  if (request.ask === 'identify') return map.identify(request.xM, request.yM, request.toleranceM, request.filters)
  if (request.ask === 'labels') return map.labels(request.asked)
  if (request.ask === 'seen') return map.seen(request.asked)
  return map.features(request.layerId, request.fids)
})
