import type { SheetOverlay } from '#core/contract/map-sheet-procedures.ts'
import type { Frame } from '#core/geo/frame.ts'
import type { PlanId, ReviewId } from '#core/model/ids.ts'
import { useRead } from '../api/use-api.tsx'
import { useOverlays } from '../overlays/overlay-store.ts'

/** What the map of the desk shows besides the plan's layers: a sheet can show the same. */
export interface OnScreen {
  /** The topmost first. */
  overlays: readonly SheetOverlay[]
  numbered: boolean
  faded: boolean
  /** The review whose findings have marks on the map. */
  reviewId: ReviewId | null
  basemap: boolean
}

/** Told as the backend is asked for it. */
export function useOnScreen(planId: PlanId, frame: Frame, reviewId: ReviewId | null): OnScreen {
  const basemap = useRead('basemap.get', {}).data
  const choices = useOverlays((state) => (state.planId === planId ? state.choices : null))
  const overlays = (choices?.shown ?? []).map((id): SheetOverlay => {
    const parameters = choices?.parameters[id]
    return { id, opacity: choices?.opacity[id] ?? 1, ...(parameters && { parameters: { ...parameters } }) }
  })
  return {
    overlays,
    numbered: choices?.isNumbered ?? true,
    faded: choices?.isFaded ?? true,
    reviewId,
    // A plane without a place on Earth has no basemap under it.
    basemap: frame.kind === 'equal-area' && basemap !== undefined && basemap !== null,
  }
}
