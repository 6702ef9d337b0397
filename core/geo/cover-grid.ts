import type { Bilingual } from '../text.ts'
import type { LayerColumns } from './columns.ts'
import { geometryOf } from './edited.ts'
import { featureAreas } from './feature-areas.ts'
import type { PlacedRaster, RasterGrid } from './raster.ts'
import { zonalMeans, type ZonalMeans } from './zonal.ts'

/** How the figures of a cover grid were read: shares 0 … 1, percent 0 … 100, heights in m of which tall ones are cover, or not at all. */
export type CoverReading = 'share' | 'percent' | 'heights' | 'unreadable'

const HIGHEST_PERCENT = 100
/** Where no figure is above this, percent could as well be heights: a reader is told. */
const TALLEST_TREE_M = 70
const NAMED_HEIGHTS = /height|chm|高度|树高|冠层高/iu

const readings = new WeakMap<Float32Array, Map<boolean, { reading: CoverReading; max: number }>>()

/** Told by the range of the figures; heights only where the grid's name says so, because 30 may be either. */
export function coverReading({ name, grid }: PlacedRaster): { reading: CoverReading; max: number } {
  const named = NAMED_HEIGHTS.test(name)
  const ofValues = readings.get(grid.values) ?? new Map<boolean, { reading: CoverReading; max: number }>()
  readings.set(grid.values, ofValues)
  const found = ofValues.get(named)
  if (found) return found
  let [min, max] = [Infinity, -Infinity]
  for (const value of grid.values) {
    if (value < min) min = value
    if (value > max) max = value
  }
  const isPossible = min >= 0 && max <= HIGHEST_PERCENT
  const reading: CoverReading = !isPossible ? 'unreadable' : named ? 'heights' : max <= 1 ? 'share' : 'percent'
  ofValues.set(named, { reading, max })
  return { reading, max }
}

/** What a reader must know of how a grid was read; never silent. */
export function readingNotes(raster: PlacedRaster, minimumHeightM: number): Bilingual[] {
  const { reading, max } = coverReading(raster)
  const [name, most] = [raster.name, Number(max.toPrecision(3))]
  switch (reading) {
    case 'share':
      return [
        {
          zh: `栅格“${name}”最大值 ${most}，按 0–1 比例读取。`,
          en: `Grid “${name}” (highest value ${most}) was read as shares from 0 to 1.`,
        },
      ]
    case 'percent':
      return [
        { zh: `栅格“${name}”最大值 ${most}，按百分比读取。`, en: `Grid “${name}” (highest value ${most}) was read as percent.` },
        ...(max <= TALLEST_TREE_M && raster.role !== 'impervious' ? [maybeHeights(name)] : []),
      ]
    case 'heights':
      return [
        {
          zh: `栅格“${name}”按高度读取，不低于 ${minimumHeightM} m 的像元计为覆盖。`,
          en: `Grid “${name}” was read as heights; cells of ${minimumHeightM} m and more count as covered.`,
        },
      ]
    case 'unreadable':
      return [
        {
          zh: `栅格“${name}”的数值既不是 0–1 比例、0–100 百分比，也不是高度，未使用。`,
          en: `The values of grid “${name}” are neither shares, percent nor heights; it was not used.`,
        },
      ]
  }
}

const maybeHeights = (name: string): Bilingual => ({
  zh: `若“${name}”实为高度（m），请在图层名中写明“高度”后重新导入。`,
  en: `If “${name}” holds heights in metres, say “height” in its name and import it again.`,
})

/** Cover of every zone by one or several grids (tiles). */
export interface ZoneCover {
  /** Share of the ground seen that is covered, 0 … 1; NaN for a zone that no cell with a value lies in. */
  share: Float64Array
  /** Share of the zone that the grids see, 0 … 1. */
  seenShare: Float64Array
}

/**
 * Share of every zone under cover: means of cells by `zonalMeans`, several grids weighed by the ground of their cells. Cells
 * without a value are left out, not taken for bare ground. Undefined where no grid can be read.
 */
