import type { Worker } from 'node:worker_threads'
import { estimateRun, memoryFits } from '#core/analysis/estimate.ts'
import type { RunEstimate } from '#core/contract/analysis-procedures.ts'
import { etaEstimator } from '#core/contract/eta.ts'
import type { CallContext, ProcedureName } from '#core/contract/procedures.ts'
import { AppError, fromWire } from '#core/errors.ts'
import type { EvidenceFeature, Measurement } from '#core/model/measurement.ts'
import type { Layer, Plan } from '#core/model/plan.ts'
import type { OpportunityChoice } from '#core/opportunity/choice.ts'
import type { OpportunityReport } from '#core/opportunity/report.ts'
import type { FlipResult } from '#core/flip/result.ts'
import type { ComputedOverlay } from '#core/overlays/overlay.ts'
import type { PlanComparison } from '#core/plan-diff/compare-plans.ts'
import { startThread } from '../start-thread.ts'
import type { Log } from '../log.ts'
import type { OverlayTask } from '../overlays/messages.ts'
import type { FlipTask } from '../flip/messages.ts'
import type { FlowPiece } from '../tables/flow-pieces.ts'
import type { FeaturesTask } from '../tables/messages.ts'
import { createCalibrations } from './calibration.ts'
import { freeMemoryMb, machineMemoryMb } from './machine-memory.ts'
import type { CompareTask, FollowAsked, FollowedRound, FromAnalysis, StoredPlan, WorkerTask } from './messages.ts'
import { createResultCache } from './result-cache.ts'

export type { FollowAsked, FollowedRound } from './messages.ts'

export interface AnalysisOptions {
  /** Path of a plan's GeoPackage in the catalogue. */
  gpkgPath: (sha256: string) => string
  cacheDir: string
  /** Version of the program: results of another one are not taken from the cache. */
  version: string
  /** Threads that compute overlaps; one per core where absent. */
  workers?: number | undefined
  /** MB that no program uses; asked of the system where absent. */
  freeMemoryMb?: (() => number) | undefined
  log?: Pick<Log, 'write'>
}

/** What a run came to. */
export interface AnalysisRun {
  measurements: Measurement[]
  /** The same inputs, parameters and versions had been measured before; nothing was computed. */
  fromCache: boolean
}

/** A plan of the catalogue with its layers. */
export interface CataloguedPlan {
  plan: Plan
  layers: readonly Layer[]
}

export interface AnalysisService {
  /**
   * Measures every indicator on a worker of its own, or takes the result of an equal run from the cache. Throws `analysis.no-layers`, the parameter errors of the manifest, and
   * `request.cancelled`; a worker that fails otherwise is a bug. Nothing is stored: that is the caller's. Throws `analysis.not-enough-memory`
   * where the estimate is above what is free, unless `evenIfShort`.
   */
  run(
    plan: Plan,
    layers: readonly Layer[],
    call: CallContext,
    insisting?: { evenIfShort?: boolean | undefined },
  ): Promise<AnalysisRun>
  /** What a run would take, without running. Throws the parameter errors of the manifest. */
  estimate(plan: Plan, layers: readonly Layer[]): RunEstimate
  /** What changed from one plan to the other, on a worker of its own. Throws `compare.no-common-plane`, `request.cancelled`. */
  compare(before: CataloguedPlan, after: CataloguedPlan, limit: number, call: CallContext): Promise<PlanComparison>
  /** What became of features and marks of the older plan in the newer one. Throws `compare.no-common-plane`, `request.cancelled`. */
  follow(before: CataloguedPlan, after: CataloguedPlan, asked: FollowAsked, call: CallContext): Promise<FollowedRound>
  /** Area of planned land use by class code, m². Throws `request.cancelled`. */
  classAreas(plan: CataloguedPlan, call: CallContext): Promise<Record<string, number>>
  /** The overlaid ground behind a matrix of land use, by classes of so many digits. Throws `request.cancelled`. */
  flowPieces(plan: CataloguedPlan, digits: number, call: CallContext): Promise<FlowPiece[]>
  /** The features behind figures of one indicator's tables, one list per place. Throws `tables.no-features`, `request.cancelled`. */
  featuresOf(
    plan: CataloguedPlan,
    asked: Pick<FeaturesTask, 'indicator' | 'parameters' | 'places'>,
    call: CallContext,
  ): Promise<EvidenceFeature[][]>
  /** One analysis overlay, drawn anew. Throws `overlays.unknown`, `request.cancelled`. */
  overlay(
    plan: CataloguedPlan,
    asked: Pick<OverlayTask, 'overlay' | 'parameters'>,
    procedure: 'overlays.compute' | 'overlays.export',
    call: CallContext,
  ): Promise<ComputedOverlay>
  /** The smallest change found that lifts an item. Throws `request.cancelled`. */
  flip(plan: CataloguedPlan, asked: FlipAsked, call: CallContext): Promise<FlipResult>
  /** Opportunity areas found and scored by a choice. Throws `opportunity.no-ground`, `request.cancelled`. */
  opportunities(plan: CataloguedPlan, choice: OpportunityChoice, call: CallContext): Promise<OpportunityReport>
}

