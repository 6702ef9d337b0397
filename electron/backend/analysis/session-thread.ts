import { parentPort } from 'node:worker_threads'
import { neededTables } from '#core/analysis/needed-tables.ts'
import { changedParts } from '#core/analysis/same-parts.ts'
import { planSession, type PlanSession, type SessionChange } from '#core/analysis/plan-session.ts'
import type { Progress } from '#core/contract/procedures.ts'
import { AppError } from '#core/errors.ts'
import { partsOf } from '#core/geo/edit-layer.ts'
import { loadGeos } from '#core/geo/geos.ts'
import { INDICATORS } from '#core/indicators/index.ts'
import { planData } from '#core/indicators/measure-plan.ts'
import type { Log } from '../log.ts'
import { OVERLAPS, readLayers, readRasters } from './analyse.ts'
import type { AnalysisTask, FromAnalysis, SessionAsk } from './messages.ts'
import { computeTables } from './table-workers.ts'

interface Voice {
  post: (message: FromAnalysis) => void
  report: (progress: Progress) => void
  log: Pick<Log, 'write'>
}

const INDICATORS_LABEL = { zh: '计算指标', en: 'Measuring indicators' }

/** Reads and measures a plan, then stays and answers edits of it until the thread is ended. */
export async function openSession(task: AnalysisTask, { post, report, log }: Voice): Promise<void> {
  const layers = readLayers(task, report, log)
  const geos = await loadGeos()
  const plan = { ...task.plan, rasters: readRasters(task, report) }
  const tables = neededTables(planData(plan, layers, geos), INDICATORS)
  await computeTables(tables, { workers: task.workers, report: (done, total) => report({ done, total, label: OVERLAPS }) })
  report({ done: 0, total: 1, label: INDICATORS_LABEL })
  const session = planSession({ plan, layers, geos, parameters: task.plan.manifest.parameters ?? {} })
  warmUp(session)
  parentPort?.on('message', (ask: SessionAsk) => post(answered(session, ask)))
  post({ kind: 'opened', measurements: session.current() })
}

/** Longer than this a person does not wait for faster edits. */
const WARM_UP_MS = 1500
const WARM_UP_ROUNDS = 3

/** Makes edits that change nothing and takes them back, so that the first real ones do not wait for code to be compiled. */
function warmUp(session: PlanSession): void {
  const layer = session.layers().find(({ role, count }) => role === 'landuse_plan' && count > 0)
  if (!layer) return
  const feature = Math.floor(layer.count / 2)
  const parts = partsOf(layer, feature).map((part) => part.map((ring) => Array.from(ring, (mm) => mm / 1000)))
  if (parts.length === 0) return
  const { role, kind } = layer
  const end = performance.now() + WARM_UP_MS
  for (let round = 0; round < WARM_UP_ROUNDS && performance.now() < end; round += 1) {
    session.apply([{ role, kind, change: 'add', parts, attributes: {} }], { leaveSlow: true })
    session.apply([{ drawn: 1, change: 'rewrite', attributes: {} }], { leaveSlow: true })
    session.undo()
    session.undo()
  }
}

function answered(session: PlanSession, ask: SessionAsk): FromAnalysis {
  const { number } = ask
  const start = performance.now()
  const told = new Map(session.current().map((measurement) => [measurement.id, measurement]))
  try {
    const change = changeOf(session, ask)
    const measured = new Set(change.measured)
    const changed = change.measurements
      .filter(({ id }) => measured.has(id))
      .map((measurement) => changedParts(told.get(measurement.id) ?? measurement, measurement))
    return {
      kind: 'edited',
      number,
      answer: { changed, ms: performance.now() - start, undoable: change.undoable, waiting: [...change.waiting] },
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { kind: 'edit-refused', number, error: error.toWire() }
  }
}

function changeOf(session: PlanSession, ask: SessionAsk): SessionChange {
  if (ask.ask === 'edit') return session.apply(ask.edits, { leaveSlow: ask.leaveSlow })
  return ask.ask === 'settle' ? session.settle(ask.only) : (session.undo() ?? NOTHING_TO_UNDO)
}

const NOTHING_TO_UNDO: SessionChange = { measurements: [], measured: [], undoable: 0, waiting: [] }
