/**
 * Single edges (fromX, fromY, toX, toY of each, mm) joined end to start into runs, as long as they go: fewer and longer lines
 * are what the geometry library crosses fastest. Every edge is in exactly one run.
 */
export function chained(edges: Int32Array): Float64Array[] {
  const count = edges.length / 4
  let slots = 16
  while (slots < 2 * count) slots *= 2
  const mask = slots - 1
  const placeOf = (x: number, y: number) => {
    const hash = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca6b)
    return (Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 7) & mask
  }
  /** 1 + an edge that starts in a place with this hash; `next` leads to the others. */
  const first = new Uint32Array(slots)
  const next = new Uint32Array(count)
  for (let edge = count - 1; edge >= 0; edge -= 1) {
    const place = placeOf(edges[4 * edge] ?? 0, edges[4 * edge + 1] ?? 0)
    next[edge] = first[place] ?? 0
    first[place] = edge + 1
  }
  /** Takes an edge that starts at a vertex out of the table; −1 when there is none left. */
  const take = (x: number, y: number): number => {
    const place = placeOf(x, y)
    let before = -1
    for (let known = first[place] ?? 0; known > 0; known = next[known - 1] ?? 0) {
      const edge = known - 1
      if (edges[4 * edge] === x && edges[4 * edge + 1] === y) {
        if (before < 0) first[place] = next[edge] ?? 0
        else next[before] = next[edge] ?? 0
        return edge
      }
      before = edge
    }
    return -1
  }
  const runs: Float64Array[] = []
  for (let start = 0; start < count; start += 1) {
    const run: number[] = []
    let edge = take(edges[4 * start] ?? 0, edges[4 * start + 1] ?? 0)
    while (edge >= 0) {
      if (run.length === 0) run.push(edges[4 * edge] ?? 0, edges[4 * edge + 1] ?? 0)
      const toX = edges[4 * edge + 2] ?? 0
      const toY = edges[4 * edge + 3] ?? 0
      run.push(toX, toY)
      edge = take(toX, toY)
    }
    if (run.length > 0) {
      runs.push(Float64Array.from(run))
      start -= 1 // others may start here too
    }
  }
  return runs
}
