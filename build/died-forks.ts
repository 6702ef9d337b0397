import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Reporter, TestModule } from 'vitest/node'

/** Where the gate finds the test files whose process died of a signal, when nothing else failed in that run. */
export const DIED_FORKS = path.resolve(import.meta.dirname, '../node_modules/.cache/died-forks.json')

const DIED = /Worker exited unexpectedly .*signal (SIG\w+) .*while running test files? (.+)$/m

interface Failure {
  message: string
  cause?: unknown
}

/** What an error of the run, or what caused it, says of a process that died: its signal and the files that it was at. */
export function diedIn(error: Failure): { signal: string; files: string[] } | null {
  for (let at: unknown = error; typeof at === 'object' && at !== null && 'message' in at; at = (at as Failure).cause) {
    const [, signal, files] = DIED.exec(String(at.message)) ?? []
    if (signal !== undefined && files !== undefined) return { signal, files: files.split(', ') }
  }
  return null
}

/** Tells a process that died (V8, the machine) from a test that failed: only the former may be run once more. */
export class DiedForks implements Reporter {
  onTestRunStart(): void {
    rmSync(DIED_FORKS, { force: true })
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly Failure[]): void {
    const died = errors.map(diedIn)
    const files = [...new Set(died.flatMap((one) => one?.files ?? []))]
    const failed = modules.filter(({ moduleId }) => !files.includes(moduleId)).filter((module) => !module.ok())
    const asserted = modules.some((module) => [...module.children.allTests('failed')].length > 0)
    if (files.length === 0 || died.includes(null) || failed.length > 0 || asserted) return
    mkdirSync(path.dirname(DIED_FORKS), { recursive: true })
    writeFileSync(DIED_FORKS, JSON.stringify({ signals: died.map((one) => one?.signal), files }))
  }
}
