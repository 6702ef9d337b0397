import type { FeatureGeometry, IdentifiedFeature, MapSetup, RasterTile, TileData } from '#core/contract/map-data.ts'
import type { LayerId, PlanId } from '#core/model/ids.ts'
import type { Layer, Plan } from '#core/model/plan.ts'
import { workerLink } from '../worker-link.ts'
import type { MapRequest } from './map-worker.ts'

interface MapDependencies {
  planOf: (planId: PlanId) => { plan: Plan; layers: Layer[] }
  gpkgPath: (sha256: string) => string
  cacheDir: string
}

export interface MapService {
  setup(planId: PlanId): Promise<MapSetup>
  tile(planId: PlanId, layerId: LayerId, z: number, x: number, y: number): Promise<TileData>
  raster(planId: PlanId, layerId: LayerId, z: number, x: number, y: number): Promise<RasterTile>
  identify(planId: PlanId, xM: number, yM: number, toleranceM: number): Promise<IdentifiedFeature[]>
  features(planId: PlanId, layerId: LayerId, fids: number[]): Promise<FeatureGeometry>
  close(): Promise<void>
}

type Ask<T> = T extends MapRequest ? Omit<T, 'plan' | 'layers' | 'files'> : never

/** The map's side of the backend: one worker thread that keeps layers and their indexes, started when first asked. */
export function createMapService({ planOf, gpkgPath, cacheDir }: MapDependencies): MapService {
  const link = workerLink<MapRequest>('map-worker')

  async function ask<T>(planId: PlanId, request: Ask<MapRequest>): Promise<T> {
    const { plan, layers } = planOf(planId)
    return link.ask<T>({ ...request, plan, layers, files: { gpkg: gpkgPath(plan.gpkgSha256), cacheDir } })
  }

  return {
    setup: (planId) => ask(planId, { ask: 'setup' }),
    tile: (planId, layerId, z, x, y) => ask(planId, { ask: 'tile', layerId, z, x, y }),
    raster: (planId, layerId, z, x, y) => ask(planId, { ask: 'raster', layerId, z, x, y }),
    identify: (planId, xM, yM, toleranceM) => ask(planId, { ask: 'identify', xM, yM, toleranceM }),
    features: (planId, layerId, fids) => ask(planId, { ask: 'features', layerId, fids }),
    close: () => link.close(),
  }
}
