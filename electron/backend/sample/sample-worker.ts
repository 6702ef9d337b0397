import { parentPort, workerData } from 'node:worker_threads'
import type { SampleOptions } from '#core/sample/city.ts'
import { writeSample } from './write-sample.ts'

/** Runs as a worker thread: writes the sample city into a folder of its own, so that cancelling is deleting the folder. */
const { dir, options } = workerData as { dir: string; options: SampleOptions }
const written = writeSample(dir, options, (done, total) => parentPort?.postMessage({ done, total }))
parentPort?.postMessage({ written })
