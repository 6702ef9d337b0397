import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import { cancelSource } from '#core/contract/cancel.ts'
import { createAnalysisService } from '#backend/analysis/analysis-service.ts'
import { gpkgIn, writePlan } from '#backend/analysis/fixture-plan.ts'

/**
 * How long a long run goes on after a person has cancelled it: from the wish until the caller has the answer and the thread, its
 * helpers with it, is gone. Cancelled at several moments of a run that takes seconds. `node build/bench/cancel.ts [side]`.
 */
const SIDE = Number(process.argv[2] ?? 200)
const SHARES = [0.1, 0.3, 0.5, 0.7, 0.9]

const dir = mkdtempSync(path.join(tmpdir(), 'greenprint-cancel-'))
try {
  const { plan, layers } = writePlan(dir, 'cancel', SIDE)
  const service = (name: string) =>
    createAnalysisService({ gpkgPath: gpkgIn(dir), cacheDir: path.join(dir, 'cache'), version: name })
  const start = performance.now()
  await service('whole').run(plan, layers, { signal: cancelSource().signal, progress: () => {} })
  const wholeMs = performance.now() - start
  console.log(
    `\ncancelling a run of ${SIDE * SIDE} parcels that takes ${(wholeMs / 1000).toFixed(1)} s (load of the machine ${loadavg()[0]?.toFixed(1)})`,
  )
  const took: number[] = []
  for (const share of SHARES) {
    const source = cancelSource()
    const run = service(`cancel ${share}`)
      .run(plan, layers, { signal: source.signal, progress: () => {} })
      .then(
        () => 'ended before',
        (error: unknown) => (error as { code?: string }).code ?? String(error),
      )
    await new Promise((resolve) => setTimeout(resolve, share * wholeMs))
    const asked = performance.now()
    source.abort()
    const answer = await run
    const ms = performance.now() - asked
    if (answer === 'request.cancelled') took.push(ms)
    console.log(
      `  after ${((share * wholeMs) / 1000).toFixed(1)} s: ${answer === 'request.cancelled' ? `gone in ${ms.toFixed(0)} ms` : answer}`,
    )
  }
  const sorted = took.toSorted((x, y) => x - y)
  console.log(
    `  median ${sorted[sorted.length >> 1]?.toFixed(0) ?? '–'} ms, worst ${sorted.at(-1)?.toFixed(0) ?? '–'} ms (aim 200 ms)`,
  )
} finally {
  rmSync(dir, { recursive: true })
}
