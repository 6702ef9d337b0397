import type { Progress } from '#core/contract/procedures.ts'
import type { LayerColumns } from '#core/geo/columns.ts'
import { loadGeos } from '#core/geo/geos.ts'
import { INDICATORS } from '#core/indicators/index.ts'
import type { Measurement } from '#core/model/measurement.ts'
import type { PlacedRaster } from '#core/geo/raster.ts'
import { isRaster, isVector, type RasterLayer, type VectorLayer } from '#core/model/plan.ts'
import type { Layer } from '#core/model/plan.ts'
import type { Role } from '#core/model/roles.ts'
import { loadLayerColumns, type LayerFiles } from '../store/layer-columns.ts'
import { loadPlacedRaster } from '../store/raster-place.ts'
import type { AnalysisTask } from './messages.ts'
import { measureOnThreads } from './indicator-threads.ts'

const READ_BY_INDICATORS: ReadonlySet<Role> = new Set(INDICATORS.flatMap(({ needs, uses }) => [...needs, ...uses]))

/** The layers that some indicator reads; others are not even loaded. */
export const layersToMeasure = (layers: readonly Layer[]): VectorLayer[] =>
  layers.filter(isVector).filter(({ role }) => READ_BY_INDICATORS.has(role))

/** The same for grids. */
export const rastersToMeasure = (layers: readonly Layer[]): RasterLayer[] =>
  layers.filter(isRaster).filter(({ role }) => READ_BY_INDICATORS.has(role))

/**
 * Measures a plan from its stored layers: reads them, and computes on several threads. Progress counts layers, then rows of tables,
 * then indicators, each on a scale of its own.
 */
export async function analyse(
  { plan, layers, gpkg, cacheDir, workers }: AnalysisTask,
  report: (progress: Progress) => void,
  log: NonNullable<LayerFiles['log']>,
): Promise<Measurement[]> {
  const columns = readLayers({ plan, layers, gpkg, cacheDir }, report, log)
  const rasters = readRasters({ plan, layers, gpkg }, report)
  return measureOnThreads({ ...plan, rasters }, columns, await loadGeos(), {
    parameters: plan.manifest.parameters ?? {},
    workers,
    tables: (done, total) => report({ done, total, label: OVERLAPS }),
    indicators: report,
  })
}

/** Reads the layers of a plan that indicators need. */
export function readLayers(
  { plan, layers, gpkg, cacheDir }: Omit<AnalysisTask, 'workers'>,
  report: (progress: Progress) => void,
  log: NonNullable<LayerFiles['log']>,
): LayerColumns[] {
  const wanted = layersToMeasure(layers)
  return wanted.map((layer, done) => {
    report({ done, total: wanted.length, label: { zh: `读取图层：${layer.name}`, en: `Reading layer: ${layer.name}` } })
    return loadLayerColumns({ gpkg, cacheDir, log }, layer, plan)
  })
}

/** Reads the grids of a plan that indicators need. */
export function readRasters(
  { plan, layers, gpkg }: Pick<AnalysisTask, 'plan' | 'layers' | 'gpkg'>,
  report: (progress: Progress) => void,
): PlacedRaster[] {
  const wanted = rastersToMeasure(layers)
  return wanted.map((layer, done) => {
    report({ done, total: wanted.length, label: { zh: `读取栅格：${layer.name}`, en: `Reading grid: ${layer.name}` } })
    return loadPlacedRaster({ gpkg }, layer, plan)
  })
}

export const OVERLAPS = { zh: '计算图层叠加', en: 'Measuring overlaps of layers' }
