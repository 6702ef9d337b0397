import Flatbush from 'flatbush'
import type { LayerColumns } from './columns.ts'
import { editedOf, perGeometry, type Edited } from './edited.ts'
import { partEdges, type PartEdges } from './edges.ts'

/** The edges of a polygon layer, computed once. Kernels that know edited layers ask for those of their root instead. */
export const edgesOf = perGeometry(partEdges)

/** The feature that each part belongs to. */
export const featureOfPart = perGeometry((layer): Uint32Array => {
  const owners = new Uint32Array(new SharedArrayBuffer(4 * (layer.partOff.length - 1)))
  for (let feature = 0; feature < layer.count; feature += 1) {
    owners.fill(feature, layer.featureOff[feature], layer.featureOff[feature + 1])
  }
  return owners
})

const indexOf = perGeometry(buildIndex)

/** What the area kernel reads of a layer, in shared memory: made once, read by every worker. */
export interface SharedGround {
  edges: PartEdges
  owners: Uint32Array
  /** Null for a layer without parts; absent where nobody will search the layer. */
  index?: ArrayBufferLike | null
}

export const shareGround = (layer: LayerColumns, isSearched = true): SharedGround => ({
  edges: edgesOf(layer),
  owners: featureOfPart(layer),
  ...(isSearched ? { index: indexOf(layer)?.data ?? null } : {}),
})

/** Takes over what another worker has prepared for the same layer. */
export function adoptGround(layer: LayerColumns, { edges, owners, index }: SharedGround): void {
  edgesOf.keep(layer, edges)
  featureOfPart.keep(layer, owners)
  if (index !== undefined) indexOf.keep(layer, index && Flatbush.from(index))
}

/**
 * Parts whose boxes meet a box (millimetres), touching included, in no particular order. An edited layer is searched through its
 * root's index, so that an edit never costs a new one.
 */
export function partsMeeting(layer: LayerColumns, minX: number, minY: number, maxX: number, maxY: number): number[] {
  const edited = editedOf(layer)
  if (!edited) return indexOf(layer)?.search(minX, minY, maxX, maxY) ?? []
  const { root, present, placeOf } = edited
  const owners = featureOfPart(root)
  const near: number[] = []
  for (const part of indexOf(root)?.search(minX, minY, maxX, maxY) ?? []) {
    const owner = owners[part] ?? 0
    if (!placeOf.has(owner)) near.push((layer.featureOff[owner] ?? 0) + part - (root.featureOff[owner] ?? 0))
  }
  const names = editedNames(layer)
  const presentOwners = featureOfPart(present)
  for (const part of indexOf(present)?.search(minX, minY, maxX, maxY) ?? []) {
    const place = presentOwners[part] ?? 0
    near.push((layer.featureOff[names[place] ?? 0] ?? 0) + part - (present.featureOff[place] ?? 0))
  }
  return near
}

/** The edited features in the order of the small layer that holds their geometry. */
export const editedNames: (layer: LayerColumns) => number[] = perGeometry((layer) => [...(editedOf(layer)?.placeOf.keys() ?? [])])

/** Features whose box meets an edited feature's, as it was or as it is; ascending. */
export function meetingEdited(a: LayerColumns, { root, present, placeOf }: Edited): number[] {
  const met = new Set<number>()
  const meet = (layer: LayerColumns, feature: number) => {
    for (let part = layer.featureOff[feature] ?? 0; part < (layer.featureOff[feature + 1] ?? 0); part += 1) {
      const [minX = 0, minY = 0, maxX = 0, maxY = 0] = layer.partBox.subarray(4 * part, 4 * part + 4)
      forOwnersMeeting(a, [minX, minY, maxX, maxY], (owner) => void met.add(owner))
    }
  }
  for (const [feature, place] of placeOf) {
    if (feature < root.count) meet(root, feature)
    meet(present, place)
  }
  return [...met].sort((one, other) => one - other)
}

/** Visits the features with a part whose box meets a box, some more than once; without numbering the parts of an edited layer anew. */
function forOwnersMeeting(
  layer: LayerColumns,
  box: readonly [number, number, number, number],
  visit: (owner: number) => void,
): void {
  const edited = editedOf(layer)
  const root = edited?.root ?? layer
  const owners = featureOfPart(root)
  for (const part of indexOf(root)?.search(...box) ?? []) {
    const owner = owners[part] ?? 0
    if (!edited?.placeOf.has(owner)) visit(owner)
  }
  if (!edited) return
  const names = editedNames(layer)
  const presentOwners = featureOfPart(edited.present)
  for (const part of indexOf(edited.present)?.search(...box) ?? []) visit(names[presentOwners[part] ?? 0] ?? 0)
}

/** Null for a layer without parts: the index cannot be empty. */
function buildIndex(layer: LayerColumns): Flatbush | null {
  const parts = layer.partOff.length - 1
  if (parts === 0) return null
  const index = new Flatbush(parts, 16, Int32Array, SharedArrayBuffer)
  for (let part = 0; part < parts; part += 1) {
    const box = 4 * part
    index.add(layer.partBox[box] ?? 0, layer.partBox[box + 1] ?? 0, layer.partBox[box + 2] ?? 0, layer.partBox[box + 3] ?? 0)
  }
  index.finish()
  return index
}
