import { perGeometry } from './edited.ts'
import type { LayerColumns } from './columns.ts'
import { areasM2, featureAreaM2 } from './measure.ts'

/**
 * Area of every feature in m², measured once for as long as the layer lives: folds over overlap tables read it again and again.
 * Of an edited layer only the edited features are measured anew. Read only.
 */
export const featureAreas: (layer: LayerColumns) => Float64Array = perGeometry(areasM2, (ofEarlier, layer, { placeOf }) => {
  const areaM2 = new Float64Array(layer.count)
  areaM2.set(ofEarlier)
  for (const feature of placeOf.keys()) areaM2[feature] = featureAreaM2(layer, feature)
  return areaM2
})

/** Sum of the areas of chosen features in m²; overlaps between features count twice. */
export function sumOfAreas(layer: LayerColumns, select?: (feature: number) => boolean): number {
  const areaM2 = featureAreas(layer)
  let sum = 0
  if (!select) {
    for (let feature = 0; feature < areaM2.length; feature += 1) sum += areaM2[feature] ?? 0
    return sum
  }
  for (let feature = 0; feature < layer.count; feature += 1) if (select(feature)) sum += areaM2[feature] ?? 0
  return sum
}
