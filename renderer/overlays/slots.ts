import type { ComponentType } from 'react'
import type { OverlayInfo, OverlayView } from '#core/contract/overlay-procedures.ts'
import type { PlanId } from '#core/model/ids.ts'
import { TryMending } from '../options/try-mending.tsx'
import { ScoreCardsLink } from './score-cards-link.tsx'

/** What a card of an overlay is given: the overlay as drawn, the row that is chosen (from 1; null for none) and how to choose one. */
export interface OverlayCardProps {
  planId: PlanId
  overlay: OverlayInfo
  view: OverlayView
  /** The part and the row of its list. */
  chosen: { part: string; row: number } | null
  onChoose: (part: string, row: number) => void
}

/** THE LIST of cards: what an overlay shows above its lists beside its figures, by overlay. One line each. */
export const OVERLAY_CARDS: Readonly<Record<string, ComponentType<OverlayCardProps>>> = {
  'gap-closer': TryMending,
  'opportunity-areas': ScoreCardsLink,
}
