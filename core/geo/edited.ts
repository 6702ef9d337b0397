import type { LayerColumns } from './columns.ts'

/**
 * Where an edited layer comes from. Feature f of it has the geometry of feature f of `root`, unless `placeOf` names it: then it has
 * the geometry of feature `placeOf(f)` of `present`. Features that were added have no counterpart in the root at all.
 */
export interface Edited {
  /** The layer before the first edit. */
  root: LayerColumns
  /** A small layer with the present geometry of what was edited, in ascending order of features, without attributes. */
  present: LayerColumns
  placeOf: ReadonlyMap<number, number>
}

const edits = new WeakMap<LayerColumns, Edited>()

/** How a layer was edited, or undefined for one that never was. */
export const editedOf = (layer: LayerColumns): Edited | undefined => edits.get(layer)

/** The layer before the first edit; itself when there was none. Keys what is kept over edits. */
export const rootOf = (layer: LayerColumns): LayerColumns => edits.get(layer)?.root ?? layer

/** Says that a layer is an edit of another: everything that is derived from it may be patched from now on. */
export const rememberEdit = (layer: LayerColumns, edited: Edited): void => void edits.set(layer, edited)

/** The last edit of a layer alone. */
interface Step extends Omit<Edited, 'root'> {
  /** Let go with whatever else of the earlier state is no longer wanted. */
  from: WeakRef<LayerColumns>
}

const steps = new WeakMap<LayerColumns, Step>()

/** Says which edit made a layer of the one before it, which may be an edit itself. */
export const rememberStep = (layer: LayerColumns, { root, ...step }: Edited): void =>
  void steps.set(layer, { ...step, from: new WeakRef(root) })

/**
 * How a layer differs from the one before its last edit, which stands as `root`: what is derived from that one needs fewer patches than what
 * is derived from the first. Undefined where that one is gone, or was the first.
 */
export function lastStepOf(layer: LayerColumns): Edited | undefined {
  const step = steps.get(layer)
  const root = step?.from.deref()
  return step && root && { root, present: step.present, placeOf: step.placeOf }
}

/** Ascending indices of features whose geometry is not the root's; none for a layer without edits. */
export const editedFeatures = (layer: LayerColumns): number[] => [...(edits.get(layer)?.placeOf.keys() ?? [])]

/** Whether a feature has a geometry; one that was deleted keeps its index, but has none and counts for nothing. */
export const hasShape = (layer: LayerColumns, feature: number): boolean =>
  (layer.featureOff[feature + 1] ?? 0) > (layer.featureOff[feature] ?? 0)

const geometries = new WeakMap<Int32Array, WeakMap<Uint32Array, object>>()

/** Names a geometry: the same object for layers that differ in their attributes only. Keys what is derived from geometry. */
export function geometryOf({ xy, featureOff }: LayerColumns): object {
  const ofXy = geometries.get(xy) ?? new WeakMap<Uint32Array, object>()
  geometries.set(xy, ofXy)
  const known = ofXy.get(featureOff) ?? {}
  ofXy.set(featureOff, known)
  return known
}

/**
 * A value derived from one layer's geometry, computed once for as long as that geometry lives. Of an edited layer it is `patch`ed
 * instead: from the value of the layer before its last edit where that is at hand, else from the root's. A patched value must equal a
 * computed one bit by bit, whichever layer it is patched from.
 */
export function perGeometry<T>(
  compute: (layer: LayerColumns) => T,
  patch?: (ofEarlier: T, layer: LayerColumns, edited: Edited) => T,
): ((layer: LayerColumns) => T) & { keep: (layer: LayerColumns, value: T) => void } {
  const known = new WeakMap<object, { value: T }>()
  const valueOf = (layer: LayerColumns): T => {
    const key = geometryOf(layer)
    const found = known.get(key)
    if (found) return found.value
    const value = (patch && patched(layer, patch)) ?? { value: compute(layer) }
    known.set(key, value)
    return value.value
  }
  const patched = (layer: LayerColumns, by: NonNullable<typeof patch>): { value: T } | undefined => {
    const step = lastStepOf(layer)
    const before = step && known.get(geometryOf(step.root))
    if (step && before) return { value: by(before.value, layer, step) }
    const edited = edits.get(layer)
    return edited && { value: by(valueOf(edited.root), layer, edited) }
  }
  return Object.assign(valueOf, { keep: (layer: LayerColumns, value: T) => void known.set(geometryOf(layer), { value }) })
}

/** How many features of a layer have a geometry. */
export const shapeCount: (layer: LayerColumns) => number = perGeometry((layer) => {
  let shapes = 0
  for (let feature = 0; feature < layer.count; feature += 1) if (hasShape(layer, feature)) shapes += 1
  return shapes
})

/** A value derived from two layers with their attributes; computed once for as long as both live. */
export function perLayers<T>(
  compute: (one: LayerColumns, other: LayerColumns) => T,
): (one: LayerColumns, other: LayerColumns) => T {
  const known = new WeakMap<LayerColumns, WeakMap<LayerColumns, { value: T }>>()
  return (one, other) => {
    const ofOne = known.get(one) ?? new WeakMap<LayerColumns, { value: T }>()
    known.set(one, ofOne)
    const found = ofOne.get(other) ?? { value: compute(one, other) }
    ofOne.set(other, found)
    return found.value
  }
}

/** A value derived from everything a layer holds, attributes too; computed once for as long as the layer lives. */
export function perLayer<T>(compute: (layer: LayerColumns) => T): (layer: LayerColumns) => T {
  const known = new WeakMap<LayerColumns, { value: T }>()
  return (layer) => {
    const found = known.get(layer) ?? { value: compute(layer) }
    known.set(layer, found)
    return found.value
  }
}
