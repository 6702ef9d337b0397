import { layerBuilder, type Parts } from './build.ts'
import type { LayerColumns } from './columns.ts'
import { geometryOf, hasShape, lastStepOf, rootOf } from './edited.ts'
import type { Geos } from './geos.ts'
import { keyedLayer } from './keyed-layer.ts'
import { overlapTable, type OverlapTable } from './overlap-table.ts'
import { keptByObjects } from './per-objects.ts'
import { meetingEdited } from './prepared.ts'
import { shapeIds } from './shape-ids.ts'

/** A cell that is covered but for this much is covered: what is left comes of rounding. */
const ROUNDING_M2 = 1e-3
const NOTHING = -1

const zones = new WeakMap<object, Map<number, LayerColumns>>()

/**
 * The ground within a distance of any feature of a polygon layer, as features that do not overlap: one for every square of a grid,
 * whose side is half the distance (more where the plan is vast). Equal to a union of buffers, but every square depends on the few features near it only, so that
 * an edit changes a few squares and a million parcels take their time and not its square. Arcs have 16 chords per quarter circle.
 */
export function reachZone(geos: Geos, layer: LayerColumns, distanceM: number): LayerColumns {
  const ofLayer = zones.get(geometryOf(layer)) ?? new Map<number, LayerColumns>()
  zones.set(geometryOf(layer), ofLayer)
  const zone = ofLayer.get(distanceM) ?? findZone(geos, layer, distanceM)
  ofLayer.set(distanceM, zone)
  return zone
}

function findZone(geos: Geos, layer: LayerColumns, distanceM: number): LayerColumns {
  const buffers = bufferedFeatures(geos, layer, distanceM)
  const cellM = cellFor(buffers, distanceM / 2)
  const cells = cellsOver(buffers, cellM)
  const { offset, partner, areaM2 } = overlapTable(cells, buffers)
  const nearLargestFirst = (cell: number) => {
    const start = offset[cell] ?? 0
    const near = Array.from(partner.subarray(start, offset[cell + 1]))
    const pairs = near.map((feature, at) => ({ feature, covered: areaM2[start + at] ?? 0 }))
    return pairs.sort((one, other) => other.covered - one.covered || one.feature - other.feature).map(({ feature }) => feature)
  }
  const keys = keysOfCells(cells, cellM, buffers)
  return keyedLayer(cells, `within ${distanceM} m`, {
    keys,
    partsOf: (cell) =>
      keys[cell] === ''
        ? []
        : keys[cell] === 'full'
          ? squareOf(cells, cell)
          : coveredPart(geos, cells, cell, buffers, nearLargestFirst(cell)),
  })
}

/** What covers the cells of a grid, and the table that tells so. */
interface CellKeys {
  keys: readonly string[]
  table: OverlapTable
  ids: Float64Array
  /** Names the geometry of what covers them. */
  of: object
}

const lastKeys = keptByObjects<{ last: CellKeys | undefined }>()

/**
 * A key for what covers each cell: nothing (empty), all of it, or the shapes that cover some of it. Cells beside which nothing was
 * edited keep the text that they had.
 */
function keysOfCells(cells: LayerColumns, cellM: number, buffers: LayerColumns): readonly string[] {
  const table = overlapTable(cells, buffers)
  const ids = shapeIds(buffers)
  const memory = lastKeys.of([geometryOf(cells), geometryOf(rootOf(buffers))], () => ({ last: undefined }))
  const fullM2 = cellM ** 2 - ROUNDING_M2
  const { last } = memory
  const step = lastStepOf(buffers)
  if (last && step && last.of === geometryOf(step.root)) {
    const keys = last.keys.slice()
    for (const cell of meetingEdited(cells, step)) keys[cell] = keyOfCell(table, ids, cell, fullM2)
    memory.last = { keys, table, ids, of: geometryOf(buffers) }
    return keys
  }
  const keys: string[] = []
  for (let cell = 0; cell < cells.count; cell += 1) {
    const known = last && hasSamePartners(last, { table, ids }, cell) ? last.keys[cell] : undefined
    keys.push(known ?? keyOfCell(table, ids, cell, fullM2))
  }
  memory.last = { keys, table, ids, of: geometryOf(buffers) }
  return keys
}

function hasSamePartners(last: CellKeys, { table, ids }: Pick<CellKeys, 'table' | 'ids'>, cell: number): boolean {
  const [was, is] = [last.table.offset[cell] ?? 0, table.offset[cell] ?? 0]
  const count = (table.offset[cell + 1] ?? 0) - is
  if ((last.table.offset[cell + 1] ?? 0) - was !== count) return false
  for (let at = 0; at < count; at += 1) {
    if (last.ids[last.table.partner[was + at] ?? 0] !== ids[table.partner[is + at] ?? 0]) return false
  }
  return true
}

function keyOfCell({ offset, partner, areaM2 }: OverlapTable, ids: Float64Array, cell: number, fullM2: number): string {
  const near: number[] = []
  for (let pair = offset[cell] ?? 0; pair < (offset[cell + 1] ?? 0); pair += 1) {
    if ((areaM2[pair] ?? 0) >= fullM2) return 'full'
    near.push(ids[partner[pair] ?? 0] ?? NOTHING)
  }
  return near.join()
}

