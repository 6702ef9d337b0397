import type { LayerColumns } from '../geo/columns.ts'
import type { EvidenceFeature } from '../model/measurement.ts'
import type { Bilingual } from '../text.ts'

/** A measurement names at most this many features; `evidenceTotal` says how many there are. */
export const EVIDENCE_CAP = 500

/** Amounts below this (m², m …) come of rounding and are nobody's evidence. */
const NOTHING = 1e-6

export interface TopEvidence {
  evidence: EvidenceFeature[]
  evidenceTotal: number
}

/**
 * The features with the largest amounts (one per feature of the layer), largest first, at most `most` of them; of equals the
 * earlier one. Notes are written only for those kept, so that a layer of 100,000 parcels costs one pass and no objects.
 */
export function topEvidence(
  layer: LayerColumns,
  amounts: ArrayLike<number>,
  note: (amount: number, feature: number) => Bilingual,
  most = EVIDENCE_CAP,
): TopEvidence {
  const heap: number[] = []
  let evidenceTotal = 0
  /** What a feature must exceed to be among the kept; of equals the earlier one stays. */
  let least = 0
  const isLess = (one: number, other: number) => {
    const difference = (amounts[one] ?? 0) - (amounts[other] ?? 0)
    return difference < 0 || (difference === 0 && one > other)
  }
  for (let feature = 0; feature < layer.count; feature += 1) {
    const amount = amounts[feature] ?? 0
    if (!(amount > NOTHING)) continue
    evidenceTotal += 1
    if (amount <= least) continue
    if (heap.length < most) {
      heap.push(feature)
      raise(heap, heap.length - 1, isLess)
    } else {
      heap[0] = feature
      sink(heap, isLess)
    }
    if (heap.length === most) least = amounts[heap[0] ?? 0] ?? 0
  }
  const evidence = heap
    .sort((one, other) => (isLess(one, other) ? 1 : -1))
    .map((feature) => {
      const value = amounts[feature] ?? 0
      return { layer: layer.role, fid: layer.fid[feature] ?? 0, value, note: note(value, feature) }
    })
  return { evidence, evidenceTotal }
}

/** The largest of several layers together, largest first; of equals those of the earlier layer. */
export function largestOf(lists: readonly TopEvidence[], most = EVIDENCE_CAP): TopEvidence {
  const evidence = lists.flatMap((list) => list.evidence).sort((one, other) => (other.value ?? 0) - (one.value ?? 0))
  return { evidence: evidence.slice(0, most), evidenceTotal: lists.reduce((sum, list) => sum + list.evidenceTotal, 0) }
}

type Less = (one: number, other: number) => boolean

/** Moves the last entry of a heap (least on top) up to its place. */
function raise(heap: number[], from: number, isLess: Less): void {
  for (let at = from; at > 0;) {
    const above = (at - 1) >> 1
    if (!isLess(heap[at] ?? 0, heap[above] ?? 0)) return
    exchange(heap, at, above)
    at = above
  }
}

/** Moves the top of a heap down to its place. */
function sink(heap: number[], isLess: Less): void {
  for (let at = 0; ;) {
    const left = 2 * at + 1
    if (left >= heap.length) return
    const right = left + 1
    const below = right < heap.length && isLess(heap[right] ?? 0, heap[left] ?? 0) ? right : left
    if (!isLess(heap[below] ?? 0, heap[at] ?? 0)) return
    exchange(heap, at, below)
    at = below
  }
}

function exchange(heap: number[], one: number, other: number): void {
  const kept = heap[one] ?? 0
  heap[one] = heap[other] ?? 0
  heap[other] = kept
}
