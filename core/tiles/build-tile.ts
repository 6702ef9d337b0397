import type { TileData } from '../contract/map-data.ts'
import type { LayerColumns } from '../geo/columns.ts'
import { featureOfPart } from '../geo/prepared.ts'
import { HIDDEN_CLASS, overviewCells } from './cells.ts'
import { clipRing, clipRun } from './clip.ts'
import { isDenseLevel } from './dense-level.ts'
import { STEPS_PER_PX, TILE_PX, tileWindow, toStepsX, toStepsY, type TileGrid, type TileWindow } from './grid.ts'
import { partsInWindow } from './parts-in-window.ts'

/** Shapes reach a little beyond the tile, so that strokes along its edge are drawn whole. */
const BUFFER = 24 * STEPS_PER_PX
const EXTENT = TILE_PX * STEPS_PER_PX

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
 * One tile of a layer: polygons and lines cut to the tile in sixteenths of a pixel, or overview cells at levels where
 * parcels would be specks. `classOf` gives the legend entry of each feature; `HIDDEN_CLASS` leaves it out. A tile outside the grid is empty.
 */
export function buildTile(layer: LayerColumns, classOf: Uint16Array, grid: TileGrid, z: number, x: number, y: number): TileData {
  const builder = new TileBuilder()
  const window = tileWindow(grid, z, x, y)
  if (window === null) return builder.finish(layer.kind)
  const margin = BUFFER / window.scale
  const { minXMm, minYMm, maxXMm, maxYMm } = window
  const parts = partsInWindow(layer, [minXMm - margin, minYMm - margin, maxXMm + margin, maxYMm + margin])
  const ownerOf = featureOfPart(layer)
  if (layer.kind === 'polygon' && isDenseLevel(layer, grid, z)) {
    return { ...builder.finish('cells'), cells: overviewCells(layer, parts, ownerOf, classOf, window) }
  }
  const isShown = (part: number) => classOf[ownerOf[part] ?? 0] !== HIDDEN_CLASS
  const chosen = layer.kind === 'point' ? thinned(layer, parts.filter(isShown), window) : parts
  for (const part of chosen) {
    const feature = ownerOf[part] ?? 0
    if (!isShown(part)) continue
    builder.add(shapes(layer, part, window), layer.fid[feature] ?? 0, classOf[feature] ?? 0)
  }
  return builder.finish(layer.kind)
}

/** One point per cell of a grid just coarse enough for the cap: the first of the layer, so always the same ones. */
function thinned(layer: LayerColumns, parts: Uint32Array, window: TileWindow): Uint32Array {
  if (parts.length <= POINTS_PER_TILE) return parts
  const cell = (EXTENT + 2 * BUFFER) / (Math.sqrt(POINTS_PER_TILE) - 1) / window.scale
  const taken = new Set<number>()
  return parts.filter((part) => {
    const column = Math.floor((layer.partBox[4 * part] ?? 0) / cell)
    const row = Math.floor((layer.partBox[4 * part + 1] ?? 0) / cell)
    const key = column * 0x400_0000 + row
    if (taken.has(key)) return false
    taken.add(key)
    return true
  })
}

/** A part's rings or run in tile steps (y down), cut to the tile. A hole that closes up goes alone, a shell with its holes. */
function shapes(layer: LayerColumns, part: number, window: TileWindow): number[][] {
  const rings: number[][] = []
  const shell = layer.partOff[part] ?? 0
  for (let ring = shell; ring < (layer.partOff[part + 1] ?? 0); ring++) {
    const path = steps(layer, ring, window)
    if (layer.kind === 'point') rings.push(path)
    else if (layer.kind === 'line') rings.push(...clipRun(path, -BUFFER, EXTENT + BUFFER))
    else {
      const clipped = inside(path) ? path : clipRing(path, -BUFFER, EXTENT + BUFFER).map(Math.round)
      if (clipped.length >= 8) rings.push(clipped)
      else if (ring === shell) return []
    }
  }
  return rings
}

const inside = (path: readonly number[]): boolean => path.every((value) => value >= -BUFFER && value <= EXTENT + BUFFER)

/**
 * Vertices in tile steps without those that fall on the one before. Each vertex is snapped by itself, to an eighth of a pixel:
 * so parcels that share an edge still share it, and a shape is the same in every tile.
 */
function steps(layer: LayerColumns, ring: number, window: TileWindow): number[] {
  const path: number[] = []
  const end = 2 * (layer.ringOff[ring + 1] ?? 0)
  let [lastX, lastY] = [NaN, NaN]
  for (let at = 2 * (layer.ringOff[ring] ?? 0); at < end; at += 2) {
    const x = toStepsX(window, layer.xy[at] ?? 0)
    const y = toStepsY(window, layer.xy[at + 1] ?? 0)
    if (x === lastX && y === lastY) continue
    path.push(x, y)
    lastX = x
    lastY = y
  }
  return path
}
