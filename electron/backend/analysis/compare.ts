import type { Progress } from '#core/contract/procedures.ts'
import { AppError } from '#core/errors.ts'
import { isRaster, isVector, type Layer, type Note } from '#core/model/plan.ts'
import { roleInfo } from '#core/model/roles.ts'
import { comparePlans, type PlanComparison, type StoredLayer } from '#core/plan-diff/compare-plans.ts'
import { bilingual } from '#core/text.ts'
import { loadLayerColumns, type LayerFiles } from '../store/layer-columns.ts'
import type { CompareTask, StoredPlan } from './messages.ts'

/**
 * Compares two stored plans in the newer one's plane, whatever plane the older one is analysed in.
 * @throws AppError `compare.no-common-plane` when only one of them has a place on Earth
 */
export function compare(
  { before, after, limit, cacheDir }: CompareTask,
  report: (progress: Progress) => void,
  log: NonNullable<LayerFiles['log']>,
): PlanComparison {
  const { frame } = after.plan
  if (before.plan.frame.kind !== frame.kind)
    throw new AppError('compare.no-common-plane', { before: before.plan.name, after: after.plan.name })
  const toRead = before.layers.filter(isVector).length + after.layers.filter(isVector).length
  const total = 2 * toRead
  let read = 0
  const load = ({ plan, layers, gpkg }: StoredPlan): StoredLayer[] =>
    layers.filter(isVector).map((layer) => {
      report({ done: read++, total, label: { zh: `读取图层：${layer.name}`, en: `Reading layer: ${layer.name}` } })
      return { id: layer.id, columns: loadLayerColumns({ gpkg, cacheDir, log }, layer, { crs: plan.crs, frame }) }
    })
  const older = { plan: before.plan, layers: load(before) }
  const newer = { plan: after.plan, layers: load(after) }
  const comparison = comparePlans(older, newer, limit, ({ done, total: pairs, label }) =>
    report({ done: toRead + (toRead * done) / pairs, total, label: { zh: `比较：${label.zh}`, en: `Comparing: ${label.en}` } }),
  )
  return { ...comparison, notes: [...comparison.notes, ...gridNotes(before.layers, after.layers)] }
}

/** Grids have no features to compare: they are the same or they were replaced. */
function gridNotes(before: readonly Layer[], after: readonly Layer[]): Note[] {
  const grids = (layers: readonly Layer[]) => Map.groupBy(layers.filter(isRaster), ({ role }) => role)
  const [older, newer] = [grids(before), grids(after)]
  const hashes = (layers: readonly Layer[] | undefined) =>
    (layers ?? [])
      .map(({ sha256 }) => sha256)
      .toSorted()
      .join()
  return [...new Set([...older.keys(), ...newer.keys()])]
    .filter((role) => hashes(older.get(role)) !== hashes(newer.get(role)))
    .map((role) => ({
      severity: 'info',
      code: 'compare.grid-replaced',
      params: { role },
      text: bilingual(
        `${roleInfo(role).title.zh}：栅格已更换；栅格只比较是否相同`,
        `${roleInfo(role).title.en}: the grid was replaced; grids are only told to be the same or not`,
      ),
    }))
}
