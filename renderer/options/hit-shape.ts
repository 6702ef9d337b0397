import type { GeometryKind } from '#core/model/roles.ts'
import type { EditParts, Place } from '../map/map-edit.ts'

/** Whether a place lies in a shape, or no farther from its line or point than a tolerance. */
export function hitsShape(kind: GeometryKind, parts: EditParts, at: Place, toleranceM: number): boolean {
  if (kind === 'polygon' && parts.some((rings) => isWithin(rings, at))) return true
  return parts.some((rings) => rings.some((ring) => distanceToLine(ring, at) <= toleranceM))
}

/** Even-odd over all rings of a part: a hole is outside. */
function isWithin(rings: readonly (readonly number[])[], [x, y]: Place): boolean {
  let isInside = false
  for (const ring of rings)
    for (let at = 0; at + 1 < ring.length; at += 2) {
      const next = (at + 2) % ring.length
      const [fromX = 0, fromY = 0] = [ring[at], ring[at + 1]]
      const [toX = 0, toY = 0] = [ring[next], ring[next + 1]]
      if (fromY > y !== toY > y && x < fromX + ((toX - fromX) * (y - fromY)) / (toY - fromY)) isInside = !isInside
    }
  return isInside
}

/** From a place to the nearest of a line's segments, or to its only point. */
function distanceToLine(line: readonly number[], [x, y]: Place): number {
  let least = Infinity
  for (let at = 0; at + 1 < line.length; at += 2) {
    const [fromX = 0, fromY = 0, toX = fromX, toY = fromY] = line.slice(at, at + 4)
    const [dx, dy] = [toX - fromX, toY - fromY]
    const along = dx === 0 && dy === 0 ? 0 : Math.min(1, Math.max(0, ((x - fromX) * dx + (y - fromY) * dy) / (dx * dx + dy * dy)))
    least = Math.min(least, Math.hypot(fromX + along * dx - x, fromY + along * dy - y))
  }
  return least
}
