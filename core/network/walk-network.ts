import Flatbush from 'flatbush'
import type { LayerColumns } from '../geo/columns.ts'
import type { Frame } from '../geo/frame.ts'
import { GrowingInts } from '../geo/growing.ts'
import { runLengthIn } from '../geo/measure.ts'
import { graphOf, type Graph } from './graph.ts'
import { VertexIds } from './vertex-ids.ts'

/** Roads as a network for walkers. Links are pieces of road between places where one may turn. */
export interface WalkNetwork {
  /** Lengths in metres. */
  graph: Graph
  frame: Frame
  /** x, y of every node in mm of the frame. */
  nodeXy: Int32Array
  /** Nodes at the two ends of every link: from, to. */
  ends: Uint32Array
  /** Link l runs along vertices `lineOff[l] … lineOff[l + 1]` of `lineXy` (mm), from its first end to its second. */
  lineOff: Uint32Array
  lineXy: Int32Array
  /** Length of each link in m. */
  lengthM: Float64Array
  /** The road feature that each link is a piece of. */
  feature: Uint32Array
  /** Loose ends that were joined to a road within the tolerance, and those that are still loose. */
  joinedEnds: number
  looseEnds: number
}

export interface WalkOptions {
  /** A loose end this near to another road, in m, is taken to meet it. */
  snapM: number
  /** Roads that people may walk on; all by default. */
  select?: (feature: number) => boolean
}

/**
 * Builds the network of a line layer. Roads meet where they share a vertex, and where the loose end of one lies within the
 * tolerance of another; lines that merely cross do not meet, for one of them may be a bridge.
 */
export function walkNetwork(roads: LayerColumns, { snapM, select = () => true }: WalkOptions): WalkNetwork {
  const runs = runsOf(roads, select)
  const vertices = numbered(roads, runs)
  const cuts = snapM > 0 ? joinLooseEnds(roads, runs, vertices, snapM * 1000) : new Map<number, Cut[]>()
  const pieces = cutIntoLinks(roads, runs, vertices, cuts)
  const nodeOf = new Map<number, number>()
  const nodeXy = new GrowingInts()
  const node = (id: number): number => {
    const root = vertices.rootOf(id)
    const known = nodeOf.get(root)
    if (known !== undefined) return known
    nodeOf.set(root, nodeOf.size)
    nodeXy.push(vertices.ids.x(root))
    nodeXy.push(vertices.ids.y(root))
    return nodeOf.size - 1
  }
  const ends = Uint32Array.from(pieces.ends, node)
  const lineOff = pieces.lineOff.toSharedOffsets()
  const lineXy = pieces.lineXy.toSharedInts()
  const lengthOf = runLengthIn(roads.frame)
  const links = ends.length / 2
  const lengthM = Float64Array.from({ length: links }, (_, link) => lengthOf(lineXy, lineOff[link] ?? 0, lineOff[link + 1] ?? 0))
  const at = (side: number) => Uint32Array.from({ length: links }, (_, link) => ends[2 * link + side] ?? 0)
  const graph = graphOf(nodeOf.size, { from: at(0), to: at(1), length: lengthM })
  const { joinedEnds, looseEnds } = vertices
  const shape = { lineOff, lineXy, feature: Uint32Array.from(pieces.feature) }
  return { graph, frame: roads.frame, nodeXy: nodeXy.toSharedInts(), ends, lengthM, ...shape, joinedEnds, looseEnds }
}

/** One drawn line of a chosen feature: its vertices `first … end`. */
interface Run {
  feature: number
  first: number
  end: number
}

function runsOf({ count, featureOff, partOff, ringOff }: LayerColumns, select: (feature: number) => boolean): Run[] {
  const runs: Run[] = []
  for (let feature = 0; feature < count; feature += 1) {
    if (!select(feature)) continue
    const end = partOff[featureOff[feature + 1] ?? 0] ?? 0
    for (let ring = partOff[featureOff[feature] ?? 0] ?? 0; ring < end; ring += 1) {
      runs.push({ feature, first: ringOff[ring] ?? 0, end: ringOff[ring + 1] ?? 0 })
    }
  }
  return runs
}

/** Every vertex with the number of its place, and which places are nodes. */
interface Vertices {
  ids: VertexIds
  /** Number of the place of each vertex of the layer. */
  idOf: Uint32Array
  /** 1 where a road passes, 2 where one ends or several meet; by place. */
  meets: Uint8Array
  /** Places where a road ends and no other passes. */
  loose: number[]
  rootOf(id: number): number
  /** Makes two places one node. */
  join(id: number, other: number): void
  joinedEnds: number
  looseEnds: number
}

function numbered({ xy }: LayerColumns, runs: readonly Run[]): Vertices {
  const ids = new VertexIds()
  const idOf = new Uint32Array(xy.length / 2)
  for (const { first, end } of runs) {
    for (let vertex = first; vertex < end; vertex += 1) idOf[vertex] = ids.idOf(xy[2 * vertex] ?? 0, xy[2 * vertex + 1] ?? 0)
  }
  const uses = new Uint32Array(ids.count)
  const isEnd = new Uint8Array(ids.count)
  for (const { first, end } of runs) {
    for (let vertex = first; vertex < end; vertex += 1) {
      const id = idOf[vertex] ?? 0
      uses[id] = (uses[id] ?? 0) + 1
      if (vertex === first || vertex === end - 1) isEnd[id] = 1
    }
  }
  const meets = Uint8Array.from(uses, (count, id) => (count > 1 || isEnd[id] === 1 ? 2 : 1))
  const loose = Array.from(uses.keys()).filter((id) => isEnd[id] === 1 && uses[id] === 1)
  const parent = Uint32Array.from(uses.keys())
  const rootOf = (id: number): number => {
    let root = id
    while (parent[root] !== root) {
      parent[root] = parent[parent[root] ?? root] ?? root
      root = parent[root] ?? root
    }
    return root
  }
  const join = (id: number, other: number): void => {
    parent[rootOf(id)] = rootOf(other)
    meets[other] = 2
  }
  return { ids, idOf, meets, loose, rootOf, join, joinedEnds: 0, looseEnds: loose.length }
}

