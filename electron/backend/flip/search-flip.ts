import { neededTables } from '#core/analysis/needed-tables.ts'
import type { Progress } from '#core/contract/procedures.ts'
import { flipItem } from '#core/flip/flip-item.ts'
import type { FlipResult } from '#core/flip/result.ts'
import { sideEffectsOf } from '#core/flip/side-effects.ts'
import { loadGeos } from '#core/geo/geos.ts'
import { INDICATORS, indicatorById } from '#core/indicators/index.ts'
import { planData } from '#core/indicators/measure-plan.ts'
import { OVERLAPS, readLayers, readRasters } from '../analysis/analyse.ts'
import { computeTables } from '../analysis/table-workers.ts'
import { storedEdit } from '../options/stored-edit.ts'
import type { LayerFiles } from '../store/layer-columns.ts'
import type { FlipTask } from './messages.ts'

const TRYING = { zh: '试算改动（最多次数）', en: 'Trying changes (at most)' }
const SIDE_EFFECTS = { zh: '测算对其他各项的影响', en: 'Measuring what it does to other items' }

/**
 * Searches on the stored layers of a plan, then measures every other item with what was found. Reads only; runs in a worker that may be
 * killed. `seconds` are counted from the first try: reading the plan is not part of them.
 */
export async function searchFlip(
  task: FlipTask,
  report: (progress: Progress) => void,
  log: NonNullable<LayerFiles['log']>,
): Promise<FlipResult> {
  const { checklist, item, to, measurements, evaluations, seconds } = task
  const layers = readLayers(task, report, log)
  const geos = await loadGeos()
  const plan = { ...task.plan, rasters: readRasters(task, report) }
  const data = planData(plan, layers, geos)
  const tablesOf = (indicators: typeof INDICATORS) =>
    computeTables(neededTables(data, indicators), {
      workers: task.workers,
      report: (done, total) => report({ done, total, label: OVERLAPS }),
    })
  const judge = indicatorById(checklist.items.find(({ id }) => id === item)?.rule?.indicator ?? '')
  await tablesOf(judge ? [judge] : [])
  const parameters = task.plan.manifest.parameters ?? {}
  const common = { checklist, item, plan, layers, geos, parameters, measurements }
  const end = performance.now() + 1000 * seconds
  const { result, edits } = flipItem({
    ...common,
    to,
    budget: { evaluations, isOver: () => performance.now() > end },
    report: ({ evaluations: done, most }) => report({ done, total: most, label: TRYING }),
  })
  if (result.state !== 'found') return result
  await tablesOf(INDICATORS)
  report({ done: 0, total: 1, label: SIDE_EFFECTS })
  const judged = { cityKind: task.plan.cityKind, planLevel: task.plan.planLevel }
  return {
    ...result,
    edits: edits.flat().map((edit) => storedEdit(edit, task.layers)),
    sideEffects: sideEffectsOf(common, edits.flat(), judged).sideEffects,
  }
}
