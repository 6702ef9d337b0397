import type { LayerColumns } from './columns.ts'
import { geometryOf, perGeometry, rootOf } from './edited.ts'

let next = 0
const contents = new WeakMap<object, Map<string, number>>()

/**
 * A number for the geometry of every feature: equal numbers mean equal geometry, for as long as this program runs. An edited layer
 * keeps the numbers of its root; edited features are named by their content, so that undoing an edit gives back the old number.
 * Keys what is derived from single features.
 */
export const shapeIds: (layer: LayerColumns) => Float64Array = perGeometry(
  (layer) => {
    const ids = Float64Array.from({ length: layer.count }, (_, feature) => next + feature)
    next += layer.count
    return ids
  },
  (ofEarlier, layer, { root, present, placeOf }) => {
    const ids = new Float64Array(layer.count)
    ids.set(ofEarlier)
    const first = geometryOf(rootOf(root))
    const known = contents.get(first) ?? new Map<string, number>()
    contents.set(first, known)
    for (const [feature, place] of placeOf) {
      const content = contentOf(present, place)
      const id = known.get(content) ?? next++
      known.set(content, id)
      ids[feature] = id
    }
    return ids
  },
)

/** The whole geometry of one feature as a text. */
function contentOf({ featureOff, partOff, ringOff, xy }: LayerColumns, feature: number): string {
  const parts: string[] = []
  for (let part = featureOff[feature] ?? 0; part < (featureOff[feature + 1] ?? 0); part += 1) {
    const rings: string[] = []
    for (let ring = partOff[part] ?? 0; ring < (partOff[part + 1] ?? 0); ring += 1) {
      rings.push(xy.subarray(2 * (ringOff[ring] ?? 0), 2 * (ringOff[ring + 1] ?? 0)).join())
    }
    parts.push(rings.join(';'))
  }
  return parts.join('|')
}
