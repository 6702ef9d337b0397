import { useEffect, type ComponentType } from 'react'
import type { PlanId } from '#core/model/ids.ts'
import { afterPaint } from '../api/after-paint.ts'
import { usePrefetch } from '../api/use-api.tsx'
import type { MapViewProps } from '../map/map-props.ts'

let fetched: ComponentType<MapViewProps> | null = null

/** The map is a chunk of its own: the catalogue opens without it. */
export async function mapView(): Promise<{ default: ComponentType<MapViewProps> }> {
  const { MapView } = await import('../map/map-view.tsx')
  fetched = MapView
  return { default: MapView }
}

/** The map, where it has been fetched already: it stands in the first picture of a screen, and not after a moment of waiting. */
export const fetchedMapView = (): ComponentType<MapViewProps> | null => fetched

/** Fetches the map's code and opens a plan's layers in the backend while the person still reads what stands before the map. */
export function usePreparedMap(planId: PlanId | null): void {
  const prefetch = usePrefetch()
  useEffect(() => {
    if (planId === null) return
    afterPaint(() => {
      prefetch('map.setup', { planId })
      // What cannot be fetched now is fetched, and its failure told, when the map is asked for.
      void mapView().catch(() => undefined)
    })
  }, [planId, prefetch])
}
