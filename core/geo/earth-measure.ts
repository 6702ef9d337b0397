import { degreesBetween, geodesicLine, type Ellipsoid } from './geodesic.ts'

/**
 * Signed area in m² of a ring on the ellipsoid, lon,lat,lon,lat… in degrees, closed or not: positive counter-clockwise. Edges
 * are geodesics, so a ring may be as large as a hemisphere, cross the date line or hold a pole. As Karney's PolygonArea counts
 * it: lines are summed over the equator, and who goes round a pole is known by an odd number of crossings of a meridian.
 */
export function geodesicRingAreaM2(lonLat: ArrayLike<number>, ellipsoid: Ellipsoid): number {
  let underM2 = 0
  let transits = 0
  forEachLine(lonLat, (fromLon, fromLat, toLon, toLat) => {
    underM2 += geodesicLine(fromLon, fromLat, toLon, toLat, ellipsoid).underM2
    transits += transitOf(fromLon, toLon)
  })
  const half = halfOfEarthM2(ellipsoid)
  // eastward lines have the ground on their right: counter-clockwise is negative here
  let area = -underM2
  if (transits % 2 !== 0) area += area < 0 ? half : -half
  return area > half ? area - 2 * half : area <= -half ? area + 2 * half : area
}

/** Area in m² of polygon parts (shell, then holes, in degrees), whatever way their rings run. */
export function geodesicAreaM2(parts: readonly (readonly ArrayLike<number>[])[], ellipsoid: Ellipsoid): number {
  let areaM2 = 0
  for (const part of parts) {
    for (const [index, ring] of part.entries()) areaM2 += (index === 0 ? 1 : -1) * Math.abs(geodesicRingAreaM2(ring, ellipsoid))
  }
  return areaM2
}

/** Length in m of a run of points in degrees, by geodesics. */
export function geodesicRunLengthM(lonLat: ArrayLike<number>, ellipsoid: Ellipsoid): number {
  let lengthM = 0
  for (let at = 0; at + 3 < lonLat.length; at += 2) {
    lengthM += geodesicLine(lonLat[at] ?? 0, lonLat[at + 1] ?? 0, lonLat[at + 2] ?? 0, lonLat[at + 3] ?? 0, ellipsoid).lengthM
  }
  return lengthM
}

function forEachLine(
  lonLat: ArrayLike<number>,
  visit: (fromLon: number, fromLat: number, toLon: number, toLat: number) => void,
): void {
  for (let at = 0; at + 1 < lonLat.length; at += 2) {
    const next = at + 3 < lonLat.length ? at + 2 : 0
    visit(lonLat[at] ?? 0, lonLat[at + 1] ?? 0, lonLat[next] ?? 0, lonLat[next + 1] ?? 0)
  }
}

/** 1 where a line crosses the prime meridian eastwards, −1 westwards. */
function transitOf(fromLon: number, toLon: number): number {
  const from = degreesBetween(0, fromLon)
  const to = degreesBetween(0, toLon)
  const way = degreesBetween(from, to)
  if (from <= 0 && to > 0 && way > 0) return 1
  return to <= 0 && from > 0 && way < 0 ? -1 : 0
}

function halfOfEarthM2({ semiMajorM, inverseFlattening }: Ellipsoid): number {
  const f = inverseFlattening === 0 ? 0 : 1 / inverseFlattening
  const e2 = f * (2 - f)
  const e = Math.sqrt(e2)
  return Math.PI * semiMajorM ** 2 * (1 + (e === 0 ? 1 : ((1 - e2) * Math.atanh(e)) / e))
}
