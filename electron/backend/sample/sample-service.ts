import { Worker } from 'node:worker_threads'
import type { SampleOptions } from '#core/sample/city.ts'
import type { CallContext } from '#core/contract/procedures.ts'
import { AppError } from '#core/errors.ts'
import { entryUrl } from '../entry-url.ts'
import type { WrittenSample } from './write-sample.ts'

const LABEL = { zh: '正在生成示例城市', en: 'Making the sample city' }

type FromWorker = { written: WrittenSample } | { done: number; total: number }

/** Writes the sample city in a worker; cancel ends the worker at once. The folder is the caller's to delete. */
export function makeSample(dir: string, options: SampleOptions, call: CallContext): Promise<WrittenSample> {
  const worker = new Worker(entryUrl('sample-worker'), { workerData: { dir, options }, execArgv: [] })
  return new Promise((resolve, reject) => {
    const cancelled = () => {
      void worker.terminate()
      reject(new AppError('request.cancelled', { procedure: 'sample.create' }))
    }
    if (call.signal.aborted) return cancelled()
    call.signal.addEventListener('abort', cancelled, { once: true })
    worker.on('message', (message: FromWorker) => {
      if ('written' in message) resolve(message.written)
      else call.progress({ ...message, label: LABEL })
    })
    worker.on('error', reject)
    worker.on('exit', (code) => reject(new Error(`the sample worker ended early with code ${code}`)))
  })
}
