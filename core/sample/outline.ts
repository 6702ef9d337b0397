import { LINES_PER_BLOCK, vertex, type Lattice, type Ring } from './lattice.ts'

/** Directed edges of a block mask, inside on the left: from block corner to block corner. */
function boundaryEdges(blocks: number, inside: (bi: number, bj: number) => boolean): Map<number, number[]> {
  const size = blocks + 1
  const edges = new Map<number, number[]>()
  const add = (x0: number, y0: number, x1: number, y1: number) => {
    const from = y0 * size + x0
    const list = edges.get(from)
    if (list) list.push(y1 * size + x1)
    else edges.set(from, [y1 * size + x1])
  }
  const at = (bi: number, bj: number) => bi >= 0 && bj >= 0 && bi < blocks && bj < blocks && inside(bi, bj)
  for (let bj = 0; bj < blocks; bj++) {
    for (let bi = 0; bi < blocks; bi++) {
      if (!at(bi, bj)) continue
      if (!at(bi, bj - 1)) add(bi, bj, bi + 1, bj)
      if (!at(bi + 1, bj)) add(bi + 1, bj, bi + 1, bj + 1)
      if (!at(bi, bj + 1)) add(bi + 1, bj + 1, bi, bj + 1)
      if (!at(bi - 1, bj)) add(bi, bj + 1, bi, bj)
    }
  }
  return edges
}

/**
 * Follows edges into closed loops of corners. Where two blocks meet at a corner only, the walk turns left and so stays with
 * its own block: every shell is one piece, and its holes touch it in at most one point. A loop that passes a corner twice is
 * split there, so that rings stay simple.
 */
function loops(edges: Map<number, number[]>, size: number): number[][] {
  const result: number[][] = []
  for (const start of [...edges.keys()].sort((a, b) => a - b)) {
    while ((edges.get(start)?.length ?? 0) > 0) {
      const walk: number[] = []
      const placeIn = new Map<number, number>()
      let corner = start
      let from = start
      do {
        const seen = placeIn.get(corner)
        if (seen !== undefined) {
          const split = walk.splice(seen)
          for (const passed of split) placeIn.delete(passed)
          result.push(split)
        }
        placeIn.set(corner, walk.length)
        walk.push(corner)
        const next = takeLeftmost(edges.get(corner) ?? [], corner - from, corner, size) ?? start
        from = corner
        corner = next
      } while (corner !== start)
      result.push(walk)
    }
  }
  return result
}

/** Removes and returns the way on from a corner; of two, the one to the left of the step taken there. */
function takeLeftmost(ways: number[], step: number, corner: number, size: number): number | undefined {
  const left = step === 1 ? size : step === size ? -1 : step === -1 ? -size : 1
  const at = ways.indexOf(corner + left)
  return at > 0 ? ways.splice(at, 1)[0] : ways.shift()
}

/** Walks block corners as lattice vertices, every vertex on the way included, closed. */
function ringOf(lattice: Lattice, loop: readonly number[]): Ring {
  const size = lattice.blocks + 1
  const path: number[] = []
  loop.forEach((corner, i) => {
    const next = loop[(i + 1) % loop.length] ?? corner
    const [x, y] = [corner % size, Math.floor(corner / size)]
    const [dx, dy] = [(next % size) - x, Math.floor(next / size) - y]
    for (let k = 0; k < LINES_PER_BLOCK; k++)
      path.push(...vertex(lattice, x * LINES_PER_BLOCK + dx * k, y * LINES_PER_BLOCK + dy * k))
  })
  path.push(path[0] ?? 0, path[1] ?? 0)
  return Float64Array.from(path)
}

function signedArea(ring: Ring): number {
  let sum = 0
  for (let i = 0; i + 3 < ring.length; i += 2)
    sum += (ring[i] ?? 0) * (ring[i + 3] ?? 0) - (ring[i + 2] ?? 0) * (ring[i + 1] ?? 0)
  return sum / 2
}

function contains(ring: Ring, x: number, y: number): boolean {
  let inside = false
  for (let i = 0; i + 3 < ring.length; i += 2) {
    const [x0, y0, x1, y1] = [ring[i] ?? 0, ring[i + 1] ?? 0, ring[i + 2] ?? 0, ring[i + 3] ?? 0]
    if (y0 > y !== y1 > y && x < ((x1 - x0) * (y - y0)) / (y1 - y0) + x0) inside = !inside
  }
  return inside
}

/** The polygons that a set of blocks covers: parts, each a shell with its holes. */
export function outline(lattice: Lattice, inside: (bi: number, bj: number) => boolean): Ring[][] {
  const rings = loops(boundaryEdges(lattice.blocks, inside), lattice.blocks + 1).map((loop) => ringOf(lattice, loop))
  const parts = rings.filter((ring) => signedArea(ring) > 0).map((shell) => [shell])
  for (const hole of rings.filter((ring) => signedArea(ring) < 0)) {
    const home = parts
      .filter(
        ([shell]) =>
          shell !== undefined && contains(shell, ((hole[0] ?? 0) + (hole[2] ?? 0)) / 2, ((hole[1] ?? 0) + (hole[3] ?? 0)) / 2),
      )
      .sort((a, b) => signedArea(a[0] as Ring) - signedArea(b[0] as Ring))[0]
    home?.push(hole)
  }
  return parts
}
