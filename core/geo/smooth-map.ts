import type { PointMap } from './frame.ts'

/** Maps the first `vertices` pairs of `xy` in place. */
export type RunMap = (xy: Float64Array, vertices: number) => void

/** Nodes per side of a cell; a bicubic surface goes through all of them. */
const NODES = 4
const TERMS = NODES * NODES
/** Where a new cell is compared with the map itself, as shares of its side: between the nodes, where the surface is worst. */
const PROBES = [0.07, 0.31, 0.5, 0.69, 0.93]
/** Chebyshev nodes on −1 … 1: the error is spread evenly over the cell. */
const NODE_AT = Array.from({ length: NODES }, (_, node) => Math.cos((Math.PI * (2 * node + 1)) / (2 * NODES)))

/** Σ over the nodes of the polynomial that is 1 at one node and 0 at the others, as coefficients of 1, t, t², t³. */
const BASIS = NODE_AT.map((at, node) => {
  let coefficients = [1]
  for (const [other, root] of NODE_AT.entries()) {
    if (other === node) continue
    const next = Array.from({ length: coefficients.length + 1 }, () => 0)
    for (const [power, value] of coefficients.entries()) {
      next[power + 1] = (next[power + 1] ?? 0) + value / (at - root)
      next[power] = (next[power] ?? 0) - (value * root) / (at - root)
    }
    coefficients = next
  }
  return coefficients
})

/**
 * A map projection, made fast for many points: over squares of `cell` units it is replaced by a bicubic surface through 16 of
 * its own points. Each square is checked against the map when it is first entered; where any probe differs by more than
 * `tolerance` (units of the result; 1 µm for a frame in metres), the map itself is used. The squares lie on whole multiples of
 * `cell`, so equal points give equal results in every process and in any order.
 */
export function smoothMap(map: PointMap, cell: number, tolerance: number): RunMap {
  const cells = new Map<number, Map<number, Float64Array | null>>()
  let [column, row] = [NaN, NaN]
  let surface: Float64Array | null = null
  const enter = (nextColumn: number, nextRow: number) => {
    ;[column, row] = [nextColumn, nextRow]
    const rows = cells.get(column) ?? new Map<number, Float64Array | null>()
    cells.set(column, rows)
    const known = rows.get(row)
    surface = known === undefined ? fitted(map, column, row, cell, tolerance) : known
    rows.set(row, surface)
  }
  return (xy, vertices) => {
    for (let at = 0; at < 2 * vertices; at += 2) {
      const x = xy[at] as number
      const y = xy[at + 1] as number
      const inCellsX = x / cell
      const inCellsY = y / cell
      const atColumn = Math.floor(inCellsX)
      const atRow = Math.floor(inCellsY)
      if (atColumn !== column || atRow !== row) enter(atColumn, atRow)
      if (surface === null) {
        const [toX, toY] = map(x, y)
        xy[at] = toX
        xy[at + 1] = toY
        continue
      }
      const u = 2 * (inCellsX - atColumn) - 1
      const v = 2 * (inCellsY - atRow) - 1
      xy[at] = heightOf(surface, 0, u, v)
      xy[at + 1] = heightOf(surface, TERMS, u, v)
    }
  }
}

/** Σ c[i][j] uⁱ vʲ. */
function heightOf(c: Float64Array, at: number, u: number, v: number): number {
  const a = value(c, at) + v * (value(c, at + 1) + v * (value(c, at + 2) + v * value(c, at + 3)))
  const b = value(c, at + 4) + v * (value(c, at + 5) + v * (value(c, at + 6) + v * value(c, at + 7)))
  const d = value(c, at + 8) + v * (value(c, at + 9) + v * (value(c, at + 10) + v * value(c, at + 11)))
  const e = value(c, at + 12) + v * (value(c, at + 13) + v * (value(c, at + 14) + v * value(c, at + 15)))
  return a + u * (b + u * (d + u * e))
}

/** Read within the array's own length. */
const value = (values: Float64Array, index: number): number => values[index] as number

/** The surface of one square, or null where the map bends too much for it. */
function fitted(map: PointMap, column: number, row: number, cell: number, tolerance: number): Float64Array | null {
  const place = (share: number, index: number) => (index + (share + 1) / 2) * cell
  const surface = new Float64Array(2 * TERMS)
  for (const [i, u] of NODE_AT.entries()) {
    for (const [j, v] of NODE_AT.entries()) {
      const heights = map(place(u, column), place(v, row))
      for (const [axis, height] of heights.entries()) {
        for (const [power, inU] of (BASIS[i] ?? []).entries()) {
          for (const [other, inV] of (BASIS[j] ?? []).entries()) {
            const term = axis * TERMS + power * NODES + other
            surface[term] = (surface[term] ?? 0) + height * inU * inV
          }
        }
      }
    }
  }
  const isClose = PROBES.every((share) =>
    PROBES.every((other) => {
      const [u, v] = [2 * share - 1, 2 * other - 1]
      const [x, y] = map(place(u, column), place(v, row))
      const far = Math.max(Math.abs(heightOf(surface, 0, u, v) - x), Math.abs(heightOf(surface, TERMS, u, v) - y))
      return far <= tolerance // false for NaN too
    }),
  )
  return isClose ? surface : null
}
