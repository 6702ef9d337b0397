import type { Progress } from '#core/contract/procedures.ts'
import { etaEstimator } from '#core/contract/eta.ts'
import { AppError } from '#core/errors.ts'
import { inspectPaths } from '../inspect/inspect.ts'
import type { FromChild, ToChild } from './messages.ts'
import { parentChannel } from './parent-channel.ts'
import { buildPlan } from './plan-builder.ts'

/**
 * The killable process in which untrusted files are parsed: it takes one command, reports while it works, answers once and
 * waits to be ended. It writes nothing but its staging folder and the temporary GeoPackage that the command names.
 */

/** How often progress is told at most; each telling is also the sign of life that the parent waits for. */
const REPORT_EVERY_MS = 100

const parent = parentChannel()
const post = (message: FromChild) => parent.post(message)

function reporter(memoryMb: number) {
  let last = -Infinity
  const withEta = etaEstimator(() => performance.now())
  return (progress: Progress, file: string | null) => {
    const now = performance.now()
    if (now - last < REPORT_EVERY_MS) return
    last = now
    if (process.memoryUsage.rss() > memoryMb * 2 ** 20) throw new AppError('import.too-large', { file, limitMb: memoryMb })
    post({ t: 'progress', progress: withEta(progress), file })
  }
}

function run(message: ToChild): Promise<unknown> {
  // Readers that unpack or copy do so below the system's folder for temporary files: here, one that the parent deletes.
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = message.stagingDir
  const report = reporter(message.memoryMb)
  if (message.command === 'import') return buildPlan({ ...message.input, report })
  return inspectPaths(message.input.paths, message.input.root, report, message.input.options)
}

let started = false
parent.onMessage((message) => {
  if (started) return
  started = true
  void answer(message as ToChild)
})

async function answer(message: ToChild): Promise<void> {
  try {
    post({ t: 'done', output: await run(message) })
  } catch (error) {
    if (error instanceof AppError) post({ t: 'failed', error: error.toWire() })
    else post({ t: 'broken', name: nameOf(error), stack: error instanceof Error ? (error.stack ?? '') : '' })
  }
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error)
