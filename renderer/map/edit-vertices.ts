import type { EditParts, Place } from './map-edit.ts'

/** A vertex by its part, ring and place in the ring. */
export type VertexAt = readonly [number, number, number]

/** Every vertex of a shape once: the last of a closed ring repeats its first. */
export function verticesOf(parts: EditParts): VertexAt[] {
  return parts.flatMap((rings, part) =>
    rings.flatMap((ring, at) => Array.from({ length: cornersOf(ring) }, (_, vertex): VertexAt => [part, at, vertex])),
  )
}

const isClosed = (ring: readonly number[]): boolean => ring.length > 4 && ring[0] === ring.at(-2) && ring[1] === ring.at(-1)

const cornersOf = (ring: readonly number[]): number => ring.length / 2 - (isClosed(ring) ? 1 : 0)

/** Where a vertex lies. */
export function placeOfVertex(parts: EditParts, [part, at, vertex]: VertexAt): Place {
  const ring = parts[part]?.[at] ?? []
  return [ring[2 * vertex] ?? 0, ring[2 * vertex + 1] ?? 0]
}

const withRing = (parts: EditParts, [part, at]: VertexAt, changed: (ring: number[]) => number[]): EditParts =>
  parts.map((rings, p) => rings.map((ring, r) => (p === part && r === at ? changed(ring) : ring)))

/** The same shape with one vertex elsewhere; a closed ring stays closed. */
export function withVertexAt(parts: EditParts, at: VertexAt, [x, y]: Place): EditParts {
  const [, , vertex] = at
  return withRing(parts, at, (ring) => {
    const moved = ring.with(2 * vertex, x).with(2 * vertex + 1, y)
    return vertex === 0 && isClosed(ring) ? moved.with(-2, x).with(-1, y) : moved
  })
}

/** The same shape with a new vertex in the middle of the edge that follows one; the last vertex of a line has none. */
export function withVertexAfter(parts: EditParts, at: VertexAt): EditParts {
  const [, , vertex] = at
  return withRing(parts, at, (ring) => {
    const next = isClosed(ring) || vertex + 1 < ring.length / 2 ? vertex + 1 : null
    if (next === null) return ring
    const middle = [0, 1].map((axis) => ((ring[2 * vertex + axis] ?? 0) + (ring[2 * next + axis] ?? 0)) / 2)
    return ring.toSpliced(2 * next, 0, ...middle)
  })
}

/** The same shape without one vertex; a ring or line that would be none any more stays as it is. */
export function withoutVertex(parts: EditParts, at: VertexAt): EditParts {
  const [, , vertex] = at
  return withRing(parts, at, (ring) => {
    const closed = isClosed(ring)
    if (cornersOf(ring) <= (closed ? 3 : 2)) return ring
    const left = ring.toSpliced(2 * vertex, 2)
    return vertex === 0 && closed ? [...left.slice(0, -2), ...left.slice(0, 2)] : left
  })
}

/** The first vertex that lies elsewhere or is new; null where the shapes are the same or one was taken away. */
export function movedVertex(before: EditParts, after: EditParts): VertexAt | null {
  for (const [part, rings] of after.entries())
    for (const [at, ring] of rings.entries()) {
      const old = before[part]?.[at] ?? []
      if (ring.length < old.length) return null
      for (let vertex = 0; vertex < cornersOf(ring); vertex++)
        if (ring[2 * vertex] !== old[2 * vertex] || ring[2 * vertex + 1] !== old[2 * vertex + 1]) return [part, at, vertex]
    }
  return null
}
