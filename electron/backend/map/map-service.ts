import { Worker } from 'node:worker_threads'
import type { FeatureGeometry, IdentifiedFeature, MapSetup, RasterTile, TileData } from '#core/contract/map-data.ts'
import { AppError } from '#core/errors.ts'
import type { LayerId, PlanId } from '#core/model/ids.ts'
import type { Layer, Plan } from '#core/model/plan.ts'
import { entryUrl } from '../entry-url.ts'
import type { MapReply, MapRequest } from './map-worker.ts'

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

type Ask<T> = T extends MapRequest ? Omit<T, 'id' | 'plan' | 'layers' | 'files'> : never
interface Waiting {
  resolve: (value: never) => void
  reject: (error: Error) => void
}

/** The map's side of the backend: one worker thread that keeps layers and their indexes, started when first asked. */
export function createMapService({ planOf, gpkgPath, cacheDir }: MapDependencies): MapService {
  let worker: Worker | null = null
  let lastId = 0
  const waiting = new Map<number, Waiting>()

  function start(): Worker {
    const started = new Worker(entryUrl('map-worker'), { execArgv: [] })
    started.unref()
    started.on('message', (reply: MapReply) => {
      const call = waiting.get(reply.id)
      waiting.delete(reply.id)
      if ('value' in reply) call?.resolve(reply.value as never)
      else if ('missingLayer' in reply) call?.reject(new AppError('catalogue.not-found', { what: reply.missingLayer }))
      else call?.reject(new Error(reply.failed))
    })
    const ended = (error?: Error) => {
      // After an error comes the exit too; by then another worker may be at work.
      if (worker !== started) return
      worker = null
      for (const call of waiting.values()) call.reject(error ?? new Error('the map worker ended'))
      waiting.clear()
    }
    started.on('error', ended)
    started.on('exit', () => ended())
    return started
  }

  function ask<T>(planId: PlanId, request: Ask<MapRequest>): Promise<T> {
    const { plan, layers } = planOf(planId)
    worker ??= start()
    const id = ++lastId
    return new Promise<T>((resolve, reject) => {
      waiting.set(id, { resolve, reject })
      worker?.postMessage({ ...request, id, plan, layers, files: { gpkg: gpkgPath(plan.gpkgSha256), cacheDir } })
    })
  }

  return {
    setup: (planId) => ask(planId, { ask: 'setup' }),
    tile: (planId, layerId, z, x, y) => ask(planId, { ask: 'tile', layerId, z, x, y }),
    raster: (planId, layerId, z, x, y) => ask(planId, { ask: 'raster', layerId, z, x, y }),
    identify: (planId, xM, yM, toleranceM) => ask(planId, { ask: 'identify', xM, yM, toleranceM }),
    features: (planId, layerId, fids) => ask(planId, { ask: 'features', layerId, fids }),
    async close() {
      await worker?.terminate()
    },
  }
}
