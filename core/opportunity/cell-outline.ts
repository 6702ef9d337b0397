import { RingBuffer } from '../geo/ring-buffer.ts'
import { partsOfRings } from '../geo/rings-to-parts.ts'
import type { CellMask } from '../network/cell-mask.ts'

/** One polygon: the shell counter-clockwise, then its holes; closed rings x, y, x, y … in mm of the frame. */
export type OutlinePart = readonly Float64Array[]

/** East, north, west, south: the way a side runs with its cell on the left. */
const STEPS = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
] as const

/**
 * Outline of a set of cells as valid polygons: cells that share a side are joined, those that only touch at a corner become parts of
 * their own. Area is exactly the number of cells times the area of one.
 */
export function outlineOfCells(mask: Omit<CellMask, 'cells'>, cells: Iterable<number>): OutlinePart[] {
  const chosen = new Set(cells)
  const { columns, minX, minY, cellMm } = mask
  /** Sides that bound the cells: four slots at each corner of the grid, one for each way. */
  const sides = new Set<number>()
  const corner = (column: number, row: number) => row * (columns + 1) + column
  for (const cell of chosen) {
    const [column, row] = [cell % columns, Math.floor(cell / columns)]
    if (!chosen.has(cell - columns)) sides.add(4 * corner(column, row))
    if (column + 1 === columns || !chosen.has(cell + 1)) sides.add(4 * corner(column + 1, row) + 1)
    if (!chosen.has(cell + columns)) sides.add(4 * corner(column + 1, row + 1) + 2)
    if (column === 0 || !chosen.has(cell - 1)) sides.add(4 * corner(column, row + 1) + 3)
  }
  const buffer = new RingBuffer()
  for (const first of sides) {
    const walk: { at: number; way: number }[] = []
    for (let side: number | undefined = first; side !== undefined && sides.delete(side);) {
      const [at, way]: [number, number] = [side >> 2, side & 3]
      const [dx, dy] = STEPS[way] ?? STEPS[0]
      walk.push({ at, way })
      const next: number = at + dx + dy * (columns + 1)
      side = [(way + 1) & 3, way, (way + 3) & 3].map((turn) => 4 * next + turn).find((candidate) => sides.has(candidate))
    }
    for (const ring of simpleRings(walk)) {
      for (const [index, { at, way }] of ring.entries()) {
        if (ring.at(index - 1)?.way === way) continue
        buffer.push(minX + (at % (columns + 1)) * cellMm, minY + Math.floor(at / (columns + 1)) * cellMm)
      }
      buffer.endRing()
    }
  }
  return partsOfRings(buffer)
}

/** A walk that comes back to a corner encloses something there: it falls into rings that visit each corner once. */
function simpleRings(walk: readonly { at: number; way: number }[]): { at: number; way: number }[][] {
  const rings: { at: number; way: number }[][] = []
  const open: { at: number; way: number }[] = []
  const placeOf = new Map<number, number>()
  for (const side of walk) {
    const seen = placeOf.get(side.at)
    if (seen !== undefined) {
      const ring = open.splice(seen)
      for (const { at } of ring) placeOf.delete(at)
      rings.push(ring)
    }
    placeOf.set(side.at, open.length)
    open.push(side)
  }
  return [...rings, open]
}
