import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** Runs once, before the first test file; what it returns runs after the last. */
export function setup(): () => void {
  const warmed = spawnSync(process.execPath, [path.join(import.meta.dirname, 'warm-code.ts')], { stdio: 'inherit' })
  if (warmed.status !== 0) throw new Error('what worker threads load could not be loaded')
  const shared = mkdtempSync(path.join(tmpdir(), 'greenprint-shared-'))
  process.env['GREENPRINT_TEST_SHARED'] = shared
  return () => rmSync(shared, { recursive: true, force: true })
}
