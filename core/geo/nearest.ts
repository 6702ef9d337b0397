import type { LayerColumns } from './columns.ts'
import { eccentricitySquared, fromFrame } from './frame.ts'
import { geodesicM } from './measure.ts'
import { cross } from './orientation.ts'
import { NONE } from './pieces.ts'
import { featureOfPart, partsMeeting } from './prepared.ts'
import { partHolds } from './within.ts'

export interface NearestOptions {
  /** How many neighbours of each feature are wanted; 1 unless told. */
  count?: number
  /** Farther ones do not count; in m of the frame. */
  limitM?: number
  /** Features `from … to`; all unless told. What is found for a feature does not depend on the others. */
  from?: number
  to?: number
  selectTo?: (feature: number) => boolean
}

/** `count` places for each feature, nearest first; NONE and NaN where there are fewer. */
export interface Nearest {
  count: number
  neighbour: Int32Array
  /** Between the two closest points: geodesic, planar in a planar frame; 0 where the features touch or overlap. */
  distanceM: Float64Array
}

/** Boxes are searched in steps of this factor. */
const WIDER = 2

/**
 * The nearest features of another layer (any kinds of geometry), by exact distance between outlines, 0 inside polygons. Ranked by
 * distance in the frame; where two are equally far the first one in the layer comes first. Asked of a layer itself, a feature is
 * its own nearest one: leave it out by asking for one more.
 */
export function nearest(from: LayerColumns, to: LayerColumns, options: NearestOptions = {}): Nearest {
  const { count = 1, limitM = Infinity, selectTo = () => true } = options
  const [first, end] = [options.from ?? 0, options.to ?? from.count]
  const neighbour = new Int32Array(count * from.count).fill(NONE)
  const distanceM = new Float64Array(count * from.count).fill(NaN)
  const search = new Search(to, selectTo, count, Math.min(limitM * 1000, MOST_MM))
  const trueLength = trueLengthIn(from)
  for (let feature = first; feature < end; feature += 1) {
    for (const [at, found] of search.of(from, feature).entries()) {
      neighbour[count * feature + at] = found.feature
      distanceM[count * feature + at] = found.gap.squared === 0 ? 0 : trueLength(found.gap)
    }
  }
  return { count, neighbour, distanceM }
}

/** The two closest points of two features in mm of the frame: on the first, then on the second; the same where they meet. */
export function closestPoints(
  a: LayerColumns,
  featureA: number,
  b: LayerColumns,
  featureB: number,
): [x: number, y: number, toX: number, toY: number] {
  const [found] = new Search(b, (feature) => feature === featureB, 1, MOST_MM).of(a, featureA)
  if (!found) throw new RangeError(`features ${featureA} and ${featureB}: one has no geometry`)
  const { fromX, fromY, toX, toY } = found.gap
  return [fromX, fromY, toX, toY]
}

/** Beyond it no two points of a frame lie. */
const MOST_MM = 2 ** 33

/** The closest points of two geometries, mm. */
interface Gap {
  squared: number
  fromX: number
  fromY: number
  toX: number
  toY: number
}

interface Found {
  feature: number
  gap: Gap
}

class Search {
  readonly #to: LayerColumns
  readonly #owners: Uint32Array
  readonly #select: (feature: number) => boolean
  readonly #count: number
  readonly #limitMm: number
  readonly #startMm: number

  constructor(to: LayerColumns, select: (feature: number) => boolean, count: number, limitMm: number) {
    this.#to = to
    this.#owners = featureOfPart(to)
    this.#select = select
    this.#count = count
    this.#limitMm = limitMm
    this.#startMm = typicalSpacingMm(to) * Math.sqrt(count)
  }

