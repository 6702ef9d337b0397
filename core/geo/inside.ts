/**
 * A place inside an area where a number can stand: on the middle row of its box, halfway along the widest stretch of that row which lies
 * inside. Holes and bays are left out; an area without any width gives the middle of its box.
 * @param rings outer ring and holes, runs of x, y in any unit; a ring that does not end where it began is closed
 * @param row y of the row, where it is not to be the middle one
 */
export function placeInside(rings: readonly ArrayLike<number>[], row?: number): [x: number, y: number] {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const ring of rings)
    for (let at = 0; at + 1 < ring.length; at += 2) {
      const [x, y] = [ring[at] ?? 0, ring[at + 1] ?? 0]
      ;[minX, minY, maxX, maxY] = [Math.min(minX, x), Math.min(minY, y), Math.max(maxX, x), Math.max(maxY, y)]
    }
  const y = row ?? (minY + maxY) / 2
  const crossings = rings.flatMap((ring) => crossingsOf(ring, y)).toSorted((one, other) => one - other)
  let [x, widest] = [(minX + maxX) / 2, 0]
  for (let at = 0; at + 1 < crossings.length; at += 2) {
    const [from, to] = [crossings[at] ?? 0, crossings[at + 1] ?? 0]
    if (to - from > widest) [x, widest] = [(from + to) / 2, to - from]
  }
  return [x, y]
}

/** Where the edges of a ring cross a row; a vertex on the row belongs to the edge above it only. */
function crossingsOf(ring: ArrayLike<number>, y: number): number[] {
  const crossings: number[] = []
  for (let at = 0; at + 1 < ring.length; at += 2) {
    const next = at + 3 < ring.length ? at + 2 : 0
    const [ax, ay, bx, by] = [ring[at] ?? 0, ring[at + 1] ?? 0, ring[next] ?? 0, ring[next + 1] ?? 0]
    if (ay > y !== by > y) crossings.push(ax + ((y - ay) / (by - ay)) * (bx - ax))
  }
  return crossings
}
