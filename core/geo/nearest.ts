import type { LayerColumns } from './columns.ts'
import { eccentricitySquared, fromFrame } from './frame.ts'
import { geodesicM } from './measure.ts'
import { gapBetween, type Gap } from './outline-gap.ts'
import { outlineTree, treeOf } from './outline-tree.ts'
import { NONE } from './pieces.ts'
import { featureOfPart, partsMeeting } from './prepared.ts'

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

/** The same for single features, asked one by one: the nearest feature of `to`, or NONE. */
export function nearestFinder(
  to: LayerColumns,
  { limitM = Infinity, selectTo = () => true }: Pick<NearestOptions, 'limitM' | 'selectTo'>,
): (from: LayerColumns, feature: number) => number {
  const search = new Search(to, selectTo, 1, Math.min(limitM * 1000, MOST_MM))
  return (from, feature) => search.of(from, feature)[0]?.feature ?? NONE
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
    const measured = new Set<number>()
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
      if (this.#farthest(best) < reach * reach || reach >= this.#limitMm || sawAll) return ranked
    }
  }

  /** True when no part of the other layer lies farther away. */
  #reach(from: LayerColumns, part: number, reach: number, best: Map<number, Gap>, measured: Set<number>): boolean {
    const [minX = 0, minY = 0, maxX = 0, maxY = 0] = from.partBox.subarray(4 * part, 4 * part + 4)
    const near = partsMeeting(this.#to, minX - reach, minY - reach, maxX + reach, maxY + reach)
    const parts = this.#to.partOff.length - 1
    const fresh: { other: number; apart: number }[] = []
    for (const other of near) {
      const pair = part * parts + other
      if (!this.#select(this.#owners[other] ?? 0) || measured.has(pair)) continue
      measured.add(pair)
      fresh.push({ other, apart: boxGap(from.partBox, part, this.#to.partBox, other) })
    }
    // what is near is measured first: it spares the rest
    fresh.sort((one, two) => one.apart - two.apart || one.other - two.other)
    const tree = fresh.length > 0 ? treeOf(from, part) : undefined
    let farthest = this.#farthest(best)
    for (const { other, apart } of fresh) {
      const owner = this.#owners[other] ?? 0
      const known = best.get(owner)
      const most = Math.min(known?.squared ?? Infinity, farthest)
      if (!tree || apart > most) continue
      const gap = gapBetween(
        { layer: from, part, tree },
        { layer: this.#to, part: other, tree: outlineTree(this.#to, other) },
        most,
      )
      if (!gap || (known !== undefined && gap.squared >= known.squared)) continue
      best.set(owner, gap)
      farthest = this.#farthest(best)
    }
    return near.length === parts
  }

  /** What is farther than this is not among the neighbours wanted: the limit, or the last of those that are found so far. */
  #farthest(best: ReadonlyMap<number, Gap>): number {
    if (best.size < this.#count) return this.#limitMm ** 2
    const squared = Float64Array.from(best.values(), (gap) => gap.squared).sort()
    return Math.min(squared[this.#count - 1] ?? Infinity, this.#limitMm ** 2)
  }
}

/** Squared distance of the boxes of two parts. */
function boxGap(one: Int32Array, part: number, other: Int32Array, otherPart: number): number {
  const [i, j] = [4 * part, 4 * otherPart]
  const dx = Math.max(0, (other[j] ?? 0) - (one[i + 2] ?? 0), (one[i] ?? 0) - (other[j + 2] ?? 0))
  const dy = Math.max(0, (other[j + 1] ?? 0) - (one[i + 3] ?? 0), (one[i + 1] ?? 0) - (other[j + 3] ?? 0))
  return dx * dx + dy * dy
}

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
