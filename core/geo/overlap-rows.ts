import type { LayerColumns } from './columns.ts'
import { GrowingFloats, GrowingInts } from './growing.ts'
import { overlapAreas } from './overlay-area.ts'

/**
 * Every overlap of the features of one polygon layer with those of another, as rows: feature f of the first layer overlaps
 * `partner[i]` by `areaM2[i]` for i in `offset[f - first] … offset[f - first + 1]`. Partners ascend within a row, and a row depends on its own
 * feature and its partners only, so that rows may be computed anywhere, in any order, and summed the same way everywhere.
 */
export interface OverlapTable {
  /** Feature of the first row; 0 in a whole table. */
  first: number
  offset: Uint32Array
  partner: Uint32Array
  areaM2: Float64Array
}

/** Which pairs a table keeps; all of them where there is no such test. */
export type Keeps = (partner: number, feature: number) => boolean

/** The rows `first … end` of a table: a pure function of both layers, for workers. */
export const overlapRows = (a: LayerColumns, b: LayerColumns, first: number, end: number, keeps?: Keeps): OverlapTable => ({
  ...listedRows(
    a,
    b,
    Array.from({ length: end - first }, (_, row) => first + row),
    keeps,
  ),
  first,
})

/** The rows of listed features, ascending, one after the other: row i is that of `features[i]`. */
export function listedRows(a: LayerColumns, b: LayerColumns, features: readonly number[], keeps?: Keeps): OverlapTable {
  const offset = new GrowingInts()
  const partner = new GrowingInts()
  const areaM2 = new GrowingFloats()
  offset.push(0)
  const add = (feature: number, overlapped: number, area: number) => {
    while (features[offset.length - 1] !== feature) offset.push(partner.length)
    partner.push(overlapped)
    areaM2.push(area)
  }
  overlapAreas(a, b, add, keeps ? { features, b: keeps } : { features })
  while (offset.length <= features.length) offset.push(partner.length)
  return { first: 0, offset: offset.toSharedOffsets(), partner: partner.toSharedOffsets(), areaM2: areaM2.toShared() }
}

/** Rows of consecutive ranges as one table. */
export function joinRows(pieces: readonly OverlapTable[]): OverlapTable {
  const rows = pieces.reduce((sum, { offset }) => sum + offset.length - 1, 0)
  const pairs = pieces.reduce((sum, { partner }) => sum + partner.length, 0)
  const offset = new Uint32Array(new SharedArrayBuffer(4 * (rows + 1)))
  const partner = new Uint32Array(new SharedArrayBuffer(4 * pairs))
  const areaM2 = new Float64Array(new SharedArrayBuffer(8 * pairs))
  let row = 0
  let pair = 0
  for (const piece of pieces) {
    for (let at = 1; at < piece.offset.length; at += 1) offset[row + at] = pair + (piece.offset[at] ?? 0)
    partner.set(piece.partner, pair)
    areaM2.set(piece.areaM2, pair)
    row += piece.offset.length - 1
    pair += piece.partner.length
  }
  return { first: pieces[0]?.first ?? 0, offset, partner, areaM2 }
}
