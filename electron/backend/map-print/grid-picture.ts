import { NO_CLASS } from '#core/contract/map-data.ts'
import { frameToGrid, type RasterGrid } from '#core/geo/raster.ts'
import { rampSteps } from '#core/map/ramp.ts'
import type { Paper } from '#core/map/paper.ts'
import { faded } from '#core/map-sheet/content.ts'
import type { PictureLayer, PlacedPicture } from '#core/map-sheet/sheet-layer.ts'
import type { Plan, RasterLayer } from '#core/model/plan.ts'
import { TILE_PX } from '#core/tiles/grid.ts'
import { buildRasterTile } from '#core/tiles/raster-tile.ts'
import { encodePalettePng } from '../basemap/png.ts'
import { loadRaster } from '../store/gpkg-raster.ts'
import type { LayerFiles } from '../store/layer-columns.ts'
import { gridTransforms } from '../store/raster-place.ts'
import { asData, metresPerPx, pixelOf, type PictureDetail } from './picture-size.ts'

/** A grid of a plan as paper shows it: the colours and steps of the screen, cells with their edges. */
export function gridPicture(
  plan: Plan,
  layer: RasterLayer,
  files: Pick<LayerFiles, 'gpkg'>,
  opacity: number,
  detail: PictureDetail,
): Pick<PictureLayer, 'legend' | 'picture'> {
  const grid = loadRaster(files, layer)
  const steps = rampSteps(layer.role, grid.values, layer.raster ?? { min: NaN, max: NaN })
  const toGrid = frameToGrid(plan.frame, gridTransforms(grid.crs, plan.crs).toGrid)
  return {
    legend: steps.legend,
    picture: (paper) => {
      const drawn = cells(grid, steps.limits, toGrid, paper, metresPerPx(paper, detail))
      const seen = steps.legend.filter(({ index }) => (drawn.counts[index] ?? 0) > 0)
      if (seen.length === 0) return null
      const palette = [...steps.legend.map(({ fill }) => pixelOf(fill, opacity)), [0, 0, 0, 0]]
      const { numbers, width, height, windowM } = drawn
      for (let at = 0; at < numbers.length; at++) if (numbers[at] === NO_CLASS) numbers[at] = palette.length - 1
      const shown = seen.map((entry) => faded(entry, opacity))
      return { windowM, seen: shown, data: asData(encodePalettePng(numbers, width, height, palette)) }
    },
  }
}

interface Cells {
  numbers: Uint8Array
  width: number
  height: number
  windowM: PlacedPicture['windowM']
  counts: number[]
}

/** The step of every pixel of a window, put together of the tiles that the screen has too. */
function cells(
  grid: RasterGrid,
  limits: Float64Array,
  toGrid: Parameters<typeof buildRasterTile>[4],
  paper: Paper,
  mPerPx: number,
): Cells {
  const [minX, minY, maxX, maxY] = paper.windowM
  const [width, height] = [Math.ceil((maxX - minX) / mPerPx), Math.ceil((maxY - minY) / mPerPx)]
  const numbers = new Uint8Array(width * height)
  const counts: number[] = []
  const place = { leftM: minX, topM: maxY, resolutions: [mPerPx] }
  for (let y = 0; y * TILE_PX < height; y++)
    for (let x = 0; x * TILE_PX < width; x++) {
      const { classes } = buildRasterTile(grid, limits, place, [0, x, y], toGrid)
      const columns = Math.min(TILE_PX, width - x * TILE_PX)
      for (let row = 0; row < Math.min(TILE_PX, height - y * TILE_PX); row++) {
        const part = classes.subarray(row * TILE_PX, row * TILE_PX + columns)
        for (const step of part) if (step !== NO_CLASS) counts[step] = (counts[step] ?? 0) + 1
        numbers.set(part, (y * TILE_PX + row) * width + x * TILE_PX)
      }
    }
  return { numbers, width, height, counts, windowM: [minX, maxY - height * mPerPx, minX + width * mPerPx, maxY] }
}
