import type { MapLayer } from '../contract/map-data.ts'
import type { LayerId } from '../model/ids.ts'
import { without } from '../without.ts'
import { LAYER_GROUPS, layerGroupOf, type LayerGroup } from './layer-groups.ts'
import { outOfScale, scaleOf, type LayerLook, type MapLook } from './look.ts'

type Placed = Pick<MapLayer, 'id' | 'role' | 'order' | 'visible'>

/** A group with its layers, the topmost first. */
export interface TreeGroup<T extends Placed = MapLayer> {
  group: LayerGroup
  layers: T[]
}

const place = (order: readonly string[], id: string, usual: number): number => {
  const at = order.indexOf(id)
  return at < 0 ? usual : at
}

/** Sorts as `order` says; what it does not name keeps its usual place among its usual neighbours. */
function arranged<T>(things: readonly T[], idOf: (thing: T) => string, order: readonly string[]): T[] {
  if (order.length === 0) return [...things]
  const named = things.filter((thing) => order.includes(idOf(thing)))
  const wanted = named.toSorted((a, b) => place(order, idOf(a), 0) - place(order, idOf(b), 0))
  let next = 0
  return things.map((thing) => (order.includes(idOf(thing)) ? (wanted[next++] ?? thing) : thing))
}

/** The layers of a map as a tree: groups from top to bottom, without those that have no layer. */
export function layerTree<T extends Placed>(layers: readonly T[], look: Pick<MapLook, 'groups' | 'order'>): TreeGroup<T>[] {
  const usual = LAYER_GROUPS.map((group) => ({
    group,
    layers: arranged(
      layers.filter(({ role }) => layerGroupOf(role) === group.id).toSorted((a, b) => b.order - a.order),
      ({ id }) => id,
      look.order,
    ),
  })).filter(({ layers: own }) => own.length > 0)
  return arranged(usual, ({ group }) => group.id, look.groups)
}

/** Layers from bottom to top, as the map draws them. */
export const drawOrder = (layers: readonly Placed[], look: Pick<MapLook, 'groups' | 'order'>): LayerId[] =>
  layerTree(layers, look)
    .flatMap(({ layers: own }) => own.map(({ id }) => id))
    .toReversed()

const withMoved = (ids: readonly string[], id: string, to: number): string[] => {
  const rest = ids.filter((other) => other !== id)
  return [...rest.slice(0, to), id, ...rest.slice(to)]
}

/** Puts a layer at a place of its own group, counted from 0 at the top; beyond the ends is the end. */
export function moveLayer(layers: readonly Placed[], look: MapLook, id: LayerId, to: number): MapLook {
  const tree = layerTree(layers, look)
  const own = tree.find((group) => group.layers.some((layer) => layer.id === id))
  if (own === undefined) return look
  const ids = own.layers.map((layer) => layer.id)
  const moved = withMoved(ids, id, Math.max(0, Math.min(ids.length - 1, to)))
  return { ...look, order: [...look.order.filter((other) => !moved.includes(other)), ...moved] }
}

/** Puts a group at a place among the groups that the map has, counted from 0 at the top. */
export function moveGroup(layers: readonly Placed[], look: MapLook, id: string, to: number): MapLook {
  const ids = layerTree(layers, look).map(({ group }) => group.id)
  if (!ids.includes(id)) return look
  return { ...look, groups: withMoved(ids, id, Math.max(0, Math.min(ids.length - 1, to))) }
}

/** Whether a layer is switched on: as the person said, else as the styles say. */
export const isSwitchedOn = ({ id, visible }: Pick<Placed, 'id' | 'visible'>, look: Pick<MapLook, 'layers'>): boolean =>
  look.layers[id]?.visible ?? visible

/** A look with other choices for one layer; a choice that is undefined is given up. */
export function withLayer(look: MapLook, id: LayerId, patch: { [K in keyof LayerLook]?: LayerLook[K] | undefined }): MapLook {
  const merged: Record<string, unknown> = { ...look.layers[id], ...patch }
  const kept = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined)) as LayerLook
  const others = without(look.layers, id)
  return { ...look, layers: Object.keys(kept).length === 0 ? others : { ...others, [id]: kept } }
}

/** A look in which layers are switched on or off together. */
export const withSwitched = (look: MapLook, ids: readonly LayerId[], visible: boolean): MapLook =>
  ids.reduce((now, id) => withLayer(now, id, { visible }), look)

/** A look in which one layer alone is on; everything else of it stays. */
export const withOnly = (layers: readonly Pick<Placed, 'id'>[], look: MapLook, only: LayerId): MapLook =>
  layers.reduce((now, { id }) => withLayer(now, id, { visible: id === only }), look)

/** A look with another name for a layer; an empty one gives the name of its role back. */
export function withName(look: MapLook, id: LayerId, name: string): MapLook {
  const others = without(look.names, id)
  const wished = name.trim()
  return { ...look, names: wished === '' ? others : { ...others, [id]: wished } }
}

/** Layers of some that a map draws at a scale (metres per pixel; null where it is not known): those that are meant for it. */
export const drawnAt = (
  layers: readonly Pick<Placed, 'id'>[],
  visible: ReadonlySet<LayerId>,
  look: Pick<MapLook, 'layers'>,
  metresPerPx: number | null,
): LayerId[] =>
  layers
    .filter(({ id }) => visible.has(id))
    .filter(({ id }) => metresPerPx === null || outOfScale(look.layers[id] ?? {}, scaleOf(metresPerPx)) === null)
    .map(({ id }) => id)

/** A layer as the styles and the import have it: name, order and everything that was chosen for it given up, except whether it is on. */
export function withoutChoices(look: MapLook, id: LayerId): MapLook {
  const visible = look.layers[id]?.visible
  const plain = withName({ ...look, order: look.order.filter((other) => other !== id) }, id, '')
  const layers = without(plain.layers, id)
  return { ...plain, layers: visible === undefined ? layers : { ...layers, [id]: { visible } } }
}

/** Layers with the names that a person gave them, in both languages: a name is what they wrote. */
export const withNames = <T extends Pick<MapLayer, 'id' | 'title'>>(
  layers: readonly T[],
  { names }: Pick<MapLook, 'names'>,
): T[] =>
  layers.map((layer) => {
    const own = names[layer.id]
    return own === undefined ? layer : { ...layer, title: { zh: own, en: own } }
  })

/** The filters in force, by layer. */
export const filtersOf = ({ layers }: Pick<MapLook, 'layers'>): Record<string, string> =>
  Object.fromEntries(Object.entries(layers).flatMap(([id, { where }]) => (where === undefined ? [] : [[id, where]])))
