import Flatbush from 'flatbush'
import type { LayerColumns } from './columns.ts'
import { partEdges, type PartEdges } from './edges.ts'

/** What the kernels derive from a layer, kept for as long as the layer itself lives. */
interface Prepared {
  edges?: PartEdges
  index?: Flatbush | null
  featureOfPart?: Uint32Array
}

const known = new WeakMap<LayerColumns, Prepared>()

function preparedOf(layer: LayerColumns): Prepared {
  const prepared = known.get(layer) ?? {}
  known.set(layer, prepared)
  return prepared
}

/** The edges of a polygon layer, computed once. */
export function edgesOf(layer: LayerColumns): PartEdges {
  const prepared = preparedOf(layer)
  return (prepared.edges ??= partEdges(layer))
}

/** The feature that each part belongs to. */
export function featureOfPart(layer: LayerColumns): Uint32Array {
  const prepared = preparedOf(layer)
  if (prepared.featureOfPart) return prepared.featureOfPart
  const owners = new Uint32Array(layer.partOff.length - 1)
  for (let feature = 0; feature < layer.count; feature += 1) {
    owners.fill(feature, layer.featureOff[feature], layer.featureOff[feature + 1])
  }
  return (prepared.featureOfPart = owners)
}

/** Parts whose boxes meet a box (millimetres), touching included. */
export function partsMeeting(layer: LayerColumns, minX: number, minY: number, maxX: number, maxY: number): number[] {
  const prepared = preparedOf(layer)
  prepared.index ??= buildIndex(layer)
  return prepared.index?.search(minX, minY, maxX, maxY) ?? []
}

/** Null for a layer without parts: the index cannot be empty. */
function buildIndex(layer: LayerColumns): Flatbush | null {
  const parts = layer.partOff.length - 1
  if (parts === 0) return null
  const index = new Flatbush(parts, 16, Int32Array)
  for (let part = 0; part < parts; part += 1) {
    const [minX = 0, minY = 0, maxX = 0, maxY = 0] = layer.partBox.subarray(4 * part, 4 * part + 4)
    index.add(minX, minY, maxX, maxY)
  }
  index.finish()
  return index
}
