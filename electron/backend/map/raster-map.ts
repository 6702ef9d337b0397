import type { FeatureGeometry, IdentifiedFeature, RasterTile } from '#core/contract/map-data.ts'
import { toFrame, type PointMap } from '#core/geo/frame.ts'
import { cellAt, frameToGrid, type RasterGrid } from '#core/geo/raster.ts'
import { rampSteps, stepOf, type RampSteps } from '#core/map/ramp.ts'
import type { Plan, RasterLayer } from '#core/model/plan.ts'
import { roleInfo } from '#core/model/roles.ts'
import type { TileGrid } from '#core/tiles/grid.ts'
import { buildRasterTile } from '#core/tiles/raster-tile.ts'
import { loadRaster } from '../store/gpkg-raster.ts'
import type { LayerFiles } from '../store/layer-columns.ts'
import { gridTransforms } from '../store/raster-place.ts'

/** A window is looked at in so many rows and columns. */
const LOOKS = 96

/** One grid of a plan as the map asks for it; its cells are read when first needed. */
export class RasterMap {
  readonly layer: RasterLayer
  readonly #grid: RasterGrid
  readonly #steps: RampSteps
  readonly #toGrid: PointMap
  readonly #toFrame: PointMap

  constructor(plan: Plan, layer: RasterLayer, files: LayerFiles) {
    this.layer = layer
    this.#grid = loadRaster(files, layer)
    this.#steps = rampSteps(layer.role, this.#grid.values, layer.raster ?? { min: NaN, max: NaN })
    const { toGrid, toEarth } = gridTransforms(this.#grid.crs, plan.crs)
    const project = toFrame(plan.frame)
    this.#toGrid = frameToGrid(plan.frame, toGrid)
    this.#toFrame = (x, y) => project(...toEarth(x, y))
  }

  get legend(): RampSteps['legend'] {
    return this.#steps.legend
  }

  tile(grid: TileGrid, z: number, x: number, y: number): RasterTile {
    return buildRasterTile(this.#grid, this.#steps.limits, grid, [z, x, y], this.#toGrid)
  }

  /** Which classes lie in a window of the frame, metres: cells looked at, by class, at the middle of evenly laid squares. */
  seen([minX, minY, maxX, maxY]: readonly [number, number, number, number]): number[] {
    const counts = this.legend.map(() => 0)
    for (let row = 0.5; row < LOOKS; row++)
      for (let column = 0.5; column < LOOKS; column++) {
        const at = this.#toGrid(minX + ((maxX - minX) * column) / LOOKS, minY + ((maxY - minY) * row) / LOOKS)
        const cell = cellAt(this.#grid, ...at)
        const value = cell === -1 ? NaN : (this.#grid.values[cell] ?? NaN)
        if (value === value) counts[stepOf(this.#steps.limits, value)] = (counts[stepOf(this.#steps.limits, value)] ?? 0) + 1
      }
    return counts
  }

  /** The cell at a place, when it has a value: a person reads it like a feature. */
  identify(xM: number, yM: number): IdentifiedFeature[] {
    const cell = cellAt(this.#grid, ...this.#toGrid(xM, yM))
    const value = this.#grid.values[cell] ?? NaN
    if (cell === -1 || value !== value) return []
    const { id, role, name } = this.layer
    const attributes = [{ name: 'value', label: { zh: '数值', en: 'Value' }, value: String(Number(value.toPrecision(6))) }]
    return [
      {
        layerId: id,
        role,
        fid: cell,
        title: `${roleInfo(role).title.zh} ${name}`,
        attributes,
        areaM2: this.#cellAreaM2(cell),
        lengthM: null,
      },
    ]
  }

  #cellAreaM2(cell: number): number {
    const { xyM } = this.features([cell])
    let twice = 0
    for (let i = 0; i + 3 < xyM.length; i += 2) twice += (xyM[i] ?? 0) * (xyM[i + 3] ?? 0) - (xyM[i + 2] ?? 0) * (xyM[i + 1] ?? 0)
    return Math.abs(twice) / 2
  }

  /** Outlines of cells, to light them up. */
  features(cells: readonly number[]): FeatureGeometry {
    const { columns, rows, leftX, topY, cellX, cellY } = this.#grid
    const known = cells.filter((cell) => cell >= 0 && cell < columns * rows)
    const xyM = known.flatMap((cell) => {
      const [left, top] = [leftX + (cell % columns) * cellX, topY - Math.floor(cell / columns) * cellY]
      const corners = [[left, top - cellY], [left + cellX, top - cellY], [left + cellX, top], [left, top], [left, top - cellY]] as const // prettier-ignore
      return corners.flatMap(([x, y]) => this.#toFrame(x, y))
    })
    return {
      kind: 'polygon',
      xyM: Float64Array.from(xyM),
      ringOff: Uint32Array.from({ length: known.length + 1 }, (_, i) => i * 5),
      featureOff: Uint32Array.from({ length: known.length + 1 }, (_, i) => i),
      fid: Float64Array.from(known),
    }
  }
}
