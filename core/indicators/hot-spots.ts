import { cellAreaM2 } from '../geo/cover-grid.ts'
import type { LayerColumns } from '../geo/columns.ts'
import { valueAt, type PlacedRaster } from '../geo/raster.ts'
import { shadeOf } from '../cooling/canopy-shade.ts'
import { cityCells, forEachCellOf, marksOf, middleM, mitigationOf, rowsOf, type CityCells } from '../cooling/city-cells.ts'
import { keptByObjects } from '../geo/per-objects.ts'
import { countedLayers, type CountedLayer } from './counted.ts'
import type { PlanData } from './indicator.ts'

/** How a plan changes the cooling of a city, cell by cell. */
export interface Cooling {
  place: CityCells
  /** Cells whose middle lies in the ground that is measured, and that have an index in both states. */
  inside: Uint8Array
  base: Float64Array
  planned: Float64Array
  meanBase: number
  meanPlanned: number
  /** Share of the cells inside whose shade was read from canopy grids, before and after; 0 without any. */
  shadeSeen: { base: number; planned: number }
}

/** Grids of canopy: of the base year and of the plan. */
export interface CanopyGrids {
  base: readonly PlacedRaster[]
  planned: readonly PlacedRaster[]
  minimumHeightM: number
}

const NO_CANOPY: CanopyGrids = { base: [], planned: [], minimumHeightM: 0 }

/** The grids of canopy that a plan holds; cells of a height grid from `minimumHeightM` on count as canopy. */
export const canopyGrids = (plan: PlanData, minimumHeightM: number): CanopyGrids => ({
  base: plan.rasters('canopy_base'),
  planned: plan.rasters('canopy'),
  minimumHeightM,
})

/**
 * The heat mitigation index before and after, by land use and, where there are grids of canopy, by the shade that they show; undefined
 * where no cell has both. One grid alone is taken for the present canopy, which lasts where the land use stays: cells that change
 * get the shade of their planned class.
 */
export function coolingOf(
  zone: LayerColumns,
  before: LayerColumns,
  after: LayerColumns,
  cellM: number,
  coolingDistanceM: number,
  canopy: CanopyGrids = NO_CANOPY,
): Cooling | undefined {
  const place = cityCells(zone, cellM, coolingDistanceM)
  if (!place) return undefined
  const shade = shadesOf(place, before, after, canopy)
  const base = mitigationOf(place, before, coolingDistanceM, shade.base)
  const planned = mitigationOf(place, after, coolingDistanceM, shade.planned)
  const inside = marksOf(place, zone, () => 1)
  const sums = { cells: 0, base: 0, planned: 0, seenBase: 0, seenPlanned: 0 }
  for (let cell = 0; cell < inside.length; cell += 1) {
    const [from, to] = [base[cell] ?? NaN, planned[cell] ?? NaN]
    if (inside[cell] === 0 || Number.isNaN(from + to)) {
      inside[cell] = 0
      continue
    }
    sums.cells += 1
    sums.base += from
    sums.planned += to
    if (!Number.isNaN(shade.base?.[cell] ?? NaN)) sums.seenBase += 1
    if (!Number.isNaN(shade.planned?.[cell] ?? NaN)) sums.seenPlanned += 1
  }
  const { cells } = sums
  if (cells === 0) return undefined
  const shadeSeen = { base: sums.seenBase / cells, planned: sums.seenPlanned / cells }
  return { place, inside, base, planned, meanBase: sums.base / cells, meanPlanned: sums.planned / cells, shadeSeen }
}

interface Shades {
  base?: Float64Array | undefined
  planned?: Float64Array | undefined
}

const lasting = keptByObjects<Float64Array>()

function shadesOf(place: CityCells, before: LayerColumns, after: LayerColumns, canopy: CanopyGrids): Shades {
  const [base, planned] = [canopy.base, canopy.planned].map((grids) => shadeOf(place, grids, canopy.minimumHeightM))
  if (base && planned) return { base, planned }
  const present = base ?? planned
  if (!present) return {}
  const [was, is] = [rowsOf(place, before), rowsOf(place, after)]
  const kept = lasting.of([present, was, is], () => present.map((share, cell) => (was[cell] === is[cell] ? share : NaN)))
  return { base: present, planned: kept }
}

/** The hottest share of the cells that a heat grid sees: 1 where a cell is a hot spot. All of equal heat count together. */
export function hotCells({ place, inside }: Cooling, heat: readonly PlacedRaster[], hotShare: number): Uint8Array {
  const values = new Float64Array(inside.length).fill(NaN)
  for (let cell = 0; cell < inside.length; cell += 1) {
    if (inside[cell] === 0) continue
    const [x, y] = middleM(place, cell)
    for (const { grid, toGrid } of heat) {
      const value = valueAt(grid, ...toGrid(x, y))
      if (!Number.isNaN(value)) values[cell] = value
    }
  }
  const sorted = values.filter((value) => !Number.isNaN(value)).sort()
  const limit = sorted[Math.min(sorted.length - 1, Math.floor((1 - hotShare) * sorted.length))] ?? Infinity
  return Uint8Array.from(values, (value) => (value >= limit ? 1 : 0))
}

/** People of the population layers (of one feature after the other), or of the population grid. */
export interface PeopleInCells {
  from: 'layer' | 'grid'
  layers: readonly CountedLayer[]
  /** People of every cell. */
  persons: Float64Array
}

/** Where people live, cell by cell; undefined without data. Areas are taken as evenly filled. */
export function peopleInCells(plan: PlanData, place: CityCells): PeopleInCells | undefined {
  const persons = new Float64Array(place.columns * place.rows)
  const layers = countedLayers(plan, 'population').filter(({ total }) => total > 0)
  if (layers.length > 0) {
    for (const counted of layers) {
      forEachResident(place, counted, (_, cell, count) => (persons[cell] = (persons[cell] ?? 0) + count))
    }
    return { from: 'layer', layers, persons }
  }
  const grids = plan.rasters('population_grid')
  if (grids.length === 0) return undefined
  const cellM2 = (place.cellMm / 1000) ** 2
  for (let cell = 0; cell < persons.length; cell += 1) {
    const [x, y] = middleM(place, cell)
    for (const raster of grids) {
      const count = valueAt(raster.grid, ...raster.toGrid(x, y))
      if (count > 0) persons[cell] = (persons[cell] ?? 0) + (count * cellM2) / cellAreaM2(raster, x, y)
    }
  }
  return { from: 'grid', layers: [], persons }
}

/** Visits the people of a layer in their cells. */
export function forEachResident(
  place: CityCells,
  { layer, amounts }: CountedLayer,
  visit: (feature: number, cell: number, persons: number) => void,
): void {
  for (let feature = 0; feature < layer.count; feature += 1) {
    const amount = amounts[feature] ?? 0
    if (amount > 0) forEachCellOf(place, layer, feature, (cell, share) => visit(feature, cell, amount * share))
  }
}
