import type { LayerColumns } from './columns.ts'
import { eccentricitySquared, fromFrame, type Frame } from './frame.ts'

/** mm² and mm in one m² and one m. */
const MM2 = 1e6
const MM = 1e3
const RADIANS = Math.PI / 180

/**
 * Area of one polygon part in m², holes subtracted. In an equal-area frame this is the ellipsoidal area: the projection is
 * exact, so the error is that of rounding vertices to 1 mm (below 1 mm × perimeter ÷ 2) and of edges that are straight in the
 * frame instead of on the ellipsoid (below 1e-6 for parcels within 300 km of the centre).
 */
export function partAreaM2(layer: LayerColumns, part: number): number {
  let twice = 0
  for (let ring = offset(layer.partOff, part); ring < offset(layer.partOff, part + 1); ring += 1) {
    twice += twiceRingArea(layer.xy, offset(layer.ringOff, ring), offset(layer.ringOff, ring + 1))
  }
  return twice / 2 / MM2
}

/** Area of one feature in m²; 0 for lines and points. */
export function featureAreaM2(layer: LayerColumns, feature: number): number {
  if (layer.kind !== 'polygon') return 0
  let areaM2 = 0
  for (let part = offset(layer.featureOff, feature); part < offset(layer.featureOff, feature + 1); part += 1) {
    areaM2 += partAreaM2(layer, part)
  }
  return areaM2
}

/** Area of every feature in m². */
export function areasM2(layer: LayerColumns): Float64Array {
  return Float64Array.from({ length: layer.count }, (_, feature) => featureAreaM2(layer, feature))
}

/** Sum of the features' areas in m²; overlaps between features count twice (use a union when they must not). */
export function totalAreaM2(layer: LayerColumns, select: (feature: number) => boolean = () => true): number {
  let areaM2 = 0
  for (let feature = 0; feature < layer.count; feature += 1) if (select(feature)) areaM2 += featureAreaM2(layer, feature)
  return areaM2
}

/**
 * Length of every feature in m: geodesic from vertex to vertex on the frame's ellipsoid, planar in a planar frame; 0 for
 * points, the perimeter (holes included) for polygons. Error below 0.1 mm per segment plus the 1 mm rounding of vertices.
 */
export function lengthsM(layer: LayerColumns): Float64Array {
  const between = runLengthIn(layer.frame)
  return Float64Array.from({ length: layer.count }, (_, feature) => {
    if (layer.kind === 'point') return 0
    let lengthM = 0
    const firstRing = offset(layer.partOff, offset(layer.featureOff, feature))
    const endRing = offset(layer.partOff, offset(layer.featureOff, feature + 1))
    for (let ring = firstRing; ring < endRing; ring += 1) {
      lengthM += between(layer.xy, offset(layer.ringOff, ring), offset(layer.ringOff, ring + 1))
    }
    return lengthM
  })
}

/** Sum of the features' lengths in m. */
export const totalLengthM = (layer: LayerColumns): number => lengthsM(layer).reduce((sum, lengthM) => sum + lengthM, 0)

/**
 * Geodesic distance in m between two points given in degrees. Vincenty's inverse formula (Survey Review 23, 1975): within
 * 0.1 mm on any ellipsoid of the Earth, except nearly antipodal points, which no plan holds.
 */
