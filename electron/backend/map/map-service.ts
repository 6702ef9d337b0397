import type { Input, Output } from '#core/contract/procedures.ts'
import type { MapSystem } from '#core/map/coordinates.ts'
import { AppError } from '#core/errors.ts'
import { mapSystems } from '#core/map/map-systems.ts'
import type { PlanId } from '#core/model/ids.ts'
import type { Layer, Plan } from '#core/model/plan.ts'
import { definedOnly } from '#core/without.ts'
import type { Log } from '../log.ts'
import { workerLink } from '../worker-link.ts'
import type { MapRequest } from './map-worker.ts'

interface MapDependencies {
  planOf: (planId: PlanId) => { plan: Plan; layers: Layer[] }
  gpkgPath: (sha256: string) => string
  cacheDir: string
  log: Pick<Log, 'write'>
}

/** Fewer features than these are read while the map's own code is still on its way. */
const SLOW_TO_READ = 20_000

type Answers<N extends 'setup' | 'tile' | 'raster' | 'identify' | 'features' | 'extentOf' | 'labels' | 'seen'> = (
  input: Input<`map.${N}`>,
) => Promise<Output<`map.${N}`>>

/** @throws AppError `catalogue.not-found` for a layer that the plan does not have, `attributes.*` for filters */
export interface MapService {
  setup: Answers<'setup'>
  tile: Answers<'tile'>
  raster: Answers<'raster'>
  identify: Answers<'identify'>
  features: Answers<'features'>
  extentOf: Answers<'extentOf'>
  labels: Answers<'labels'>
  seen: Answers<'seen'>
  systems: (planId: PlanId) => MapSystem[]
  /** Reads a large plan that has just been stored, so that its map opens at once; a failure is told when the map is asked for. */
  prepare: (planId: PlanId) => void
  /** Waits for what is being prepared: its copies would be made again at the next opening. */
  close(): Promise<void>
}

type Ask<T> = T extends MapRequest ? Omit<T, 'plan' | 'layers' | 'files'> : never

/** The map's side of the backend: one worker thread that keeps layers and their indexes, started when first asked. */
export function createMapService({ planOf, gpkgPath, cacheDir, log }: MapDependencies): MapService {
  const link = workerLink<MapRequest>('map-worker')
  let preparing: Promise<unknown> = Promise.resolve()

  async function ask<T>(planId: PlanId, request: Ask<MapRequest>): Promise<T> {
    const { plan, layers } = planOf(planId)
    return link.ask<T>({ ...request, plan, layers, files: { gpkg: gpkgPath(plan.gpkgSha256), cacheDir } })
  }

  return {
    setup: ({ planId }) => ask(planId, { ask: 'setup' }),
    tile: ({ planId, ...tile }) => ask(planId, { ask: 'tile', ...definedOnly(tile) }),
    raster: ({ planId, ...tile }) => ask(planId, { ask: 'raster', ...tile }),
    identify: ({ planId, ...place }) => ask(planId, { ask: 'identify', ...definedOnly(place) }),
    features: ({ planId, ...wanted }) => ask(planId, { ask: 'features', ...wanted }),
    extentOf: ({ planId, ...wanted }) => ask(planId, { ask: 'extentOf', ...wanted }),
    labels: ({ planId, ...asked }) => ask(planId, { ask: 'labels', asked }),
    seen: ({ planId, ...asked }) => ask(planId, { ask: 'seen', asked }),
    systems: (planId) => {
      const { crs, frame } = planOf(planId).plan
      return mapSystems(crs, frame)
    },
    prepare(planId) {
      const features = planOf(planId).layers.reduce((sum, layer) => sum + layer.features, 0)
      if (features < SLOW_TO_READ) return
      preparing = ask(planId, { ask: 'setup' }).catch((error: unknown) =>
        log.write('warn', 'map.not-prepared', { ref: planId, code: error instanceof AppError ? error.code : 'unexpected' }),
      )
    },
    async close() {
      await preparing
      await link.close()
    },
  }
}
