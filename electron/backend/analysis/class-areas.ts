import type { Progress } from '#core/contract/procedures.ts'
import { textAt } from '#core/geo/columns.ts'
import { areasM2 } from '#core/geo/measure.ts'
import { isVector } from '#core/model/plan.ts'
import { loadLayerColumns, type LayerFiles } from '../store/layer-columns.ts'
import type { ClassAreasTask } from './messages.ts'

/** Area of every land class code of the plan's layers, m²; features without a class under the empty code. Overlaps count twice. */
export function classAreas(
  { plan, layers, gpkg, cacheDir }: ClassAreasTask,
  report: (progress: Progress) => void,
  log: NonNullable<LayerFiles['log']>,
): Record<string, number> {
  const areas: Record<string, number> = {}
  const polygons = layers.filter(isVector).filter(({ kind }) => kind === 'polygon')
  for (const [done, layer] of polygons.entries()) {
    report({ done, total: polygons.length, label: { zh: `读取图层：${layer.name}`, en: `Reading layer: ${layer.name}` } })
    const columns = loadLayerColumns({ gpkg, cacheDir, log }, layer, plan)
    for (const [feature, areaM2] of areasM2(columns).entries()) {
      const code = textAt(columns, 'class', feature) ?? ''
      areas[code] = (areas[code] ?? 0) + areaM2
    }
  }
  return areas
}