/** A search without what the service adds to it. */
export type FlipAsked = Pick<FlipTask, 'checklist' | 'item' | 'to' | 'measurements' | 'evaluations' | 'seconds'>

/** Starts one read-only worker per run; cancel ends it at once, whatever it is computing. */
export function createAnalysisService(options: AnalysisOptions): AnalysisService {
  const { gpkgPath, cacheDir, version, workers, log } = options
  const freeMb = options.freeMemoryMb ?? freeMemoryMb
  const results = createResultCache(cacheDir, version, log)
  const calibrations = createCalibrations(cacheDir, log)
  const stored = ({ plan, layers }: CataloguedPlan): StoredPlan => ({
    plan,
    layers: [...layers],
    gpkg: gpkgPath(plan.gpkgSha256),
  })
  const answered = async (workerData: WorkerTask, procedure: ProcedureName, call: CallContext) => {
    if (call.signal.aborted) throw cancelled(procedure)
    const worker = startThread('analysis-worker', { workerData })
    try {
      return await answerOf(worker, procedure, call, log)
    } finally {
      await worker.terminate()
    }
  }
  /** A machine that runs out of memory takes other people's work with it: it is better not to begin. */
  const refuseWithoutMemory = (plan: Plan, layers: readonly Layer[]) => {
    const { memoryMb } = estimateRun(calibrations.sizeOf(plan, layers, gpkgPath(plan.gpkgSha256)), calibrations.current())
    const free = freeMb()
    if (memoryFits(memoryMb, free) === 'no')
      throw new AppError('analysis.not-enough-memory', { plan: plan.name, memoryMb, freeMb: free })
  }
  return {
    async run(plan, layers, call, { evenIfShort = false } = {}) {
      if (layers.length === 0) throw new AppError('analysis.no-layers', { plan: plan.name })
      if (call.signal.aborted) throw cancelled('analysis.run')
      const key = results.keyOf(plan, layers)
      const kept = results.read(key)
      if (kept) return { measurements: kept, fromCache: true }
      if (!evenIfShort) refuseWithoutMemory(plan, layers)
      const start = performance.now()
      const task: WorkerTask = { task: 'measure', ...stored({ plan, layers }), cacheDir, workers }
      const answer = await answered(task, 'analysis.run', call)
      if (answer.kind !== 'measured') throw new Error(`asked to measure, the worker answered “${answer.kind}”`)
      const { measurements, peakMb } = answer
      results.write(key, measurements)
      const { vertices } = calibrations.sizeOf(plan, layers, task.gpkg)
      calibrations.learn({ vertices, seconds: (performance.now() - start) / 1000, peakMb })
      return { measurements, fromCache: false }
    },
    estimate(plan, layers) {
      const calibration = calibrations.current()
      const size = calibrations.sizeOf(plan, layers, gpkgPath(plan.gpkgSha256))
      const { seconds, memoryMb } = estimateRun(size, calibration)
      const [machineMb, free] = [machineMemoryMb(), freeMb()]
      const cached = results.read(results.keyOf(plan, layers)) !== undefined
      return {
        seconds,
        memoryMb,
        machineMemoryMb: machineMb,
        freeMemoryMb: free,
        fits: memoryFits(memoryMb, free),
        ...size,
        cached,
        learnedFrom: calibration.runs,
      }
    },
    async compare(before, after, limit, call) {
      const task: CompareTask = { task: 'compare', before: stored(before), after: stored(after), limit, cacheDir }
      const answer = await answered(task, 'plans.compare', call)
      if (answer.kind !== 'compared') throw new Error(`asked to compare, the worker answered “${answer.kind}”`)
      return answer.comparison
    },
    async follow(before, after, asked, call) {
      const task: WorkerTask = { task: 'follow', before: stored(before), after: stored(after), ...asked, cacheDir }
      const answer = await answered(task, 'rounds.start', call)
      if (answer.kind !== 'followed') throw new Error(`asked to follow, the worker answered “${answer.kind}”`)
      return answer.followed
    },
    async classAreas(plan, call) {
      const answer = await answered({ task: 'class-areas', ...stored(plan), cacheDir }, 'orientation.get', call)
      if (answer.kind !== 'class-areas') throw new Error(`asked for areas, the worker answered “${answer.kind}”`)
      return answer.areasM2
    },
    async featuresOf(plan, asked, call) {
      const answer = await answered({ task: 'features', ...stored(plan), ...asked, cacheDir }, 'analysis.featuresOf', call)
      if (answer.kind !== 'features') throw new Error(`asked for features, the worker answered “${answer.kind}”`)
      return answer.features
    },
    async overlay(plan, asked, procedure, call) {
      const answer = await answered({ task: 'overlay', ...stored(plan), ...asked, cacheDir }, procedure, call)
      if (answer.kind !== 'overlay') throw new Error(`asked for an overlay, the worker answered “${answer.kind}”`)
      return answer.computed
    },
    async opportunities(plan, choice, call) {
      const answer = await answered({ task: 'opportunity', ...stored(plan), choice, cacheDir }, 'opportunity.find', call)
      if (answer.kind !== 'opportunity') throw new Error(`asked for opportunity areas, the worker answered “${answer.kind}”`)
      return answer.report
    },
    async flip(plan, asked, call) {
      const answer = await answered({ task: 'flip', ...stored(plan), ...asked, cacheDir, workers }, 'flip.search', call)
      if (answer.kind !== 'flip') throw new Error(`asked for a search, the worker answered “${answer.kind}”`)
      return answer.result
    },
    async flowPieces(plan, digits, call) {
      const answer = await answered({ task: 'pieces', ...stored(plan), digits, cacheDir }, 'analysis.exportTable', call)
      if (answer.kind !== 'pieces') throw new Error(`asked for pieces, the worker answered “${answer.kind}”`)
      return answer.pieces
    },
  }
}

