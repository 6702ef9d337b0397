import type { Progress } from '#core/contract/procedures.ts'
import { etaEstimator } from '#core/contract/eta.ts'
import { AppError } from '#core/errors.ts'
import { inspectPaths } from '../inspect/inspect.ts'
import type { FromChild, ToChild } from './messages.ts'
import { buildPlan } from './plan-builder.ts'

/** How often progress is told at most; each telling is also the sign of life that the parent waits for. */
const REPORT_EVERY_MS = 100

function reporter(memoryMb: number, post: (message: FromChild) => void) {
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

/** Does what the parent asks; apart from the entry, so that the entry can say where compiled code is kept before this is loaded. */
export function runCommand(message: ToChild, post: (message: FromChild) => void): Promise<unknown> {
  // Readers that unpack or copy do so below the system's folder for temporary files: here, one that the parent deletes.
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = message.stagingDir
  const report = reporter(message.memoryMb, post)
  if (message.command === 'import') return buildPlan({ ...message.input, report })
  return inspectPaths(message.input.paths, message.input.root, report, message.input.options)
}
