import type { CostGrid } from './cost-surface.ts'
import { paddedVector, solveLaplacian, type GridLaplacian, type Solved, type SolveOptions } from './grid-laplacian.ts'

/** Where a current goes between two cores through every way there is at once. */
export interface Current {
  /** Current through each cell, as a share of the current that flows from core to core: high where few ways remain. */
  through: Float64Array
  /** Resistance between the cores, in the grid's unit of resistance (length does not enter: cells are square). */
  effectiveResistance: number
  /** Rounds of the solver, and how far Kirchhoff's law is still from holding, relative to the current. */
  rounds: number
  residual: number
}

export interface CircuitOptions {
  /** Stop when the residual is below this share of the current. */
  tolerance?: number
  mostRounds?: number
  /** Told every few rounds; throws to stop. */
  heartbeat?: (round: number, residual: number) => void
}

/**
 * Circuit theory for pinch points (McRae et al. 2008, Ecology 89): cells are nodes joined with their eight neighbours by
 * resistors of mean resistance times length, core `from` is held at 1 V and core `to` at 0 V, and the Laplacian is solved by
 * conjugate gradients with an incomplete factor. Undefined when no way joins the cores.
 */
export function currentBetween(
  grid: CostGrid,
  from: ArrayLike<number>,
  to: ArrayLike<number>,
  { tolerance = 1e-8, mostRounds = 20_000, heartbeat = () => {} }: CircuitOptions = {},
): Current | undefined {
  const joined = reachable(grid, from)
  const target = Array.from(to).filter((cell) => joined[cell] === 1)
  if (target.length === 0) return undefined
  const held = heldCells(joined, from, target)
  const conductances = conductancesOf(grid, joined)
  const { potential, ...answer } = potentialsOf(conductances, held, { tolerance, mostRounds, heartbeat })
  const flow = through(conductances, potential, held)
  if (flow.total === 0) return undefined
  return { through: flow.cells, effectiveResistance: 1 / flow.total, ...answer }
}

/** What a cell is to the solver. */
const FREE = 0
const HIGH = 1
const LOW = 2
const OUT = 3

/** Four links of each cell, to the right, below left, below and below right; the others are those of its neighbours. */
interface Conductances {
  columns: number
  steps: readonly number[]
  /** Siemens of the four links of each cell, one array per step; 0 where there is none. */
  links: readonly Float64Array[]
}

/** Cells that a current from the core can come to. */
function reachable({ columns, rows, resistance }: CostGrid, from: ArrayLike<number>): Uint8Array {
  const seen = new Uint8Array(columns * rows)
  const stack = Array.from(from).filter((cell) => resistance[cell] !== Infinity)
  for (const cell of stack) seen[cell] = 1
  for (let cell = stack.pop(); cell !== undefined; cell = stack.pop()) {
    const [column, row] = [cell % columns, Math.floor(cell / columns)]
    for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y += 1) {
      for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x += 1) {
        const other = y * columns + x
        if (seen[other] === 1 || resistance[other] === Infinity) continue
        seen[other] = 1
        stack.push(other)
      }
    }
  }
  return seen
}

function heldCells(joined: Uint8Array, from: ArrayLike<number>, to: readonly number[]): Uint8Array {
  const held = joined.map((is) => (is === 1 ? FREE : OUT))
  for (const cell of Array.from(from)) if (joined[cell] === 1) held[cell] = HIGH
  for (const cell of to) held[cell] = LOW
  return held
}

function conductancesOf({ columns, rows, resistance }: CostGrid, joined: Uint8Array): Conductances {
  const offsets = [
    [1, 0],
    [-1, 1],
    [0, 1],
    [1, 1],
  ] as const
  const links = offsets.map(([dx, dy]) => {
    const values = new Float64Array(columns * rows)
    for (let row = 0; row + dy < rows; row += 1) {
      for (let column = Math.max(0, -dx); column < columns - Math.max(0, dx); column += 1) {
        const cell = row * columns + column
        const other = cell + dy * columns + dx
        if (joined[cell] !== 1 || joined[other] !== 1) continue
        values[cell] = 2 / (((resistance[cell] ?? 0) + (resistance[other] ?? 0)) * Math.hypot(dx, dy))
      }
    }
    return values
  })
  return { columns, steps: offsets.map(([dx, dy]) => dy * columns + dx), links }
}

/** Potentials of all cells: those of the held ones as given, those of the free ones by Kirchhoff's law. */
function potentialsOf(conductances: Conductances, held: Uint8Array, options: SolveOptions): { potential: Float64Array } & Solved {
  const { matrix, rest } = equationsOf(conductances, held)
  const solution = paddedVector(matrix)
  const answer = solveLaplacian(matrix, rest, solution, options)
  const potential = solution.slice(matrix.pad, matrix.pad + held.length)
  held.forEach((as, cell) => {
    if (as !== FREE) potential[cell] = as === HIGH ? 1 : 0
  })
  return { potential, ...answer }
}

/** The equations of the free cells: links between them, all that a cell has on the diagonal, what comes from the held cells beside. */
function equationsOf({ columns, steps, links }: Conductances, held: Uint8Array): { matrix: GridLaplacian; rest: Float64Array } {
  const place = { size: held.length, pad: columns + 1 }
  const [right, belowLeft, below, belowRight, diagonal, rest] = Array.from({ length: 6 }, () => paddedVector(place)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  const own = [right, belowLeft, below, belowRight]
  const meet = (cell: number, other: number, siemens: number) => {
    const at = place.pad + cell
    diagonal[at] = (diagonal[at] ?? 0) + siemens
    if (held[other] === HIGH) rest[at] = (rest[at] ?? 0) + siemens
  }
  for (const [at, step] of steps.entries()) {
    const between = own[at] ?? right
    links[at]?.forEach((siemens, cell) => {
      if (siemens === 0) return
      const [isFree, isOtherFree] = [held[cell] === FREE, held[cell + step] === FREE]
      if (isFree) meet(cell, cell + step, siemens)
      if (isOtherFree) meet(cell + step, cell, siemens)
      if (isFree && isOtherFree) between[place.pad + cell] = siemens
    })
  }
  return { matrix: { ...place, columns, right, belowLeft, below, belowRight, diagonal }, rest }
}

/** Half of all current that enters or leaves a cell, as a share of what leaves the core; and that current for 1 V. */
function through(
  { steps, links }: Conductances,
  potential: Float64Array,
  held: Uint8Array,
): { cells: Float64Array; total: number } {
  const cells = new Float64Array(potential.length)
  let total = 0
  for (const [at, step] of steps.entries()) {
    links[at]?.forEach((conductance, cell) => {
      const current = conductance * ((potential[cell] ?? 0) - (potential[cell + step] ?? 0))
      cells[cell] = (cells[cell] ?? 0) + Math.abs(current) / 2
      cells[cell + step] = (cells[cell + step] ?? 0) + Math.abs(current) / 2
      const [isHigh, isOtherHigh] = [held[cell] === HIGH, held[cell + step] === HIGH]
      if (isHigh !== isOtherHigh) total += isHigh ? current : -current
    })
  }
  return { cells: total === 0 ? cells : cells.map((current) => current / total), total }
}
