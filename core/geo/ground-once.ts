import type { Parts } from './build.ts'
import type { LayerColumns } from './columns.ts'
import { partsOf } from './edit-layer.ts'
import type { Geos } from './geos.ts'
import { keyedLayer } from './keyed-layer.ts'
import { earlierOverlaps } from './overlap-table.ts'
import { shapeIds } from './shape-ids.ts'

/**
 * The ground of a polygon layer with overlaps counted once, feature by feature: every feature without what earlier ones cover.
 * Serves as a zone where a layer that should be disjoint is not. Only features that really overlap are cut, each with its own
 * neighbours, so that an edit cuts a few of them anew.
 */
export function groundOnce(geos: Geos, layer: LayerColumns): LayerColumns {
  const ids = shapeIds(layer)
  const { offset, partner } = earlierOverlaps(layer)
  const earlier = (feature: number) => partner.subarray(offset[feature], offset[feature + 1])
  const keys = Array.from({ length: layer.count }, (_, feature): number | string => {
    const own = ids[feature] ?? 0
    return offset[feature] === offset[feature + 1] ? own : [own, ...Array.from(earlier(feature), (of) => ids[of] ?? of)].join()
  })
  return keyedLayer(layer, 'ground once', {
    keys,
    partsOf: (feature): Parts => {
      if (typeof keys[feature] === 'number') return partsOf(layer, feature)
      const cut = geos.clip(
        'difference',
        layer,
        partNumbers(layer, feature),
        layer,
        [...earlier(feature)].flatMap((of) => partNumbers(layer, of)),
      )
      if (cut === null) throw new Error(`feature ${feature} of ${layer.name} could not be cut`)
      return cut
    },
  })
}

const partNumbers = ({ featureOff }: LayerColumns, feature: number): number[] => {
  const first = featureOff[feature] ?? 0
  return Array.from({ length: (featureOff[feature + 1] ?? 0) - first }, (_, part) => first + part)
}
