import { create } from 'zustand'
import { crossesItself } from '#core/geo/measure-drawing.ts'
import type { PlanId } from '#core/model/ids.ts'
import { drawn, isComplete, isFull, newDraft, placesOf, type DrawStep, type MarkDraft } from '../map/mark-draft.ts'

export type MeasureKind = 'distance' | 'area' | 'angle'
export type AskTool = MeasureKind | 'box' | 'polygon'

export const MEASURE_KINDS: readonly MeasureKind[] = ['distance', 'area', 'angle']
export const isMeasure = (tool: AskTool | null): tool is MeasureKind => MEASURE_KINDS.some((kind) => kind === tool)

/** A figure that was drawn; its value follows from its places and the plan's frame. */
export interface Measured {
  id: number
  kind: MeasureKind
  xyM: readonly number[]
}

interface AskState {
  planId: PlanId | null
  tool: AskTool | null
  draft: MarkDraft | null
  /** What was measured, until it is cleared. */
  measured: readonly Measured[]
  /** A polygon to select by that was just drawn; a new `request` number is a new one. */
  polygon: { xyM: readonly number[]; request: number } | null
  mode: 'touching' | 'inside'
  begin: (planId: PlanId) => void
  take: (tool: AskTool | null) => void
  step: (step: DrawStep) => void
  setMode: (mode: 'touching' | 'inside') => void
  /** A box to select by, minX, minY, maxX, maxY. */
  box: (box: readonly [number, number, number, number]) => void
  remove: (id: number) => void
  clear: () => void
}

let numbers = 0

const draftOf = (tool: AskTool, isSnapping: boolean): MarkDraft =>
  newDraft(tool === 'area' || tool === 'polygon' ? 'area' : 'line', isSnapping)

/** Whether a drawing needs no more places: an angle has three, a box two corners. */
const isDrawn = (tool: AskTool, draft: MarkDraft) =>
  (tool === 'angle' && placesOf(draft) === 3) || (tool === 'box' && placesOf(draft) === 2)

const canEnd = (tool: AskTool, draft: MarkDraft) =>
  tool === 'angle' ? placesOf(draft) === 3 : tool === 'box' ? placesOf(draft) === 2 : isComplete(draft)

/** The four corners of the box between two opposite ones. */
const boxRing = ([minX, minY, maxX, maxY]: readonly [number, number, number, number]): number[] => [
  minX,
  minY,
  maxX,
  minY,
  maxX,
  maxY,
  minX,
  maxY,
]

/** What is drawn to measure or to select: one tool at a time, its places, and the list of figures. */
export const useAsk = create<AskState>()((set, get) => ({
  planId: null,
  tool: null,
  draft: null,
  measured: [],
  polygon: null,
  mode: 'touching',
  begin: (planId) =>
    set((state) => (state.planId === planId ? {} : { planId, tool: null, draft: null, measured: [], polygon: null })),
  take: (tool) => set(({ draft }) => ({ tool, draft: tool === null ? null : draftOf(tool, draft?.isSnapping ?? true) })),
  step: (step) => {
    const { tool, draft } = get()
    if (tool === null || draft === null) return
    if (step.do === 'cancel') {
      // The first press takes back what is drawn, the next one puts the tool away.
      set(placesOf(draft) > 0 ? { draft: draftOf(tool, draft.isSnapping) } : { tool: null, draft: null })
      return
    }
    const next = step.do === 'add' && isFull(draft) ? draft : drawn(draft, step)
    const isDone = step.do === 'end' ? canEnd(tool, next) : step.do === 'add' && isDrawn(tool, next)
    if (!isDone) return set({ draft: next })
    const { xyM } = next
    const fresh = draftOf(tool, next.isSnapping)
    if (isMeasure(tool))
      return set((state) => ({ draft: fresh, measured: [...state.measured, { id: ++numbers, kind: tool, xyM: [...xyM] }] }))
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = xyM
    const ring = tool === 'box' ? boxRing([Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)]) : xyM
    set({ draft: fresh, polygon: { xyM: ring, request: ++numbers } })
  },
  setMode: (mode) => set({ mode }),
  box: (box) => set({ polygon: { xyM: boxRing(box), request: ++numbers } }),
  remove: (id) => set(({ measured }) => ({ measured: measured.filter((one) => one.id !== id) })),
  clear: () => set({ measured: [] }),
}))

/** An area that crosses itself has no one value. */
export const hasValue = ({ kind, xyM }: Pick<Measured, 'kind' | 'xyM'>): boolean => kind !== 'area' || !crossesItself(xyM)
