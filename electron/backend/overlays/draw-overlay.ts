import type { Progress } from '#core/contract/procedures.ts'
import { loadGeos } from '#core/geo/geos.ts'
import { planData } from '#core/indicators/measure-plan.ts'
import { isRaster, isVector, type Layer } from '#core/model/plan.ts'
import type { ComputedOverlay, Overlay } from '#core/overlays/overlay.ts'
import { overlayOf } from '#core/overlays/run-overlay.ts'
import { bilingual } from '#core/text.ts'
import { loadLayerColumns, type LayerFiles } from '../store/layer-columns.ts'
import { loadPlacedRaster } from '../store/raster-place.ts'
import type { OverlayTask } from './messages.ts'

/** The layers that an overlay reads; others are not even loaded. */
export function layersOfOverlay({ needs, uses }: Overlay, layers: readonly Layer[]): Layer[] {
  const roles = new Set([...needs.flat(), ...uses])
  return layers.filter(({ role }) => roles.has(role))
}

/** Draws an overlay from the stored layers of a plan. Reads only; runs in a worker that may be killed. */
export async function drawOverlay(
  { plan, layers, gpkg, cacheDir, overlay: id, parameters }: OverlayTask,
  report: (progress: Progress) => void,
  log: NonNullable<LayerFiles['log']>,
): Promise<ComputedOverlay> {
  const overlay = overlayOf(id)
  const wanted = layersOfOverlay(overlay, layers)
  const vectors = wanted.filter(isVector)
  const columns = vectors.map((layer, done) => {
    report({ done, total: wanted.length, label: bilingual(`读取图层：${layer.name}`, `Reading layer: ${layer.name}`) })
    return loadLayerColumns({ gpkg, cacheDir, log }, layer, plan)
  })
  const rasters = wanted.filter(isRaster).map((layer, at) => {
    const done = vectors.length + at
    report({ done, total: wanted.length, label: bilingual(`读取栅格：${layer.name}`, `Reading grid: ${layer.name}`) })
    return loadPlacedRaster({ gpkg }, layer, plan)
  })
  const data = planData({ ...plan, rasters }, columns, await loadGeos())
  return overlay.compute(data, parameters, (done, total, label) => report({ done, total, label }))
}
