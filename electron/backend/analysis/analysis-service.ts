import { Worker } from 'node:worker_threads'
import type { CallContext } from '#core/contract/procedures.ts'
import { AppError, fromWire } from '#core/errors.ts'
import type { Measurement } from '#core/model/measurement.ts'
import type { Layer, Plan } from '#core/model/plan.ts'
import { entryUrl } from '../entry-url.ts'
import type { Log } from '../log.ts'
import type { AnalysisTask, FromAnalysis } from './messages.ts'

export interface AnalysisOptions {
  /** Path of a plan's GeoPackage in the catalogue. */
  gpkgPath: (sha256: string) => string
  cacheDir: string
  log?: Pick<Log, 'write'>
}

export interface AnalysisService {
  /**
   * Measures every indicator on a worker of its own. Throws `analysis.no-layers`, the parameter errors of the manifest, and
   * `request.cancelled`; a worker that fails otherwise is a bug. Nothing is stored: that is the caller's.
   */
  run(plan: Plan, layers: readonly Layer[], call: CallContext): Promise<Measurement[]>
}

/** Starts one read-only worker per run; cancel ends it at once, whatever it is computing. */
export function createAnalysisService({ gpkgPath, cacheDir, log }: AnalysisOptions): AnalysisService {
  return {
    async run(plan, layers, call) {
      if (layers.length === 0) throw new AppError('analysis.no-layers', { plan: plan.name })
      if (call.signal.aborted) throw cancelled()
      const workerData: AnalysisTask = { plan, layers: [...layers], gpkg: gpkgPath(plan.gpkgSha256), cacheDir }
      const worker = new Worker(entryUrl('analysis-worker'), { workerData, execArgv: [] })
      try {
        return await answerOf(worker, call, log)
      } finally {
        await worker.terminate()
      }
    },
  }
}

const cancelled = () => new AppError('request.cancelled', { procedure: 'analysis.run' })

function answerOf(worker: Worker, call: CallContext, log: AnalysisOptions['log']): Promise<Measurement[]> {
  return new Promise((resolve, reject) => {
    call.signal.addEventListener('abort', () => reject(cancelled()), { once: true })
    worker.on('message', (message: FromAnalysis) => {
      if (message.kind === 'progress') call.progress(message.progress)
      else if (message.kind === 'log') log?.write(message.level, message.event, message.fields)
      else if (message.kind === 'measured') resolve(message.measurements)
      else reject(fromWire(message.error))
    })
    worker.on('error', reject)
    worker.on('messageerror', reject)
    worker.on('exit', (code) => reject(new Error(`the analysis worker ended without an answer, code ${code}`)))
  })
}
