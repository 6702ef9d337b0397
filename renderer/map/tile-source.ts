import Projection from 'ol/proj/Projection'
import RenderFeature from 'ol/render/Feature'
import VectorTileSource from 'ol/source/VectorTile'
import TileGrid from 'ol/tilegrid/TileGrid'
import VectorTile from 'ol/VectorTile'
import TileState from 'ol/TileState'
import type { FeatureSet } from '#core/attributes/feature-set.ts'
import type { Client } from '#core/contract/client.ts'
import type { MapLayer, MapSetup, TileData } from '#core/contract/map-data.ts'
import type { PlanId } from '#core/model/ids.ts'
import { STEPS_PER_PX } from '#core/tiles/grid.ts'

/** The plan's own plane in metres: no basemap, no web mercator, so areas on the screen are true to each other. */
export const planProjection = (setup: MapSetup): Projection =>
  new Projection({
    code: 'greenprint:frame',
    units: 'm',
    extent: [...setup.extent],
    getPointResolution: (resolution) => resolution,
  })

type Place = (value: number) => number

/** Render features share one flat array of coordinates per feature; nothing is parsed twice. */
function shapes(data: TileData, toX: Place, toY: Place): RenderFeature[] {
  const type = data.kind === 'polygon' ? 'Polygon' : data.kind === 'line' ? 'MultiLineString' : 'Point'
  return Array.from(data.fid, (fid, index) => {
    const firstRing = data.featureOff[index] ?? 0
    const endRing = data.featureOff[index + 1] ?? firstRing
    const first = data.ringOff[firstRing] ?? 0
    const end = data.ringOff[endRing] ?? first
    const flat: number[] = []
    for (let v = first; v < end; v++) flat.push(toX(data.xy[2 * v] ?? 0), toY(data.xy[2 * v + 1] ?? 0))
    const ends = Array.from(data.ringOff.subarray(firstRing + 1, endRing + 1), (vertex) => (vertex - first) * 2)
    return new RenderFeature(type, flat, ends, 2, { c: data.classIndex[index] ?? 0 }, fid)
  })
}

/** All overview cells of one class as one shape: a hundred rectangles cost as much as one. */
function overview(cells: Int32Array, toX: Place, toY: Place): RenderFeature[] {
  const byClass = new Map<number, { flat: number[]; ends: number[] }>()
  for (let at = 0; at + 4 < cells.length; at += 5) {
    const [x = 0, y = 0, width = 0, height = 0, classIndex = 0] = cells.subarray(at, at + 5)
    const shape = byClass.get(classIndex) ?? { flat: [], ends: [] }
    byClass.set(classIndex, shape)
    const [left, right] = [toX(x * STEPS_PER_PX), toX((x + width) * STEPS_PER_PX)]
    const [top, bottom] = [toY(y * STEPS_PER_PX), toY((y + height) * STEPS_PER_PX)]
    shape.flat.push(left, bottom, right, bottom, right, top, left, top, left, bottom)
    shape.ends.push(shape.flat.length)
  }
  return [...byClass].map(
    ([classIndex, { flat, ends }]) => new RenderFeature('Polygon', flat, ends, 2, { c: classIndex, cell: true }, undefined),
  )
}

/** The square that the pyramid covers; the map asks for no tile outside. */
function gridExtent({ origin: [left, top], resolutions, tileSizePx }: MapSetup): [number, number, number, number] {
  const side = (resolutions[0] ?? 1) * tileSizePx
  return [left, top - side, left + side, top]
}

/** The pyramid of tiles that the backend cuts the plan's plane into. */
export const frameTileGrid = (setup: MapSetup): TileGrid =>
  new TileGrid({
    extent: gridExtent(setup),
    origin: [...setup.origin],
    resolutions: [...setup.resolutions],
    tileSize: setup.tileSizePx,
  })

/** How a tile ended: `null` when it came, else why it did not. */
export type TileEnded = (error: unknown) => void

/** Tiles of one layer (or of some features of it), asked from the backend as the map needs them until `signal` says that nobody looks any more. */
export class FilteredTiles {
  readonly source: VectorTileSource
  #where: string | undefined
  /** Counts filters: tiles of another filter have another address. */
  #round = 0

  constructor(
    client: Client,
    planId: PlanId,
    layer: MapLayer,
    setup: MapSetup,
    signal: AbortSignal,
    ended: TileEnded,
    only?: FeatureSet,
  ) {
    this.source = new VectorTileSource({
      projection: planProjection(setup),
      tileGrid: frameTileGrid(setup),
      wrapX: false,
      tileUrlFunction: this.#addresses(),
      tileLoadFunction: (tile, url) => {
        if (!(tile instanceof VectorTile)) return
        const [z = 0, x = 0, y = 0] = url.split('/').map(Number)
        const where = this.#where
        tile.setLoader(() => {
          if (signal.aborted) return
          const step = (setup.resolutions[z] ?? 1) / STEPS_PER_PX
          const left = setup.origin[0] + x * setup.tileSizePx * (setup.resolutions[z] ?? 1)
          const top = setup.origin[1] - y * setup.tileSizePx * (setup.resolutions[z] ?? 1)
          const toX = (value: number) => left + value * step
          const toY = (value: number) => top - value * step
          const filter = { ...(where === undefined ? {} : { where }), ...(only === undefined ? {} : { only }) }
          client.call('map.tile', { planId, layerId: layer.id, z, x, y, ...filter }, { signal }).then(
            (data) => {
              if (signal.aborted) return
              tile.setFeatures(data.kind === 'cells' ? overview(data.cells, toX, toY) : shapes(data, toX, toY))
              ended(null)
            },
            (error: unknown) => {
              if (signal.aborted) return
              tile.setState(TileState.ERROR)
              ended(error)
            },
          )
        })
      },
    })
  }

  /** Only features that meet the expression from now on; undefined: all. */
  filter(where: string | undefined): void {
    if (where === this.#where) return
    this.#where = where
    this.#round += 1
    this.source.setTileUrlFunction(this.#addresses(), `filter ${this.#round}`)
  }

  #addresses() {
    const round = this.#round
    return ([z, x, y]: number[]) => `${z}/${x}/${y}/${round}`
  }
}
