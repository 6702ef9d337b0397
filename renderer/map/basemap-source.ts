import { addCoordinateTransforms } from 'ol/proj'
import type Projection from 'ol/proj/Projection'
import ImageTileSource from 'ol/source/ImageTile'
import type { BasemapInfo, BasemapTile } from '#core/contract/basemap.ts'
import type { Client } from '#core/contract/client.ts'
import { fromFrame, toFrame, type Frame } from '#core/geo/frame.ts'
import type { TileEnded } from './tile-source.ts'

const MERCATOR = 'EPSG:3857'
const TILE_PX = 256
/** Radius of web mercator's sphere, metres. */
const RADIUS_M = 6_378_137
const DEGREE = Math.PI / 180

type Coordinates = number[]

/** Applies a conversion of one point to a coordinate as the map library hands it over. */
const onPoint =
  (convert: (x: number, y: number) => [number, number]) =>
  (coordinate: Coordinates): Coordinates =>
    convert(coordinate[0] ?? 0, coordinate[1] ?? 0)

/** Teaches the map how the plan's plane and web mercator lie to each other; by longitude and latitude, so without a projection library. */
export function joinMercator(projection: Projection, frame: Frame): void {
  const toEarth = fromFrame(frame)
  const toPlan = toFrame(frame)
  addCoordinateTransforms(
    MERCATOR,
    projection,
    onPoint((x, y) => toPlan(x / RADIUS_M / DEGREE, (2 * Math.atan(Math.exp(y / RADIUS_M)) - Math.PI / 2) / DEGREE)),
    onPoint((x, y) => {
      const [lon, lat] = toEarth(x, y)
      return [lon * DEGREE * RADIUS_M, Math.log(Math.tan(Math.PI / 4 + (lat * DEGREE) / 2)) * RADIUS_M]
    }),
  )
}

/** The browser decodes the picture; a tile that the file does not have is an empty one. */
async function pictureOf(tile: BasemapTile | null): Promise<HTMLCanvasElement> {
  const canvas = document.createElement('canvas')
  canvas.width = TILE_PX
  canvas.height = TILE_PX
  if (tile === null) return canvas
  const bitmap = await createImageBitmap(new Blob([Uint8Array.from(tile.bytes)], { type: tile.type }))
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, TILE_PX, TILE_PX)
  bitmap.close()
  return canvas
}

/** Tiles of the basemap, asked from the backend and bent into the plan's plane on the way to the screen. */
export const basemapSource = (client: Client, basemap: BasemapInfo, signal: AbortSignal, ended: TileEnded): ImageTileSource =>
  new ImageTileSource({
    projection: MERCATOR,
    minZoom: basemap.minZoom,
    maxZoom: basemap.maxZoom,
    tileSize: TILE_PX,
    wrapX: false,
    transition: 0,
    ...(basemap.attribution === null ? {} : { attributions: basemap.attribution }),
    loader: async (z, x, y) => {
      try {
        return await pictureOf(await client.call('basemap.tile', { basemapId: basemap.id, z, x, y }, { signal }))
      } catch (error) {
        if (!signal.aborted) ended(error)
        throw error
      }
    },
  })
