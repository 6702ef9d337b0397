import { crsInfo, makeTransform, type CrsInfo } from './crs.ts'
import { crsDatabase, type CrsDatabase } from './database.ts'

/** minX, minY, maxX, maxY in the layer's own units. */
export type Extent = readonly [number, number, number, number]

/** True when these numbers may be degrees. */
export const isDegrees = ([minX, minY, maxX, maxY]: Extent): boolean =>
  minX >= -180.001 && maxX <= 360 && minY >= -90.001 && maxY <= 90.001

export const middleOf = ([minX, minY, maxX, maxY]: Extent): [number, number] => [(minX + maxX) / 2, (minY + maxY) / 2]

/** Degrees of the system's own datum; NaN where it has no place on Earth. */
export function toDegrees(info: CrsInfo, [x, y]: readonly [number, number], db: CrsDatabase): [number, number] {
  if (info.kind === 'geographic') return [x, y]
  // a damaged file can say places beyond all numbers, at which projections throw
  if (!Number.isFinite(x) || !Number.isFinite(y)) return [Number.NaN, Number.NaN]
  if (!info.base || !crsInfo(info.base, db)) return [Number.NaN, Number.NaN]
  return makeTransform(info.code, info.base, db)(x, y)
}

/** True when a point in degrees lies in this box of degrees, grown by a margin; boxes may cross the date line. */
export function isInBox(box: Extent, [lon, lat]: readonly [number, number], marginDeg: number): boolean {
  const [west, south, east, north] = box
  if (!Number.isFinite(lon) || !Number.isFinite(lat)) return false
  const inLon =
    west <= east ? lon >= west - marginDeg && lon <= east + marginDeg : lon >= west - marginDeg || lon <= east + marginDeg
  return inLon && lat >= south - marginDeg && lat <= north + marginDeg
}

/** True when the extent's centre lies in the system's area of use, grown by `marginDeg`. */
export function isInArea(info: CrsInfo, extent: Extent, marginDeg: number, db: CrsDatabase = crsDatabase()): boolean {
  return info.areaOfUse === null || isInBox(info.areaOfUse, toDegrees(info, middleOf(extent), db), marginDeg)
}

/** Where an extent lies on Earth, in degrees of its own datum; null without a known place. */
export function boxInDegrees(
  crs: string,
  extent: Extent,
  db: CrsDatabase = crsDatabase(),
): [number, number, number, number] | null {
  const info = crsInfo(crs, db)
  if (!info || info.kind === 'local') return null
  const [minX, minY, maxX, maxY] = extent
  const corners = [
    [minX, minY],
    [minX, maxY],
    [maxX, minY],
    [maxX, maxY],
  ] as const
  const placed = corners.map((corner) => toDegrees(info, corner, db))
  const lons = placed.map(([lon]) => lon)
  const lats = placed.map(([, lat]) => lat)
  const box: [number, number, number, number] = [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)]
  return box.every(Number.isFinite) ? box : null
}

const KM_PER_DEGREE = 111.2

/** Distance between the nearest sides of two boxes of degrees, km; 0 where they overlap. Good enough to tell cities apart. */
export function gapKm(a: Extent, b: Extent): number {
  const lat = ((a[1] + a[3]) / 2 + (b[1] + b[3]) / 2) / 2
  const apart = (minA: number, maxA: number, minB: number, maxB: number): number => Math.max(0, minB - maxA, minA - maxB)
  const dLon = Math.min(
    apart(a[0], a[2], b[0], b[2]),
    apart(a[0] + 360, a[2] + 360, b[0], b[2]),
    apart(a[0], a[2], b[0] + 360, b[2] + 360),
  )
  return Math.hypot(dLon * Math.cos((lat * Math.PI) / 180), apart(a[1], a[3], b[1], b[3])) * KM_PER_DEGREE
}
