import { crsInfo, makeTransform } from '#core/crs/crs.ts'
import type { PointMap } from '#core/geo/frame.ts'
import { frameToGrid, type PlacedRaster } from '#core/geo/raster.ts'
import type { Plan, RasterLayer } from '#core/model/plan.ts'
import { toGeographic } from './plan-to-frame.ts'
import { loadRaster } from './gpkg-raster.ts'
import type { LayerFiles } from './layer-columns.ts'

/** Degrees of the plan's datum ↔ a grid's system. */
export function gridTransforms(crs: string, planCrs: string): { toGrid: PointMap; toEarth: PointMap } {
  const base = crsInfo(planCrs)?.base ?? planCrs
  const same: PointMap = (x, y) => [x, y]
  if (crs === base) return { toGrid: same, toEarth: same }
  return { toGrid: makeTransform(base, crs), toEarth: crs === planCrs ? toGeographic(crs) : makeTransform(crs, base) }
}

/** A grid of a stored plan as indicators read it. */
export function loadPlacedRaster(
  files: Pick<LayerFiles, 'gpkg'>,
  { role, name, sha256, table }: RasterLayer,
  plan: Plan,
): PlacedRaster {
  const grid = loadRaster(files, { table })
  const { toGrid } = gridTransforms(grid.crs, plan.crs)
  return { role, name, sha256, grid, toGrid: frameToGrid(plan.frame, toGrid) }
}
