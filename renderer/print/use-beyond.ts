import type { Frame } from '#core/geo/frame.ts'
import type { BeyondLayers } from '#core/map-sheet/beyond-layers.ts'
import type { PlanId } from '#core/model/ids.ts'
import { useRead } from '../api/use-api.tsx'
import { useOverlays } from '../overlays/overlay-store.ts'

/** What the map of the desk shows besides its layers, so that the sheet can say that it is not on paper. */
export function useBeyond(planId: PlanId, frame: Frame, hasMarks: boolean): BeyondLayers[] {
  const basemap = useRead('basemap.get', {}).data
  const hasOverlays = useOverlays((state) => state.planId === planId && state.choices.shown.length > 0)
  // A plane without a place on Earth has no basemap under it.
  const hasBasemap = frame.kind === 'equal-area' && basemap !== undefined && basemap !== null
  const shown: readonly (readonly [BeyondLayers, boolean])[] = [
    ['basemap', hasBasemap],
    ['overlays', hasOverlays],
    ['marks', hasMarks],
  ]
  return shown.flatMap(([one, isShown]) => (isShown ? [one] : []))
}
