import { LINES_PER_BLOCK, vertex, type Lattice, type Ring } from './lattice.ts'

/** Blocks as one byte each: 1 inside. Every block is asked once. */
function maskOf(blocks: number, inside: (bi: number, bj: number) => boolean): Uint8Array {
  const mask = new Uint8Array(blocks * blocks)
  for (let bj = 0; bj < blocks; bj++) for (let bi = 0; bi < blocks; bi++) if (inside(bi, bj)) mask[bj * blocks + bi] = 1
  return mask
}

/** Directed edges of a block mask, inside on the left: from block corner to block corner. */
function boundaryEdges(blocks: number, mask: Uint8Array): Map<number, number[]> {
  const size = blocks + 1
  const edges = new Map<number, number[]>()
  const add = (x0: number, y0: number, x1: number, y1: number) => {
    const from = y0 * size + x0
    const list = edges.get(from)
    if (list) list.push(y1 * size + x1)
    else edges.set(from, [y1 * size + x1])
  }
  const at = (bi: number, bj: number) => bi >= 0 && bj >= 0 && bi < blocks && bj < blocks && mask[bj * blocks + bi] === 1
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

/** The block on the left of a loop's first step: one of those that the loop bounds. */
function blockBeside([from = 0, to = 0]: readonly number[], size: number): number {
  const [x, y] = [from % size, Math.floor(from / size)]
  const step = to - from
  const [bi, bj] = step === 1 ? [x, y] : step === -1 ? [x - 1, y - 1] : step === size ? [x - 1, y] : [x, y - 1]
  return bj * (size - 1) + bi
}

/** Gives a block and all that it is joined to by sides a label; blocks that have one are left. */
function label(labels: Int32Array, mask: Uint8Array, blocks: number, start: number, name: number): void {
  const open = [start]
  while (open.length > 0) {
    const block = open.pop() ?? 0
    if (mask[block] !== 1 || (labels[block] ?? 0) >= 0) continue
    labels[block] = name
    const bi = block % blocks
    if (bi > 0) open.push(block - 1)
    if (bi + 1 < blocks) open.push(block + 1)
    if (block >= blocks) open.push(block - blocks)
    if (block + blocks < mask.length) open.push(block + blocks)
  }
}

/** The polygons that a set of blocks covers: parts, each a shell with its holes. A hole belongs to the blocks around it. */
export function outline(lattice: Lattice, inside: (bi: number, bj: number) => boolean): Ring[][] {
  const { blocks } = lattice
  const size = blocks + 1
  const mask = maskOf(blocks, inside)
  const labels = new Int32Array(mask.length).fill(-1)
  const parts: Ring[][] = []
  const holes: { ring: Ring; beside: number }[] = []
  for (const loop of loops(boundaryEdges(blocks, mask), size)) {
    const [ring, beside] = [ringOf(lattice, loop), blockBeside(loop, size)]
    if (signedArea(ring) < 0) {
      holes.push({ ring, beside })
      continue
    }
    label(labels, mask, blocks, beside, parts.length)
    parts.push([ring])
  }
  for (const { ring, beside } of holes) parts[labels[beside] ?? -1]?.push(ring)
  return parts
}
