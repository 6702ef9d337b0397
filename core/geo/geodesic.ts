/** An ellipsoid of revolution; `inverseFlattening` 0 means a sphere. */
export interface Ellipsoid {
  semiMajorM: number
  inverseFlattening: number
}

export interface GeodesicLine {
  lengthM: number
  /** Ground between the line, the meridians of its ends and the equator: positive when it runs east in the north. */
  underM2: number
}

const RADIANS = Math.PI / 180
/** Fixed-point steps; each gains a factor of the flattening, so that six reach the last digit of a double. */
const MOST_STEPS = 24

/** Nodes and weights of Gauss and Legendre on −1 … 1: sixteen integrate everything here to the last digit. */
const QUADRATURE = gaussLegendre(16)
/** Taylor coefficients of t(x) = x + √(1/x + 1)·asinh √x, for the small x of an ellipsoid of the Earth. */
const T_SERIES = tSeries(14)

/**
 * Length of the shortest line between two points given in degrees, and the ground under it. C. F. F. Karney, Algorithms for
 * geodesics (J. Geodesy 87, 2013), equations 5–12 and 58–63, with the integrals taken by quadrature instead of series. Nearly
 * antipodal points, which no plan holds, do not converge: the result then has lengthM NaN.
 */
export function geodesicLine(
  fromLon: number,
  fromLat: number,
  toLon: number,
  toLat: number,
  { semiMajorM, inverseFlattening }: Ellipsoid,
): GeodesicLine {
  const f = inverseFlattening === 0 ? 0 : 1 / inverseFlattening
  const e2 = f * (2 - f)
  const [sin1, cos1] = reduced(fromLat, f)
  const [sin2, cos2] = reduced(toLat, f)
  const wanted = degreesBetween(fromLon, toLon) * RADIANS
  const sinRise = sinOfRise(fromLat, toLat, sin1, cos1, sin2, cos2, f)
  const sphere = solve({ sin1, cos1, sin2, cos2, sinRise }, wanted, f)
  if (sphere === null) return { lengthM: NaN, underM2: NaN }
  const { omega, sigma1, sigma, sinAlpha0, k2 } = sphere
  if (sigma === 0) return { lengthM: 0, underM2: 0 }
  const lengthM = semiMajorM * (1 - f) * integral(sigma1, sigma, (s) => Math.sqrt(1 + k2 * Math.sin(s) ** 2))
  const e = Math.sqrt(e2)
  const authalic2 = (semiMajorM ** 2 / 2) * (1 + (e === 0 ? 1 : ((1 - e2) * Math.atanh(e)) / e))
  const turn = turnOf(sphere, sin1, cos1, sin2, cos2, omega)
  const factor = e2 * semiMajorM ** 2 * Math.sqrt(Math.max(0, 1 - sinAlpha0 ** 2)) * sinAlpha0
  const second2 = e2 / (1 - e2)
  const flatter = factor === 0 ? 0 : -integral(sigma1, sigma, (s) => (dividedT(second2, k2 * Math.sin(s) ** 2) * Math.sin(s)) / 2)
  return { lengthM, underM2: authalic2 * turn + factor * flatter }
}

interface Ends {
  sin1: number
  cos1: number
  sin2: number
  cos2: number
  /** sin(β2 − β1). */
  sinRise: number
}

interface Sphere {
  /** Difference of longitude on the auxiliary sphere, arc from the node to the first point, arc between the points. */
  omega: number
  sigma1: number
  sigma: number
  sinAlpha0: number
  k2: number
  alpha1: number
  alpha2: number
}

/** The great circle of the auxiliary sphere whose geodesic has the wanted difference of longitude; null when it is not found. */
function solve({ sin1, cos1, sin2, cos2, sinRise }: Ends, wanted: number, f: number): Sphere | null {
  const e2 = f * (2 - f)
  let omega = wanted
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const sinOmega = Math.sin(omega)
    const half = Math.sin(omega / 2) ** 2
    const east = cos2 * sinOmega
    const north = sinRise + 2 * sin1 * cos2 * half
    const sinSigma = Math.hypot(east, north)
    const sigma = Math.atan2(sinSigma, sin1 * sin2 + cos1 * cos2 * Math.cos(omega))
    const alpha1 = Math.atan2(east, north)
    const alpha2 = Math.atan2(cos1 * sinOmega, sinRise - 2 * cos1 * sin2 * half)
    const sinAlpha0 = sinSigma === 0 ? 0 : (cos1 * cos2 * sinOmega) / sinSigma
    const k2 = (e2 / (1 - e2)) * Math.max(0, 1 - sinAlpha0 ** 2)
    const sigma1 = Math.atan2(sin1, Math.cos(alpha1) * cos1)
    const excess = integral(sigma1, sigma, (s) => (2 - f) / (1 + (1 - f) * Math.sqrt(1 + k2 * Math.sin(s) ** 2)))
    const next = wanted + f * sinAlpha0 * excess
    const isSettled = Math.abs(next - omega) <= 4e-16 * Math.abs(next) || sinSigma === 0 || step > 16
    if (isSettled && Math.abs(next - omega) > 1e-12) return null
    if (isSettled) return { omega, sigma1, sigma, sinAlpha0, k2, alpha1, alpha2 }
    omega = next
  }
  return null
}

