import type { LayerColumns } from './columns.ts'
import { editedOf, geometryOf, lastStepOf, type Edited } from './edited.ts'
import { bandAt, partBands } from './part-bands.ts'
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
  const zones = new Int32Array(points.count).fill(OUTSIDE)
  const look = (feature: number) => (zones[feature] = zoneOfPoint(points, feature, zone))
  const earlier = earlierZones(points, zone)
  if (earlier) {
    zones.set(earlier.zones)
    for (const feature of earlier.points?.placeOf.keys() ?? []) look(feature)
    for (const feature of earlier.zone ? meetingEdited(points, earlier.zone) : []) look(feature)
  } else for (let feature = 0; feature < points.count; feature += 1) look(feature)
  ofPoints.set(geometryOf(zone), zones)
  return zones
}

/** What was found before edits of the points or the zone: before the last one where that is at hand, else before the first. */
function earlierZones(
  points: LayerColumns,
  zone: LayerColumns,
): { zones: Int32Array; points?: Edited | undefined; zone?: Edited | undefined } | undefined {
  const [pointsStep, zoneStep] = [lastStepOf(points), lastStepOf(zone)]
  for (const pair of [{ points: pointsStep }, { zone: zoneStep }, { points: pointsStep, zone: zoneStep }]) {
    const zones = known.get(geometryOf(pair.points?.root ?? points))?.get(geometryOf(pair.zone?.root ?? zone))
    if (zones) return { ...pair, zones }
  }
  const pair = { points: editedOf(points), zone: editedOf(zone) }
  if (!pair.points && !pair.zone) return undefined
  return { ...pair, zones: zoneOfPoints(pair.points?.root ?? points, pair.zone?.root ?? zone) }
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

/**
 * Even-odd rule over all rings of a part; a point on an edge is inside. Exact for integer millimetres within 67 km. Of a long part only
 * edges at the point's height are looked at.
 */
export function partHolds(zone: LayerColumns, part: number, x: number, y: number): boolean {
  const bands = partBands(zone, part)
  const passed = { isInside: false }
  if (bands) {
    const band = bandAt(bands, y)
    for (let at = bands.offset[band] ?? 0; at < (bands.offset[band + 1] ?? 0); at += 1) {
      if (isOnEdge(zone.xy, 2 * (bands.vertex[at] ?? 0), x, y, passed)) return true
    }
    return passed.isInside
  }
  for (let ring = zone.partOff[part] ?? 0; ring < (zone.partOff[part + 1] ?? 0); ring += 1) {
    for (let at = 2 * (zone.ringOff[ring] ?? 0); at + 2 < 2 * (zone.ringOff[ring + 1] ?? 0); at += 2) {
      if (isOnEdge(zone.xy, at, x, y, passed)) return true
    }
  }
  return passed.isInside
}

/** Whether a point lies on the edge at `at`; one to the right of the point turns inside to outside. */
function isOnEdge(xy: Int32Array, at: number, x: number, y: number, passed: { isInside: boolean }): boolean {
  const fromX = (xy[at] ?? 0) - x
  const fromY = (xy[at + 1] ?? 0) - y
  const toX = (xy[at + 2] ?? 0) - x
  const toY = (xy[at + 3] ?? 0) - y
  const turn = fromX * toY - toX * fromY
  if (turn === 0 && fromX * toX <= 0 && fromY * toY <= 0) return true
  if (fromY > 0 !== toY > 0 && turn > 0 === toY > fromY) passed.isInside = !passed.isInside
  return false
}
