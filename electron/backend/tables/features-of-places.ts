import type { Progress } from '#core/contract/procedures.ts'
import { AppError } from '#core/errors.ts'
import { loadGeos } from '#core/geo/geos.ts'
import { INDICATORS } from '#core/indicators/index.ts'
import { planData } from '#core/indicators/measure-plan.ts'
import type { EvidenceFeature } from '#core/model/measurement.ts'
import { isRaster, isVector } from '#core/model/plan.ts'
import { bilingual } from '#core/text.ts'
import { loadLayerColumns, type LayerFiles } from '../store/layer-columns.ts'
import { loadPlacedRaster } from '../store/raster-place.ts'
import type { FeaturesTask } from './messages.ts'

/**
 * The features behind figures, one list per place, from the stored layers that the indicator reads.
 * @throws AppError `tables.no-features` when the indicator cannot tell
 */
export async function featuresOfPlaces(
  { plan, layers, gpkg, cacheDir, indicator: id, parameters, places }: FeaturesTask,
  report: (progress: Progress) => void,
  log: NonNullable<LayerFiles['log']>,
): Promise<EvidenceFeature[][]> {
  const indicator = INDICATORS.find((one) => one.id === id)
  if (indicator?.featuresOf === undefined)
    throw new AppError('tables.no-features', { indicator: id, table: places[0]?.table ?? '' })
  const roles = new Set([...indicator.needs, ...indicator.uses])
  const wanted = layers.filter(isVector).filter(({ role }) => roles.has(role))
  const total = wanted.length + places.length
  const columns = wanted.map((layer, done) => {
    report({ done, total, label: bilingual(`读取图层：${layer.name}`, `Reading layer: ${layer.name}`) })
    return loadLayerColumns({ gpkg, cacheDir, log }, layer, plan)
  })
  const grids = layers.filter(isRaster).filter(({ role }) => roles.has(role))
  const rasters = grids.map((layer) => loadPlacedRaster({ gpkg }, layer, plan))
  const data = planData({ ...plan, rasters }, columns, await loadGeos())
  return places.map((place, at) => {
    report({ done: wanted.length + at, total, label: bilingual('查找图斑', 'Finding features') })
    return indicator.featuresOf?.(data, parameters, place) ?? []
  })
}
