// The map is a chunk of its own and shares this module with the screen: what it shares runs before the screen's own first line.
import '../no-eval.ts'
import { mark, type MarkKind } from '#core/review/mark.ts'

/** A mark as far as it is drawn: x,y,x,y… in metres of the plan's frame. */
export interface MarkDraft {
  kind: MarkKind
  xyM: readonly number[]
  /** Whether places jump to corners of parcels nearby. */
  isSnapping: boolean
  /** Drawing adds places; an existing mark has its places moved. */
  mode: 'draw' | 'edit'
  /** The place that the keys move while an existing mark is edited. */
  held: number | null
}

/** What a person does to a draft, on the map or with keys. */
export type DrawStep =
  | { do: 'add'; at: readonly [number, number] }
  | { do: 'move'; place: number; at: readonly [number, number] }
  | { do: 'replace'; xyM: readonly number[] }
  | { do: 'hold'; by: 1 | -1 }
  | { do: 'remove' }
  | { do: 'back' | 'snap' | 'end' | 'cancel' }

export const newDraft = (kind: MarkKind, isSnapping: boolean): MarkDraft => ({
  kind,
  xyM: [],
  isSnapping,
  mode: 'draw',
  held: null,
})

export const placesOf = ({ xyM }: Pick<MarkDraft, 'xyM'>): number => xyM.length / 2

/** True when the mark could be kept as it is. */
export const isComplete = ({ kind, xyM }: Pick<MarkDraft, 'kind' | 'xyM'>): boolean => mark.safeParse({ kind, xyM }).success

/** True when one more place would be refused: a point has one, an arrow two. */
export const isFull = ({ kind, xyM }: Pick<MarkDraft, 'kind' | 'xyM'>): boolean =>
  isComplete({ kind, xyM }) && !isComplete({ kind, xyM: [...xyM, ...xyM.slice(-2)] })

const replaced = (draft: MarkDraft, place: number, at: readonly [number, number]): MarkDraft =>
  place < 0 || place >= placesOf(draft) ? draft : { ...draft, xyM: draft.xyM.with(2 * place, at[0]).with(2 * place + 1, at[1]) }

/** The draft after a step; `end` and `cancel` are for whoever keeps the draft. */
export function drawn(draft: MarkDraft, step: DrawStep): MarkDraft {
  switch (step.do) {
    case 'add':
      return isFull(draft) ? draft : { ...draft, xyM: [...draft.xyM, ...step.at] }
    case 'move':
      return replaced(draft, step.place, step.at)
    case 'replace':
      return { ...draft, xyM: step.xyM, held: null }
    case 'hold': {
      const count = placesOf(draft)
      if (count === 0) return draft
      const next = draft.held === null ? (step.by === 1 ? 0 : count - 1) : (draft.held + step.by + count) % count
      return { ...draft, held: next }
    }
    case 'remove': {
      const { held } = draft
      const xyM = held === null ? draft.xyM : draft.xyM.toSpliced(2 * held, 2)
      return held === null || !isComplete({ kind: draft.kind, xyM }) ? draft : { ...draft, xyM, held: held % (xyM.length / 2) }
    }
    case 'back':
      return draft.mode === 'edit' ? draft : { ...draft, xyM: draft.xyM.slice(0, -2) }
    case 'snap':
      return { ...draft, isSnapping: !draft.isSnapping }
    case 'end':
    case 'cancel':
      return draft
  }
}

/** The corner nearest to a place, no farther than a distance; null where there is none. Corners are x,y,x,y… */
export function nearestCorner(
  [x, y]: readonly [number, number],
  corners: ArrayLike<number>,
  withinM: number,
): [number, number] | null {
  let nearest: [number, number] | null = null
  let least = withinM
  for (let at = 0; at + 1 < corners.length; at += 2) {
    const [cornerX, cornerY] = [corners[at] ?? 0, corners[at + 1] ?? 0]
    const distance = Math.hypot(cornerX - x, cornerY - y)
    if (distance <= least) {
      least = distance
      nearest = [cornerX, cornerY]
    }
  }
  return nearest
}

/** Two figures that a person typed as a place: "37412345.67, 3456789.1", with any sign between them; null for anything else. */
export function typedPlace(text: string): [number, number] | null {
  const parts = text.trim().split(/\s*[,，;；\s]\s*/)
  const [x, y] = parts.map((part) => (/^[-+]?\d+(\.\d+)?$/.test(part) ? Number(part) : Number.NaN))
  return parts.length === 2 && Number.isFinite(x) && Number.isFinite(y) ? [x as number, y as number] : null
}
