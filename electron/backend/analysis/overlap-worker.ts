import { parentPort, workerData } from 'node:worker_threads'
import { computeRows, type RowsTask } from './table-rows.ts'

/** Entry of a helping thread: rows of overlap tables and nothing else, so that it starts at once. */
computeRows(workerData as RowsTask, (rows) => parentPort?.postMessage(rows))
