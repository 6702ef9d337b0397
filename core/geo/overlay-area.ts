import type { LayerColumns } from './columns.ts'
import { editedOf } from './edited.ts'
import { partAreaM2 } from './measure.ts'
import { BLOCK, GROUP, type PartEdges } from './edges.ts'
import { edgesOf, featureOfPart, partsMeeting } from './prepared.ts'
import { wholeOrNothing } from './whole-or-nothing.ts'

export type Select = (feature: number) => boolean
export type Visit = (featureA: number, featureB: number, areaM2: number) => void

/** Polygons that only touch leave rounding noise; anything below a square millimetre is nothing. */
const NOISE_M2 = 1e-6
const everything: Select = () => true

/**
 * Visits every pair of features of two polygon layers that overlap, with the area of overlap in m²: features of `a` ascending (or
 * as `features` lists them), of `b` ascending for each.
 *
 * No overlap geometry is built. With every edge written from left to right and signed +1 where it bounds its polygon from
 * above, area(A ∩ B) = Σ Σ signₐ · sign_b · ∫ min(yₐ, y_b) dx over the common x-range of each pair of edges: a trapezoid variant
 * of the area-only overlay of W. R. Franklin (OVERPROP, 1994). It cannot fail on topology, and on valid rings (import sees to
 * that) it is exact but for rounding, below 1e-6 m² per pair of parcels. The area of a pair depends on its two features alone:
 * parts are added up in their own order, and an edited layer is read where its geometry stands, without being prepared anew.
 */
export function overlapAreas(
  a: LayerColumns,
  b: LayerColumns,
  visit: Visit,
  select: { a?: Select; b?: (featureB: number, featureA: number) => boolean; features?: Iterable<number> } = {},
): void {
  const { a: wantsA = everything, b: wantsB = everything, features } = select
  const row = rowOf(standsIn(a), standsIn(b), wantsB)
  if (features) for (const feature of features) row(feature, visit)
  else for (let feature = 0; feature < a.count; feature += 1) if (wantsA(feature)) row(feature, visit)
}

/** One layer that holds geometry of a layer, and how its features are called there: −1 for those that have moved elsewhere. */
interface Stand {
  layer: LayerColumns
  edges: PartEdges
  owners: Uint32Array
  nameOf: (feature: number) => number
}

interface Stands {
  all: readonly Stand[]
  /** Where a feature's geometry stands. */
  find: (feature: number) => [stand: Stand, feature: number]
}

const prepared = (layer: LayerColumns) => ({ layer, edges: edgesOf(layer), owners: featureOfPart(layer) })

function standsIn(layer: LayerColumns): Stands {
  const edited = editedOf(layer)
  if (!edited) {
    const stand: Stand = { ...prepared(layer), nameOf: (feature) => feature }
    return { all: [stand], find: (feature) => [stand, feature] }
  }
  const { root, present, placeOf } = edited
  const names = [...placeOf.keys()]
  const kept: Stand = { ...prepared(root), nameOf: (feature) => (placeOf.has(feature) ? -1 : feature) }
  const moved: Stand = { ...prepared(present), nameOf: (feature) => names[feature] ?? -1 }
  return {
    all: names.length === 0 ? [kept] : [kept, moved],
    find: (feature) => {
      const place = placeOf.get(feature)
      return place === undefined ? [kept, feature] : [moved, place]
    },
  }
}

/** Visits the partners of one feature, ascending. */
function rowOf(
  a: Stands,
  b: Stands,
  wantsB: (featureB: number, featureA: number) => boolean,
): (feature: number, visit: Visit) => void {
  const partners: number[] = []
  const areasMm2: number[] = []
  const measure = (feature: number, stand: Stand, part: number, other: Stand) => {
    const { partBox } = stand.layer
    const box = 4 * part
    const near = partsMeeting(other.layer, partBox[box] ?? 0, partBox[box + 1] ?? 0, partBox[box + 2] ?? 0, partBox[box + 3] ?? 0)
    for (const partB of ascending(near)) {
      const partner = other.nameOf(other.owners[partB] ?? 0)
      if (partner < 0 || !wantsB(partner, feature)) continue
      partners.push(partner)
      // ground with itself: comparing every edge of a long boundary with every other would take for ever
      const isSame = stand.layer === other.layer && part === partB
      areasMm2.push(
        isSame
          ? 1e6 * partAreaM2(stand.layer, part)
          : overlapOfParts(stand.edges, part, partBox, other.edges, partB, other.layer.partBox),
      )
    }
  }
  return (feature, visit) => {
    partners.length = 0
    areasMm2.length = 0
    const [stand, standing] = a.find(feature)
    const { featureOff } = stand.layer
    for (let part = featureOff[standing] ?? 0; part < (featureOff[standing + 1] ?? 0); part += 1) {
      for (const other of b.all) measure(feature, stand, part, other)
    }
    emit(feature, partners, areasMm2, visit)
  }
}

