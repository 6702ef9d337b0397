import { Worker } from 'node:worker_threads'
import { AppError } from '#core/errors.ts'
import { parentChannel } from '../import/parent-channel.ts'
import type { Reply } from './killable-reader.ts'

/** What comes with every request. */
export interface Asked {
  id: number
  shown: string
  stagingDir: string
  memoryMb: number
}

const LOOK_EVERY_MS = 100
/** Runs beside the reader: a loop inside a decoder leaves the reader no turn of its own to look at its memory. */
const WATCH = `
  const { workerData } = require('node:worker_threads')
  setInterval(() => { if (process.memoryUsage.rss() > workerData.mostBytes) process.kill(process.pid, 'SIGKILL') }, workerData.everyMs)`

/** Ends this process when its resident memory passes `memoryMb`, whatever it is doing: heap limits do not bound buffers. */
export function watchMemory(memoryMb: number): void {
  const workerData = { mostBytes: memoryMb * 2 ** 20, everyMs: LOOK_EVERY_MS }
  new Worker(WATCH, { eval: true, workerData, execArgv: [] }).unref()
}

/** Answers the parent's requests one after the other, each once: squares of a large picture must not be decoded all at once. */
export function answerRequests<R extends Asked>(perform: (request: R) => Promise<unknown>): void {
  const parent = parentChannel()
  let watched = false
  let last: Promise<void> = Promise.resolve()
  const answer = async (request: R): Promise<Reply> => {
    const { id } = request
    for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = request.stagingDir
    if (!watched) watchMemory(request.memoryMb)
    watched = true
    try {
      return { id, value: await perform(request) }
    } catch (error) {
      if (error instanceof AppError) return { id, refused: error.toWire() }
      return { id, failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }
    }
  }
  parent.onMessage((message) => {
    last = last.then(async () => parent.post(await answer(message as R)))
  })
}
