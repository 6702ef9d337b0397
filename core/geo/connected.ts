import type { LayerColumns } from './columns.ts'
import { geometryOf, perGeometry } from './edited.ts'
import { meetingEdited, partsMeeting, featureOfPart } from './prepared.ts'
import { uncoveredAreas } from './covered.ts'
import type { Geos } from './geos.ts'
import { earlierOverlaps } from './overlap-table.ts'

/** Earlier features that a feature is connected with: they share ground, or a stretch of boundary (a mere point is not enough). */
type Links = readonly number[]

/** Only features that have links: most parcels of a layer of parks among parcels are not there at all. */
const linksOf: (layer: LayerColumns) => ReadonlyMap<number, Links> = perGeometry(
  (layer) => {
    const links = new Map<number, Links>()
    for (let feature = 0; feature < layer.count; feature += 1) setLinks(links, layer, feature)
    return links
  },
  (ofEarlier, layer, edited) => {
    const links = new Map(ofEarlier)
    for (const feature of new Set([...edited.placeOf.keys(), ...meetingEdited(layer, edited)])) setLinks(links, layer, feature)
    return links
  },
)

function setLinks(links: Map<number, Links>, layer: LayerColumns, feature: number): void {
  const found = earlierNeighbours(layer, feature)
  if (found.length > 0) links.set(feature, found)
  else links.delete(feature)
}

function earlierNeighbours(layer: LayerColumns, feature: number): Links {
  const owners = featureOfPart(layer)
  const { offset, partner } = earlierOverlaps(layer)
  const found = new Set(partner.subarray(offset[feature], offset[feature + 1]))
  for (let part = layer.featureOff[feature] ?? 0; part < (layer.featureOff[feature + 1] ?? 0); part += 1) {
    const [minX = 0, minY = 0, maxX = 0, maxY = 0] = layer.partBox.subarray(4 * part, 4 * part + 4)
    for (const near of partsMeeting(layer, minX, minY, maxX, maxY)) {
      const owner = owners[near] ?? 0
      if (owner < feature && !found.has(owner) && shareBoundary(layer, part, near)) found.add(owner)
    }
  }
  return [...found].sort((one, other) => one - other)
}

/** Whether two parts have a stretch of boundary in common; exact for whole millimetres. */
function shareBoundary(layer: LayerColumns, one: number, other: number): boolean {
  const first = edgesNear(layer, one, other)
  const second = edgesNear(layer, other, one)
  for (let i = 0; i < first.length; i += 4) {
    for (let j = 0; j < second.length; j += 4) if (lieTogether(first, i, second, j)) return true
  }
  return false
}

/** Edges of a part whose boxes meet the box of another: x, y, x, y of each. */
function edgesNear({ xy, ringOff, partOff, partBox }: LayerColumns, part: number, other: number): number[] {
  const [minX = 0, minY = 0, maxX = 0, maxY = 0] = partBox.subarray(4 * other, 4 * other + 4)
  const edges: number[] = []
  for (let ring = partOff[part] ?? 0; ring < (partOff[part + 1] ?? 0); ring += 1) {
    for (let at = 2 * (ringOff[ring] ?? 0); at + 2 < 2 * (ringOff[ring + 1] ?? 0); at += 2) {
      const [ax = 0, ay = 0, bx = 0, by = 0] = [xy[at], xy[at + 1], xy[at + 2], xy[at + 3]]
      if (Math.max(ax, bx) < minX || Math.min(ax, bx) > maxX || Math.max(ay, by) < minY || Math.min(ay, by) > maxY) continue
      edges.push(ax, ay, bx, by)
    }
  }
  return edges
}

/** Whether two edges lie on one line and overlap in more than a point. */
function lieTogether(first: readonly number[], i: number, second: readonly number[], j: number): boolean {
  const [ax = 0, ay = 0, bx = 0, by = 0] = [first[i], first[i + 1], first[i + 2], first[i + 3]]
  const [cx = 0, cy = 0, dx = 0, dy = 0] = [second[j], second[j + 1], second[j + 2], second[j + 3]]
  const [ux, uy] = [bx - ax, by - ay]
  if (ux * (cy - ay) !== uy * (cx - ax) || ux * (dy - ay) !== uy * (dx - ax)) return false
  const along = Math.abs(ux) > Math.abs(uy) ? [ax, bx, cx, dx] : [ay, by, cy, dy]
  const [a = 0, b = 0, c = 0, d = 0] = along
  return Math.max(Math.min(a, b), Math.min(c, d)) < Math.min(Math.max(a, b), Math.max(c, d))
}

/** Connected features as one piece of ground each. */
export interface Connected {
  /** For every feature the first feature of its piece; −1 for features without geometry. */
  pieceOf: Int32Array
  /** Ground of each piece in m², overlaps counted once, under its first feature. */
  areaM2: Float64Array
}

/** The pieces of ground that the features of a polygon layer form together. A feature of several parts is one piece. */
export function connectedPieces(geos: Geos, layer: LayerColumns): Connected {
  const found = known.get(geometryOf(layer)) ?? findPieces(geos, layer)
  known.set(geometryOf(layer), found)
  return found
}

const known = new WeakMap<object, Connected>()

function findPieces(geos: Geos, layer: LayerColumns): Connected {
  const links = linksOf(layer)
  const parent = Int32Array.from({ length: layer.count }, (_, feature) => feature)
  const first = (feature: number): number => {
    let at = feature
    while ((parent[at] ?? at) !== at) at = parent[at] = parent[parent[at] ?? at] ?? at
    return at
  }
  for (const [feature, neighbours] of links) {
    for (const neighbour of neighbours) {
      const [one, other] = [first(feature), first(neighbour)]
      parent[Math.max(one, other)] = Math.min(one, other)
    }
  }
  const pieceOf = new Int32Array(layer.count).fill(-1)
  const areaM2 = new Float64Array(layer.count)
  const ground = uncoveredAreas(geos, layer)
  for (let feature = 0; feature < layer.count; feature += 1) {
    if ((layer.featureOff[feature + 1] ?? 0) === (layer.featureOff[feature] ?? 0)) continue
    const piece = first(feature)
    pieceOf[feature] = piece
    areaM2[piece] = (areaM2[piece] ?? 0) + (ground[feature] ?? 0)
  }
  return { pieceOf, areaM2 }
}
