import { layerBuilder } from '../geo/build.ts'
import type { LayerColumns } from '../geo/columns.ts'
import { cross } from '../geo/orientation.ts'
import { featureOfPart, partsMeeting } from '../geo/prepared.ts'
import { partHolds } from '../geo/within.ts'

export type WithinMode = 'touching' | 'inside'

/**
 * Indexes of the features that lie wholly in a polygon, or that touch it anywhere, in the order of the layer. The polygon is one ring, x,y,x,y… in
 * metres of the layer's frame, closed or not; where it crosses itself, the even-odd rule says what is inside. Boundaries count as inside.
 * True to the millimetre that layers are stored in.
 */
export function featuresWithin(layer: LayerColumns, ringM: readonly number[], mode: WithinMode): number[] {
  const zone = zoneOf(layer, ringM)
  const owners = featureOfPart(layer)
  const [minX = 0, minY = 0, maxX = 0, maxY = 0] = zone.partBox
  if (zone.count === 0 || zone.partOff.length < 2) return []
  const hits = new Map<number, number>()
  for (const part of partsMeeting(layer, minX, minY, maxX, maxY)) {
    const owner = owners[part]
    if (owner === undefined || (mode === 'touching' && hits.has(owner))) continue
    const isHit = mode === 'touching' ? touches(layer, part, zone) : isInside(layer, part, zone)
    if (isHit) hits.set(owner, (hits.get(owner) ?? 0) + 1)
  }
  const partsOf = (feature: number) => (layer.featureOff[feature + 1] ?? 0) - (layer.featureOff[feature] ?? 0)
  return [...hits]
    .filter(([feature, parts]) => mode === 'touching' || parts === partsOf(feature))
    .map(([feature]) => feature)
    .toSorted((a, b) => a - b)
}

/** The polygon as a layer of one feature, in the same millimetres. */
function zoneOf({ role, frame }: LayerColumns, ringM: readonly number[]): LayerColumns {
  const builder = layerBuilder({ role, name: '', kind: 'polygon', frame }, {})
  builder.add(1, [[ringM]], {})
  return builder.finish('')
}

/** Tells every edge of a part until one answer is true; a point is an edge of no length. */
function someEdge(layer: LayerColumns, part: number, tell: (ax: number, ay: number, bx: number, by: number) => boolean): boolean {
  for (let ring = layer.partOff[part] ?? 0; ring < (layer.partOff[part + 1] ?? 0); ring += 1) {
    const first = layer.ringOff[ring] ?? 0
    const last = (layer.ringOff[ring + 1] ?? 0) - 1
    for (let at = first; at < Math.max(last, first + 1); at += 1) {
      const next = Math.min(at + 1, last)
      const [ax, ay] = [layer.xy[2 * at] ?? 0, layer.xy[2 * at + 1] ?? 0]
      if (tell(ax, ay, layer.xy[2 * next] ?? 0, layer.xy[2 * next + 1] ?? 0)) return true
    }
  }
  return false
}

/** Which side of an edge a place lies on: 1 left, −1 right, 0 on its line. */
const side = (ax: number, ay: number, bx: number, by: number, x: number, y: number) =>
  Math.sign(cross(bx - ax, by - ay, x - ax, y - ay))

function touches(layer: LayerColumns, part: number, zone: LayerColumns): boolean {
  const meets = someEdge(layer, part, (ax, ay, bx, by) => {
    if (partHolds(zone, 0, ax, ay) || partHolds(zone, 0, bx, by)) return true
    return someEdge(zone, 0, (cx, cy, dx, dy) => {
      const [c, d] = [side(ax, ay, bx, by, cx, cy), side(ax, ay, bx, by, dx, dy)]
      const [a, b] = [side(cx, cy, dx, dy, ax, ay), side(cx, cy, dx, dy, bx, by)]
      // Ends of this edge are outside, so that it can only pass through, or touch a corner of the zone.
      return (c !== d && a !== b) || (c === 0 && between(ax, ay, bx, by, cx, cy))
    })
  })
  // Neither edge meets the other's: one may still hold the other whole.
  return meets || (layer.kind === 'polygon' && partHolds(layer, part, zone.xy[0] ?? 0, zone.xy[1] ?? 0))
}

const between = (ax: number, ay: number, bx: number, by: number, x: number, y: number) =>
  Math.min(ax, bx) <= x && x <= Math.max(ax, bx) && Math.min(ay, by) <= y && y <= Math.max(ay, by)

/** All corners inside, and no edge that leaves between two corners: it would cross the zone's outline, or a corner of it would lie on the edge's way. */
function isInside(layer: LayerColumns, part: number, zone: LayerColumns): boolean {
  return !someEdge(layer, part, (ax, ay, bx, by) => {
    if (!partHolds(zone, 0, ax, ay) || !partHolds(zone, 0, bx, by)) return true
    const cuts = [0, 1]
    someEdge(zone, 0, (cx, cy, dx, dy) => {
      const [c, d] = [side(ax, ay, bx, by, cx, cy), side(ax, ay, bx, by, dx, dy)]
      if (c === d) return false
      const along = cross(cx - ax, cy - ay, dx - cx, dy - cy) / cross(bx - ax, by - ay, dx - cx, dy - cy)
      if (along > 0 && along < 1) cuts.push(along)
      return false
    })
    if (cuts.length === 2) return false
    // Between two neighbouring cuts an edge is wholly inside or wholly outside: its middle tells.
    const sorted = cuts.toSorted((one, other) => one - other)
    return sorted.slice(1).some((cut, at) => {
      const middle = (cut + (sorted[at] ?? 0)) / 2
      const [x, y] = [ax + middle * (bx - ax), ay + middle * (by - ay)]
      return !holdsNearly(zone, x, y)
    })
  })
}

/** Whether a place that need not be a whole millimetre lies inside, or within a millimetre of it. */
const holdsNearly = (zone: LayerColumns, x: number, y: number) =>
  [
    [x, y],
    [Math.floor(x), Math.floor(y)],
    [Math.ceil(x), Math.floor(y)],
    [Math.floor(x), Math.ceil(y)],
    [Math.ceil(x), Math.ceil(y)],
  ].some(([atX = 0, atY = 0]) => partHolds(zone, 0, atX, atY))
