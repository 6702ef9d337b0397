import type { LayerColumns } from './columns.ts'
import { partOverlapMm2 } from './overlay-area.ts'
import { featureOfPart, partsMeeting } from './prepared.ts'

const known = new WeakMap<LayerColumns, Map<number, readonly number[]>>()

/** Overlap that two features share when they only touch is rounding; below a square millimetre it is nothing. */
export const NOISE_MM2 = 1

/** The other features of the same polygon layer that cover some of a feature's ground; found when first asked for. */
export function overlapPartners(layer: LayerColumns, feature: number): readonly number[] {
  let partners = known.get(layer)
  if (partners === undefined) {
    partners = new Map()
    known.set(layer, partners)
  }
  let found = partners.get(feature)
  if (found === undefined) {
    found = findPartners(layer, feature)
    partners.set(feature, found)
  }
  return found
}

/** True when some two of these features cover the same ground. */
export function anyOverlap(layer: LayerColumns, features: ReadonlySet<number>): boolean {
  for (const feature of features) {
    for (const partner of overlapPartners(layer, feature)) if (features.has(partner)) return true
  }
  return false
}

function findPartners(layer: LayerColumns, feature: number): readonly number[] {
  const owners = featureOfPart(layer)
  const found = new Set<number>()
  for (let part = layer.featureOff[feature] ?? 0; part < (layer.featureOff[feature + 1] ?? 0); part += 1) {
    const { partBox } = layer
    const box = 4 * part
    for (const other of partsMeeting(
      layer,
      partBox[box] ?? 0,
      partBox[box + 1] ?? 0,
      partBox[box + 2] ?? 0,
      partBox[box + 3] ?? 0,
    )) {
      const owner = owners[other] ?? feature
      if (owner === feature || found.has(owner)) continue
      if (partOverlapMm2(layer, part, layer, other) > NOISE_MM2) found.add(owner)
    }
  }
  return [...found].toSorted((one, other) => one - other)
}
