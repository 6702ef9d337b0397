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
  // One kind of array: the loop over every parcel of a city is three times as fast when it meets no other.
  const values = amounts instanceof Float64Array ? amounts : Float64Array.from(amounts)
  const { features, evidenceTotal } = largest(values, Math.min(layer.count, values.length), most)
  const evidence = features.map((feature) => {
    const value = values[feature] ?? 0
    return { layer: layer.role, fid: layer.fid[feature] ?? 0, value, note: note(value, feature) }
  })
  return { evidence, evidenceTotal }
}

/** Indices of the largest amounts, largest first, by a heap with the least of the kept on top. */
function largest(values: Float64Array, count: number, most: number): { features: number[]; evidenceTotal: number } {
  const heap: number[] = []
  let evidenceTotal = 0
  /** What a feature must exceed to be among the kept; of equals the earlier one stays. */
  let least = 0
  for (let feature = 0; feature < count; feature += 1) {
    const amount = values[feature] as number
    if (!(amount > NOTHING)) continue
    evidenceTotal += 1
    if (amount <= least) continue
    if (heap.length < most) {
      heap.push(feature)
      raise(heap, heap.length - 1, values)
    } else {
      heap[0] = feature
      sink(heap, values)
    }
    if (heap.length === most) least = values[heap[0] ?? 0] ?? 0
  }
  return { features: heap.sort((one, other) => (isLess(values, one, other) ? 1 : -1)), evidenceTotal }
}

function isLess(values: Float64Array, one: number, other: number): boolean {
  const difference = (values[one] as number) - (values[other] as number)
  return difference < 0 || (difference === 0 && one > other)
}

/** The largest of several layers together, largest first; of equals those of the earlier layer. */
export function largestOf(lists: readonly TopEvidence[], most = EVIDENCE_CAP): TopEvidence {
  const evidence = lists.flatMap((list) => list.evidence).sort((one, other) => (other.value ?? 0) - (one.value ?? 0))
  return { evidence: evidence.slice(0, most), evidenceTotal: lists.reduce((sum, list) => sum + list.evidenceTotal, 0) }
}

/** Moves the last entry of a heap (least on top) up to its place. */
function raise(heap: number[], from: number, values: Float64Array): void {
  for (let at = from; at > 0;) {
    const above = (at - 1) >> 1
    if (!isLess(values, heap[at] as number, heap[above] as number)) return
    exchange(heap, at, above)
    at = above
  }
}

/** Moves the top of a heap down to its place. */
function sink(heap: number[], values: Float64Array): void {
  for (let at = 0; ;) {
    const left = 2 * at + 1
    if (left >= heap.length) return
    const right = left + 1
    const below = right < heap.length && isLess(values, heap[right] as number, heap[left] as number) ? right : left
    if (!isLess(values, heap[below] as number, heap[at] as number)) return
    exchange(heap, at, below)
    at = below
  }
}

function exchange(heap: number[], one: number, other: number): void {
  const kept = heap[one] ?? 0
  heap[one] = heap[other] ?? 0
  heap[other] = kept
}
