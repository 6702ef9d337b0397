import type { CellMask } from './cell-mask.ts'

/** A ring of cell corners, x, y, x, y … in whole mm of the frame, closed; shells run counter-clockwise and holes clockwise. */
type Ring = number[]

/** East, north, west, south. */
const STEP_X = [1, 0, -1, 0] as const
const STEP_Y = [0, 1, 0, -1] as const

/**
 * The ground of some cells as polygons: for each piece of cells that are joined through sides, its shell and its holes. Corners are
 * the lattice's, so that neighbouring pieces of different sets share their edges. Row 0 of the mask is the south.
 */
export function cellOutlines({ columns, minX, minY, cellMm }: Omit<CellMask, 'cells'>, cells: readonly number[]): Ring[][] {
  const pieces = sideBySide(columns, cells)
  const width = columns + 1
  const place = (corner: number): [number, number] => [
    Math.round(minX + (corner % width) * cellMm),
    Math.round(minY + Math.floor(corner / width) * cellMm),
  ]
  return pieces.map((piece) => {
    const rings = cornersAround(columns, piece).map((corners) => corners.flatMap(place))
    return rings.toSorted((one, other) => signedArea(other) - signedArea(one))
  })
}

/** Pieces of cells that are joined through sides, in the order of their first cells. */
function sideBySide(columns: number, cells: readonly number[]): number[][] {
  const left = new Set(cells)
  const pieces: number[][] = []
  for (const first of cells) {
    if (!left.delete(first)) continue
    const piece = [first]
    for (let at = 0; at < piece.length; at += 1) {
      const cell = piece[at] ?? 0
      const column = cell % columns
      const beside = [
        ...(column > 0 ? [cell - 1] : []),
        ...(column + 1 < columns ? [cell + 1] : []),
        cell - columns,
        cell + columns,
      ]
      for (const other of beside) if (left.delete(other)) piece.push(other)
    }
    pieces.push(piece)
  }
  return pieces
}

/** Rings of corners with the piece to the left; where two cells touch at a corner only, each keeps its own. */
function cornersAround(columns: number, piece: readonly number[]): number[][] {
  const inside = new Set(piece)
  const width = columns + 1
  // edges by the corner where they begin; an edge in direction d
  const edges = new Map<number, Set<number>>()
  const add = (corner: number, direction: number) => edges.set(corner, (edges.get(corner) ?? new Set()).add(direction))
  for (const cell of piece) {
    const [column, row] = [cell % columns, Math.floor(cell / columns)]
    const corner = row * width + column
    if (!inside.has(cell - columns)) add(corner, 0)
    if (column + 1 === columns || !inside.has(cell + 1)) add(corner + 1, 1)
    if (!inside.has(cell + columns)) add(corner + width + 1, 2)
    if (column === 0 || !inside.has(cell - 1)) add(corner + width, 3)
  }
  const rings: number[][] = []
  for (const [first, directions] of edges) {
    for (const begun of directions) {
      const ring = [first]
      let corner = first
      for (let direction: number | undefined = begun; direction !== undefined;) {
        edges.get(corner)?.delete(direction)
        corner += (STEP_X[direction] ?? 0) + (STEP_Y[direction] ?? 0) * width
        const ahead: number = direction
        // to the left first: that stays with the same cell; nowhere to go where the ring closes
        const next: number | undefined = [1, 0, 3]
          .map((turn) => (ahead + turn) % 4)
          .find((turned) => edges.get(corner)?.has(turned))
        if (next !== direction) ring.push(corner)
        direction = next
      }
      rings.push(ring)
    }
  }
  return rings
}

function signedArea(ring: Ring): number {
  let twice = 0
  for (let at = 0; at + 3 < ring.length; at += 2) {
    twice += (ring[at] ?? 0) * (ring[at + 3] ?? 0) - (ring[at + 2] ?? 0) * (ring[at + 1] ?? 0)
  }
  return twice / 2
}
