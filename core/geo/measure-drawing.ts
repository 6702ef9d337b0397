import { eccentricitySquared, fromFrame, type Frame } from './frame.ts'
import { geodesicM } from './measure.ts'
import { cross } from './orientation.ts'

/* Figures that a person draws on the map, measured by the method of the plan itself. Places are x,y,x,y… in metres of the plan's frame. */

const RADIANS = Math.PI / 180

type Place = readonly [number, number]

const placesOf = (xyM: readonly number[]): Place[] =>
  Array.from({ length: Math.floor(xyM.length / 2) }, (_, at) => [xyM[2 * at] ?? 0, xyM[2 * at + 1] ?? 0])

/**
 * Length of each stretch of a line in m: along the geodesic on the frame's ellipsoid (Vincenty, within 0.1 mm), straight in a planar frame.
 */
export function stretchesM(frame: Frame, xyM: readonly number[]): number[] {
  const places = placesOf(xyM)
  if (frame.kind === 'planar')
    return places.slice(1).map(([x, y], at) => Math.hypot(x - (places[at]?.[0] ?? 0), y - (places[at]?.[1] ?? 0)))
  const toEarth = fromFrame(frame)
  const e2 = eccentricitySquared(frame.inverseFlattening)
  const onEarth = places.map(([x, y]) => toEarth(x, y))
  return onEarth.slice(1).map((to, at) => geodesicM(onEarth[at] ?? to, to, frame.semiMajorM, e2))
}

/** Length of a line in m, by the same method. */
export const lineLengthM = (frame: Frame, xyM: readonly number[]): number =>
  stretchesM(frame, xyM).reduce((sum, lengthM) => sum + lengthM, 0)

/**
 * Ground within a ring in m², closed or not: in an equal-area frame this is the ellipsoidal area, in a planar frame the planar one.
 * A ring that crosses itself has no one area: `crossesItself` tells.
 */
export function ringAreaM2(xyM: readonly number[]): number {
  const places = placesOf(xyM)
  const [originX = 0, originY = 0] = places[0] ?? []
  let twice = 0
  for (const [at, [x, y]] of places.entries()) {
    const [nextX, nextY] = places[(at + 1) % places.length] ?? [x, y]
    twice += (x - originX) * (nextY - originY) - (nextX - originX) * (y - originY)
  }
  return Math.abs(twice) / 2
}

/** The ring's outline in m, closed. */
export const outlineM = (frame: Frame, xyM: readonly number[]): number => lineLengthM(frame, [...xyM, ...xyM.slice(0, 2)])

/**
 * The angle at the second of three places in degrees, 0 … 180: between the directions of the two geodesics as they leave the place (Gauss's
 * mid-latitude formula, within 0.001° for sides under 100 km), or between straight lines in a planar frame. NaN where a side has no length.
 */
export function angleDegrees(frame: Frame, xyM: readonly number[]): number {
  const [from, corner, to] = placesOf(xyM)
  if (!from || !corner || !to) return Number.NaN
  if (sameAs(from, corner) || sameAs(to, corner)) return Number.NaN
  const turn = directionDegrees(frame, corner, to) - directionDegrees(frame, corner, from)
  const positive = ((turn % 360) + 360) % 360
  return positive > 180 ? 360 - positive : positive
}

/** Where a line leaves a place towards another, degrees clockwise from north, 0 … 360; grid north in a planar frame. */
export function directionDegrees(frame: Frame, from: Place, to: Place): number {
  const degrees = (radians: number) => (((radians / RADIANS) % 360) + 360) % 360
  if (frame.kind === 'planar') return degrees(Math.atan2(to[0] - from[0], to[1] - from[1]))
  const toEarth = fromFrame(frame)
  const e2 = eccentricitySquared(frame.inverseFlattening)
  const [lon1, lat1] = toEarth(from[0], from[1])
  const [lon2, lat2] = toEarth(to[0], to[1])
  const middle = ((lat1 + lat2) / 2) * RADIANS
  const squeeze = 1 - e2 * Math.sin(middle) ** 2
  const east = (Math.cos(middle) * (lon2 - lon1) * RADIANS) / Math.sqrt(squeeze)
  const north = ((1 - e2) * (lat2 - lat1) * RADIANS) / squeeze ** 1.5
  return degrees(Math.atan2(east, north) - ((lon2 - lon1) * RADIANS * Math.sin(middle)) / 2)
}

/** True where two sides of a ring that are not neighbours meet. */
export function crossesItself(xyM: readonly number[]): boolean {
  const places = placesOf(xyM).map(([x, y]): Place => [Math.round(x * 1000), Math.round(y * 1000)])
  const count = places.length
  const side = (at: number): [Place, Place] => [places[at] ?? [0, 0], places[(at + 1) % count] ?? [0, 0]]
  for (let one = 0; one < count; one += 1)
    for (let other = one + 2; other < count; other += 1)
      if (!(one === 0 && other === count - 1) && meet(side(one), side(other))) return true
  return false
}

const sameAs = (a: Place, b: Place) => a[0] === b[0] && a[1] === b[1]

function meet([a, b]: [Place, Place], [c, d]: [Place, Place]): boolean {
  const side = (from: Place, to: Place, at: Place) =>
    Math.sign(cross(to[0] - from[0], to[1] - from[1], at[0] - from[0], at[1] - from[1]))
  const within = (from: Place, to: Place, at: Place) =>
    Math.min(from[0], to[0]) <= at[0] &&
    at[0] <= Math.max(from[0], to[0]) &&
    Math.min(from[1], to[1]) <= at[1] &&
    at[1] <= Math.max(from[1], to[1])
  const [ofC, ofD, ofA, ofB] = [side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)]
  if (ofC !== ofD && ofA !== ofB) return true
  return (
    (ofC === 0 && within(a, b, c)) ||
    (ofD === 0 && within(a, b, d)) ||
    (ofA === 0 && within(c, d, a)) ||
    (ofB === 0 && within(c, d, b))
  )
}
