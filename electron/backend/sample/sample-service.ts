import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { CallContext } from '#core/contract/procedures.ts'
import { AppError } from '#core/errors.ts'
import type { SampleOptions } from '#core/sample/city.ts'
import { startThread } from '../start-thread.ts'
import type { WrittenSample } from './write-sample.ts'

const LABEL = { zh: '正在生成示例城市', en: 'Making the sample city' }

type FromWorker = { written: WrittenSample } | { done: number; total: number }

/**
 * Writes the sample city in a worker. The files appear in the folder when all are complete; a cancelled or failed run leaves
 * the folder as it was.
 */
export async function makeSample(dir: string, options: SampleOptions, call: CallContext): Promise<WrittenSample> {
  if (call.signal.aborted) throw cancelled()
  const madeFolder = mkdirSync(dir, { recursive: true })
  const staging = mkdtempSync(path.join(dir, 'writing-'))
  try {
    const written = await writtenByWorker(staging, options, call)
    for (const name of written.files) renameSync(path.join(staging, name), path.join(dir, name))
    return { ...written, manifest: path.join(dir, path.basename(written.manifest)) }
  } catch (error) {
    if (madeFolder !== undefined) rmSync(madeFolder, { recursive: true, force: true })
    throw error
  } finally {
    rmSync(staging, { recursive: true, force: true })
  }
}

const cancelled = () => new AppError('request.cancelled', { procedure: 'sample.create' })

/** Cancel ends the worker at once; it has ended when this settles, so that its files can be removed. */
async function writtenByWorker(dir: string, options: SampleOptions, call: CallContext): Promise<WrittenSample> {
  const worker = startThread('sample-worker', { workerData: { dir, options } })
  try {
    return await new Promise<WrittenSample>((resolve, reject) => {
      call.signal.addEventListener('abort', () => reject(cancelled()), { once: true })
      worker.on('message', (message: FromWorker) => {
        if ('written' in message) resolve(message.written)
        else call.progress({ ...message, label: LABEL })
      })
      worker.on('error', reject)
      worker.on('exit', (code) => reject(new Error(`the sample worker ended early with code ${code}`)))
    })
  } finally {
    await worker.terminate()
  }
}
