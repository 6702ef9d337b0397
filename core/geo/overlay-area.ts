import type { LayerColumns } from './columns.ts'
import { editedOf } from './edited.ts'
import { partAreaM2 } from './measure.ts'
import type { PartEdges } from './edges.ts'
import { overlapOfParts } from './pair-area.ts'
import { edgesOf, featureOfPart, partsMeeting } from './prepared.ts'

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
