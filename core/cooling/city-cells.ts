import type { LayerColumns } from '../geo/columns.ts'
import { perLayer } from '../geo/edited.ts'
import { keptByObjects } from '../geo/per-objects.ts'
import { boxOf, latticeOver, markFeature, middleOf, type CellMask } from '../network/cell-mask.ts'
import { COOLING, coolingRow } from '../reference/land-surface.ts'
import { NO_TEXT } from '../geo/columns.ts'
import { coolingCapacity, heatMitigation } from './heat-mitigation.ts'

/** A city never has more cells than this; one that needs more gets larger ones. */
const MOST_CELLS = 160_000

/** Where the cells of a city lie: a lattice without any marks. */
export type CityCells = Omit<CellMask, 'cells'>

/** Cells over some ground and a border around it (green space beside the ground cools it too), on a lattice fixed to the frame's origin. */
export function cityCells(zone: LayerColumns, wantedM: number, borderM: number): CityCells | undefined {
  const box = boxOf(zone, [...zone.fid.keys()])
  if (!box) return undefined
  const [left, bottom, right, top] = box
  const reach = 1000 * borderM
  return latticeOver([left - reach, bottom - reach, right + reach, top + reach], 1000 * wantedM, MOST_CELLS)
}

/** Marks of features on the cells whose middle they hold, in feature order: `markOf` gives 1 … 255, or 0 for none. */
export function marksOf(place: CityCells, layer: LayerColumns, markOf: (feature: number) => number): Uint8Array {
  const mask: CellMask = { ...place, cells: new Uint8Array(place.columns * place.rows) }
  for (let feature = 0; feature < layer.count; feature += 1) {
    const mark = markOf(feature)
    if (mark > 0) markFeature(mask, layer, feature, mark)
  }
  return mask.cells
}

/** Evaporation is relative to the class that evaporates most. */
const highestKc = Math.max(...COOLING.rows.map(({ kc }) => kc))

const knownRows = perLayer(() => new Map<string, Uint8Array>())

/** Row of the table of coefficients for the land use of every cell's middle, counted from 1; 0 where no class with coefficients lies. */
export function rowsOf(place: CityCells, parcels: LayerColumns): Uint8Array {
  const key = JSON.stringify(place)
  const known = knownRows(parcels)
  const column = parcels.attributes['class']
  const rowOf = column?.type === 'text' ? column.dictionary.map(coolingRow) : []
  const found =
    known.get(key) ??
    marksOf(place, parcels, (parcel) => (column?.type === 'text' ? (rowOf[column.codes[parcel] ?? NO_TEXT] ?? -1) + 1 : 0))
  known.set(key, found)
  return found
}

const CLASSES_ALONE = {}
const known = keptByObjects<Map<string, Float64Array>>()

/**
 * Heat mitigation index of every cell by the land use of its middle, 0 … 1; NaN where no class with coefficients lies. Where `shade`
 * (share under canopy, cell by cell) has a value, it stands before the shade of the class.
 */
export function mitigationOf(
  place: CityCells,
  parcels: LayerColumns,
  coolingDistanceM: number,
  shade?: Float64Array,
): Float64Array {
  const key = JSON.stringify([place, coolingDistanceM])
  const kept = known.of([parcels, shade ?? CLASSES_ALONE], () => new Map<string, Float64Array>())
  const found = kept.get(key) ?? mitigation(place, parcels, coolingDistanceM, shade)
  kept.set(key, found)
  return found
}

function mitigation(place: CityCells, parcels: LayerColumns, coolingDistanceM: number, shade?: Float64Array): Float64Array {
  const rows = rowsOf(place, parcels)
  const capacity = Float64Array.from(rows, (row, cell) => {
    const own = COOLING.rows[row - 1]
    if (!own) return NaN
    const seen = shade?.[cell] ?? NaN
    return coolingCapacity(Number.isNaN(seen) ? own.shade : seen, own.albedo, own.kc / highestKc, COOLING.weights)
  })
  const green = Uint8Array.from(rows, (row) => (COOLING.rows[row - 1]?.green === true ? 1 : 0))
  const { columns, cellMm } = place
  const options = { coolingDistanceM, minimumGreenM2: COOLING.minimumGreenM2.value }
  return heatMitigation({ columns, rows: place.rows, cellM: cellMm / 1000, capacity, green }, options)
}

/** Visits the cells whose middle a feature holds; one that holds none, the cell that its first vertex lies in. */
export function forEachCellOf(
  place: CityCells,
  layer: LayerColumns,
  feature: number,
  visit: (cell: number, share: number) => void,
): void {
  const box = boxOf(layer, [feature])
  if (!box) return
  const { cellMm, minX, minY, columns, rows } = place
  const [fromColumn, fromRow] = [Math.floor((box[0] - minX) / cellMm), Math.floor((box[1] - minY) / cellMm)]
  const [endColumn, endRow] = [Math.floor((box[2] - minX) / cellMm), Math.floor((box[3] - minY) / cellMm)]
  const [wide, high] = [endColumn - fromColumn + 1, endRow - fromRow + 1]
  const cells: number[] = []
  let all = 0
  const put = (column: number, row: number) => {
    all += 1
    if (column >= 0 && column < columns && row >= 0 && row < rows) cells.push(row * columns + column)
  }
  if (layer.kind === 'polygon') {
    const corner = { minX: minX + fromColumn * cellMm, minY: minY + fromRow * cellMm }
    const local: CellMask = { ...corner, columns: wide, rows: high, cellMm, cells: new Uint8Array(wide * high) }
    markFeature(local, layer, feature)
    local.cells.forEach((mark, at) => {
      if (mark === 1) put(fromColumn + (at % wide), fromRow + Math.floor(at / wide))
    })
  }
  if (all === 0) {
    const vertex = layer.ringOff[layer.partOff[layer.featureOff[feature] ?? 0] ?? 0] ?? 0
    put(Math.floor(((layer.xy[2 * vertex] ?? 0) - minX) / cellMm), Math.floor(((layer.xy[2 * vertex + 1] ?? 0) - minY) / cellMm))
  }
  for (const cell of cells) visit(cell, 1 / all)
}

/** The middle of a cell in metres of the frame. */
export function middleM(place: CityCells, cell: number): [x: number, y: number] {
  const [x, y] = middleOf({ ...place, cells: NO_CELLS }, cell)
  return [x / 1000, y / 1000]
}

const NO_CELLS = new Uint8Array(0)
