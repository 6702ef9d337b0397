import { parentPort, workerData } from 'node:worker_threads'
import type { Progress } from '#core/contract/procedures.ts'
import { AppError } from '#core/errors.ts'
import type { Log } from '../log.ts'
import { findOpportunities } from '../opportunity/find-opportunities.ts'
import { searchFlip } from '../flip/search-flip.ts'
import { drawOverlay } from '../overlays/draw-overlay.ts'
import { featuresOfPlaces } from '../tables/features-of-places.ts'
import { flowPieces } from '../tables/flow-pieces.ts'
import { analyse } from './analyse.ts'
import { classAreas } from './class-areas.ts'
import { compare, follow } from './compare.ts'
import type { AnalysisTask, FromAnalysis, WorkerTask } from './messages.ts'
import { openSession } from './session-thread.ts'

/** Entry of the analysis thread: reads, computes, answers. It never writes to the catalogue, so it may be killed. */
const post = (message: FromAnalysis) => parentPort?.postMessage(message)
const report = (progress: Progress) => post({ kind: 'progress', progress })
const log: Pick<Log, 'write'> = {
  write: (level, event, fields) => post({ kind: 'log', level, event, ...(fields ? { fields } : {}) }),
}

/** The largest resident memory of this process so far, in MB. */
const peakMb = (): number => process.resourceUsage().maxRSS / 1024

async function measure(task: AnalysisTask): Promise<void> {
  const before = peakMb()
  const measurements = await analyse(task, report, log)
  post({ kind: 'measured', measurements, peakMb: peakMb() > before ? peakMb() : null })
}

try {
  const task = workerData as WorkerTask
  if (task.task === 'compare') post({ kind: 'compared', comparison: compare(task, report, log) })
  else if (task.task === 'follow') post({ kind: 'followed', followed: follow(task, report, log) })
  else if (task.task === 'class-areas') post({ kind: 'class-areas', areasM2: classAreas(task, report, log) })
  else if (task.task === 'features') post({ kind: 'features', features: await featuresOfPlaces(task, report, log) })
  else if (task.task === 'pieces') post({ kind: 'pieces', pieces: await flowPieces(task, report, log) })
  else if (task.task === 'overlay') post({ kind: 'overlay', computed: await drawOverlay(task, report, log) })
  else if (task.task === 'opportunity') post({ kind: 'opportunity', report: await findOpportunities(task, report, log) })
  else if (task.task === 'flip') post({ kind: 'flip', result: await searchFlip(task, report, log) })
  else if (task.task === 'session') await openSession(task, { post, report, log })
  else await measure(task)
} catch (error) {
  if (!(error instanceof AppError)) throw error
  post({ kind: 'refused', error: error.toWire() })
}
