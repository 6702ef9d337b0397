import { addCoordinateTransforms } from 'ol/proj'
import type Projection from 'ol/proj/Projection'
import ImageTileSource from 'ol/source/ImageTile'
import TileGrid from 'ol/tilegrid/TileGrid'
import type { BasemapInfo, BasemapTile } from '#core/contract/basemap.ts'
import type { Client } from '#core/contract/client.ts'
import type { MapSetup } from '#core/contract/map-data.ts'
import { SQUARE_PX } from '#core/contract/basemap.ts'
import { fromFrame, toFrame, type Frame } from '#core/geo/frame.ts'
import type { PlanId } from '#core/model/ids.ts'
import { planProjection, type TileEnded } from './tile-source.ts'

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

/** How far beyond the plan's own square a picture is asked for, in sides of that square. */
const BEYOND = 4
const FINEST_M_PER_PX = 0.05

/** Squares of the plan's plane far around the plan: a picture of the ground does not end where the plan does. */
function groundGrid({ origin: [left, top], resolutions, tileSizePx }: MapSetup): TileGrid {
  const side = (resolutions[0] ?? 1) * tileSizePx
  const around = ((BEYOND - 1) / 2) * side
  const steps: number[] = []
  for (let step = (side * BEYOND) / SQUARE_PX; step > FINEST_M_PER_PX; step /= 2) steps.push(step)
  const extent = [left - around, top - side - around, left + side + around, top + around]
  return new TileGrid({ extent, origin: [left - around, top + around], resolutions: steps, tileSize: SQUARE_PX })
}

/** Squares of a picture of the ground, cut by the backend in the plan's own plane. */
export function groundSource(
  client: Client,
  basemap: BasemapInfo,
  planId: PlanId,
  setup: MapSetup,
  signal: AbortSignal,
  ended: TileEnded,
): ImageTileSource {
  const tileGrid = groundGrid(setup)
  return new ImageTileSource({
    projection: planProjection(setup),
    tileGrid,
    wrapX: false,
    transition: 0,
    ...(basemap.attribution === null ? {} : { attributions: basemap.attribution }),
    loader: async (z, x, y) => {
      const [leftM = 0, , , topM = 0] = tileGrid.getTileCoordExtent([z, x, y])
      const metresPerPx = tileGrid.getResolution(z)
      try {
        const square = await client.call(
          'basemap.square',
          { basemapId: basemap.id, planId, leftM, topM, metresPerPx },
          { signal },
        )
        return await pictureOf(square)
      } catch (error) {
        if (!signal.aborted) ended(error)
        throw error
      }
    },
  })
}
