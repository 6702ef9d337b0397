import type { LayerColumns } from './columns.ts'
import { editedOf, geometryOf } from './edited.ts'
import { GrowingFloats, GrowingInts } from './growing.ts'
import { patchedTable } from './overlap-patch.ts'
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

const known = new WeakMap<object, WeakMap<object, OverlapTable>>()

/** The rows `first … end` of a table: a pure function of both layers, for workers. */
export const overlapRows = (a: LayerColumns, b: LayerColumns, first: number, end: number): OverlapTable => ({
  ...listedRows(
    a,
    b,
    Array.from({ length: end - first }, (_, row) => first + row),
  ),
  first,
})

/** The rows of listed features, ascending, one after the other: row i is that of `features[i]`. */
export function listedRows(a: LayerColumns, b: LayerColumns, features: readonly number[]): OverlapTable {
  const offset = new GrowingInts()
  const partner = new GrowingInts()
  const areaM2 = new GrowingFloats()
  offset.push(0)
  const add = (feature: number, overlapped: number, area: number) => {
    while (features[offset.length - 1] !== feature) offset.push(partner.length)
    partner.push(overlapped)
    areaM2.push(area)
  }
  overlapAreas(a, b, add, { features })
  while (offset.length <= features.length) offset.push(partner.length)
  return { first: 0, offset: offset.toSharedOffsets(), partner: partner.toSharedOffsets(), areaM2: areaM2.toShared() }
}

/**
 * The whole table of two layers, computed once for as long as both geometries live. Of edited layers only the pairs of edited
 * features are measured, everything else is copied from the table of their roots.
 */
export function overlapTable(a: LayerColumns, b: LayerColumns): OverlapTable {
  const found = known.get(geometryOf(a))?.get(geometryOf(b))
  if (found) return found
  const [editedA, editedB] = [editedOf(a), editedOf(b)]
  const table =
    editedA || editedB ? patchedTable(a, b, overlapTable(editedA?.root ?? a, editedB?.root ?? b)) : overlapRows(a, b, 0, a.count)
  keepOverlapTable(a, b, table)
  return table
}

/** Whether a table is at hand without computing it. */
export const hasOverlapTable = (a: LayerColumns, b: LayerColumns): boolean =>
  known.get(geometryOf(a))?.has(geometryOf(b)) ?? false

/** Hands in a table that workers have computed. */
export function keepOverlapTable(a: LayerColumns, b: LayerColumns, table: OverlapTable): void {
  const ofA = known.get(geometryOf(a)) ?? new WeakMap<object, OverlapTable>()
  known.set(geometryOf(a), ofA)
  ofA.set(geometryOf(b), table)
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

/** For every feature of `a`, the area in m² of it that lies in `zone`, whose features must not overlap each other: a fold of their table. */
export function tableAreasWithin(a: LayerColumns, zone: LayerColumns): Float64Array {
  const { offset, areaM2 } = overlapTable(a, zone)
  const withinM2 = new Float64Array(a.count)
  for (let feature = 0; feature < a.count; feature += 1) {
    let sum = 0
    for (let pair = offset[feature] ?? 0; pair < (offset[feature + 1] ?? 0); pair += 1) sum += areaM2[pair] ?? 0
    withinM2[feature] = sum
  }
  return withinM2
}

/** Visits every pair of a table in its order. */
export function forEachOverlap(table: OverlapTable, visit: (feature: number, partner: number, areaM2: number) => void): void {
  const { first, offset, partner, areaM2 } = table
  for (let row = 0; row + 1 < offset.length; row += 1) {
    for (let pair = offset[row] ?? 0; pair < (offset[row + 1] ?? 0); pair += 1) {
      visit(first + row, partner[pair] ?? 0, areaM2[pair] ?? 0)
    }
  }
}