/** Adds up the parts of each partner in the order in which they were measured, and visits partners in ascending order. */
function emit(feature: number, partners: readonly number[], areasMm2: readonly number[], visit: Visit): void {
  const order = inOrder(partners)
  for (let at = 0; at < partners.length;) {
    const partner = partners[order?.[at] ?? at] ?? 0
    let sumMm2 = 0
    for (; at < partners.length && partners[order?.[at] ?? at] === partner; at += 1) sumMm2 += areasMm2[order?.[at] ?? at] ?? 0
    if (sumMm2 / 1e6 > NOISE_M2) visit(feature, partner, sumMm2 / 1e6)
  }
}

/** A stable order that makes partners ascend; undefined where they do already, which is nearly always. */
function inOrder(partners: readonly number[]): number[] | undefined {
  for (let at = 1; at < partners.length; at += 1) {
    if ((partners[at] ?? 0) < (partners[at - 1] ?? 0)) {
      return [...partners.keys()].sort((one, other) => (partners[one] ?? 0) - (partners[other] ?? 0))
    }
  }
  return undefined
}

const FEW = 24

/** Sorts in place; the index returns a handful of parts in no particular order. */
export function ascending(values: number[]): number[] {
  if (values.length > FEW) return values.sort((one, other) => one - other)
  for (let at = 1; at < values.length; at += 1) {
    const value = values[at] ?? 0
    let to = at
    for (; to > 0 && (values[to - 1] ?? 0) > value; to -= 1) values[to] = values[to - 1] ?? 0
    values[to] = value
  }
  return values
}

/** For every feature of `layer`, the area in m² of it that lies in `zone`, whose features must not overlap each other. */
export function areasWithin(layer: LayerColumns, zone: LayerColumns, select: { a?: Select; b?: Select } = {}): Float64Array {
  const withinM2 = new Float64Array(layer.count)
  overlapAreas(
    layer,
    zone,
    (feature, _, areaM2) => {
      withinM2[feature] = (withinM2[feature] ?? 0) + areaM2
    },
    select,
  )
  return withinM2
}

/** Area of overlap of two polygon parts in mm²; rounding only, for valid rings. */
export const partOverlapMm2 = (a: LayerColumns, partA: number, b: LayerColumns, partB: number): number =>
  overlapOfParts(edgesOf(a), partA, a.partBox, edgesOf(b), partB, b.partBox)

/** Edges of one part that matter to a pair, moved to the pair's corner: leftX, rightX, leftY, slope, sign. */
class EdgeRun {
  static readonly STRIDE = 5
  values = new Float64Array(1024 * EdgeRun.STRIDE)
  length = 0

  reserve(edges: number): void {
    if (edges * EdgeRun.STRIDE > this.values.length) this.values = new Float64Array(2 * edges * EdgeRun.STRIDE)
  }
}

const runA = new EdgeRun()
const runB = new EdgeRun()

/** Area of overlap of two parts in mm², for callers that keep the edges of both layers at hand. */
export function overlapOfParts(
  edgesA: PartEdges,
  partA: number,
  boxA: Int32Array,
  edgesB: PartEdges,
  partB: number,
  boxB: Int32Array,
): number {
  const fromX = Math.max(boxA[4 * partA] ?? 0, boxB[4 * partB] ?? 0)
  const toX = Math.min(boxA[4 * partA + 2] ?? 0, boxB[4 * partB + 2] ?? 0)
  const bottomA = boxA[4 * partA + 1] ?? 0
  const bottomB = boxB[4 * partB + 1] ?? 0
  const top = Math.min(boxA[4 * partA + 3] ?? 0, boxB[4 * partB + 3] ?? 0)
  const fromY = Math.max(bottomA, bottomB)
  if (fromX >= toX || fromY >= top) return 0
  const whole = wholeOrNothing(edgesA, partA, boxA, edgesB, partB) ?? wholeOrNothing(edgesB, partB, boxB, edgesA, partA)
  if (whole !== undefined) return whole
  gather(edgesA, partA, runA, fromX, toX, fromY, bottomB, top)
  if (runA.length === 0) return 0
  gather(edgesB, partB, runB, fromX, toX, fromY, bottomA, top)
  return integrate(runA, runB, toX - fromX)
}

/**
 * Collects a part's edges within an x-range. Edges wholly below the other polygon's lowest point are left out: at every x the
 * signs of the other's edges cancel, so that they add nothing. Edges wholly above `top`, where one of the polygons ends, are
 * never the lower one: they are put there as level edges, and those that follow each other become one.
 */