export function geodesicM(
  from: readonly [number, number],
  to: readonly [number, number],
  semiMajorM: number,
  e2: number,
): number {
  const shrink = Math.sqrt(1 - e2)
  const flattening = 1 - shrink
  const [sinU1, cosU1] = reduced(from[1], shrink)
  const [sinU2, cosU2] = reduced(to[1], shrink)
  const turn = (to[0] - from[0]) * RADIANS
  let lambda = turn
  for (let round = 0; ; round += 1) {
    const sinLambda = Math.sin(lambda)
    const cosLambda = Math.cos(lambda)
    const sinSigma = Math.hypot(cosU2 * sinLambda, cosU1 * sinU2 - sinU1 * cosU2 * cosLambda)
    if (sinSigma === 0) return 0
    const cosSigma = sinU1 * sinU2 + cosU1 * cosU2 * cosLambda
    const sigma = Math.atan2(sinSigma, cosSigma)
    const sinAlpha = (cosU1 * cosU2 * sinLambda) / sinSigma
    const cos2Alpha = 1 - sinAlpha * sinAlpha
    const cos2Middle = cos2Alpha === 0 ? 0 : cosSigma - (2 * sinU1 * sinU2) / cos2Alpha
    const c = (flattening / 16) * cos2Alpha * (4 + flattening * (4 - 3 * cos2Alpha))
    const bend = cos2Middle + c * cosSigma * (2 * cos2Middle * cos2Middle - 1)
    const next = turn + (1 - c) * flattening * sinAlpha * (sigma + c * sinSigma * bend)
    if (Math.abs(next - lambda) > 1e-14 && round < 100) {
      lambda = next
      continue
    }
    return semiMajorM * shrink * arc(sigma, sinSigma, cosSigma, cos2Middle, (cos2Alpha * e2) / (1 - e2))
  }
}

/** Series of Vincenty's equations 3, 4 and 6: the arc on the auxiliary sphere, stretched to the ellipsoid. */
function arc(sigma: number, sinSigma: number, cosSigma: number, cos2Middle: number, u2: number): number {
  const a = 1 + (u2 / 16384) * (4096 + u2 * (-768 + u2 * (320 - 175 * u2)))
  const b = (u2 / 1024) * (256 + u2 * (-128 + u2 * (74 - 47 * u2)))
  const twice = 2 * cos2Middle * cos2Middle - 1
  const third = (b / 6) * cos2Middle * (4 * sinSigma * sinSigma - 3) * (4 * cos2Middle * cos2Middle - 3)
  return a * (sigma - b * sinSigma * (cos2Middle + (b / 4) * (cosSigma * twice - third)))
}

function reduced(latDeg: number, shrink: number): [sine: number, cosine: number] {
  const latitude = Math.atan(shrink * Math.tan(latDeg * RADIANS))
  return [Math.sin(latitude), Math.cos(latitude)]
}

/** Measures runs of vertices `first … end` of millimetre coordinates in m: geodesic on the frame's ellipsoid, planar in a planar frame. */
export function runLengthIn(frame: Frame): (xy: Int32Array, first: number, end: number) => number {
  if (frame.kind === 'planar') {
    return (xy, first, end) => {
      let lengthMm = 0
      for (let at = first; at + 1 < end; at += 1) {
        lengthMm += Math.hypot(offset(xy, 2 * at + 2) - offset(xy, 2 * at), offset(xy, 2 * at + 3) - offset(xy, 2 * at + 1))
      }
      return lengthMm / MM
    }
  }
  const toEarth = fromFrame(frame)
  const e2 = eccentricitySquared(frame.inverseFlattening)
  return (xy, first, end) => {
    let lengthM = 0
    let previous: [number, number] | undefined
    for (let at = first; at < end; at += 1) {
      const here = toEarth(offset(xy, 2 * at) / MM, offset(xy, 2 * at + 1) / MM)
      if (previous) lengthM += geodesicM(previous, here, frame.semiMajorM, e2)
      previous = here
    }
    return lengthM
  }
}

/** Twice the signed area of a ring in mm², taken about its first vertex so that no digits are lost. */
function twiceRingArea(xy: Int32Array, first: number, end: number): number {
  const originX = offset(xy, 2 * first)
  const originY = offset(xy, 2 * first + 1)
  let twice = 0
  let previousX = 0
  let previousY = 0
  for (let at = first + 1; at < end; at += 1) {
    const x = offset(xy, 2 * at) - originX
    const y = offset(xy, 2 * at + 1) - originY
    twice += previousX * y - x * previousY
    previousX = x
    previousY = y
  }
  return twice
}

/** Typed arrays are read within their own offsets; this only satisfies the index check. */
const offset = (values: Uint32Array | Int32Array, index: number): number => values[index] ?? 0
