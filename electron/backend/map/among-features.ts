import { hasFeature, sameFeatures, type FeatureSet } from '#core/attributes/feature-set.ts'
import type { LayerColumns } from '#core/geo/columns.ts'
import { HIDDEN_CLASS } from '#core/tiles/cells.ts'

/** Selections kept: that of each layer on screen, and those before. */
const KEEP = 8

interface Kept {
  classOf: Uint16Array
  among: FeatureSet
  classes: Uint16Array
}

/** The classes of a layer with every feature marked hidden that is not among some; all tiles of a selection ask for the same. */
export class AmongFeatures {
  #kept: Kept[] = []

  classesAmong(columns: LayerColumns, classOf: Uint16Array, among: FeatureSet): Uint16Array {
    const known = this.#kept.find((one) => one.classOf === classOf && sameFeatures(one.among, among))
    const { fid } = columns
    const classes =
      known?.classes ?? classOf.map((classIndex, feature) => (hasFeature(among, fid[feature] ?? -1) ? classIndex : HIDDEN_CLASS))
    const now = known ?? { classOf, among, classes }
    this.#kept = [now, ...this.#kept.filter((one) => one !== now)].slice(0, KEEP)
    return classes
  }
}

/** The box around some features of a layer in metres; null where none of them is there. */
export function boxOf(columns: LayerColumns, features: FeatureSet): [number, number, number, number] | null {
  const { fid, featureOff, partBox } = columns
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let feature = 0; feature < columns.count; feature++) {
    if (!hasFeature(features, fid[feature] ?? -1)) continue
    for (let part = featureOff[feature] ?? 0; part < (featureOff[feature + 1] ?? 0); part++) {
      minX = Math.min(minX, partBox[4 * part] ?? Infinity)
      minY = Math.min(minY, partBox[4 * part + 1] ?? Infinity)
      maxX = Math.max(maxX, partBox[4 * part + 2] ?? -Infinity)
      maxY = Math.max(maxY, partBox[4 * part + 3] ?? -Infinity)
    }
  }
  return minX > maxX ? null : [minX / 1000, minY / 1000, maxX / 1000, maxY / 1000]
}
