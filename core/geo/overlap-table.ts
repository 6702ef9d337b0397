import type { LayerColumns } from './columns.ts'
import { editedOf, geometryOf, lastStepOf, perGeometry, type Edited } from './edited.ts'
import { patchedTable, type EditedPair } from './overlap-patch.ts'
import { overlapRows, type OverlapTable } from './overlap-rows.ts'

export type { OverlapTable } from './overlap-rows.ts'

const known = new WeakMap<object, WeakMap<object, OverlapTable>>()

/**
 * The whole table of two layers, computed once for as long as both geometries live. Of edited layers only the pairs of edited
 * features are measured, everything else is copied from the table of the layers before their last edits, or of their roots.
 */
export function overlapTable(a: LayerColumns, b: LayerColumns): OverlapTable {
  const found = known.get(geometryOf(a))?.get(geometryOf(b))
  if (found) return found
  const table = fromLastStep(a, b) ?? fromRoots(a, b) ?? overlapRows(a, b, 0, a.count)
  keepOverlapTable(a, b, table)
  return table
}

/** Patched from a table that is at hand still: of the layers before the last edit of one of them, or of both. */
function fromLastStep(a: LayerColumns, b: LayerColumns): OverlapTable | undefined {
  const [ofA, ofB] = [lastStepOf(a), lastStepOf(b)]
  const pairs: EditedPair[] = [{ a: ofA }, { b: ofB }, { a: ofA, b: ofB }]
  for (const pair of pairs) {
    const before = known.get(geometryOf(pair.a?.root ?? a))?.get(geometryOf(pair.b?.root ?? b))
    if (before) return patchedTable(a, b, before, pair)
  }
  return undefined
}

function fromRoots(a: LayerColumns, b: LayerColumns): OverlapTable | undefined {
  const pair: EditedPair = { a: editedOf(a), b: editedOf(b) }
  if (!pair.a && !pair.b) return undefined
  return patchedTable(a, b, overlapTable(pair.a?.root ?? a, pair.b?.root ?? b), pair)
}

const isEarlier = (partner: number, feature: number): boolean => partner < feature

/** Where features of one layer overlap each other: every pair once, in the row of the later feature. */
export const earlierOverlaps: (layer: LayerColumns) => OverlapTable = perGeometry(
  (layer) => overlapRows(layer, layer, 0, layer.count, isEarlier),
  (ofEarlier, layer, edited) => patchedTable(layer, layer, ofEarlier, { a: edited, b: edited }, isEarlier),
)

/** Whether a table is at hand without computing it. */
export const hasOverlapTable = (a: LayerColumns, b: LayerColumns): boolean =>
  known.get(geometryOf(a))?.has(geometryOf(b)) ?? false

/** Hands in a table that workers have computed. */
export function keepOverlapTable(a: LayerColumns, b: LayerColumns, table: OverlapTable): void {
  const ofA = known.get(geometryOf(a)) ?? new WeakMap<object, OverlapTable>()
  known.set(geometryOf(a), ofA)
  ofA.set(geometryOf(b), table)
}

/**
 * For every feature of `a`, the area in m² of it that lies in `zone`, whose features must not overlap each other; of the chosen ones
 * of them, where there is a choice. A fold of their table.
 */
export function tableAreasWithin(
  a: LayerColumns,
  zone: LayerColumns,
  isChosen: (zoneFeature: number) => boolean = () => true,
): Float64Array {
  const table = overlapTable(a, zone)
  const withinM2 = new Float64Array(a.count)
  for (let feature = 0; feature < a.count; feature += 1) withinM2[feature] = rowWithin(table, feature, isChosen)
  return withinM2
}

/** The same from that of the layer before its last edit: only edited features are summed anew. */
export function patchedAreasWithin(
  before: Float64Array,
  a: LayerColumns,
  zone: LayerColumns,
  { placeOf }: Edited,
  isChosen: (zoneFeature: number) => boolean = () => true,
): Float64Array {
  const table = overlapTable(a, zone)
  const withinM2 = new Float64Array(a.count)
  withinM2.set(before)
  for (const feature of placeOf.keys()) withinM2[feature] = rowWithin(table, feature, isChosen)
  return withinM2
}

function rowWithin({ offset, partner, areaM2 }: OverlapTable, feature: number, isChosen: (zone: number) => boolean): number {
  let sum = 0
  for (let pair = offset[feature] ?? 0; pair < (offset[feature + 1] ?? 0); pair += 1) {
    if (isChosen(partner[pair] ?? 0)) sum += areaM2[pair] ?? 0
  }
  return sum
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