/** α2 − α1 without loss for short lines (Karney's equation 63 and the remarks to it). */
function turnOf({ alpha1, alpha2 }: Sphere, sin1: number, cos1: number, sin2: number, cos2: number, omega: number): number {
  const isModest = Math.cos(omega) > -0.7 && sin2 - sin1 < 1.75
  if (isModest) {
    const oneMore = 1 + Math.cos(omega)
    const [one, other] = [1 + cos1, 1 + cos2]
    return 2 * Math.atan2(Math.sin(omega) * (sin1 * other + sin2 * one), oneMore * (sin1 * sin2 + one * other))
  }
  const turn = alpha2 - alpha1
  return turn > Math.PI ? turn - 2 * Math.PI : turn < -Math.PI ? turn + 2 * Math.PI : turn
}

/** sin(β2 − β1): from the difference of latitudes where the points are close, so that no digits are lost. */
function sinOfRise(fromLat: number, toLat: number, sin1: number, cos1: number, sin2: number, cos2: number, f: number): number {
  if (Math.abs(toLat - fromLat) > 1 || Math.abs(fromLat) > 89 || Math.abs(toLat) > 89) return sin2 * cos1 - cos2 * sin1
  const scale = Math.cos(fromLat * RADIANS) * Math.cos(toLat * RADIANS)
  return ((1 - f) * Math.sin((toLat - fromLat) * RADIANS) * cos1 * cos2) / scale
}

/** Sine and cosine of the reduced latitude. */
function reduced(latDeg: number, f: number): [sine: number, cosine: number] {
  const sine = (1 - f) * Math.sin(latDeg * RADIANS)
  const cosine = Math.abs(latDeg) === 90 ? 0 : Math.cos(latDeg * RADIANS)
  const size = Math.hypot(sine, cosine)
  return [sine / size, cosine / size]
}

/** The way east from one longitude to another, −180 … 180 (180 rather than −180). */
export function degreesBetween(fromLon: number, toLon: number): number {
  const turn = (toLon - fromLon) % 360
  return turn > 180 ? turn - 360 : turn <= -180 ? turn + 360 : turn
}

function integral(from: number, length: number, of: (at: number) => number): number {
  let sum = 0
  for (const [node, weight] of QUADRATURE) sum += weight * of(from + (length * (node + 1)) / 2)
  return (sum * length) / 2
}

/** (t(y) − t(x)) ÷ (y − x), also where they are equal. */
function dividedT(y: number, x: number): number {
  let sum = 0
  let power = 1
  let mixed = 1
  for (const coefficient of T_SERIES) {
    sum += coefficient * mixed
    power *= y
    mixed = power + x * mixed
  }
  return sum
}

/** Coefficients of x, x², … of t(x): the product of the series of √(1 + x) and asinh(√x) ÷ √x, and x itself. */
function tSeries(terms: number): number[] {
  const root = [1]
  const arc = [1]
  let central = 1
  for (let n = 1; n < terms; n += 1) {
    root.push(((root[n - 1] ?? 0) * (1.5 - n)) / n)
    central *= -(2 * n - 1) / (2 * n)
    arc.push(central / (2 * n + 1))
  }
  return Array.from({ length: terms - 1 }, (_, at) => {
    let sum = at === 0 ? 1 : 0
    for (let n = 0; n <= at + 1; n += 1) sum += (root[n] ?? 0) * (arc[at + 1 - n] ?? 0)
    return sum
  })
}

/** Roots of the Legendre polynomial by Newton's method, with their weights. */
function gaussLegendre(order: number): [node: number, weight: number][] {
  return Array.from({ length: order }, (_, at): [number, number] => {
    let x = Math.cos((Math.PI * (at + 0.75)) / (order + 0.5))
    for (let step = 0; ; step += 1) {
      let [before, here] = [1, x]
      for (let n = 2; n <= order; n += 1) [before, here] = [here, ((2 * n - 1) * x * here - (n - 1) * before) / n]
      const slope = (order * (x * here - before)) / (x * x - 1)
      const move = here / slope
      x -= move
      if (Math.abs(move) < 1e-16 || step > 50) return [x, 2 / ((1 - x * x) * slope * slope)]
    }
  })
}