/** A place where another road's end meets the segment after a vertex: how far along it (0 … 1), and whose end. */
interface Cut {
  share: number
  id: number
}

/** Joins loose ends to the nearest vertex, or to the nearest place on a segment, within the tolerance; cuts by first vertex. */
function joinLooseEnds({ xy }: LayerColumns, runs: readonly Run[], vertices: Vertices, snapMm: number): Map<number, Cut[]> {
  const cuts = new Map<number, Cut[]>()
  const starts = Uint32Array.from(
    runs.flatMap(({ first, end }) => Array.from({ length: end - first - 1 }, (_, at) => first + at)),
  )
  if (starts.length === 0 || vertices.loose.length === 0) return cuts
  const index = segmentIndex(xy, starts)
  const joined = new Set<number>()
  for (const id of vertices.loose) {
    const [x, y] = [vertices.ids.x(id), vertices.ids.y(id)]
    let best = { distance: snapMm, start: -1, share: 0 }
    for (const segment of index.search(x - snapMm, y - snapMm, x + snapMm, y + snapMm)) {
      const start = starts[segment] ?? 0
      const touches = [start, start + 1].some((vertex) => vertices.rootOf(vertices.idOf[vertex] ?? 0) === vertices.rootOf(id))
      if (touches) continue
      const { distance, share } = toSegment(xy, start, x, y)
      if (distance < best.distance || (distance === best.distance && start < best.start)) best = { distance, start, share }
    }
    if (best.start < 0) continue
    joined.add(id)
    const near = [best.start, best.start + 1].find(
      (vertex) => Math.hypot((xy[2 * vertex] ?? 0) - x, (xy[2 * vertex + 1] ?? 0) - y) <= snapMm,
    )
    if (near === undefined) cuts.set(best.start, [...(cuts.get(best.start) ?? []), { share: best.share, id }])
    else {
      vertices.join(id, vertices.idOf[near] ?? 0)
      joined.add(vertices.idOf[near] ?? 0)
    }
  }
  vertices.joinedEnds = vertices.loose.filter((id) => joined.has(id)).length
  vertices.looseEnds = vertices.loose.length - vertices.joinedEnds
  return cuts
}

/** An index of segments, each from the vertex in `starts` to the one after it. */
export function segmentIndex(xy: Int32Array, starts: Uint32Array): Flatbush {
  const index = new Flatbush(starts.length, 16, Int32Array)
  for (const start of starts) {
    const [ax = 0, ay = 0, bx = 0, by = 0] = xy.subarray(2 * start, 2 * start + 4)
    index.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by))
  }
  index.finish()
  return index
}

/** How far a place is from the segment after a vertex, in mm, and where along it the nearest point lies (0 … 1). */
export function toSegment(xy: Int32Array, start: number, x: number, y: number): { distance: number; share: number } {
  const [ax = 0, ay = 0, bx = 0, by = 0] = xy.subarray(2 * start, 2 * start + 4)
  const [dx, dy] = [bx - ax, by - ay]
  const square = dx * dx + dy * dy
  const share = square === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / square))
  return { distance: Math.hypot(ax + share * dx - x, ay + share * dy - y), share }
}

/** Ends (places from, to of each link) and shapes of the links. */
interface Pieces {
  ends: number[]
  feature: number[]
  lineOff: GrowingInts
  lineXy: GrowingInts
}

function cutIntoLinks({ xy }: LayerColumns, runs: readonly Run[], vertices: Vertices, cuts: ReadonlyMap<number, Cut[]>): Pieces {
  const pieces: Pieces = { ends: [], feature: [], lineOff: new GrowingInts(), lineXy: new GrowingInts() }
  const { lineXy, lineOff } = pieces
  lineOff.push(0)
  const put = (x: number, y: number) => {
    lineXy.push(x)
    lineXy.push(y)
  }
  for (const { feature, first, end } of runs) {
    let from = vertices.idOf[first] ?? 0
    put(xy[2 * first] ?? 0, xy[2 * first + 1] ?? 0)
    const closeAt = (id: number, x: number, y: number, isLast: boolean) => {
      pieces.ends.push(from, id)
      pieces.feature.push(feature)
      lineOff.push(lineXy.length / 2)
      from = id
      if (!isLast) put(x, y)
    }
    for (let vertex = first + 1; vertex < end; vertex += 1) {
      for (const { id } of (cuts.get(vertex - 1) ?? []).toSorted((a, b) => a.share - b.share)) {
        const [x, y] = [vertices.ids.x(id), vertices.ids.y(id)]
        put(x, y)
        closeAt(id, x, y, false)
      }
      const [x, y] = [xy[2 * vertex] ?? 0, xy[2 * vertex + 1] ?? 0]
      put(x, y)
      const id = vertices.idOf[vertex] ?? 0
      const isLast = vertex === end - 1
      if (isLast || vertices.meets[id] === 2) closeAt(id, x, y, isLast)
    }
  }
  return pieces
}