  /** Searches wider and wider boxes until the neighbours found are nearer than anything outside can be. */
  of(from: LayerColumns, feature: number): Found[] {
    const best = new Map<number, Gap>()
    const measured = new Set<string>()
    for (let reach = Math.min(this.#startMm, this.#limitMm); ; reach = Math.min(reach * WIDER, this.#limitMm)) {
      let sawAll = true
      for (let part = from.featureOff[feature] ?? 0; part < (from.featureOff[feature + 1] ?? 0); part += 1) {
        sawAll = this.#reach(from, part, reach, best, measured) && sawAll
      }
      const ranked = [...best]
        .map(([other, gap]) => ({ feature: other, gap }))
        .filter(({ gap }) => gap.squared <= this.#limitMm ** 2)
        .toSorted((one, other) => one.gap.squared - other.gap.squared || one.feature - other.feature)
        .slice(0, this.#count)
      const farthest = ranked.length < this.#count ? Infinity : (ranked.at(-1)?.gap.squared ?? Infinity)
      if (farthest < reach * reach || reach >= this.#limitMm || sawAll) return ranked
    }
  }

  /** True when no part of the other layer lies farther away. */
  #reach(from: LayerColumns, part: number, reach: number, best: Map<number, Gap>, measured: Set<string>): boolean {
    const [minX = 0, minY = 0, maxX = 0, maxY = 0] = from.partBox.subarray(4 * part, 4 * part + 4)
    const near = partsMeeting(this.#to, minX - reach, minY - reach, maxX + reach, maxY + reach)
    for (const other of near) {
      const owner = this.#owners[other] ?? 0
      const pair = `${part}/${other}`
      if (!this.#select(owner) || measured.has(pair)) continue
      measured.add(pair)
      const known = best.get(owner)
      const gap = gapBetween(from, part, this.#to, other, known?.squared ?? Infinity)
      if (gap && (known === undefined || gap.squared < known.squared)) best.set(owner, gap)
    }
    return near.length === this.#to.partOff.length - 1
  }
}

/** The gap between two parts if it is below `limit` (squared mm), else null. */
function gapBetween(a: LayerColumns, partA: number, b: LayerColumns, partB: number, limit: number): Gap | null {
  const [ax, ay] = firstVertex(a, partA)
  const [bx, by] = firstVertex(b, partB)
  if (b.kind === 'polygon' && partHolds(b, partB, ax, ay)) return { squared: 0, fromX: ax, fromY: ay, toX: ax, toY: ay }
  if (a.kind === 'polygon' && partHolds(a, partA, bx, by)) return { squared: 0, fromX: bx, fromY: by, toX: bx, toY: by }
  let best: Gap | null = null
  let most = limit
  const boxB = boxOf(b, partB)
  forEachSegment(a, partA, (px, py, qx, qy) => {
    if (boxGap(Math.min(px, qx), Math.min(py, qy), Math.max(px, qx), Math.max(py, qy), boxB) >= most) return
    forEachSegment(b, partB, (rx, ry, sx, sy) => {
      if (most === 0) return
      const own: [number, number, number, number] = [Math.min(rx, sx), Math.min(ry, sy), Math.max(rx, sx), Math.max(ry, sy)]
      if (boxGap(Math.min(px, qx), Math.min(py, qy), Math.max(px, qx), Math.max(py, qy), own) >= most) return
      const gap = segmentGap(px, py, qx, qy, rx, ry, sx, sy)
      if (gap.squared >= most) return
      most = gap.squared
      best = gap
    })
  })
  return best
}

const boxOf = (layer: LayerColumns, part: number): [number, number, number, number] => {
  const [minX = 0, minY = 0, maxX = 0, maxY = 0] = layer.partBox.subarray(4 * part, 4 * part + 4)
  return [minX, minY, maxX, maxY]
}

function firstVertex(layer: LayerColumns, part: number): [x: number, y: number] {
  const vertex = layer.ringOff[layer.partOff[part] ?? 0] ?? 0
  return [layer.xy[2 * vertex] ?? 0, layer.xy[2 * vertex + 1] ?? 0]
}

type SegmentVisitor = (fromX: number, fromY: number, toX: number, toY: number) => void

/** Every edge of a part; a point is an edge without length. */
function forEachSegment(layer: LayerColumns, part: number, visit: SegmentVisitor): void {
  const { xy } = layer
  for (let ring = layer.partOff[part] ?? 0; ring < (layer.partOff[part + 1] ?? 0); ring += 1) {
    const first = 2 * (layer.ringOff[ring] ?? 0)
    const end = 2 * (layer.ringOff[ring + 1] ?? 0)
    if (end - first === 2) visit(xy[first] ?? 0, xy[first + 1] ?? 0, xy[first] ?? 0, xy[first + 1] ?? 0)
    for (let at = first; at + 2 < end; at += 2) visit(xy[at] ?? 0, xy[at + 1] ?? 0, xy[at + 2] ?? 0, xy[at + 3] ?? 0)
  }
}

/** Squared distance of two boxes; 0 where they meet. */
function boxGap(minX: number, minY: number, maxX: number, maxY: number, box: readonly [number, number, number, number]): number {
  const dx = Math.max(0, box[0] - maxX, minX - box[2])
  const dy = Math.max(0, box[1] - maxY, minY - box[3])
  return dx * dx + dy * dy
}

/** The closest points of two segments: where they cross, or an end of one and its foot on the other. */
function segmentGap(px: number, py: number, qx: number, qy: number, rx: number, ry: number, sx: number, sy: number): Gap {
  const [dx, dy, ex, ey] = [qx - px, qy - py, sx - rx, sy - ry]
  const r = cross(dx, dy, rx - px, ry - py)
  const s = cross(dx, dy, sx - px, sy - py)
  const p = cross(ex, ey, px - rx, py - ry)
  const q = cross(ex, ey, qx - rx, qy - ry)
  if (((r > 0 && s < 0) || (r < 0 && s > 0)) && ((p > 0 && q < 0) || (p < 0 && q > 0))) {
    const [x, y] = [px + (p / (p - q)) * dx, py + (p / (p - q)) * dy]
    return { squared: 0, fromX: x, fromY: y, toX: x, toY: y }
  }
  const ends = [
    foot(px, py, rx, ry, ex, ey),
    foot(qx, qy, rx, ry, ex, ey),
    turned(foot(rx, ry, px, py, dx, dy)),
    turned(foot(sx, sy, px, py, dx, dy)),
  ]
  return ends.reduce((best, each) => (each.squared < best.squared ? each : best))
}

/** From a point to the closest point of a segment that begins at (x, y) and goes (dx, dy). */
function foot(px: number, py: number, x: number, y: number, dx: number, dy: number): Gap {
  const length2 = dx * dx + dy * dy
  const share = length2 === 0 ? 0 : Math.max(0, Math.min(1, ((px - x) * dx + (py - y) * dy) / length2))
  const [toX, toY] = [x + share * dx, y + share * dy]
  return { squared: (toX - px) ** 2 + (toY - py) ** 2, fromX: px, fromY: py, toX, toY }
}

const turned = ({ squared, fromX, fromY, toX, toY }: Gap): Gap => ({ squared, fromX: toX, fromY: toY, toX: fromX, toY: fromY })

/** Length of a gap: on the ellipsoid where the frame has one. */
function trueLengthIn({ frame }: LayerColumns): (gap: Gap) => number {
  if (frame.kind === 'planar') return ({ squared }) => Math.sqrt(squared) / 1000
  const toEarth = fromFrame(frame)
  const e2 = eccentricitySquared(frame.inverseFlattening)
  return ({ fromX, fromY, toX, toY }) =>
    geodesicM(toEarth(fromX / 1000, fromY / 1000), toEarth(toX / 1000, toY / 1000), frame.semiMajorM, e2)
}

/** About how far apart the parts of a layer lie: where the search begins. */
function typicalSpacingMm({ partBox }: LayerColumns): number {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let at = 0; at + 3 < partBox.length; at += 4) {
    minX = Math.min(minX, partBox[at] ?? 0)
    minY = Math.min(minY, partBox[at + 1] ?? 0)
    maxX = Math.max(maxX, partBox[at + 2] ?? 0)
    maxY = Math.max(maxY, partBox[at + 3] ?? 0)
  }
  const parts = Math.max(1, partBox.length / 4)
  return Math.max(1000, Math.sqrt(Math.max(0, (maxX - minX) * (maxY - minY)) / parts) || 1000)
}
