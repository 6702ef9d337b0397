import type { LayerColumns } from './columns.ts'
import { editedOf, rememberEdit, type Edited } from './edited.ts'
import { splicedGeometry } from './splice.ts'

/** What a layer can be made of again, without holding its geometry: an edited one is spliced anew from its root. */
export interface SavedLayer {
  /** The layer with the same content; one of `now` may have the same geometry still. */
  restored(now: readonly LayerColumns[]): LayerColumns
}

/** Keeps a layer for a later return to it: what is derived from an edited layer may be forgotten in the meantime. */
export function savedLayer(layer: LayerColumns): SavedLayer {
  const edited = editedOf(layer)
  return edited ? respliced({ ...layer, ...NOWHERE }, edited) : { restored: () => layer }
}

/** A function of its own: closures hold everything of the function that made them, here the layer that is to be let go. */
const respliced = (bare: LayerColumns, edited: Edited): SavedLayer => ({
  restored(now) {
    const same = edited.placeOf.size === 0 ? edited.root : now.find((one) => editedOf(one) === edited)
    const again = { ...bare, ...(same ? geometryIn(same) : splicedGeometry(edited, bare.count)) }
    rememberEdit(again, edited)
    return again
  },
})

const geometryIn = ({ xy, ringOff, partOff, featureOff, partBox }: LayerColumns) => ({
  xy,
  ringOff,
  partOff,
  featureOff,
  partBox,
})

const NOWHERE = {
  xy: new Int32Array(0),
  ringOff: new Uint32Array(0),
  partOff: new Uint32Array(0),
  featureOff: new Uint32Array(0),
  partBox: new Int32Array(0),
}
