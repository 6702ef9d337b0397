import type { TileData } from '../contract/map-data.ts'
import type { LayerColumns } from '../geo/columns.ts'
import { featureOfPart, partsMeeting } from '../geo/prepared.ts'
import { overviewCells } from './cells.ts'
import { clipRing, clipRun } from './clip.ts'
import { STEPS_PER_PX, TILE_PX, tileWindow, type TileGrid, type TileWindow } from './grid.ts'

/** Shapes reach a little beyond the tile, so that strokes along its edge are drawn whole. */
const BUFFER = 24 * STEPS_PER_PX
const EXTENT = TILE_PX * STEPS_PER_PX

/** Below this mean size on the screen parcels are shown as overview cells. */
const OVERVIEW_BELOW_PX = 9
const OVERVIEW_ABOVE_PARTS = 1500

/** At most so many points per tile; the rest are thinned evenly by cell. */
const POINTS_PER_TILE = 4000

class TileBuilder {
  readonly #xy: number[] = []
  readonly #ringOff: number[] = [0]
  readonly #featureOff: number[] = [0]
  readonly #fid: number[] = []
  readonly #class: number[] = []

  add(rings: readonly number[][], fid: number, classIndex: number): void {
    if (rings.length === 0) return
    for (const ring of rings) {
      for (const value of ring) this.#xy.push(value)
      this.#ringOff.push(this.#xy.length / 2)
    }
    this.#featureOff.push(this.#ringOff.length - 1)
    this.#fid.push(fid)
    this.#class.push(classIndex)
  }

  finish(kind: TileData['kind']): TileData {
    return {
      kind,
      xy: Int32Array.from(this.#xy),
      ringOff: Uint32Array.from(this.#ringOff),
      featureOff: Uint32Array.from(this.#featureOff),
      fid: Float64Array.from(this.#fid),
      classIndex: Uint16Array.from(this.#class),
      cells: new Int32Array(0),
    }
  }
}

/**
 * One tile of a layer: polygons and lines cut to the tile in sixteenths of a pixel, or overview cells where parcels would be
 * specks. `classOf` gives the legend entry of each feature. A tile outside the grid is empty.
 */
export function buildTile(layer: LayerColumns, classOf: Uint16Array, grid: TileGrid, z: number, x: number, y: number): TileData {
  const builder = new TileBuilder()
  const window = tileWindow(grid, z, x, y)
  if (window === null) return builder.finish(layer.kind)
  const margin = BUFFER / window.scale
  const parts = partsMeeting(
    layer,
    window.minXMm - margin,
    window.minYMm - margin,
    window.maxXMm + margin,
    window.maxYMm + margin,
  )
  parts.sort((a, b) => a - b)
  const ownerOf = featureOfPart(layer)
  if (layer.kind === 'polygon' && parts.length > OVERVIEW_ABOVE_PARTS && meanSizePx(layer, parts, window) < OVERVIEW_BELOW_PX) {
    return { ...builder.finish('cells'), cells: overviewCells(layer, parts, ownerOf, classOf, window) }
  }
  const chosen = layer.kind === 'point' ? thinned(layer, parts, window) : parts
  for (const part of chosen) {
    const feature = ownerOf[part] ?? 0
    builder.add(shapes(layer, part, window), layer.fid[feature] ?? 0, classOf[feature] ?? 0)
  }
  return builder.finish(layer.kind)
}

function meanSizePx(layer: LayerColumns, parts: readonly number[], window: TileWindow): number {
  let sum = 0
  for (const part of parts) {
    const width = (layer.partBox[4 * part + 2] ?? 0) - (layer.partBox[4 * part] ?? 0)
    const height = (layer.partBox[4 * part + 3] ?? 0) - (layer.partBox[4 * part + 1] ?? 0)
    sum += Math.sqrt(width * height)
  }
  return ((sum / parts.length) * window.scale) / STEPS_PER_PX
}

/** One point per pixel cell of a grid just fine enough for the cap: always the same ones. */
function thinned(layer: LayerColumns, parts: readonly number[], window: TileWindow): readonly number[] {
  if (parts.length <= POINTS_PER_TILE) return parts
  const cell = EXTENT / Math.sqrt(POINTS_PER_TILE) / window.scale
  const taken = new Set<string>()
  return parts.filter((part) => {
    const key = `${Math.floor((layer.partBox[4 * part] ?? 0) / cell)},${Math.floor((layer.partBox[4 * part + 1] ?? 0) / cell)}`
    if (taken.has(key)) return false
    taken.add(key)
    return true
  })
}

/** A part's rings or run in tile steps (y down), without vertices that fall on the one before, cut to the tile. */
function shapes(layer: LayerColumns, part: number, window: TileWindow): number[][] {
  const rings: number[][] = []
  for (let ring = layer.partOff[part] ?? 0; ring < (layer.partOff[part + 1] ?? 0); ring++) {
    const path = steps(layer, ring, window, layer.kind === 'polygon' ? 4 : 2)
    if (layer.kind === 'point') rings.push(path)
    else if (layer.kind === 'line') rings.push(...clipRun(path, -BUFFER, EXTENT + BUFFER))
    else {
      const clipped = inside(path) ? path : clipRing(path, -BUFFER, EXTENT + BUFFER).map(Math.round)
      if (clipped.length >= 8) rings.push(clipped)
      else if (ring === layer.partOff[part]) return []
    }
  }
  return rings
}

const inside = (path: readonly number[]): boolean => path.every((value) => value >= -BUFFER && value <= EXTENT + BUFFER)

function steps(layer: LayerColumns, ring: number, window: TileWindow, leastMove: number): number[] {
  const path: number[] = []
  const from = layer.ringOff[ring] ?? 0
  const to = layer.ringOff[ring + 1] ?? 0
  let [lastX, lastY] = [NaN, NaN]
  for (let v = from; v < to; v++) {
    const x = Math.round(((layer.xy[2 * v] ?? 0) - window.minXMm) * window.scale)
    const y = Math.round((window.maxYMm - (layer.xy[2 * v + 1] ?? 0)) * window.scale)
    const near = Math.abs(x - lastX) < leastMove && Math.abs(y - lastY) < leastMove
    if (near && v !== to - 1) continue
    path.push(x, y)
    lastX = x
    lastY = y
  }
  return path
}
