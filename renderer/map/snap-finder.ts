import type { Client } from '#core/contract/client.ts'
import type { FeatureGeometry } from '#core/contract/map-data.ts'
import type { LayerId, PlanId } from '#core/model/ids.ts'
import { nearestCorner } from './mark-draft.ts'

const MOST_KEPT = 60
const MOST_SHAPES = 6
/** How far around a place the backend looks at most. */
const WIDEST_M = 10_000

/** What else is known where somebody looks for a corner. */
export interface SnapWish {
  /** Shapes that the plan does not have, or has elsewhere. */
  beside?: readonly Pick<FeatureGeometry, 'xyM'>[] | undefined
  /** A feature that is being moved: its own corners do not hold it. */
  except?: { layerId: LayerId | null; fid: number } | undefined
  signal?: AbortSignal | undefined
}

/** Finds true corners of parcels near a place: those of the stored shapes, not of the drawn tiles, which are simplified. */
export class SnapFinder {
  readonly #client: Client
  readonly #planId: PlanId
  readonly #isVisible: (id: LayerId) => boolean
  readonly #shapes = new Map<string, Promise<FeatureGeometry>>()

  constructor(client: Client, planId: PlanId, isVisible: (id: LayerId) => boolean) {
    this.#client = client
    this.#planId = planId
    this.#isVisible = isVisible
  }

  /** The corner to jump to; null where there is none within reach, or when the asker has gone on. */
  async find(at: readonly [number, number], withinM: number, wish: SnapWish = {}): Promise<[number, number] | null> {
    const { beside = [], except, signal } = wish
    const [xM, yM] = at
    const where = { planId: this.#planId, xM, yM, toleranceM: Math.min(withinM, WIDEST_M) }
    const near = await this.#client.call('map.identify', where, signal ? { signal } : {})
    const seen = near.filter(
      ({ layerId, fid }) => this.#isVisible(layerId) && !(layerId === except?.layerId && fid === except.fid),
    )
    const shapes = await Promise.all(seen.slice(0, MOST_SHAPES).map(({ layerId, fid }) => this.#shape(layerId, fid)))
    if (signal?.aborted === true) return null
    const corners = [...shapes, ...beside].map(({ xyM }) => nearestCorner(at, xyM, withinM)).filter((corner) => corner !== null)
    return nearestCorner(at, corners.flat(), withinM)
  }

  #shape(layerId: LayerId, fid: number): Promise<FeatureGeometry> {
    const key = `${layerId}/${fid}`
    const known = this.#shapes.get(key)
    if (known) return known
    const [oldest] = this.#shapes.keys()
    if (oldest !== undefined && this.#shapes.size >= MOST_KEPT) this.#shapes.delete(oldest)
    const shape = this.#client.call('map.features', { planId: this.#planId, layerId, fids: [fid] })
    this.#shapes.set(key, shape)
    shape.catch(() => this.#shapes.delete(key))
    return shape
  }
}
