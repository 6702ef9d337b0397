import { squaredDistance } from './distance-transform.ts'

/** Kinds of ground in a pattern of foreground and background. */
export const PATTERN = { background: 0, core: 1, islet: 2, edge: 3, perforation: 4, bridge: 5, loop: 6, branch: 7 } as const
export type PatternClass = keyof typeof PATTERN

/**
 * An MSPA-like reading of a foreground: core is what lies farther than the edge width from any background; edge and perforation
 * are the rim of core towards outer background and towards holes; what is neither is a bridge between two cores, a loop from a
 * core to itself, a branch of one core, or an islet without any. Neighbourhood of eight.
 *
 * Simplified from Soille & Vogt 2009 (Pattern Recognition Letters 30): rims are measured by distance and not by morphological
 * reconstruction, so shares are near those of the original and not equal to them; say "MSPA-like". The world beyond the grid, and
 * cells of 2 in `foreground` (1 is ground, 0 is not), are unknown, and count neither as background nor as ground.
 */
export function pattern(foreground: Uint8Array, columns: number, rows: number, edgeCells: number): Uint8Array {
  const background = foreground.map((is) => (is === 0 ? 1 : 0))
  const toBackground = squaredDistance(background, columns, rows)
  // squared, as all distances here; a rim goes round corners, so it reaches √2 times as far
  const reach = edgeCells * edgeCells
  const core = foreground.map((is, cell) => (is === 1 && (toBackground[cell] ?? 0) > reach ? 1 : 0))
  const cores = labelled(core, columns, rows)
  const toCore = squaredDistance(core, columns, rows)
  const nearestCore = spreadLabels(cores.label, foreground, columns, rows)
  const outer = outerBackground(foreground, columns, rows)
  const found = new Uint8Array(foreground.length)
  const rest = new Uint8Array(foreground.length)
  const toOuter = squaredDistance(outer, columns, rows)
  for (let cell = 0; cell < foreground.length; cell += 1) {
    if (foreground[cell] !== 1) continue
    if (core[cell] === 1) found[cell] = PATTERN.core
    else if ((toCore[cell] ?? Infinity) <= 2 * reach)
      found[cell] = (toOuter[cell] ?? Infinity) <= (toBackground[cell] ?? 0) ? PATTERN.edge : PATTERN.perforation
    else rest[cell] = 1
  }
  connectorKinds(rest, found, nearestCore, columns, rows)
  return found
}

/** Share of the foreground that is of each kind; undefined without a foreground. */
export function patternShares(classes: Uint8Array): Record<Exclude<PatternClass, 'background'>, number> | undefined {
  const counts = new Float64Array(8)
  for (const kind of classes) counts[kind] = (counts[kind] ?? 0) + 1
  const all = classes.length - (counts[PATTERN.background] ?? 0)
  if (all === 0) return undefined
  const share = (kind: PatternClass) => (counts[PATTERN[kind]] ?? 0) / all
  return {
    core: share('core'),
    islet: share('islet'),
    edge: share('edge'),
    perforation: share('perforation'),
    bridge: share('bridge'),
    loop: share('loop'),
    branch: share('branch'),
  }
}

/** Calls for each of a cell's neighbours inside the grid. */
function eachNeighbour(cell: number, columns: number, rows: number, isDiagonal: boolean, visit: (cell: number) => void): void {
  const [column, row] = [cell % columns, Math.floor(cell / columns)]
  for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y += 1) {
    for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x += 1) {
      if ((x !== column || y !== row) && (isDiagonal || x === column || y === row)) visit(y * columns + x)
    }
  }
}

/** Connected pieces of marked cells, numbered from 1, and their cells. */
export function labelled(marked: Uint8Array, columns: number, rows: number): { label: Uint32Array; pieces: number[][] } {
  const label = new Uint32Array(marked.length)
  const pieces: number[][] = []
  for (let first = 0; first < marked.length; first += 1) {
    if (marked[first] !== 1 || label[first] !== 0) continue
    const piece = [first]
    label[first] = pieces.length + 1
    for (let at = 0; at < piece.length; at += 1) {
      eachNeighbour(piece[at] ?? 0, columns, rows, true, (other) => {
        if (marked[other] !== 1 || label[other] !== 0) return
        label[other] = pieces.length + 1
        piece.push(other)
      })
    }
    pieces.push(piece)
  }
  return { label, pieces }
}

/** Background that is joined (through sides) with the grid's border or with what is unknown; what is not lies in holes. */
function outerBackground(foreground: Uint8Array, columns: number, rows: number): Uint8Array {
  const outer = new Uint8Array(foreground.length)
  const queue: number[] = []
  const enter = (cell: number) => {
    if (foreground[cell] !== 0 || outer[cell] === 1) return
    outer[cell] = 1
    queue.push(cell)
  }
  for (let cell = 0; cell < foreground.length; cell += 1) {
    if (foreground[cell] === 2) eachNeighbour(cell, columns, rows, false, enter)
  }
  for (let column = 0; column < columns; column += 1) [column, (rows - 1) * columns + column].forEach(enter)
  for (let row = 0; row < rows; row += 1) [row * columns, row * columns + columns - 1].forEach(enter)
  for (let cell = queue.pop(); cell !== undefined; cell = queue.pop()) eachNeighbour(cell, columns, rows, false, enter)
  return outer
}

/** For every foreground cell the core that is nearest through the foreground; 0 where there is none. */
function spreadLabels(label: Uint32Array, foreground: Uint8Array, columns: number, rows: number): Uint32Array {
  const nearest = label.slice()
  const queue = Array.from(label.keys()).filter((cell) => label[cell] !== 0)
  for (let at = 0; at < queue.length; at += 1) {
    const cell = queue[at] ?? 0
    eachNeighbour(cell, columns, rows, true, (other) => {
      if (foreground[other] !== 1 || nearest[other] !== 0) return
      nearest[other] = nearest[cell] ?? 0
      queue.push(other)
    })
  }
  return nearest
}

/** Tells bridges, loops, branches and islets apart by the cores whose rims they touch, and in how many places. */
function connectorKinds(rest: Uint8Array, found: Uint8Array, nearestCore: Uint32Array, columns: number, rows: number): void {
  for (const piece of labelled(rest, columns, rows).pieces) {
    const touched = new Set<number>()
    for (const cell of piece) {
      eachNeighbour(cell, columns, rows, true, (other) => {
        if (rest[other] !== 1 && found[other] !== PATTERN.background) touched.add(other)
      })
    }
    const cores = new Set([...touched].map((cell) => nearestCore[cell] ?? 0))
    const kind = cores.size === 0 ? 'islet' : cores.size > 1 ? 'bridge' : contacts(touched, columns, rows) > 1 ? 'loop' : 'branch'
    for (const cell of piece) found[cell] = PATTERN[kind]
  }
}

/** In how many separate places a set of cells lies. */
function contacts(cells: ReadonlySet<number>, columns: number, rows: number): number {
  const left = new Set(cells)
  let count = 0
  for (const first of cells) {
    if (!left.delete(first)) continue
    count += 1
    const stack = [first]
    for (let cell = stack.pop(); cell !== undefined; cell = stack.pop()) {
      eachNeighbour(cell, columns, rows, true, (other) => {
        if (left.delete(other)) stack.push(other)
      })
    }
  }
  return count
}