function gather(
  edges: PartEdges,
  part: number,
  run: EdgeRun,
  fromX: number,
  toX: number,
  fromY: number,
  floor: number,
  top: number,
): void {
  const { ends, sign, blocks, groups } = edges
  const first = edges.offset[part] ?? 0
  const end = edges.offset[part + 1] ?? 0
  const block = edges.firstBlock[part] ?? -1
  const group = edges.firstGroup[part] ?? -1
  run.reserve(end - first)
  const { values } = run
  let at = 0
  /** Where a level edge above can be continued: its end that the boundary leaves by. */
  let level = NaN
  for (let edge = first; edge < end; edge += 1) {
    if (block >= 0 && (edge - first) % BLOCK === 0) {
      const place = (edge - first) / BLOCK
      const around = 4 * (group + place / GROUP)
      if (
        place % GROUP === 0 &&
        ((groups[around] ?? 0) >= toX || (groups[around + 1] ?? 0) <= fromX || (groups[around + 3] ?? 0) <= floor)
      ) {
        edge += BLOCK * GROUP - 1
        continue
      }
      const bounds = 4 * (block + place)
      if ((blocks[bounds] ?? 0) >= toX || (blocks[bounds + 1] ?? 0) <= fromX || (blocks[bounds + 3] ?? 0) <= floor) {
        edge += BLOCK - 1
        continue
      }
    }
    const leftX = ends[4 * edge] ?? 0
    const rightX = ends[4 * edge + 2] ?? 0
    if (rightX <= fromX || leftX >= toX) continue
    const leftY = ends[4 * edge + 1] ?? 0
    const rightY = ends[4 * edge + 3] ?? 0
    if (leftY <= floor && rightY <= floor) continue
    const isAbove = leftY >= top && rightY >= top
    const isTop = (sign[edge] ?? 0) > 0
    if (isAbove && level === (isTop ? rightX : leftX) && values[at - 1] === sign[edge]) {
      if (isTop) values[at - 5] = leftX - fromX
      else values[at - 4] = rightX - fromX
    } else {
      values[at] = leftX - fromX
      values[at + 1] = rightX - fromX
      values[at + 2] = (isAbove ? top : leftY) - fromY
      values[at + 3] = isAbove ? 0 : (rightY - leftY) / (rightX - leftX)
      values[at + 4] = sign[edge] ?? 0
      at += EdgeRun.STRIDE
    }
    level = isAbove ? (isTop ? leftX : rightX) : NaN
  }
  run.length = at / EdgeRun.STRIDE
}

/** Σ Σ signₐ · sign_b · ∫ min(yₐ, y_b) dx over 0 … width. */
function integrate(a: EdgeRun, b: EdgeRun, width: number): number {
  const left = a.values
  const right = b.values
  let twice = 0
  for (let i = 0; i < a.length * EdgeRun.STRIDE; i += EdgeRun.STRIDE) {
    const aLeft = left[i] ?? 0
    const aFrom = aLeft > 0 ? aLeft : 0
    const aRight = left[i + 1] ?? 0
    const aTo = aRight < width ? aRight : width
    const aY = left[i + 2] ?? 0
    const aSlope = left[i + 3] ?? 0
    let under = 0
    for (let j = 0; j < b.length * EdgeRun.STRIDE; j += EdgeRun.STRIDE) {
      const bLeft = right[j] ?? 0
      const bRight = right[j + 1] ?? 0
      const from = aFrom > bLeft ? aFrom : bLeft
      const to = aTo < bRight ? aTo : bRight
      if (from >= to) continue
      const bY = right[j + 2] ?? 0
      const bSlope = right[j + 3] ?? 0
      const aStart = aY + aSlope * (from - aLeft)
      const aEnd = aY + aSlope * (to - aLeft)
      const bStart = bY + bSlope * (from - bLeft)
      const bEnd = bY + bSlope * (to - bLeft)
      under += (right[j + 4] ?? 0) * twiceUnderLower(aStart, aEnd, bStart, bEnd) * (to - from)
    }
    twice += (left[i + 4] ?? 0) * under
  }
  return twice / 2
}

/** Twice the mean height of the lower of two straight lines; where they cross, of each side's lower one. */
function twiceUnderLower(aStart: number, aEnd: number, bStart: number, bEnd: number): number {
  const before = aStart - bStart
  const after = aEnd - bEnd
  if (before <= 0 && after <= 0) return aStart + aEnd
  if (before >= 0 && after >= 0) return bStart + bEnd
  const share = before / (before - after)
  const crossing = aStart + (aEnd - aStart) * share
  return before < 0
    ? (aStart + crossing) * share + (crossing + bEnd) * (1 - share)
    : (bStart + crossing) * share + (crossing + aEnd) * (1 - share)
}
