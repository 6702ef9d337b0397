import type { LayerColumns } from '../geo/columns.ts'

/** Square cells over some ground: row 0 is the south. Cell c has its middle at `minX + (column + ½) cellMm`. */
export interface CellMask {
  columns: number
  rows: number
  /** In mm of the frame. */
  minX: number
  minY: number
  cellMm: number
  /** 1 where the middle of the cell lies in the ground. */
  cells: Uint8Array
}

/** The middle of a cell in mm of the frame. */
export const middleOf = ({ columns, minX, minY, cellMm }: CellMask, cell: number): [x: number, y: number] => [
  minX + ((cell % columns) + 0.5) * cellMm,
  minY + (Math.floor(cell / columns) + 0.5) * cellMm,
]

/** minX, minY, maxX, maxY of features in mm; undefined where they have no ground. */
export function boxOf(layer: LayerColumns, features: readonly number[]): [number, number, number, number] | undefined {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const feature of features) {
    for (let part = layer.featureOff[feature] ?? 0; part < (layer.featureOff[feature + 1] ?? 0); part += 1) {
      const [left = 0, bottom = 0, right = 0, top = 0] = layer.partBox.subarray(4 * part, 4 * part + 4)
      minX = Math.min(minX, left)
      minY = Math.min(minY, bottom)
      maxX = Math.max(maxX, right)
      maxY = Math.max(maxY, top)
    }
  }
  return minX > maxX ? undefined : [minX, minY, maxX, maxY]
}

/** An empty mask over a box, with a border of one cell. */
export function maskOver([minX, minY, maxX, maxY]: readonly [number, number, number, number], cellMm: number): CellMask {
  const [columns, rows] = [Math.ceil((maxX - minX) / cellMm) + 2, Math.ceil((maxY - minY) / cellMm) + 2]
  return { columns, rows, minX: minX - cellMm, minY: minY - cellMm, cellMm, cells: new Uint8Array(columns * rows) }
}

/** Cells over a box, on a lattice fixed to the frame's origin so that edits do not move it; larger ones where it would need too many. */
export function latticeOver(
  [left, bottom, right, top]: readonly [number, number, number, number],
  wantedMm: number,
  mostCells: number,
): Omit<CellMask, 'cells'> {
  const count = (cellMm: number) => ((right - left) / cellMm + 2) * ((top - bottom) / cellMm + 2)
  let cellMm = wantedMm
  while (count(cellMm) > mostCells) cellMm *= 1.25
  cellMm = Math.ceil(cellMm)
  const [minX, minY] = [Math.floor(left / cellMm) * cellMm, Math.floor(bottom / cellMm) * cellMm]
  return { columns: Math.ceil((right - minX) / cellMm), rows: Math.ceil((top - minY) / cellMm), minX, minY, cellMm }
}

/**
 * Marks the cells whose middle lies in a polygon feature, holes left out: even–odd along each row of middles. A mask of whole numbers
 * may tell any number of features apart.
 */
export function markFeature(
  mask: Omit<CellMask, 'cells'> & { cells: Uint8Array | Int32Array },
  layer: LayerColumns,
  feature: number,
  mark = 1,
): void {
  const { columns, rows, minX, minY, cellMm, cells } = mask
  const { xy, ringOff, partOff, featureOff, partBox } = layer
  for (let part = featureOff[feature] ?? 0; part < (featureOff[feature + 1] ?? 0); part += 1) {
    const first = Math.max(0, Math.floor(((partBox[4 * part + 1] ?? 0) - minY) / cellMm - 0.5))
    const last = Math.min(rows - 1, Math.ceil(((partBox[4 * part + 3] ?? 0) - minY) / cellMm))
    const crossings: number[][] = Array.from({ length: Math.max(0, last - first + 1) }, () => [])
    for (let ring = partOff[part] ?? 0; ring < (partOff[part + 1] ?? 0); ring += 1) {
      for (let vertex = ringOff[ring] ?? 0; vertex + 1 < (ringOff[ring + 1] ?? 0); vertex += 1) {
        const [ax = 0, ay = 0, bx = 0, by = 0] = xy.subarray(2 * vertex, 2 * vertex + 4)
        const [low, high] = [Math.min(ay, by), Math.max(ay, by)]
        const from = Math.max(first, Math.ceil((low - minY) / cellMm - 0.5))
        for (let row = from; row <= last; row += 1) {
          const y = minY + (row + 0.5) * cellMm
          if (y >= high) break
          crossings[row - first]?.push(ax + ((y - ay) * (bx - ax)) / (by - ay))
        }
      }
    }
    for (const [at, xs] of crossings.entries()) {
      xs.sort((one, other) => one - other)
      for (let pair = 0; pair + 1 < xs.length; pair += 2) {
        const from = Math.max(0, Math.ceil(((xs[pair] ?? 0) - minX) / cellMm - 0.5))
        const end = Math.min(columns, Math.ceil(((xs[pair + 1] ?? 0) - minX) / cellMm - 0.5))
        if (from < end) cells.fill(mark, (first + at) * columns + from, (first + at) * columns + end)
      }
    }
  }
}
