import { BucketQueue, NOTHING } from './bucket-queue.ts'

/** What it costs to cross each cell of a grid, by row from the top; Infinity where nothing can pass. */
export interface CostGrid {
  columns: number
  rows: number
  cellM: number
  /** Cost per metre: a resistance, 1 where movement is easy. Positive. */
  resistance: Float64Array
}

export const NO_CELL = 0xffffffff

/** For every cell the least cost from any source (Infinity where none reaches), the cell before it, and whose source it is. */
export interface CostSurface {
  cost: Float64Array
  previous: Uint32Array
  owner: Uint32Array
}

/**
 * Cumulative least cost from sources over a grid, with eight neighbours. A step costs its length times the mean resistance of
 * both cells, as r.cost and scikit-image's geometric MCP count it. `sources` are cells with an owner; of equal costs the lower
 * owner wins.
 */
export function costSurface(grid: CostGrid, sources: readonly { cell: number; owner: number }[], limit = Infinity): CostSurface {
  const padded = padOf(grid)
  const { width, resistance } = padded
  const cost = new Float64Array(resistance.length).fill(Infinity)
  const previous = new Uint32Array(resistance.length).fill(NO_CELL)
  const owner = new Uint32Array(resistance.length).fill(NO_CELL)
  const [least, most] = rangeOf(resistance)
  const queue = new BucketQueue(Math.max(least, most / 256) * grid.cellM, most * grid.cellM * Math.SQRT2)
  for (const { cell, owner: whose } of sources) {
    const at = padded.inside(cell)
    if (resistance[at] === Infinity || whose >= (owner[at] ?? NO_CELL)) continue
    cost[at] = 0
    owner[at] = whose
    queue.push(0, at)
  }
  const half = grid.cellM / 2
  const slant = half * Math.SQRT2
  const steps = [-width - 1, -width, -width + 1, -1, 1, width - 1, width, width + 1]
  const lengths = [slant, half, slant, half, half, slant, half, slant]
  for (let cell = queue.pop(); cell !== NOTHING; cell = queue.pop()) {
    const here = resistance[cell] ?? Infinity
    const far = cost[cell] ?? Infinity
    const whose = owner[cell] ?? NO_CELL
    for (let step = 0; step < 8; step += 1) {
      const other = cell + (steps[step] ?? 0)
      const along = far + (here + (resistance[other] ?? Infinity)) * (lengths[step] ?? 0)
      const known = cost[other] ?? 0
      if (along > known || along > limit || along === Infinity) continue
      if (along === known && whose >= (owner[other] ?? NO_CELL)) continue
      cost[other] = along
      previous[other] = cell
      owner[other] = whose
      queue.push(along, other)
    }
  }
  return {
    cost: padded.strip(cost),
    previous: padded.strip(previous).map((cell) => padded.outside(cell)),
    owner: padded.strip(owner),
  }
}

/** The cells of the least-cost path to a cell, source first; empty where none reaches it. */
export function pathTo({ cost, previous }: CostSurface, cell: number): number[] {
  if (!Number.isFinite(cost[cell] ?? Infinity)) return []
  const path: number[] = []
  for (let at = cell; at !== NO_CELL; at = previous[at] ?? NO_CELL) path.push(at)
  return path.toReversed()
}

/**
 * Normalised least-cost corridor of two cores: cost from one plus cost from the other, less the least cost between them; 0 on
 * the least-cost path and more the longer the detour (Linkage Mapper, McRae & Kavanagh 2011). Infinity where either cannot come.
 */
export function corridorOf(fromOne: Float64Array, fromOther: Float64Array): Float64Array {
  let least = Infinity
  for (let cell = 0; cell < fromOne.length; cell += 1) least = Math.min(least, (fromOne[cell] ?? 0) + (fromOther[cell] ?? 0))
  return fromOne.map((one, cell) => (least === Infinity ? Infinity : one + (fromOther[cell] ?? 0) - least))
}

/** The grid with a border that nothing can pass, so that no step need ask whether it leaves it. */
function padOf({ columns, rows, resistance }: CostGrid) {
  const width = columns + 2
  const padded = new Float64Array(width * (rows + 2)).fill(Infinity)
  for (let row = 0; row < rows; row += 1)
    padded.set(resistance.subarray(row * columns, (row + 1) * columns), (row + 1) * width + 1)
  return {
    width,
    resistance: padded,
    inside: (cell: number) => (Math.floor(cell / columns) + 1) * width + (cell % columns) + 1,
    outside: (cell: number) => (cell === NO_CELL ? NO_CELL : (Math.floor(cell / width) - 1) * columns + (cell % width) - 1),
    strip<T extends Float64Array | Uint32Array>(values: T): T {
      const stripped = values.slice(0, columns * rows) as T // slice keeps the kind of array
      for (let row = 0; row < rows; row += 1) {
        const start = (row + 1) * width + 1
        stripped.set(values.subarray(start, start + columns), row * columns)
      }
      return stripped
    },
  }
}

/** Least and greatest finite resistance. */
function rangeOf(resistance: Float64Array): [least: number, most: number] {
  let [least, most] = [Infinity, 0]
  for (const value of resistance) {
    if (value === Infinity) continue
    if (value < least) least = value
    if (value > most) most = value
  }
  return least === Infinity ? [1, 1] : [least, most]
}
