import type { LayerColumns } from './columns.ts'
import { featureOfPart, partsMeeting } from './prepared.ts'

/** No zone holds the point. */
export const OUTSIDE = -1

/** For every feature of a point layer, the zone feature that holds its first point (boundary included), or `OUTSIDE`. */
export function zoneOfPoints(points: LayerColumns, zone: LayerColumns): Int32Array {
  return Int32Array.from({ length: points.count }, (_, feature) => {
    const part = points.featureOff[feature] ?? 0
    if (part === points.featureOff[feature + 1]) return OUTSIDE
    const vertex = points.ringOff[points.partOff[part] ?? 0] ?? 0
    return zoneAt(zone, points.xy[2 * vertex] ?? 0, points.xy[2 * vertex + 1] ?? 0)
  })
}

/** The zone feature that holds a point in millimetres (boundary included), or `OUTSIDE`; the first one where zones overlap. */
export function zoneAt(zone: LayerColumns, x: number, y: number): number {
  const owners = featureOfPart(zone)
  let found = OUTSIDE
  for (const part of partsMeeting(zone, x, y, x, y)) {
    const owner = owners[part] ?? OUTSIDE
    if ((found === OUTSIDE || owner < found) && partHolds(zone, part, x, y)) found = owner
  }
  return found
}

/** Even-odd rule over all rings of a part; a point on an edge is inside. Exact for integer millimetres within 67 km. */
export function partHolds(zone: LayerColumns, part: number, x: number, y: number): boolean {
  let isInside = false
  for (let ring = zone.partOff[part] ?? 0; ring < (zone.partOff[part + 1] ?? 0); ring += 1) {
    for (let at = 2 * (zone.ringOff[ring] ?? 0); at + 2 < 2 * (zone.ringOff[ring + 1] ?? 0); at += 2) {
      const fromX = (zone.xy[at] ?? 0) - x
      const fromY = (zone.xy[at + 1] ?? 0) - y
      const toX = (zone.xy[at + 2] ?? 0) - x
      const toY = (zone.xy[at + 3] ?? 0) - y
      const turn = fromX * toY - toX * fromY
      if (turn === 0 && fromX * toX <= 0 && fromY * toY <= 0) return true
      if (fromY > 0 !== toY > 0 && turn > 0 === toY > fromY) isInside = !isInside
    }
  }
  return isInside
}
