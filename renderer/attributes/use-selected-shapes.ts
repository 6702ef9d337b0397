import { useEffect, useState } from 'react'
import type { FeatureGeometry } from '#core/contract/map-data.ts'
import type { PlanId } from '#core/model/ids.ts'
import { useClient } from '../api/use-api.tsx'
import { useAttributes } from './attribute-store.ts'

const NONE: readonly FeatureGeometry[] = []

/** The shapes of what is selected, for the map, with the wish to move there. */
export function useSelectedShapes(planId: PlanId): { shapes: readonly FeatureGeometry[]; zoom: number; error: unknown } {
  const client = useClient()
  const selection = useAttributes((state) => (state.planId === planId ? state.selection : null))
  const zoom = useAttributes((state) => state.zoom)
  const [answer, setAnswer] = useState<{ zoom: number; shapes: readonly FeatureGeometry[]; error: unknown }>({
    zoom: 0,
    shapes: NONE,
    error: null,
  })
  useEffect(() => {
    let isWanted = true
    const wishes = [...(selection ?? [])].map(([layerId, fids]) => ({ planId, layerId, fids: [...fids] }))
    Promise.all(wishes.map((wish) => client.call('map.features', wish))).then(
      (shapes) => isWanted && setAnswer({ shapes, zoom, error: null }),
      (error: unknown) => isWanted && setAnswer({ shapes: NONE, zoom, error }),
    )
    return () => {
      isWanted = false
    }
  }, [client, planId, selection, zoom])
  return answer
}
