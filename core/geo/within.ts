import type { LayerColumns } from './columns.ts'
import { editedOf, geometryOf } from './edited.ts'
import { featureOfPart, meetingEdited, partsMeeting } from './prepared.ts'

/** No zone holds the point. */
export const OUTSIDE = -1

const known = new WeakMap<object, WeakMap<object, Int32Array>>()

/**
 * For every feature of a point layer, the zone feature that holds its first point (boundary included), or `OUTSIDE`. Found once for
 * as long as both geometries live; of edited layers only edited points, and points near edited zones, are looked up again. Read only.
 */
export function zoneOfPoints(points: LayerColumns, zone: LayerColumns): Int32Array {
  const ofPoints = known.get(geometryOf(points)) ?? new WeakMap<object, Int32Array>()
  known.set(geometryOf(points), ofPoints)
  const found = ofPoints.get(geometryOf(zone))
  if (found) return found
  const [editedPoints, editedZone] = [editedOf(points), editedOf(zone)]
  const zones = new Int32Array(points.count).fill(OUTSIDE)
  const look = (feature: number) => (zones[feature] = zoneOfPoint(points, feature, zone))
  if (editedPoints || editedZone) {
    zones.set(zoneOfPoints(editedPoints?.root ?? points, editedZone?.root ?? zone))
    for (const feature of editedPoints?.placeOf.keys() ?? []) look(feature)
    for (const feature of editedZone ? meetingEdited(points, editedZone) : []) look(feature)
  } else for (let feature = 0; feature < points.count; feature += 1) look(feature)
  ofPoints.set(geometryOf(zone), zones)
  return zones
}

function zoneOfPoint(points: LayerColumns, feature: number, zone: LayerColumns): number {
  const part = points.featureOff[feature] ?? 0
  if (part === points.featureOff[feature + 1]) return OUTSIDE
  const vertex = points.ringOff[points.partOff[part] ?? 0] ?? 0
  return zoneAt(zone, points.xy[2 * vertex] ?? 0, points.xy[2 * vertex + 1] ?? 0)
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
