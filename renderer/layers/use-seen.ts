import { useEffect, useState } from 'react'
import type { MapLayer, SeenLayer } from '#core/contract/map-data.ts'
import { drawnAt, filtersOf } from '#core/map/layer-tree.ts'
import type { MapLook } from '#core/map/look.ts'
import type { LayerId, PlanId } from '#core/model/ids.ts'
import { useClient } from '../api/use-api.tsx'
import { useMapPlace } from '../map/map-place.ts'

/** A pan ends with several moves within a moment; one answer is enough. */
const WAIT_MS = 120

/** How many features of each legend entry are in sight, by layer; a layer that is not drawn has none. */
export type SeenCounts = ReadonlyMap<LayerId, readonly number[]>

export const seenCounts = (seen: readonly SeenLayer[]): SeenCounts =>
  new Map(seen.map(({ layerId, features }) => [layerId, features]))

interface SeenAsked {
  planId: PlanId
  layers: readonly MapLayer[]
  visible: ReadonlySet<LayerId>
  look: MapLook
}

/**
 * What is in sight, counted by the backend each time the map comes to rest; null while it is not asked for or not known yet. The last answer
 * stays until the next one is there, so that nothing flickers.
 */
export function useSeen({ planId, layers, visible, look }: SeenAsked): SeenCounts | null {
  const client = useClient()
  const view = useMapPlace((state) => state.view)
  const metresPerPixel = useMapPlace((state) => state.sight?.metresPerPixel ?? null)
  const [answer, setAnswer] = useState<{ planId: PlanId; seen: SeenCounts } | null>(null)
  const wish = look.seenOnly
    ? JSON.stringify({ layerIds: drawnAt(layers, visible, look, metresPerPixel), filters: filtersOf(look) })
    : null
  useEffect(() => {
    if (wish === null || view === null) return
    const asked = new AbortController()
    const timer = setTimeout(() => {
      const of = JSON.parse(wish) as { layerIds: LayerId[]; filters: Record<string, string> }
      client.call('map.seen', { planId, view: [...view], ...of }, { signal: asked.signal }).then(
        (seen) => asked.signal.aborted || setAnswer({ planId, seen: seenCounts(seen) }),
        // The map itself says what could not be read; a legend without an answer stays whole.
        () => asked.signal.aborted || setAnswer(null),
      )
    }, WAIT_MS)
    return () => {
      clearTimeout(timer)
      asked.abort()
    }
  }, [client, planId, view, wish])
  return wish !== null && answer?.planId === planId ? answer.seen : null
}
