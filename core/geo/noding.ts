import Flatbush from 'flatbush'

/** An edge with more whole places on it than this is searched through an index; with fewer, each is looked up. */
const MANY_PLACES = 64

/**
 * Edges (fromX, fromY, toX, toY of each, whole millimetres) cut at every vertex of other edges that lies exactly on them, so
 * that lines which coincide have the same edges. On a grid an edge passes exactly through gcd(dx, dy) − 1 places between its
 * ends, for most edges none.
 */
export function noded(edges: Int32Array): Int32Array {
  const vertices = vertexTable(edges)
  let index: Flatbush | undefined
  const out: number[] = []
  for (let at = 0; at < edges.length; at += 4) {
    const [x, y] = [edges[at] as number, edges[at + 1] as number]
    const dx = (edges[at + 2] as number) - x
    const dy = (edges[at + 3] as number) - y
    const places = commonDivisor(Math.abs(dx), Math.abs(dy))
    if (places === 0) continue // no edge at all
    const stops: number[] = []
    if (places > MANY_PLACES) {
      index ??= vertexIndex(edges)
      for (const vertex of index.search(Math.min(x, x + dx), Math.min(y, y + dy), Math.max(x, x + dx), Math.max(y, y + dy))) {
        const stop = stopOf(edges[4 * vertex] as number, edges[4 * vertex + 1] as number, x, y, dx, dy, places)
        if (stop > 0) stops.push(stop)
      }
      stops.sort((one, other) => one - other)
    } else {
      for (let stop = 1; stop < places; stop += 1)
        if (vertices.has(x + (dx / places) * stop, y + (dy / places) * stop)) stops.push(stop)
    }
    let [fromX, fromY] = [x, y]
    for (const stop of [...stops, places]) {
      const toX = x + (dx / places) * stop
      const toY = y + (dy / places) * stop
      if (toX === fromX && toY === fromY) continue
      out.push(fromX, fromY, toX, toY)
      fromX = toX
      fromY = toY
    }
  }
  return out.length === edges.length ? edges : Int32Array.from(out)
}

/** Which of an edge's whole places a vertex is at; 0 when it is not between its ends. */
function stopOf(vx: number, vy: number, x: number, y: number, dx: number, dy: number, places: number): number {
  const [stepX, stepY] = [dx / places, dy / places]
  const stop = stepX !== 0 ? (vx - x) / stepX : (vy - y) / stepY
  return Number.isInteger(stop) && stop > 0 && stop < places && x + stepX * stop === vx && y + stepY * stop === vy ? stop : 0
}

function commonDivisor(one: number, other: number): number {
  while (other !== 0) [one, other] = [other, one % other]
  return one
}

/** Every edge's first vertex; in a boundary each vertex begins some edge. */
function vertexIndex(edges: Int32Array): Flatbush {
  const index = new Flatbush(edges.length / 4, 16, Int32Array)
  for (let at = 0; at < edges.length; at += 4) {
    const [x, y] = [edges[at] as number, edges[at + 1] as number]
    index.add(x, y, x, y)
  }
  index.finish()
  return index
}

/** A hash table of the places where edges begin. */
function vertexTable(edges: Int32Array): { has: (x: number, y: number) => boolean } {
  let slots = 16
  while (slots < edges.length) slots *= 2
  const mask = slots - 1
  const table = new Int32Array(slots)
  const slotOf = (x: number, y: number): number => {
    const hash = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca6b)
    let slot = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) & mask
    for (let edge = table[slot] as number; edge !== 0; edge = table[slot] as number) {
      if (edges[4 * edge - 4] === x && edges[4 * edge - 3] === y) break
      slot = (slot + 1) & mask
    }
    return slot
  }
  for (let edge = 1; 4 * edge <= edges.length; edge += 1) {
    const slot = slotOf(edges[4 * edge - 4] as number, edges[4 * edge - 3] as number)
    if (table[slot] === 0) table[slot] = edge
  }
  return { has: (x, y) => table[slotOf(x, y)] !== 0 }
}
