import type { MapLayer } from '../contract/map-data.ts'
import { without } from '../without.ts'
import { drawOrder, isSwitchedOn } from './layer-tree.ts'
import type { LayerLook, MapLook, MapTheme } from './look.ts'

type Placed = Pick<MapLayer, 'id' | 'role' | 'order' | 'visible'>

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
