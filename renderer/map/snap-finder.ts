import type { Client } from '#core/contract/client.ts'
import type { FeatureGeometry } from '#core/contract/map-data.ts'
import type { LayerId, PlanId } from '#core/model/ids.ts'
import { nearestCorner } from './mark-draft.ts'

const MOST_KEPT = 60
const MOST_SHAPES = 6

/** Finds true corners of parcels near a place: those of the stored shapes, not of the drawn tiles, which are simplified. */
export class SnapFinder {
  readonly #client: Client
  readonly #planId: PlanId
  readonly #isVisible: (id: LayerId) => boolean
  readonly #shapes = new Map<string, Promise<FeatureGeometry>>()
  #asked: AbortController | null = null

  constructor(client: Client, planId: PlanId, isVisible: (id: LayerId) => boolean) {
    this.#client = client
    this.#planId = planId
    this.#isVisible = isVisible
  }

  /** The corner to jump to; null where there is none within reach, or when another place was asked for meanwhile. */
  async find(at: readonly [number, number], withinM: number): Promise<[number, number] | null> {
    this.#asked?.abort()
    const asked = new AbortController()
    this.#asked = asked
    const [xM, yM] = at
    const near = await this.#client.call('map.identify', { planId: this.#planId, xM, yM, toleranceM: withinM }, { signal: asked.signal }) // prettier-ignore
    const seen = near.filter(({ layerId }) => this.#isVisible(layerId)).slice(0, MOST_SHAPES)
    const shapes = await Promise.all(seen.map(({ layerId, fid }) => this.#shape(layerId, fid)))
    if (asked.signal.aborted) return null
    const corners = shapes.map(({ xyM }) => nearestCorner(at, xyM, withinM)).filter((corner) => corner !== null)
    return nearestCorner(at, corners.flat(), withinM)
  }

  stop(): void {
    this.#asked?.abort()
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
