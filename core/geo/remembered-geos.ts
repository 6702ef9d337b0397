import type { LayerColumns } from './columns.ts'
import type { Geos } from './geos.ts'
import { shapeIds } from './shape-ids.ts'

/** Unions and buffers that are kept; a plan asks for a dozen. */
const MOST_KEPT = 48

interface Kept {
  /** What was united: the number of every shape, in order, then the distance and segments of a buffer. */
  key: Float64Array
  ground: LayerColumns
}

const known = new WeakMap<Geos, Geos>()

/**
 * The same library, which remembers the unions and buffers it was last asked for. Asked again for the same shapes (whatever layer
 * they stand in, whatever else was edited), it returns the very same ground, with everything that was derived from it.
 */
export function rememberedGeos(geos: Geos): Geos {
  const found = known.get(geos)
  if (found) return found
  let kept: Kept[] = []
  const remembered = (key: Float64Array, make: () => LayerColumns): LayerColumns => {
    const at = kept.findIndex((one) => isSame(one.key, key))
    const entry = kept[at] ?? { key, ground: make() }
    kept = [entry, ...kept.filter((one) => one !== entry)].slice(0, MOST_KEPT)
    return entry.ground
  }
  const wrapped: Geos = {
    ...geos,
    union: (layers, select = () => true) => remembered(keyOf(listed(layers), select, []), () => geos.union(layers, select)),
    bufferUnion: (layers, distanceM, quadrantSegments = 16) =>
      remembered(
        keyOf(listed(layers), () => true, [distanceM, quadrantSegments]),
        () => geos.bufferUnion(layers, distanceM, quadrantSegments),
      ),
  }
  known.set(geos, wrapped)
  known.set(wrapped, wrapped)
  return wrapped
}

const listed = (layers: LayerColumns | readonly LayerColumns[]): readonly LayerColumns[] =>
  Array.isArray(layers) ? (layers as readonly LayerColumns[]) : [layers as LayerColumns]

function keyOf(
  layers: readonly LayerColumns[],
  select: (feature: number, layer: LayerColumns) => boolean,
  rest: readonly number[],
): Float64Array {
  const key: number[] = [...rest]
  for (const layer of layers) {
    const ids = shapeIds(layer)
    for (let feature = 0; feature < layer.count; feature += 1) if (select(feature, layer)) key.push(ids[feature] ?? -1)
  }
  return Float64Array.from(key)
}

function isSame(one: Float64Array, other: Float64Array): boolean {
  if (one.length !== other.length) return false
  for (let at = 0; at < one.length; at += 1) if (one[at] !== other[at]) return false
  return true
}
