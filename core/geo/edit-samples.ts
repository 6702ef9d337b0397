import fc from 'fast-check'
import { layerFromSketches } from './build.ts'
import type { LayerColumns } from './columns.ts'
import type { LayerEdit } from './edit-layer.ts'
import { box } from './sketch.ts'

/* Random parcels and random edits of them, for property tests. Whole metres on a small ground make shared edges and overlaps likely. */

const side = fc.integer({ min: 1, max: 20 })
const place = fc.nat(40)
const CLASSES = ['0101', '0301', '0701', '0801', '0901', '1001', '1207', '1401', '1701', '16', null] as const
export const landClass = fc.constantFrom(...CLASSES)

const rectangle = fc.tuple(place, place, side, side)
export const parcelLayer: fc.Arbitrary<LayerColumns> = fc
  .array(fc.tuple(rectangle, landClass), { minLength: 1, maxLength: 12 })
  .map((list) =>
    layerFromSketches(
      'landuse_plan',
      list.map(([at, code]) => ({ polygon: [box(...at)], attributes: { class: code } })),
    ),
  )

/** One or two parts: a rectangle or a triangle each. */
const parts = fc.array(fc.tuple(rectangle, fc.boolean()), { minLength: 1, maxLength: 2 }).map((list) =>
  list.map(([[x, y, width, height], isTriangle]) => {
    const ring = box(x, y, width, height)
    return [(isTriangle ? ring.slice(0, 3) : ring).flat()]
  }),
)

/** Edits of a layer that has at least one feature: asked with the number of features of the layer before the first of them. */
export const layerEdits: fc.Arbitrary<(count: number) => LayerEdit[]> = fc
  .array(
    fc.record({
      kind: fc.constantFrom('geometry', 'attributes', 'add', 'delete', 'geometry'),
      feature: fc.nat(1000),
      parts,
      code: landClass,
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map(
    (list) => (count: number) =>
      list.map(({ kind, feature, parts: shape, code }): LayerEdit => {
        const at = feature % count
        if (kind === 'add') return { kind, parts: shape, attributes: { class: code } }
        if (kind === 'geometry') return { kind, feature: at, parts: shape }
        return kind === 'delete' ? { kind, feature: at } : { kind: 'attributes', feature: at, attributes: { class: code } }
      }),
  )

/** The same content without a past: nothing that was derived from the original is known of it. */
export function freshCopy(layer: LayerColumns): LayerColumns {
  const { xy, ringOff, partOff, featureOff, partBox, fid } = layer
  return {
    ...layer,
    xy: xy.slice(),
    ringOff: ringOff.slice(),
    partOff: partOff.slice(),
    featureOff: featureOff.slice(),
    partBox: partBox.slice(),
    fid: fid.slice(),
  }
}
