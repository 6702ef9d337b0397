import { parentPort, workerData } from 'node:worker_threads'
import { AppError } from '#core/errors.ts'
import { analyse } from './analyse.ts'
import type { AnalysisTask, FromAnalysis } from './messages.ts'

/** Entry of the analysis thread: reads, computes, answers, ends. It never writes to the catalogue, so it may be killed. */
const post = (message: FromAnalysis) => parentPort?.postMessage(message)

try {
  const measurements = await analyse(workerData as AnalysisTask, (progress) => post({ kind: 'progress', progress }), {
    write: (level, event, fields) => post({ kind: 'log', level, event, ...(fields ? { fields } : {}) }),
  })
  post({ kind: 'measured', measurements })
} catch (error) {
  if (!(error instanceof AppError)) throw error
  post({ kind: 'refused', error: error.toWire() })
}
