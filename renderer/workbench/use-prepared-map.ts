import { useEffect } from 'react'
import type { PlanId } from '#core/model/ids.ts'
import { afterPaint } from '../api/after-paint.ts'
import { usePrefetch } from '../api/use-api.tsx'

/** The map is a chunk of its own: the catalogue opens without it. */
export const mapView = async () => ({ default: (await import('../map/map-view.tsx')).MapView })

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
