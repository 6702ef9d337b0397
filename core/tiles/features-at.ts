import type { LayerColumns } from '../geo/columns.ts'
import { featureOfPart, partsMeeting } from '../geo/prepared.ts'
import { partHolds } from '../geo/within.ts'

/** Features of a layer at a place (mm), in the order of the layer: polygons that hold it, lines and points within the tolerance. */
export function featuresAt(layer: LayerColumns, x: number, y: number, toleranceMm: number): number[] {
  const reach = layer.kind === 'polygon' ? 0 : toleranceMm
  const owners = featureOfPart(layer)
  const found = new Set<number>()
  for (const part of partsMeeting(layer, x - reach, y - reach, x + reach, y + reach)) {
    const hit = layer.kind === 'polygon' ? partHolds(layer, part, x, y) : partDistance(layer, part, x, y) <= toleranceMm
    const owner = owners[part]
    if (hit && owner !== undefined) found.add(owner)
  }
  return [...found].sort((a, b) => a - b)
}

/** Distance from a place to a run of vertices, or to a single vertex, in mm. */
function partDistance(layer: LayerColumns, part: number, x: number, y: number): number {
  let nearest = Infinity
  for (let ring = layer.partOff[part] ?? 0; ring < (layer.partOff[part + 1] ?? 0); ring++) {
    const from = layer.ringOff[ring] ?? 0
    const to = layer.ringOff[ring + 1] ?? 0
    for (let v = from; v < to; v++) {
      const next = Math.min(v + 1, to - 1)
      const [ax, ay] = [(layer.xy[2 * v] ?? 0) - x, (layer.xy[2 * v + 1] ?? 0) - y]
      const [bx, by] = [(layer.xy[2 * next] ?? 0) - x, (layer.xy[2 * next + 1] ?? 0) - y]
      const [dx, dy] = [bx - ax, by - ay]
      const length2 = dx * dx + dy * dy
      const t = length2 === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / length2))
      nearest = Math.min(nearest, Math.hypot(ax + t * dx, ay + t * dy))
    }
  }
  return nearest
}
