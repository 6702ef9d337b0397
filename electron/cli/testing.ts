import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll } from 'vitest'

const main = path.join(import.meta.dirname, 'main.ts')

/** What a command came to: its exit code, the one document on stdout, and the words on stderr. */
export interface CliAnswer<T> {
  status: number | null
  document: T
  stderr: string
}

/** A folder of its own for one test file, removed at its end, and the real command line run in it in a process of its own. */
export function cliFolder(name: string) {
  const dir = mkdtempSync(path.join(tmpdir(), `greenprint-${name}-`))
  afterAll(() => rmSync(dir, { recursive: true, force: true }))
  return {
    dir,
    at: (...names: string[]) => path.join(dir, ...names),
    greenprint: <T>(...args: string[]): CliAnswer<T> => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
        encoding: 'utf8',
        cwd: dir,
        maxBuffer: 2 ** 28,
      })
      return { status, document: JSON.parse(stdout) as T, stderr }
    },
  }
}
