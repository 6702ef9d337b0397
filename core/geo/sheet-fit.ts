import { AppError } from '../errors.ts'

/** How a sheet is laid on the plane: straight lines stay straight in both; only `affine` keeps parallels parallel. */
export const FIT_METHODS = ['affine', 'projective'] as const
export type FitMethod = (typeof FIT_METHODS)[number]

/** The least points that a method needs; one more is needed before the fit can show an error at all. */
export const LEAST_POINTS: Readonly<Record<FitMethod, number>> = { affine: 3, projective: 4 }

/** One place that is known on both: x to the right and y down on the sheet (its own units), metres of the plan's frame. */
export interface ControlPoint {
  x: number
  y: number
  xM: number
  yM: number
}

/** The nine numbers of a mapping, row by row: x' = (a x + b y + c) / w, y' = (d x + e y + f) / w, w = g x + h y + i. */
export type Mapping = readonly [number, number, number, number, number, number, number, number, number]

export interface SheetFit {
  method: FitMethod
  /** Sheet → frame metres. */
  mapping: Mapping
  /** Root of the mean squared distance between where the points are and where the fit puts them, metres. */
  rmsM: number
  /** That distance for each point, in their order. */
  residualsM: number[]
  /** The point that fits worst; null when there are no more points than needed to judge by, or all fit to the millimetre. */
  worst: number | null
}

/** Points whose spread across is less than this share of their spread along lie in a line for all purposes. */
const THINNEST = 0.02
/** A fit this close leaves nothing to complain of: coordinates are kept to the millimetre. */
const FLAWLESS_M = 1e-3
/** Rounds of the refinement that turns algebraic into metric distances; it converges in two or three. */
const ROUNDS = 8

/**
 * Lays a sheet on the plane by least squares over control points: the sum of squared distances in frame metres is least.
 * Source of the affine case: normal equations on centred coordinates; of the projective case: the linear form after
 * normalisation (Hartley & Zisserman, Multiple View Geometry, 4.1 and 4.4), refined by Gauss–Newton.
 * @param size width and height of the sheet: a projective fit must not turn over anywhere on it
 * @throws AppError `sheet.too-few-points`, `sheet.points-in-line`, `sheet.points-mirrored`
 */
export function fitSheet(points: readonly ControlPoint[], method: FitMethod, size: { width: number; height: number }): SheetFit {
  const need = LEAST_POINTS[method]
  if (points.length < need) throw new AppError('sheet.too-few-points', { have: points.length, need })
  const sheet = normaliser(points.map(({ x, y }) => [x, y]))
  const ground = normaliser(points.map(({ xM, yM }) => [xM, yM]))
  const pairs = points.map(({ x, y, xM, yM }): Pair => [...sheet.apply(x, y), ...ground.apply(xM, yM)])
  const straight = affineOf(pairs)
  const inner = method === 'affine' ? straight : refined(projectiveOf(pairs), pairs)
  const mapping = scaled(product(product(ground.back, inner), sheet.there))
  const place = applyMapping(mapping)
  for (const [x, y] of corners(size)) if (!isUpright(mapping, x, y)) throw new AppError('sheet.points-mirrored', {})
  const residualsM = points.map(({ x, y, xM, yM }) => {
    const [atX, atY] = place(x, y)
    return Math.hypot(atX - xM, atY - yM)
  })
  const rmsM = Math.sqrt(residualsM.reduce((sum, distance) => sum + distance * distance, 0) / residualsM.length)
  const worst = points.length > need && rmsM > FLAWLESS_M ? residualsM.indexOf(Math.max(...residualsM)) : null
  return { method, mapping, rmsM, residualsM, worst }
}

/** Applies a mapping to one point. */
export const applyMapping =
  ([a, b, c, d, e, f, g, h, i]: Mapping) =>
  (x: number, y: number): [x: number, y: number] => {
    const w = g * x + h * y + i
    return [(a * x + b * y + c) / w, (d * x + e * y + f) / w]
  }

