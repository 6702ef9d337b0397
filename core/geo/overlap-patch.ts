import type { LayerColumns } from './columns.ts'
import type { Edited } from './edited.ts'
import { listedRows, type Keeps, type OverlapTable } from './overlap-rows.ts'
import { meetingEdited } from './prepared.ts'

/** What one or both layers of a table are edits of: their roots, or the layers before their last edits. */
export interface EditedPair {
  a?: Edited | undefined
  b?: Edited | undefined
}

/**
 * The table of edited layers from that of the layers that they are edits of. Rows of edited features are measured; rows of others that meet an edited
 * partner keep their pairs with unedited ones and get new pairs with the edited; all other rows are copied. Equal to a whole
 * computation bit by bit, because a pair depends on its two features only.
 */
export function patchedTable(
  a: LayerColumns,
  b: LayerColumns,
  ofRoots: OverlapTable,
  { a: editedA, b: editedB }: EditedPair,
  keeps?: Keeps,
): OverlapTable {
  const ownRows = [...(editedA?.placeOf.keys() ?? [])]
  const meeting = editedB ? meetingEdited(editedA?.root ?? a, editedB).filter((feature) => !editedA?.placeOf.has(feature)) : []
  if (ownRows.length === 0 && meeting.length === 0 && a.count + 1 === ofRoots.offset.length) return ofRoots
  const names = [...(editedB?.placeOf.keys() ?? [])]
  const own = listedRows(a, b, ownRows, keeps)
  const pairs = editedB
    ? listedRows(editedA?.root ?? a, editedB.present, meeting, keeps && ((place, feature) => keeps(names[place] ?? 0, feature)))
    : own
  const pieces: Piece[] = []
  let next = 0
  for (let i = 0, j = 0; i < ownRows.length || j < meeting.length;) {
    const isOwn = (ownRows[i] ?? Infinity) < (meeting[j] ?? Infinity)
    const feature = (isOwn ? ownRows[i] : meeting[j]) ?? 0
    if (feature > next) pieces.push({ table: ofRoots, from: next, to: feature })
    pieces.push(isOwn ? { table: own, from: i, to: i + 1 } : mergedRow(ofRoots, feature, editedB, pairs, j, names))
    if (isOwn) i += 1
    else j += 1
    next = feature + 1
  }
  if (next < a.count) pieces.push({ table: ofRoots, from: next, to: a.count })
  return joined(pieces, a.count)
}

/** Consecutive rows of a table. */
interface Piece {
  table: Pick<OverlapTable, 'offset' | 'partner' | 'areaM2'>
  from: number
  to: number
}

/** An unedited feature's row: old pairs with unedited partners and new pairs with edited ones, ascending. */
function mergedRow(
  old: OverlapTable,
  feature: number,
  editedB: Edited | undefined,
  pairs: OverlapTable,
  row: number,
  names: readonly number[],
): Piece {
  const merged: [partner: number, areaM2: number][] = []
  for (let pair = old.offset[feature] ?? 0; pair < (old.offset[feature + 1] ?? 0); pair += 1) {
    const partner = old.partner[pair] ?? 0
    if (!editedB?.placeOf.has(partner)) merged.push([partner, old.areaM2[pair] ?? 0])
  }
  for (let pair = pairs.offset[row] ?? 0; pair < (pairs.offset[row + 1] ?? 0); pair += 1) {
    merged.push([names[pairs.partner[pair] ?? 0] ?? 0, pairs.areaM2[pair] ?? 0])
  }
  merged.sort((one, other) => one[0] - other[0])
  const table = {
    offset: Uint32Array.of(0, merged.length),
    partner: Uint32Array.from(merged, ([partner]) => partner),
    areaM2: Float64Array.from(merged, ([, areaM2]) => areaM2),
  }
  return { table, from: 0, to: 1 }
}

function joined(pieces: readonly Piece[], rows: number): OverlapTable {
  const length = ({ table, from, to }: Piece) => (table.offset[to] ?? 0) - (table.offset[from] ?? 0)
  const total = pieces.reduce((sum, piece) => sum + length(piece), 0)
  const whole = { first: 0, offset: new Uint32Array(rows + 1), partner: new Uint32Array(total), areaM2: new Float64Array(total) }
  let row = 0
  let pair = 0
  for (const piece of pieces) {
    const { table, from, to } = piece
    const start = table.offset[from] ?? 0
    whole.partner.set(table.partner.subarray(start, table.offset[to]), pair)
    whole.areaM2.set(table.areaM2.subarray(start, table.offset[to]), pair)
    if (start === pair) whole.offset.set(table.offset.subarray(from + 1, to + 1), row + 1)
    else for (let at = from; at < to; at += 1) whole.offset[row + 1 + at - from] = (table.offset[at + 1] ?? 0) - start + pair
    row += to - from
    pair += length(piece)
  }
  return whole
}
