import type { LayerColumns } from '../../geo/columns.ts'
import type { EvidenceFeature } from '../../model/measurement.ts'
import type { Mark } from '../../review/mark.ts'

/** minX, minY, maxX, maxY in metres of the plan's frame. */
export type BoxM = readonly [number, number, number, number]

export const middleOf = ([minX, minY, maxX, maxY]: BoxM): [number, number] => [(minX + maxX) / 2, (minY + maxY) / 2]

const grown = (box: BoxM | null, [minX, minY, maxX, maxY]: BoxM): BoxM =>
  box === null
    ? [minX, minY, maxX, maxY]
    : [Math.min(box[0], minX), Math.min(box[1], minY), Math.max(box[2], maxX), Math.max(box[3], maxY)]

/** What one feature covers; null where it has no shape. */
export function featureBox({ featureOff, partBox }: LayerColumns, feature: number): BoxM | null {
  let box: BoxM | null = null
  for (let part = featureOff[feature] ?? 0; part < (featureOff[feature + 1] ?? 0); part++) {
    const [minX = 0, minY = 0, maxX = 0, maxY = 0] = partBox.subarray(4 * part, 4 * part + 4)
    box = grown(box, [minX / 1000, minY / 1000, maxX / 1000, maxY / 1000])
  }
  return box
}

/** Finds where features lie, by role and feature id; each layer is read through once, however many are asked for. */
export function featureBoxes(layers: readonly LayerColumns[], wanted: readonly EvidenceFeature[]): Map<string, BoxM> {
  const boxes = new Map<string, BoxM>()
  const byRole = Map.groupBy(wanted, ({ layer }) => layer)
  for (const layer of layers) {
    const fids = new Set(byRole.get(layer.role)?.map(({ fid }) => fid))
    if (fids.size === 0) continue
    for (let feature = 0; feature < layer.count; feature++) {
      const fid = layer.fid[feature] ?? Number.NaN
      const box = fids.has(fid) ? featureBox(layer, feature) : null
      if (box !== null) boxes.set(placeKey(layer.role, fid), box)
    }
  }
  return boxes
}

const placeKey = (layer: string, fid: number): string => `${layer} ${fid}`

/** Where a finding is: its drawing and the features that it names; null where it has neither. */
export function findingBox(
  { mark, evidence }: { mark?: Mark; evidence: readonly EvidenceFeature[] },
  boxes: ReadonlyMap<string, BoxM>,
): BoxM | null {
  let box: BoxM | null = null
  for (let at = 0; at + 1 < (mark?.xyM.length ?? 0); at += 2) {
    const [x = 0, y = 0] = mark?.xyM.slice(at, at + 2) ?? []
    box = grown(box, [x, y, x, y])
  }
  for (const { layer, fid } of evidence) {
    const own = boxes.get(placeKey(layer, fid))
    if (own) box = grown(box, own)
  }
  return box
}

/** Whether a place lies in an area: even and odd crossings over all its rings, holes too. */
export function covers(layer: LayerColumns, feature: number, [xM, yM]: readonly [number, number]): boolean {
  const { featureOff, partOff, ringOff, xy } = layer
  const [x, y] = [xM * 1000, yM * 1000]
  let isInside = false
  const [first, last] = [featureOff[feature] ?? 0, featureOff[feature + 1] ?? 0]
  for (let ring = partOff[first] ?? 0; ring < (partOff[last] ?? 0); ring++)
    for (let at = ringOff[ring] ?? 0; at + 1 < (ringOff[ring + 1] ?? 0); at++) {
      const [fromX = 0, fromY = 0, toX = 0, toY = 0] = xy.subarray(2 * at, 2 * at + 4)
      if (fromY > y !== toY > y && x < ((toX - fromX) * (y - fromY)) / (toY - fromY) + fromX) isInside = !isInside
    }
  return isInside
}

/**
 * Areas of a layer that share two corners with one of them and lie beside it, by index, in the layer's order. What holds it or lies in it
 * (districts of a city, units of a district) is no neighbour.
 */
export function neighboursOf(layer: LayerColumns, feature: number): number[] {
  const own = featureBox(layer, feature)
  if (own === null) return []
  const corners = cornersOf(layer, feature)
  const near: number[] = []
  for (let other = 0; other < layer.count; other++) {
    const box = other === feature ? null : featureBox(layer, other)
    if (box === null || box[0] > own[2] || box[2] < own[0] || box[1] > own[3] || box[3] < own[1]) continue
    const others = cornersOf(layer, other)
    const shared = [...others.keys()].filter((key) => corners.has(key)).length
    if (shared >= 2 && !isIn(layer, feature, corners, others) && !isIn(layer, other, others, corners)) near.push(other)
  }
  return near
}

type Corners = ReadonlyMap<string, readonly [number, number]>

/** Whether most of an area's own corners lie in another area; one without own corners is the same, or a part of it. */
function isIn(layer: LayerColumns, outer: number, outerCorners: Corners, inner: Corners): boolean {
  const own = [...inner].filter(([key]) => !outerCorners.has(key)).slice(0, MOST_TRIED)
  return own.filter(([, corner]) => covers(layer, outer, corner)).length * 2 >= own.length
}

const MOST_TRIED = 9

/** The corners of an area, metres, each once. */
function cornersOf({ featureOff, partOff, ringOff, xy }: LayerColumns, feature: number): Corners {
  const corners = new Map<string, readonly [number, number]>()
  const [first, last] = [partOff[featureOff[feature] ?? 0] ?? 0, partOff[featureOff[feature + 1] ?? 0] ?? 0]
  for (let at = ringOff[first] ?? 0; at < (ringOff[last] ?? 0); at++) {
    const [x = 0, y = 0] = xy.subarray(2 * at, 2 * at + 2)
    corners.set(`${x} ${y}`, [x / 1000, y / 1000])
  }
  return corners
}
