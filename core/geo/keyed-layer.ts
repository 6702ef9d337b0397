import { layerBuilder, type Parts } from './build.ts'
import type { LayerColumns } from './columns.ts'
import { editLayer, partsOf, type LayerEdit } from './edit-layer.ts'
import { geometryOf, rootOf } from './edited.ts'
import { shapeIds } from './shape-ids.ts'

/** What a derived layer is made of: one feature per key, whose geometry depends on nothing but the key. */
export interface KeyedFeatures<K> {
  /** One per feature; equal keys mean equal geometry. */
  keys: ArrayLike<K>
  /** Geometry in millimetres: parts → rings → x,y,x,y…; no parts for a feature that is not there. */
  partsOf: (feature: number) => Parts
}

interface Kept {
  keys: ArrayLike<unknown>
  layer: LayerColumns
}

const slots = new WeakMap<object, Map<string, Kept>>()

/**
 * A layer derived feature by feature from another (`source`), kept under a name for as long as the source's root lives. Asked for
 * again after an edit, only features with another key are made anew, and the result is an edit of the earlier one: areas and overlap
 * tables of it are patched like those of any edited layer. The content never depends on what was kept.
 */
export function keyedLayer<K>(source: LayerColumns, slot: string, features: KeyedFeatures<K>): LayerColumns {
  const owner = geometryOf(rootOf(source))
  const ofOwner = slots.get(owner) ?? new Map<string, Kept>()
  slots.set(owner, ofOwner)
  const before = ofOwner.get(slot)
  const keys = features.keys
  const layer = before && before.keys.length <= keys.length ? brought(before, features) : built(source, slot, features)
  ofOwner.set(slot, { keys, layer })
  return layer
}

/** The kept layer with the features whose keys have changed; itself where none has. */
function brought<K>({ keys: old, layer }: Kept, { keys, partsOf: shapeOf }: KeyedFeatures<K>): LayerColumns {
  const edits: LayerEdit[] = []
  for (let feature = 0; feature < keys.length; feature += 1) {
    if (feature < old.length && old[feature] === keys[feature]) continue
    const parts = inMetres(shapeOf(feature))
    edits.push(feature < old.length ? { kind: 'geometry', feature, parts } : { kind: 'add', parts, attributes: {} })
  }
  return edits.length === 0 ? layer : editLayer(layer, edits)
}

function built<K>(source: LayerColumns, slot: string, features: KeyedFeatures<K>): LayerColumns {
  const builder = layerBuilder({ role: source.role, name: slot, kind: 'polygon', frame: source.frame }, {}, 0.001)
  for (let feature = 0; feature < features.keys.length; feature += 1) builder.add(feature + 1, features.partsOf(feature), {})
  return builder.finish('')
}

/** Whole millimetres survive the way through metres: the quotient is rounded back. */
const inMetres = (parts: Parts): Parts => parts.map((part) => part.map((ring) => Array.from(ring, (value) => value / 1000)))

/** The key of what was not chosen. */
const NOTHING = -1

const chosenOf = new WeakMap<LayerColumns, Map<string, LayerColumns>>()

/**
 * The chosen features of a polygon layer with their indices; the others are there without geometry. Tables of it cost only what
 * the chosen ones cost, and a choice that changes (a parcel gets another class) is an edit of it. `slot` names the choice: asked
 * twice for the same layer under the same name, the first answer is given again.
 */
export function chosenLayer(layer: LayerColumns, slot: string, isChosen: (feature: number) => boolean): LayerColumns {
  const ofLayer = chosenOf.get(layer) ?? new Map<string, LayerColumns>()
  chosenOf.set(layer, ofLayer)
  const found = ofLayer.get(slot)
  if (found) return found
  const ids = shapeIds(layer)
  const keys = new Float64Array(layer.count)
  for (let feature = 0; feature < keys.length; feature += 1) {
    keys[feature] = isChosen(feature) ? (ids[feature] ?? NOTHING) : NOTHING
  }
  const chosen = keyedLayer(layer, `chosen: ${slot}`, {
    keys,
    partsOf: (feature) => (keys[feature] === NOTHING ? [] : partsOf(layer, feature)),
  })
  ofLayer.set(slot, chosen)
  return chosen
}
