import { currentBetween } from './circuit.ts'
import type { CostGrid } from './cost-surface.ts'
import { corridorOf } from './cost-surface.ts'
import { leastCost, type CorridorGround, type PatchCost, type PatchPair } from './modelled-corridors.ts'
import { labelled } from './morphology.ts'

/** What flows through the cells of corridors: of every cell the largest share of the current of any pair, and that pair. */
export interface CurrentMap {
  share: Float32Array
  /** Number of the pair in `pairs`; −1 where no current flows. */
  pair: Int32Array
  pairs: readonly PatchPair[]
}

export interface CurrentRule {
  /** A way belongs to the corridor of a pair if it costs at most so many times the least. */
  cutoff: number
  tolerance: number
  /** Told before every pair and now and then while one is solved; throws to stop. */
  heartbeat?: (done: number, total: number) => void
}

/** A narrow place: connected cells that much of a current has to go through. */
export interface NarrowPlace {
  /** Ascending. */
  cells: number[]
  /** The cell with the most current, and its share of the current. */
  peak: number
  share: number
  pair: PatchPair
}

/** A way through a third patch is told from a way past it by this share of its cost. */
const SAME = 1e-9

/**
 * Currents between pairs of patches, each within its own least-cost corridor (as Linkage Mapper's pinch points are found): a unit
 * flows from one patch to the other by every way there is. Pairs whose cheapest way runs through a third patch are left to the
 * pairs that it is made of.
 */
export function currentMap(
  { grid }: CorridorGround,
  costs: ReadonlyMap<number, PatchCost>,
  pairs: readonly PatchPair[],
  { cutoff, tolerance, heartbeat = () => {} }: CurrentRule,
): CurrentMap {
  const share = new Float32Array(grid.resistance.length)
  const pair = new Int32Array(share.length).fill(-1)
  for (const [at, [one, other]] of pairs.entries()) {
    heartbeat(at, pairs.length)
    const [from, to] = [costs.get(one), costs.get(other)]
    const least = from && to ? leastCost(from.cost, to.cost) : Infinity
    if (!from || !to || least === Infinity || least === 0) continue
    const detour = corridorOf(from.cost, to.cost)
    const isThrough = (third: PatchCost) => third.cells.some((cell) => (detour[cell] ?? Infinity) <= SAME * least)
    if ([...costs].some(([patch, third]) => patch !== one && patch !== other && isThrough(third))) continue
    const part = windowOf(grid, detour, (cutoff - 1) * least)
    const current = currentBetween(part.grid, part.inside(from.cells), part.inside(to.cells), {
      tolerance,
      heartbeat: () => heartbeat(at, pairs.length),
    })
    const held = new Set([...from.cells, ...to.cells])
    current?.through.forEach((value, local) => {
      const cell = part.outside(local)
      if (held.has(cell) || value <= (share[cell] ?? 0)) return
      share[cell] = value
      pair[cell] = at
    })
  }
  heartbeat(pairs.length, pairs.length)
  return { share, pair, pairs }
}

/** The part of a grid where a detour is small enough, as a grid of its own. */
function windowOf(grid: CostGrid, detour: Float64Array, most: number) {
  const { columns } = grid
  let [left, right, top, bottom] = [Infinity, -1, Infinity, -1]
  detour.forEach((more, cell) => {
    if (more > most) return
    const [column, row] = [cell % columns, Math.floor(cell / columns)]
    left = Math.min(left, column)
    right = Math.max(right, column)
    top = Math.min(top, row)
    bottom = Math.max(bottom, row)
  })
  const [wide, high] = [right - left + 1, bottom - top + 1]
  const outside = (local: number) => (top + Math.floor(local / wide)) * columns + left + (local % wide)
  const resistance = Float64Array.from({ length: wide * high }, (_, local) => {
    const cell = outside(local)
    return (detour[cell] ?? Infinity) <= most ? (grid.resistance[cell] ?? Infinity) : Infinity
  })
  const inside = (cells: readonly number[]): number[] =>
    cells.flatMap((cell) => {
      const [column, row] = [(cell % columns) - left, Math.floor(cell / columns) - top]
      return column < 0 || row < 0 || column >= wide || row >= high ? [] : [row * wide + column]
    })
  return { grid: { columns: wide, rows: high, cellM: grid.cellM, resistance }, inside, outside }
}

/** The least share that cells of a narrow place carry: where the way is effectively no wider than `widestM`, or than two cells. */
export const narrowShare = (cellM: number, widestM: number): number => cellM / Math.max(widestM, 2 * cellM)

/** Places where a current has to squeeze through, the most of it first; at most `most` of them. */
export function narrowPlaces({ share, pair, pairs }: CurrentMap, grid: CostGrid, least: number, most: number): NarrowPlace[] {
  const { pieces } = labelled(
    Uint8Array.from(share, (value) => (value >= least ? 1 : 0)),
    grid.columns,
    grid.rows,
  )
  return pieces
    .flatMap((piece): NarrowPlace[] => {
      const cells = piece.toSorted((one, other) => one - other)
      const peak = cells.reduce((best, cell) => ((share[cell] ?? 0) > (share[best] ?? 0) ? cell : best), cells[0] ?? 0)
      const own = pairs[pair[peak] ?? -1]
      return own ? [{ cells, peak, share: share[peak] ?? 0, pair: own }] : []
    })
    .toSorted((one, other) => other.share - one.share || one.peak - other.peak)
    .slice(0, most)
}
