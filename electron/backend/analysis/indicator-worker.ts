import { parentPort, workerData } from 'node:worker_threads'
import { helpMeasuring, type HelpTask } from './indicator-help.ts'

/** Entry of a thread that helps to measure a plan. */
await helpMeasuring(workerData as HelpTask, (measurement) => parentPort?.postMessage(measurement))
