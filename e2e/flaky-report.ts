import { rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { FullResult, Reporter, Suite } from '@playwright/test/reporter'

/** Where the gate finds the journeys that passed only when they were walked again. */
export const FLAKY_JOURNEYS = path.resolve(import.meta.dirname, '../node_modules/.cache/flaky-journeys.json')

/** Writes down journeys that failed and then passed, with why they failed: a second walk may save a run, never hide what happened. */
export default class FlakyReport implements Reporter {
  private suite: Suite | undefined

  onBegin(_: unknown, suite: Suite): void {
    this.suite = suite
    rmSync(FLAKY_JOURNEYS, { force: true })
  }

  onEnd(_: FullResult): void {
    const flaky = (this.suite?.allTests() ?? []).filter((test) => test.outcome() === 'flaky')
    if (flaky.length === 0) return
    const told = flaky.map((test) => ({
      journey: test.titlePath().filter(Boolean).join(' › '),
      why: test.results.flatMap(({ errors }) => errors.map(({ message }) => message ?? 'no message')),
    }))
    writeFileSync(FLAKY_JOURNEYS, JSON.stringify(told, null, 2))
  }
}
