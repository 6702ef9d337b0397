import { availableParallelism } from 'node:os'
import { neededTables } from '#core/analysis/needed-tables.ts'
import type { LayerColumns } from '#core/geo/columns.ts'
import type { Geos } from '#core/geo/geos.ts'
import { shareGround } from '#core/geo/prepared.ts'
import { INDICATORS } from '#core/indicators/index.ts'
import type { Indicator, PlanData } from '#core/indicators/indicator.ts'
import { layersByRole, measureOne, planOf, type MeasureProgress, type PlanFacts } from '#core/indicators/measure-plan.ts'
import { parametersInUse } from '#core/indicators/parameters.ts'
import type { Measurement } from '#core/model/measurement.ts'
import { startThread } from '../start-thread.ts'
import { takeIndicator, type HelpTask } from './indicator-help.ts'
import { computeTables, type TableOptions } from './table-workers.ts'

/** Each helping thread keeps what it derives to itself: more of them would cost more memory than they save time. */
const MOST_HELPERS = 3
/** Below this many features one thread is done before another has started; beyond this many vertices memory is dearer than time. */
const FEWEST_FEATURES = 20_000
const MOST_VERTICES = 20_000_000

export interface ThreadOptions {
  /** The manifest's parameters. */
  parameters: Readonly<Record<string, number>>
  /** Threads in all; one per core unless told. The result is the same whatever their number. */
  workers?: number | undefined
  /** Plans with fewer features are measured by this thread alone. */
  fewestFeatures?: number
  tables: TableOptions['report']
  indicators: (progress: MeasureProgress) => void
}

/**
 * Measures a plan on several threads: first the tables of overlaps, while helpers begin with indicators that fold none; then this
 * thread folds the tables and takes what the helpers have not begun. Indicators are pure, so that who measures one does not matter. A
 * helper that fails fails the whole. Throws the errors of `parametersInUse`.
 */
export async function measureOnThreads(
  facts: PlanFacts,
  layers: readonly LayerColumns[],
  geos: Geos,
  { parameters, workers = availableParallelism(), fewestFeatures = FEWEST_FEATURES, tables, indicators: report }: ThreadOptions,
): Promise<Measurement[]> {
  const byRole = layersByRole(layers)
  const data = planOf(facts, byRole, geos)
  const inUse = parametersInUse(INDICATORS, parameters)
  const needed = neededTables(data, INDICATORS)
  const shared = INDICATORS.filter((indicator) => mayBeHelped(indicator, data)).toSorted(
    (one, other) => Number(other.isSlow ?? false) - Number(one.isSlow ?? false),
  )
  const merged = [...byRole.values()].flat()
  const helpers = isWorthHelp(merged, fewestFeatures) ? Math.min(MOST_HELPERS, workers - 1) : 0
  const prepared = new Set(needed.flatMap(({ a, b }) => [a, b]))
  const task: HelpTask = {
    facts: { ...facts, rasters: [] },
    layers: merged.map((layer) => ({ layer, ground: helpers > 0 && prepared.has(layer) ? shareGround(layer) : null })),
    ids: shared.map(({ id }) => id),
    parameters: Object.fromEntries(inUse),
    taken: new Int32Array(new SharedArrayBuffer(4 * shared.length)),
  }
  const found = new Map<string, Measurement>()
  const help = Array.from({ length: helpers }, () => helped(task, found))
  const measure = (indicator: Indicator) => {
    report({ done: found.size, total: INDICATORS.length, label: indicator.title })
    found.set(indicator.id, measureOne(indicator, data, inUse.get(indicator.id) ?? {}))
  }
  await Promise.race([computeTables(needed, { workers, report: tables }), failureOf(help)])
  for (const indicator of INDICATORS) if (!shared.includes(indicator)) measure(indicator)
  for (let at = takeIndicator(task.taken, 'last'); at >= 0; at = takeIndicator(task.taken, 'last')) {
    const indicator = shared[at]
    if (indicator) measure(indicator)
  }
  await Promise.all(help)
  report({ done: INDICATORS.length, total: INDICATORS.length, label: { zh: '完成', en: 'Done' } })
  return INDICATORS.flatMap(({ id }) => found.get(id) ?? [])
}

/** Grids stay here, and so does whoever folds tables. */
const mayBeHelped = ({ overlays, needs, uses }: Indicator, data: PlanData): boolean =>
  overlays === undefined && [...needs, ...uses].every((role) => data.rasters(role).length === 0)

const isWorthHelp = (layers: readonly LayerColumns[], fewestFeatures: number): boolean =>
  layers.reduce((sum, { count }) => sum + count, 0) >= fewestFeatures &&
  layers.reduce((sum, { xy }) => sum + xy.length / 2, 0) <= MOST_VERTICES

/** Never settles unless a helper fails. */
const failureOf = (help: readonly Promise<void>[]): Promise<never> =>
  new Promise((_, reject) => {
    for (const one of help) one.catch(reject)
  })

/** Settles when a helping thread has nothing left to take. */
function helped(task: HelpTask, found: Map<string, Measurement>): Promise<void> {
  const worker = startThread('indicator-worker', { workerData: task })
  return new Promise((resolve, reject) => {
    worker.on('message', (measurement: Measurement) => found.set(measurement.id, measurement))
    worker.on('error', reject)
    worker.on('messageerror', reject)
    worker.on('exit', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`a thread that measured indicators ended with code ${code}`))
    })
  })
}
