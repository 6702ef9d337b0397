import ImageTileSource from 'ol/source/ImageTile'
import type { Client } from '#core/contract/client.ts'
import { NO_CLASS, type MapLayer, type MapSetup, type RasterTile } from '#core/contract/map-data.ts'
import type { PlanId } from '#core/model/ids.ts'
import { frameTileGrid, planProjection, type TileEnded } from './tile-source.ts'

/** `#RRGGBB` or `#RRGGBBAA` as the four bytes of a pixel, little-endian as canvases keep them. */
function pixelOf(colour: string | null): number {
  if (colour === null) return 0
  const [red = 0, green = 0, blue = 0, alpha = 255] = [1, 3, 5, 7].map((at) => parseInt(colour.slice(at, at + 2) || 'ff', 16))
  return ((alpha << 24) | (blue << 16) | (green << 8) | red) >>> 0
}

/** Paints the steps of a tile in the colours of its legend. */
function painted({ sizePx, classes }: RasterTile, colours: Uint32Array): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = sizePx
  canvas.height = sizePx
  const context = canvas.getContext('2d')
  if (!context) return canvas
  const image = context.createImageData(sizePx, sizePx)
  const pixels = new Uint32Array(image.data.buffer)
  for (const [i, step] of classes.entries()) if (step !== NO_CLASS) pixels[i] = colours[step] ?? 0
  context.putImageData(image, 0, 0)
  return canvas
}

/** Tiles of a layer that is a grid: steps from the backend, painted here; cells keep their edges. */
export function rasterSource(
  client: Client,
  planId: PlanId,
  layer: MapLayer,
  setup: MapSetup,
  signal: AbortSignal,
  ended: TileEnded,
): ImageTileSource {
  const colours = Uint32Array.from(layer.legend, ({ fill }) => pixelOf(fill))
  return new ImageTileSource({
    projection: planProjection(setup),
    tileGrid: frameTileGrid(setup),
    wrapX: false,
    transition: 0,
    interpolate: false,
    loader: async (z, x, y) => {
      try {
        const tile = await client.call('map.raster', { planId, layerId: layer.id, z, x, y }, { signal })
        if (!signal.aborted) ended(null)
        return painted(tile, colours)
      } catch (error) {
        if (!signal.aborted) ended(error)
        throw error
      }
    },
  })
}
