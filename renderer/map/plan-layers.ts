import type BaseLayer from 'ol/layer/Base'
import LayerGroup from 'ol/layer/Group'
import TileLayer from 'ol/layer/Tile'
import VectorTileLayer from 'ol/layer/VectorTile'
import type { Client } from '#core/contract/client.ts'
import type { MapLayer, MapSetup } from '#core/contract/map-data.ts'
import { drawOrder } from '#core/map/layer-tree.ts'
import { resolutionOf, type MapLook } from '#core/map/look.ts'
import { legendInPalette, type PaletteId } from '#core/map/palettes.ts'
import type { LayerId, PlanId } from '#core/model/ids.ts'
import { layerStyle } from './layer-style.ts'
import { rasterSource } from './raster-source.ts'
import { FilteredTiles, type TileEnded } from './tile-source.ts'

/** A typed 1:5000 counts as 1:5000, whatever the last digit of a resolution is. */
const HAIR = 1.001

interface Drawn {
  layer: MapLayer
  drawn: BaseLayer
  /** Of features: where their tiles come from, under which filter. */
  tiles: FilteredTiles | null
  restyle: (palette: PaletteId) => void
}

/** The plan's own layers on the map: made once, then shown, ordered, faded, filtered and coloured as a person likes. */
export class PlanLayers {
  readonly group: LayerGroup
  readonly #drawn: ReadonlyMap<LayerId, Drawn>
  #planOpacity = 1
  #look: MapLook | null = null
  #palette: PaletteId = 'standard'

  constructor(client: Client, planId: PlanId, setup: MapSetup, signal: AbortSignal, ended: TileEnded) {
    const make = (layer: MapLayer): Drawn => {
      if (layer.kind === 'raster') {
        const source = rasterSource(client, planId, layer, setup, signal, ended)
        return { layer, drawn: new TileLayer({ source, visible: layer.visible }), tiles: null, restyle: () => undefined }
      }
      const tiles = new FilteredTiles(client, planId, layer, setup, signal, ended)
      const drawn = new VectorTileLayer({
        source: tiles.source,
        style: layerStyle(layer),
        renderMode: 'hybrid',
        renderBuffer: 24,
        visible: layer.visible,
      })
      const restyle = (palette: PaletteId) => drawn.setStyle(layerStyle({ ...layer, legend: legendInPalette(layer, palette) }))
      return { layer, drawn, tiles, restyle }
    }
    this.#drawn = new Map(setup.layers.map((layer) => [layer.id, make(layer)]))
    this.group = new LayerGroup({ layers: [...this.#drawn.values()].map(({ drawn }) => drawn) })
  }

  isVisible(id: LayerId): boolean {
    return this.#drawn.get(id)?.drawn.getVisible() === true
  }

  setVisible(isVisible: (id: LayerId) => boolean): void {
    for (const [id, { drawn }] of this.#drawn) drawn.setVisible(isVisible(id))
  }

  /** How strongly the plan as a whole is drawn, 0 … 1; each layer may be fainter still. */
  setPlanOpacity(opacity: number): void {
    this.#planOpacity = opacity
    this.#fade()
  }

  #fade(): void {
    for (const [id, { drawn }] of this.#drawn) drawn.setOpacity(this.#planOpacity * (this.#look?.layers[id]?.opacity ?? 1))
  }

  /** Order, opacity, filters, scale ranges and colours as they were chosen. */
  setLook(look: MapLook): void {
    this.#look = look
    this.#fade()
    for (const [id, { drawn, tiles }] of this.#drawn) {
      const { farthest, nearest, where } = look.layers[id] ?? {}
      drawn.setMaxResolution(farthest === undefined ? Infinity : resolutionOf(farthest) * HAIR)
      drawn.setMinResolution(nearest === undefined ? 0 : resolutionOf(nearest) / HAIR)
      tiles?.filter(where)
    }
    if (look.palette !== this.#palette) for (const { restyle } of this.#drawn.values()) restyle(look.palette)
    this.#palette = look.palette
    this.#arrange(look)
  }

  #arrange(look: MapLook): void {
    const order = drawOrder(
      [...this.#drawn.values()].map(({ layer }) => layer),
      look,
    ).flatMap((id) => this.#drawn.get(id)?.drawn ?? [])
    const shown = this.group.getLayers()
    if (order.every((layer, at) => shown.item(at) === layer)) return
    shown.clear()
    shown.extend(order)
  }

  dispose(): void {
    for (const { drawn } of this.#drawn.values()) drawn.dispose()
  }
}
