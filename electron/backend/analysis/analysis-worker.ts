import { parentPort, workerData } from 'node:worker_threads'
import type { Progress } from '#core/contract/procedures.ts'
import { AppError } from '#core/errors.ts'
import type { Log } from '../log.ts'
import { analyse } from './analyse.ts'
import { compare } from './compare.ts'
import { featuresOfPlaces } from '../tables/features-of-places.ts'
import type { FromAnalysis, WorkerTask } from './messages.ts'

/** Entry of the analysis thread: reads, computes, answers, ends. It never writes to the catalogue, so it may be killed. */
const post = (message: FromAnalysis) => parentPort?.postMessage(message)

try {
  const task = workerData as WorkerTask
  const report = (progress: Progress) => post({ kind: 'progress', progress })
  const log: Pick<Log, 'write'> = {
    write: (level, event, fields) => post({ kind: 'log', level, event, ...(fields ? { fields } : {}) }),
  }
  if (task.task === 'compare') post({ kind: 'compared', comparison: compare(task, report, log) })
  else if (task.task === 'features') post({ kind: 'features', features: await featuresOfPlaces(task, report, log) })
  else post({ kind: 'measured', measurements: await analyse(task, report, log) })
} catch (error) {
  if (!(error instanceof AppError)) throw error
  post({ kind: 'refused', error: error.toWire() })
}
