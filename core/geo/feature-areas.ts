import type { LayerColumns } from './columns.ts'
import { areasM2 } from './measure.ts'

const known = new WeakMap<LayerColumns, Float64Array>()

/**
 * Area of every feature in m², measured once for as long as the layer lives: folds over overlap tables read it again and again.
 * Read only.
 */
export function featureAreas(layer: LayerColumns): Float64Array {
  const found = known.get(layer)
  if (found) return found
  const areaM2 = areasM2(layer)
  known.set(layer, areaM2)
  return areaM2
}

/** Hands in areas that are known already, for example those of an edited layer: all but the edited feature's are the old ones. */
export const keepFeatureAreas = (layer: LayerColumns, areaM2: Float64Array): void => void known.set(layer, areaM2)

/** Sum of the areas of chosen features in m²; overlaps between features count twice. */
export function sumOfAreas(layer: LayerColumns, select: (feature: number) => boolean): number {
  const areaM2 = featureAreas(layer)
  let sum = 0
  for (let feature = 0; feature < layer.count; feature += 1) if (select(feature)) sum += areaM2[feature] ?? 0
  return sum
}