/** The mapping back, frame → sheet. */
export function inverseMapping([a, b, c, d, e, f, g, h, i]: Mapping): Mapping {
  return scaled([
    e * i - f * h,
    c * h - b * i,
    b * f - c * e,
    f * g - d * i,
    a * i - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ])
}

/** Metres of the frame that one unit of the sheet covers, at its middle. */
export function metresPerSheetUnit(mapping: Mapping, { width, height }: { width: number; height: number }): number {
  const [x, y] = [width / 2, height / 2]
  return Math.sqrt(Math.abs(turnAt(mapping, x, y)))
}

type Pair = [x: number, y: number, toX: number, toY: number]

export const corners = ({ width, height }: { width: number; height: number }): [number, number][] => [
  [0, 0],
  [width, 0],
  [width, height],
  [0, height],
]

/** The area factor of the mapping at a place, with its sign. */
function turnAt(mapping: Mapping, x: number, y: number): number {
  const [a, b, c, d, e, f, g, h, i] = mapping
  const w = g * x + h * y + i
  return (a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)) / (w * w * w)
}

/** A sheet's y runs down and the plane's up: whatever is not turned over has a negative area factor. */
const isUpright = (mapping: Mapping, x: number, y: number): boolean => {
  const [, , , , , , g, h, i] = mapping
  return g * x + h * y + i > 0 && turnAt(mapping, x, y) < 0
}

/** Moves the points' middle to the origin and their mean distance to one, so that the equations are well behaved. */
function normaliser(points: readonly (readonly [number, number])[]) {
  const count = points.length
  const [midX, midY] = [0, 1].map((axis) => points.reduce((sum, point) => sum + (point[axis] ?? 0), 0) / count)
  const [x0, y0] = [midX ?? 0, midY ?? 0]
  const spread = points.reduce((sum, [x, y]) => sum + Math.hypot(x - x0, y - y0), 0) / count
  let [xx, xy, yy] = [0, 0, 0]
  for (const [x, y] of points) {
    xx += (x - x0) ** 2
    xy += (x - x0) * (y - y0)
    yy += (y - y0) ** 2
  }
  const [middle, apart] = [(xx + yy) / 2, Math.hypot((xx - yy) / 2, xy)]
  if (!(spread > 0) || !Number.isFinite(spread) || !(Math.sqrt(Math.max(0, middle - apart) / (middle + apart)) > THINNEST))
    throw new AppError('sheet.points-in-line', {})
  const there: Mapping = [1 / spread, 0, -x0 / spread, 0, 1 / spread, -y0 / spread, 0, 0, 1]
  const back: Mapping = [spread, 0, x0, 0, spread, y0, 0, 0, 1]
  return { there, back, apply: applyMapping(there) }
}

function affineOf(pairs: readonly Pair[]): Mapping {
  const rows = pairs.map(([x, y]) => [x, y, 1])
  const alongX = leastSquares(rows, pairs.map(([, , toX]) => toX)) // prettier-ignore
  const alongY = leastSquares(rows, pairs.map(([, , , toY]) => toY)) // prettier-ignore
  const [a = 0, b = 0, c = 0] = alongX
  const [d = 0, e = 0, f = 0] = alongY
  return [a, b, c, d, e, f, 0, 0, 1]
}

function projectiveOf(pairs: readonly Pair[]): Mapping {
  const rows = pairs.flatMap(([x, y, u, v]) => [
    [x, y, 1, 0, 0, 0, -u * x, -u * y],
    [0, 0, 0, x, y, 1, -v * x, -v * y],
  ])
  return fromEight(leastSquares(rows, pairs.flatMap(([, , u, v]) => [u, v]))) // prettier-ignore
}

const fromEight = ([a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0]: readonly number[]): Mapping => [
  a,
  b,
  c,
  d,
  e,
  f,
  g,
  h,
  1,
]

