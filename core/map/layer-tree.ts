import type { MapLayer } from '../contract/map-data.ts'
import type { LayerId } from '../model/ids.ts'
import { without } from '../without.ts'
import { LAYER_GROUPS, layerGroupOf, type LayerGroup } from './layer-groups.ts'
import type { LayerLook, MapLook, MapTheme } from './look.ts'

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

/** The filters in force, by layer. */
export const filtersOf = ({ layers }: Pick<MapLook, 'layers'>): Record<string, string> =>
  Object.fromEntries(Object.entries(layers).flatMap(([id, { where }]) => (where === undefined ? [] : [[id, where]])))

/** What the map shows now, under a name. Which layers are on is written down for every layer, so that later habits change nothing. */
export function themeOf(layers: readonly Placed[], look: MapLook, name: string): MapTheme {
  const { palette, labels, groups, order } = look
  const all = Object.fromEntries(
    layers.map((layer) => [layer.id, { ...look.layers[layer.id], visible: isSwitchedOn(layer, look) }]),
  )
  return { name, palette, labels, groups, order, layers: all }
}

/** A look that shows a theme; what belongs to no theme (bookmarks, coordinates, the themes themselves) stays. */
export const withTheme = (look: MapLook, theme: MapTheme): MapLook => ({ ...look, ...without(theme, 'name') })

/** Whether the map shows just what a theme says. */
export function showsTheme(layers: readonly Placed[], look: MapLook, theme: MapTheme): boolean {
  const now = themeOf(layers, look, theme.name)
  const same = (a: LayerLook = {}, b: LayerLook = {}) =>
    a.visible === b.visible &&
    (a.opacity ?? 1) === (b.opacity ?? 1) &&
    a.where === b.where &&
    a.farthest === b.farthest &&
    a.nearest === b.nearest
  return (
    now.palette === theme.palette &&
    now.labels === theme.labels &&
    drawOrder(layers, look).join() === drawOrder(layers, theme).join() &&
    layers.every(({ id }) => same(now.layers[id], theme.layers[id]))
  )
}

/** A list with something under its name: in the place of what had the name, else at the end. */
export const withNamed = <T extends { name: string }>(list: readonly T[], one: T): T[] =>
  list.some(({ name }) => name === one.name) ? list.map((other) => (other.name === one.name ? one : other)) : [...list, one]

/** A name that nothing in a list has: the wished one, else with the first free number. */
export function freeName(list: readonly { name: string }[], wished: string): string {
  const taken = new Set(list.map(({ name }) => name))
  if (!taken.has(wished)) return wished
  for (let number = 2; ; number += 1) if (!taken.has(`${wished} ${number}`)) return `${wished} ${number}`
}