export function coverOf(zones: LayerColumns, rasters: readonly PlacedRaster[], minimumHeightM: number): ZoneCover | undefined {
  const readable = rasters.filter((raster) => coverReading(raster).reading !== 'unreadable')
  if (readable.length === 0) return undefined
  const [covered, seen] = [new Float64Array(zones.count), new Float64Array(zones.count)]
  for (const raster of readable) {
    const { grid, factor } = asShares(raster, minimumHeightM)
    const { mean, cells } = meansOver(zones, grid, raster)
    const cellM2 = cellAreaAmong(zones, raster)
    for (let zone = 0; zone < zones.count; zone += 1) {
      const ground = (cells[zone] ?? 0) * cellM2
      if (ground === 0) continue
      seen[zone] = (seen[zone] ?? 0) + ground
      covered[zone] = (covered[zone] ?? 0) + ground * factor * (mean[zone] ?? 0)
    }
  }
  const areas = featureAreas(zones)
  return {
    share: covered.map((areaM2, zone) => areaM2 / (seen[zone] ?? 0)),
    seenShare: seen.map((areaM2, zone) => Math.min(1, areaM2 / Math.max(areas[zone] ?? 0, Number.MIN_VALUE))),
  }
}

/** Cover of a whole ground that consists of several features: their covers, weighed by what is seen of them. */
export function coverOfAll(zones: LayerColumns, cover: ZoneCover): { share: number; seenShare: number } {
  const areas = featureAreas(zones)
  let [covered, seen, whole] = [0, 0, 0]
  for (let zone = 0; zone < zones.count; zone += 1) {
    const seenM2 = (areas[zone] ?? 0) * (cover.seenShare[zone] ?? 0)
    whole += areas[zone] ?? 0
    if (seenM2 === 0) continue
    seen += seenM2
    covered += seenM2 * (cover.share[zone] ?? 0)
  }
  return { share: covered / seen, seenShare: whole > 0 ? seen / whole : 0 }
}

const heightShares = new WeakMap<Float32Array, Map<number, Float32Array>>()

/** A grid whose values, times the factor, are shares. */
function asShares(raster: PlacedRaster, minimumHeightM: number): { grid: RasterGrid; factor: number } {
  const { reading } = coverReading(raster)
  if (reading !== 'heights') return { grid: raster.grid, factor: reading === 'percent' ? 1 / HIGHEST_PERCENT : 1 }
  const { values } = raster.grid
  const ofValues = heightShares.get(values) ?? new Map<number, Float32Array>()
  heightShares.set(values, ofValues)
  const tall =
    ofValues.get(minimumHeightM) ?? values.map((value) => (Number.isNaN(value) ? NaN : value >= minimumHeightM ? 1 : 0))
  ofValues.set(minimumHeightM, tall)
  return { grid: { ...raster.grid, values: tall }, factor: 1 }
}

const knownMeans = new WeakMap<object, WeakMap<Float32Array, ZonalMeans>>()

/** Zonal means, found once for as long as both the zones' shapes and the grid live. */
function meansOver(zones: LayerColumns, grid: RasterGrid, { toGrid }: PlacedRaster): ZonalMeans {
  const ofZones = knownMeans.get(geometryOf(zones)) ?? new WeakMap<Float32Array, ZonalMeans>()
  knownMeans.set(geometryOf(zones), ofZones)
  const found = ofZones.get(grid.values) ?? zonalMeans(zones, grid, toGrid)
  ofZones.set(grid.values, found)
  return found
}

/** Ground of one cell in m² in the middle of some zones. */
function cellAreaAmong(zones: LayerColumns, raster: PlacedRaster): number {
  const [left = 0, bottom = 0, right = 0, top = 0] = zones.partBox
  return cellAreaM2(raster, (left + right) / 2000, (bottom + top) / 2000)
}

/** Ground of one cell in m² at a place in metres, told by how far a metre of the frame reaches in the grid's own system. */
export function cellAreaM2({ grid, toGrid }: PlacedRaster, x: number, y: number): number {
  const [from, east, north] = [toGrid(x, y), toGrid(x + 1, y), toGrid(x, y + 1)]
  const turn = (east[0] - from[0]) * (north[1] - from[1]) - (north[0] - from[0]) * (east[1] - from[1])
  return (grid.cellX * grid.cellY) / Math.abs(turn)
}
