import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Bilingual } from '#core/text.ts'

/** One thing that must hold on the machine where the product runs. Throws when it does not; what it returns is printed. */
export interface Probe {
  id: string
  title: Bilingual
  check(temp: string): Promise<string> | string
}

export interface ProbeResult {
  id: string
  title: Bilingual
  outcome: 'passed' | 'failed' | 'not run here'
  detail: string
  ms: number
}

/** Thrown by a probe that has nothing to judge where it runs: neither passed nor failed, and the report says why. */
export class NotRunHere extends Error {}

/** Longer than any probe takes on a slow office machine; what hangs must not keep the report from being written. */
const PROBE_WITHIN_MS = 120_000

async function within<T>(ms: number, work: Promise<T> | T): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error(`no answer within ${ms / 1000} s`)), ms)
  try {
    return await Promise.race([work, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

/** Runs probes one after the other, each with its own folder; a failure is a result, not an end. */
export async function runProbes(probes: readonly Probe[], withinMs = PROBE_WITHIN_MS): Promise<ProbeResult[]> {
  const results: ProbeResult[] = []
  for (const { id, title, ...one } of probes) {
    const temp = mkdtempSync(path.join(os.tmpdir(), 'greenprint-self-test-'))
    const since = performance.now()
    const result = (outcome: ProbeResult['outcome'], detail: string) =>
      results.push({ id, title, outcome, detail, ms: Math.round(performance.now() - since) })
    try {
      result('passed', await within(withinMs, one.check(temp)))
    } catch (error) {
      result(error instanceof NotRunHere ? 'not run here' : 'failed', error instanceof Error ? error.message : String(error))
    } finally {
      rmSync(temp, { recursive: true, force: true, maxRetries: 3 })
    }
  }
  return results
}