const cancelled = (procedure: ProcedureName) => new AppError('request.cancelled', { procedure })

type Answer = Extract<
  FromAnalysis,
  { kind: 'measured' | 'compared' | 'followed' | 'class-areas' | 'features' | 'pieces' | 'overlay' | 'opportunity' | 'flip' }
>
const ANSWERS: ReadonlySet<string> = new Set<Answer['kind']>([
  'measured',
  'compared',
  'followed',
  'class-areas',
  'features',
  'pieces',
  'overlay',
  'opportunity',
  'flip',
])
const isAnswer = (message: FromAnalysis): message is Answer => ANSWERS.has(message.kind)

function answerOf(worker: Worker, procedure: ProcedureName, call: CallContext, log: AnalysisOptions['log']): Promise<Answer> {
  const withEta = etaEstimator(() => performance.now())
  return new Promise((resolve, reject) => {
    call.signal.addEventListener('abort', () => reject(cancelled(procedure)), { once: true })
    worker.on('message', (message: FromAnalysis) => {
      if (message.kind === 'progress') call.progress(withEta(message.progress))
      else if (message.kind === 'log') log?.write(message.level, message.event, message.fields)
      else if (message.kind === 'refused') reject(fromWire(message.error))
      else if (isAnswer(message)) resolve(message)
    })
    worker.on('error', reject)
    worker.on('messageerror', reject)
    worker.on('exit', (code) => reject(new Error(`the analysis worker ended without an answer, code ${code}`)))
  })
}