/** Gauss–Newton on the eight numbers: the linear form weighs far points wrongly, this one weighs metres. */
function refined(start: Mapping, pairs: readonly Pair[]): Mapping {
  let best = start
  let least = squares(best, pairs)
  for (let round = 0; round < ROUNDS; round++) {
    const [, , , , , , g, h] = best
    const place = applyMapping(best)
    const rows: number[][] = []
    const misses: number[] = []
    for (const [x, y, u, v] of pairs) {
      const w = g * x + h * y + 1
      const [atX, atY] = place(x, y)
      rows.push([x / w, y / w, 1 / w, 0, 0, 0, (-atX * x) / w, (-atX * y) / w])
      rows.push([0, 0, 0, x / w, y / w, 1 / w, (-atY * x) / w, (-atY * y) / w])
      misses.push(u - atX, v - atY)
    }
    const step = leastSquares(rows, misses)
    const next = fromEight(best.slice(0, 8).map((value, index) => value + (step[index] ?? 0)))
    const sum = squares(next, pairs)
    if (!(sum < least)) return best
    best = next
    least = sum
  }
  return best
}

function squares(mapping: Mapping, pairs: readonly Pair[]): number {
  const place = applyMapping(mapping)
  return pairs.reduce((sum, [x, y, u, v]) => {
    const [atX, atY] = place(x, y)
    return sum + (atX - u) ** 2 + (atY - v) ** 2
  }, 0)
}

/** Solves rows · unknowns ≈ right by Householder reflections: no normal equations, so no loss of half the digits. */
function leastSquares(rows: readonly (readonly number[])[], right: readonly number[]): number[] {
  const unknowns = rows[0]?.length ?? 0
  const work = rows.map((row, index) => [...row, right[index] ?? 0])
  const at = (row: number, column: number): number => work[row]?.[column] ?? 0
  for (let k = 0; k < unknowns; k++) {
    let norm = 0
    for (let row = k; row < work.length; row++) norm = Math.hypot(norm, at(row, k))
    // Columns are of order one: a vanishing one means that the points do not fix this unknown.
    if (!(norm > 1e-9)) throw new AppError('sheet.points-in-line', {})
    const mirror = work.map((_, row) => (row < k ? 0 : at(row, k)))
    mirror[k] = at(k, k) + (at(k, k) > 0 ? norm : -norm)
    const length = mirror.reduce((sum, value) => sum + value * value, 0)
    for (let column = k; column <= unknowns; column++) {
      const along = mirror.reduce((sum, value, row) => sum + value * at(row, column), 0)
      for (let row = k; row < work.length; row++) {
        const line = work[row]
        if (line) line[column] = at(row, column) - (2 * along * (mirror[row] ?? 0)) / length
      }
    }
  }
  const solved = Array.from({ length: unknowns }, () => 0)
  for (let k = unknowns - 1; k >= 0; k--) {
    let rest = at(k, unknowns)
    for (let column = k + 1; column < unknowns; column++) rest -= at(k, column) * (solved[column] ?? 0)
    solved[k] = rest / at(k, k)
  }
  return solved
}

function product(left: Mapping, right: Mapping): Mapping {
  const cell = (row: number, column: number): number =>
    (left[3 * row] ?? 0) * (right[column] ?? 0) +
    (left[3 * row + 1] ?? 0) * (right[3 + column] ?? 0) +
    (left[3 * row + 2] ?? 0) * (right[6 + column] ?? 0)
  return [cell(0, 0), cell(0, 1), cell(0, 2), cell(1, 0), cell(1, 1), cell(1, 2), cell(2, 0), cell(2, 1), cell(2, 2)]
}

/** The same mapping with its last number 1, where it can be. */
function scaled(mapping: Mapping): Mapping {
  const last = mapping[8]
  if (last === 0 || last === 1) return mapping
  const [a, b, c, d, e, f, g, h] = mapping
  return [a / last, b / last, c / last, d / last, e / last, f / last, g / last, h / last, 1]
}
