/**
 * A Laplacian over the cells of a grid with eight neighbours: of every cell the links to the four neighbours that come after it (to
 * the right, below left, below, below right) and the sum of all its links. Rows of the grid are padded in front and behind, so that
 * no neighbour lies outside the arrays: cell c stands at `pad + c`.
 */
export interface GridLaplacian {
  size: number
  columns: number
  pad: number
  right: Float64Array
  belowLeft: Float64Array
  below: Float64Array
  belowRight: Float64Array
  diagonal: Float64Array
}

/** A vector over the cells of a Laplacian, padded as it is. */
export const paddedVector = ({ size, pad }: Pick<GridLaplacian, 'size' | 'pad'>): Float64Array => new Float64Array(size + 2 * pad)

/** How much of what an incomplete factor drops goes to the diagonal, and the least share of the diagonal that is left (Bridson 2008). */
const GIVEN_BACK = 0.97
const LEAST_PIVOT = 0.25

/**
 * Inverse pivots of a modified incomplete Cholesky factor without fill (Gustafsson 1978, BIT 18): off the diagonal the factor is the
 * matrix itself, so that one number per cell is all there is to keep. 0 for cells without links.
 */
export function inversePivots(matrix: GridLaplacian): Float64Array {
  const { size, columns, pad, right, belowLeft, below, belowRight, diagonal } = matrix
  const inverse = paddedVector(matrix)
  // of every cell the links to cells after it, in sum
  const after = right.map((link, at) => link + (belowLeft[at] ?? 0) + (below[at] ?? 0) + (belowRight[at] ?? 0))
  const taken = (at: number, link: number): number => link * (inverse[at] ?? 0) * (link + GIVEN_BACK * ((after[at] ?? 0) - link))
  for (let at = pad; at < pad + size; at += 1) {
    const whole = diagonal[at] ?? 0
    if (whole === 0) continue
    const [left, upRight, up, upLeft] = [at - 1, at - columns + 1, at - columns, at - columns - 1]
    const lost =
      taken(left, right[left] ?? 0) +
      taken(upRight, belowLeft[upRight] ?? 0) +
      taken(up, below[up] ?? 0) +
      taken(upLeft, belowRight[upLeft] ?? 0)
    const pivot = whole - lost
    inverse[at] = 1 / (pivot < LEAST_PIVOT * whole ? whole : pivot)
  }
  return inverse
}

/** Solves with the incomplete factor: `into` becomes what `rest` is after one sweep there and one back. */
export function precondition(matrix: GridLaplacian, inverse: Float64Array, rest: Float64Array, into: Float64Array): void {
  const { size, columns, pad, right, belowLeft, below, belowRight } = matrix
  for (let at = pad; at < pad + size; at += 1) {
    const pivot = inverse[at] ?? 0
    // cells without links stay zero in every vector
    if (pivot === 0) continue
    const upRight = at - columns + 1
    const up = at - columns
    const upLeft = at - columns - 1
    into[at] =
      ((rest[at] ?? 0) +
        (right[at - 1] ?? 0) * (into[at - 1] ?? 0) +
        (belowLeft[upRight] ?? 0) * (into[upRight] ?? 0) +
        (below[up] ?? 0) * (into[up] ?? 0) +
        (belowRight[upLeft] ?? 0) * (into[upLeft] ?? 0)) *
      pivot
  }
  for (let at = pad + size - 1; at >= pad; at -= 1) {
    const pivot = inverse[at] ?? 0
    if (pivot === 0) continue
    const downLeft = at + columns - 1
    const down = at + columns
    const downRight = at + columns + 1
    into[at] =
      (into[at] ?? 0) +
      ((right[at] ?? 0) * (into[at + 1] ?? 0) +
        (belowLeft[at] ?? 0) * (into[downLeft] ?? 0) +
        (below[at] ?? 0) * (into[down] ?? 0) +
        (belowRight[at] ?? 0) * (into[downRight] ?? 0)) *
        pivot
  }
}

/** The Laplacian times a vector; gives back the product of both vectors as well, which conjugate gradients ask for. */
export function multiply(matrix: GridLaplacian, vector: Float64Array, into: Float64Array): number {
  const { size, columns, pad, right, belowLeft, below, belowRight, diagonal } = matrix
  let product = 0
  for (let at = pad; at < pad + size; at += 1) {
    const own = diagonal[at] ?? 0
    if (own === 0) continue
    const here = vector[at] ?? 0
    const value =
      own * here -
      (right[at] ?? 0) * (vector[at + 1] ?? 0) -
      (belowLeft[at] ?? 0) * (vector[at + columns - 1] ?? 0) -
      (below[at] ?? 0) * (vector[at + columns] ?? 0) -
      (belowRight[at] ?? 0) * (vector[at + columns + 1] ?? 0) -
      (right[at - 1] ?? 0) * (vector[at - 1] ?? 0) -
      (belowLeft[at - columns + 1] ?? 0) * (vector[at - columns + 1] ?? 0) -
      (below[at - columns] ?? 0) * (vector[at - columns] ?? 0) -
      (belowRight[at - columns - 1] ?? 0) * (vector[at - columns - 1] ?? 0)
    into[at] = value
    product += here * value
  }
  return product
}

/** How a solution was come to: rounds, and how far it is still off, relative to where it began. */
export interface Solved {
  rounds: number
  residual: number
}

export interface SolveOptions {
  tolerance: number
  mostRounds: number
  /** Told every few rounds; throws to stop. */
  heartbeat: (round: number, residual: number) => void
}

/** Conjugate gradients with the incomplete factor; `rest` comes as the right side, `solution` as zeros, and leaves solved. */
export function solveLaplacian(matrix: GridLaplacian, rest: Float64Array, solution: Float64Array, options: SolveOptions): Solved {
  const { tolerance, mostRounds, heartbeat } = options
  const { pad, size } = matrix
  const inverse = inversePivots(matrix)
  const [scaled, turned] = [paddedVector(matrix), paddedVector(matrix)]
  precondition(matrix, inverse, rest, scaled)
  const direction = scaled.slice()
  let energy = dot(rest, scaled)
  const first = Math.sqrt(energy)
  let rounds = 0
  for (; rounds < mostRounds && Math.sqrt(energy) > tolerance * first; rounds += 1) {
    if (rounds % 8 === 0) heartbeat(rounds, Math.sqrt(energy) / first)
    const step = energy / multiply(matrix, direction, turned)
    for (let at = pad; at < pad + size; at += 1) {
      solution[at] = (solution[at] ?? 0) + step * (direction[at] ?? 0)
      rest[at] = (rest[at] ?? 0) - step * (turned[at] ?? 0)
    }
    precondition(matrix, inverse, rest, scaled)
    const next = dot(rest, scaled)
    const keep = next / energy
    energy = next
    for (let at = pad; at < pad + size; at += 1) direction[at] = (scaled[at] ?? 0) + keep * (direction[at] ?? 0)
  }
  return { rounds, residual: first > 0 ? Math.sqrt(energy) / first : 0 }
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0
  for (let at = 0; at < one.length; at += 1) sum += (one[at] ?? 0) * (other[at] ?? 0)
  return sum
}
