import { coverReading } from '../geo/cover-grid.ts'
import { valueAt, type PlacedRaster } from '../geo/raster.ts'
import { keptByObjects } from '../geo/per-objects.ts'
import { middleM, type CityCells } from './city-cells.ts'

/** A cell of the city is looked at in at most so many rows and columns of places. */
const MOST_PLACES = 4

const known = keptByObjects<Map<string, Float64Array>>()

/**
 * Share of every cell under canopy, 0 … 1, by the grids of canopy: the mean over evenly spaced places in the cell, about one for each
 * cell of the grid. NaN where no grid has a value. Undefined where no grid can be read. Kept for as long as the first grid lives.
 */
export function shadeOf(place: CityCells, rasters: readonly PlacedRaster[], minimumHeightM: number): Float64Array | undefined {
  const readable = rasters.filter((raster) => coverReading(raster).reading !== 'unreadable')
  const [first] = readable
  if (!first) return undefined
  const ofGrid = known.of([first.grid.values], () => new Map<string, Float64Array>())
  const key = JSON.stringify([place, minimumHeightM, readable.map(({ name, sha256 }) => [name, sha256])])
  const found = ofGrid.get(key) ?? shadeNow(place, readable, minimumHeightM)
  ofGrid.set(key, found)
  return found
}

function shadeNow(place: CityCells, rasters: readonly PlacedRaster[], minimumHeightM: number): Float64Array {
  const shade = new Float64Array(place.columns * place.rows).fill(NaN)
  const cellM = place.cellMm / 1000
  for (const raster of rasters) {
    const toShare = shareFor(raster, minimumHeightM)
    const times = placesIn(raster, place, cellM)
    for (let cell = 0; cell < shade.length; cell += 1) {
      if (!Number.isNaN(shade[cell] ?? NaN)) continue
      const [x, y] = middleM(place, cell)
      let [sum, seen] = [0, 0]
      for (let at = 0; at < times * times; at += 1) {
        const [dx, dy] = [((at % times) + 0.5) / times - 0.5, (Math.floor(at / times) + 0.5) / times - 0.5]
        const value = valueAt(raster.grid, ...raster.toGrid(x + dx * cellM, y + dy * cellM))
        if (Number.isNaN(value)) continue
        sum += toShare(value)
        seen += 1
      }
      if (seen > 0) shade[cell] = sum / seen
    }
  }
  return shade
}

/** As many places across a cell as it has cells of the grid, within reason. */
function placesIn({ grid, toGrid }: PlacedRaster, place: CityCells, cellM: number): number {
  const [x, y] = middleM(place, Math.floor((place.columns * place.rows) / 2))
  const [from, to] = [toGrid(x, y), toGrid(x + cellM, y)]
  const across = Math.hypot((to[0] - from[0]) / grid.cellX, (to[1] - from[1]) / grid.cellY)
  return Math.max(1, Math.min(MOST_PLACES, Math.round(across)))
}

/** How a figure of a grid becomes the share under canopy. */
function shareFor(raster: PlacedRaster, minimumHeightM: number): (value: number) => number {
  const { reading } = coverReading(raster)
  if (reading === 'heights') return (value) => (value >= minimumHeightM ? 1 : 0)
  return reading === 'percent' ? (value) => value / 100 : (value) => value
}