/** Every feature grown by the distance, at its own index. */
function bufferedFeatures(geos: Geos, layer: LayerColumns, distanceM: number): LayerColumns {
  const ids = shapeIds(layer)
  const keys = new Float64Array(layer.count)
  for (let feature = 0; feature < keys.length; feature += 1)
    keys[feature] = hasShape(layer, feature) ? (ids[feature] ?? 0) : NOTHING
  return keyedLayer(layer, `grown by ${distanceM} m`, {
    keys,
    partsOf: (feature) => (hasShape(layer, feature) ? geos.buffer(layer, feature, distanceM) : []),
  })
}

/** So many of the grown features are tried first: together they nearly always cover a cell that is covered at all. */
const FIRST_TRIED = 4

/** The ground of one cell that any of the grown features covers; `features` with the largest overlap first. */
function coveredPart(geos: Geos, cells: LayerColumns, cell: number, buffers: LayerColumns, features: readonly number[]): Parts {
  const own = cells.featureOff[cell] ?? 0
  const cut = (feature: number): Float64Array[][] => {
    const first = buffers.featureOff[feature] ?? 0
    const parts = Array.from({ length: (buffers.featureOff[feature + 1] ?? 0) - first }, (_, part) => first + part)
    return parts.flatMap((part) => geos.clip('intersection', cells, [own], buffers, [part]) ?? failed(cell))
  }
  const square = squareOf(cells, cell)
  const fullMm2 = geos.area(square.map((part) => part.map((ring) => Float64Array.from(ring)))) - ROUNDING_M2 * 1e6
  const tried = geos.uniteParts(features.slice(0, FIRST_TRIED).flatMap(cut))
  if (geos.area(tried) >= fullMm2) return square
  return features.length <= FIRST_TRIED ? tried : geos.uniteParts([...tried, ...features.slice(FIRST_TRIED).flatMap(cut)])
}

const failed = (cell: number): never => {
  throw new Error(`the ground within reach of cell ${cell} could not be cut`)
}

function squareOf({ xy, ringOff, partOff, featureOff }: LayerColumns, cell: number): Parts {
  const ring = partOff[featureOff[cell] ?? 0] ?? 0
  return [[xy.subarray(2 * (ringOff[ring] ?? 0), 2 * (ringOff[ring + 1] ?? 0))]]
}

/** More cells than this are too many; a plan that needs more gets larger ones. */
const MOST_CELLS = 400_000

function cellFor(layer: LayerColumns, wantedM: number): number {
  const { minColumn, minRow, maxColumn, maxRow } = extentOf(layer, wantedM * 1000)
  return (maxColumn - minColumn + 1) * (maxRow - minRow + 1) <= MOST_CELLS ? wantedM : cellFor(layer, 2 * wantedM)
}

interface Grid {
  minColumn: number
  minRow: number
  maxColumn: number
  maxRow: number
  cells: LayerColumns
}

const grids = new WeakMap<object, Map<number, Grid>>()

/**
 * Square cells on whole multiples of their size that hold all of a layer, row by row. A grid that holds it already is used again:
 * cells keep their order whatever the extent, so that sums over them do not depend on it.
 */
function cellsOver(layer: LayerColumns, cellM: number): LayerColumns {
  const owner = geometryOf(rootOf(layer))
  const ofOwner = grids.get(owner) ?? new Map<number, Grid>()
  grids.set(owner, ofOwner)
  const need = extentOf(layer, cellM * 1000)
  const known = ofOwner.get(cellM)
  if (known && holds(known, need)) return known.cells
  const builder = layerBuilder({ role: 'other', name: 'cells', kind: 'polygon', frame: layer.frame }, {})
  for (let row = need.minRow; row <= need.maxRow; row += 1) {
    for (let column = need.minColumn; column <= need.maxColumn; column += 1) {
      const [x, y] = [column * cellM, row * cellM]
      builder.add(builder.size() + 1, [[[x, y, x + cellM, y, x + cellM, y + cellM, x, y + cellM]]], {})
    }
  }
  const cells = builder.finish('')
  ofOwner.set(cellM, { ...need, cells })
  return cells
}

function extentOf({ partBox }: LayerColumns, sizeMm: number): Omit<Grid, 'cells'> {
  const extent = { minColumn: 0, minRow: 0, maxColumn: -1, maxRow: -1 }
  for (let box = 0; box < partBox.length; box += 4) {
    const column = Math.floor((partBox[box] ?? 0) / sizeMm)
    const row = Math.floor((partBox[box + 1] ?? 0) / sizeMm)
    const lastColumn = Math.floor((partBox[box + 2] ?? 0) / sizeMm)
    const lastRow = Math.floor((partBox[box + 3] ?? 0) / sizeMm)
    extent.minColumn = box === 0 ? column : Math.min(extent.minColumn, column)
    extent.minRow = box === 0 ? row : Math.min(extent.minRow, row)
    extent.maxColumn = box === 0 ? lastColumn : Math.max(extent.maxColumn, lastColumn)
    extent.maxRow = box === 0 ? lastRow : Math.max(extent.maxRow, lastRow)
  }
  return extent
}

const holds = (grid: Grid, need: Omit<Grid, 'cells'>): boolean =>
  grid.minColumn <= need.minColumn && grid.minRow <= need.minRow && grid.maxColumn >= need.maxColumn && grid.maxRow >= need.maxRow
