import { create } from 'zustand'
import type { FlipResult, FoundChange } from '#core/flip/result.ts'
import type { OverlayShape } from '../map/map-props.ts'
import { useUi, type Highlight } from '../state/ui-store.ts'
import { shapesOfChanges } from './flip-shapes.ts'

interface FlipState {
  /** Answers by what was asked (plan, checklist, item and its measurement): leaving an item and coming back keeps them. */
  results: ReadonlyMap<string, FlipResult>
  keep: (key: string, result: FlipResult) => void
  /** New ground on the map, for as long as the same features are lit up. */
  shown: { shapes: readonly OverlayShape[]; highlights: readonly Highlight[] } | null
  /** Lights up what changes touch, and draws what they add. */
  show: (changes: readonly FoundChange[]) => void
}

/** What was searched since the window was opened; nothing of it is stored. */
export const useFlips = create<FlipState>()((set) => ({
  results: new Map(),
  keep: (key, result) => set(({ results }) => ({ results: new Map([...results, [key, result]]) })),
  shown: null,
  show: (changes) => {
    useUi.getState().showEvidenceOf(changes.flatMap(({ features }) => features))
    set({ shown: { shapes: shapesOfChanges(changes), highlights: useUi.getState().highlights } })
  },
}))

const NONE: readonly OverlayShape[] = []

/** Shapes that the map draws over the plan: gone as soon as something else is lit up, or nothing. */
export function useFlipShapes(): readonly OverlayShape[] {
  const shown = useFlips((state) => state.shown)
  const highlights = useUi((state) => state.highlights)
  return shown && shown.highlights === highlights ? shown.shapes : NONE
}
