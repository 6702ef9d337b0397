import type { CostGrid } from './cost-surface.ts'

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
 * conjugate gradients with a diagonal preconditioner. Undefined when no way joins the cores.
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
  const potential = new Float64Array(joined.length)
  for (const cell of Array.from(from)) if (held[cell] === HIGH) potential[cell] = 1
  const answer = solve(conductances, held, potential, tolerance, mostRounds, heartbeat)
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

/** Laplacian times a vector; rows of cells that are held or out of reach are left zero. */
function multiply({ steps, links }: Conductances, held: Uint8Array, vector: Float64Array, into: Float64Array): void {
  into.fill(0)
  for (const [at, step] of steps.entries()) {
    const siemens = links[at] ?? into
    for (let cell = 0; cell + step < vector.length; cell += 1) {
      const conductance = siemens[cell] ?? 0
      if (conductance === 0) continue
      const current = conductance * ((vector[cell] ?? 0) - (vector[cell + step] ?? 0))
      into[cell] = (into[cell] ?? 0) + current
      into[cell + step] = (into[cell + step] ?? 0) - current
    }
  }
  for (let cell = 0; cell < into.length; cell += 1) if (held[cell] !== FREE) into[cell] = 0
}

/** Conjugate gradients for the free cells; `potential` comes with the held values and leaves solved. */
function solve(
  conductances: Conductances,
  held: Uint8Array,
  potential: Float64Array,
  tolerance: number,
  mostRounds: number,
  heartbeat: (round: number, residual: number) => void,
): { rounds: number; residual: number } {
  const size = potential.length
  const diagonal = diagonalOf(conductances, size)
  const [turned, direction] = [new Float64Array(size), new Float64Array(size)]
  multiply(conductances, held, potential, turned)
  const rest = turned.map((value) => -value)
  const scaled = (cell: number) => ((diagonal[cell] ?? 0) > 0 ? (rest[cell] ?? 0) / (diagonal[cell] ?? 1) : 0)
  let energy = 0
  for (let cell = 0; cell < size; cell += 1) {
    direction[cell] = scaled(cell)
    energy += (rest[cell] ?? 0) * (direction[cell] ?? 0)
  }
  const first = Math.sqrt(energy)
  let rounds = 0
  for (; rounds < mostRounds && Math.sqrt(energy) > tolerance * first; rounds += 1) {
    if (rounds % 32 === 0) heartbeat(rounds, Math.sqrt(energy) / first)
    multiply(conductances, held, direction, turned)
    const step = energy / dot(direction, turned)
    let next = 0
    for (let cell = 0; cell < size; cell += 1) {
      potential[cell] = (potential[cell] ?? 0) + step * (direction[cell] ?? 0)
      const left = (rest[cell] ?? 0) - step * (turned[cell] ?? 0)
      rest[cell] = left
      next += left * scaled(cell)
    }
    const keep = next / energy
    energy = next
    for (let cell = 0; cell < size; cell += 1) direction[cell] = scaled(cell) + keep * (direction[cell] ?? 0)
  }
  return { rounds, residual: first > 0 ? Math.sqrt(energy) / first : 0 }
}

function diagonalOf({ steps, links }: Conductances, size: number): Float64Array {
  const diagonal = new Float64Array(size)
  for (const [at, step] of steps.entries()) {
    links[at]?.forEach((conductance, cell) => {
      if (conductance === 0) return
      diagonal[cell] = (diagonal[cell] ?? 0) + conductance
      diagonal[cell + step] = (diagonal[cell + step] ?? 0) + conductance
    })
  }
  return diagonal
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0
  for (let cell = 0; cell < one.length; cell += 1) sum += (one[cell] ?? 0) * (other[cell] ?? 0)
  return sum
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
