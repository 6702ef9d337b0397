import type { Progress } from '#core/contract/procedures.ts'
import { etaEstimator } from '#core/contract/eta.ts'
import { AppError } from '#core/errors.ts'
import type { Command, FromChild } from './messages.ts'
import type { Rehearsal } from './rehearsal.ts'

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
export async function runCommand(message: Command, post: (message: FromChild) => void): Promise<unknown> {
  // Readers that unpack or copy do so below the system's folder for temporary files: here, one that the parent deletes.
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = message.stagingDir
  await rehearsal?.then((running) => running.stop())
  const report = reporter(message.memoryMb, post)
  // Each command loads what it needs: a process does one of them.
  if (message.command === 'import') {
    const { manifest, root } = message.input
    const [{ isWorthAThread, prepareGeometryThread }, { vectorBytes }] = await Promise.all([
      import('./geometry-line.ts'),
      import('./resolve-source.ts'),
    ])
    // It loads its libraries while this thread loads its own.
    if (isWorthAThread(vectorBytes(manifest, root))) prepareGeometryThread()
    const { buildPlan } = await import('./plan-builder.ts')
    return buildPlan({ ...message.input, report })
  }
  const { inspectPaths } = await import('../inspect/inspect.ts')
  return inspectPaths(message.input.paths, message.input.root, report, message.input.options)
}

let rehearsal: Promise<Rehearsal> | undefined

/** Loads what either command needs and goes through an import of nothing, before anybody says which it will be. */
export function prepareCommands(): void {
  const [line, practice] = [import('./geometry-line.ts'), import('./rehearsal.ts')]
  rehearsal = Promise.all([line, practice, import('./plan-builder.ts'), import('../inspect/inspect.ts')]).then(
    ([{ prepareGeometryThread }, { rehearse }]) => rehearse(prepareGeometryThread()),
  )
}
