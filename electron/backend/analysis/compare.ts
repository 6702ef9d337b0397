import type { Progress } from '#core/contract/procedures.ts'
import { AppError } from '#core/errors.ts'
import { isRaster, isVector, type Layer, type Note } from '#core/model/plan.ts'
import { roleInfo } from '#core/model/roles.ts'
import { comparePlans, type CompareReport, type PlanComparison, type StoredLayer } from '#core/plan-diff/compare-plans.ts'
import { changedGround, changedShares } from '#core/plan-diff/ground.ts'
import type { FeatureRef } from '#core/plan-diff/result.ts'
import { bilingual } from '#core/text.ts'
import { without } from '#core/without.ts'
import { loadLayerColumns, type LayerFiles } from '../store/layer-columns.ts'
import type { CompareTask, FollowedRound, FollowTask, StoredPlan } from './messages.ts'

/**
 * Compares two stored plans in the newer one's plane, whatever plane the older one is analysed in.
 * @throws AppError `compare.no-common-plane` when only one of them has a place on Earth
 */
export function compare(task: CompareTask, report: Report, log: Log): PlanComparison {
  const comparison: PlanComparison = without(compared(task, [], report, log).comparison, 'followed')
  return { ...comparison, notes: [...comparison.notes, ...gridNotes(task.before.layers, task.after.layers)] }
}

/** What became of places of findings, and where the plan changed. @throws AppError `compare.no-common-plane` */
export function follow(task: FollowTask, report: Report, log: Log): FollowedRound {
  const { features, marks, ...plans } = task
  // Every change is listed: the share of a mark's ground must not depend on how many there are.
  const { comparison, older, newer } = compared({ ...plans, limit: Number.MAX_SAFE_INTEGER }, features, report, log)
  const ground = { layers: comparison.layers, older, newer }
  return {
    features: comparison.followed,
    markShares: changedShares(marks, ground, task.after.plan.frame),
    ground: changedGround(ground),
    layers: comparison.layers.map(({ role, totals }) => ({ role, totals })),
  }
}

type Report = (progress: Progress) => void
type Log = NonNullable<LayerFiles['log']>

function compared(
  { before, after, limit, cacheDir }: Omit<CompareTask, 'task'>,
  asked: readonly FeatureRef[],
  report: Report,
  log: Log,
) {
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
  const tell = ({ done, total: pairs, label }: CompareReport) =>
    report({ done: toRead + (toRead * done) / pairs, total, label: { zh: `比较：${label.zh}`, en: `Comparing: ${label.en}` } })
  const comparison = comparePlans(older, newer, limit, tell, asked)
  return { comparison, older: older.layers, newer: newer.layers }
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
