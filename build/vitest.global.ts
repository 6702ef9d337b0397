import { spawnSync } from 'node:child_process'
import { globSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..')
const LONGER_THAN_ANY_RUN_MS = 6 * 3_600_000

/**
 * What tests start in processes and threads of their own is bundled once, from the sources as they are now: it starts three times sooner, and it
 * is what ships. The folder lies where `out/main` does, two below the root, because the bundle finds its resources from there.
 */
function bundle(): string {
  mkdirSync(path.join(root, 'out'), { recursive: true })
  // of runs that were killed
  for (const left of globSync(path.join(root, 'out/unit-*')))
    if (Date.now() - statSync(left).mtimeMs > LONGER_THAN_ANY_RUN_MS) rmSync(left, { recursive: true, force: true })
  const folder = mkdtempSync(path.join(root, 'out/unit-'))
  const builder = path.join(root, 'node_modules/electron-vite/bin/electron-vite.js')
  const built = spawnSync(process.execPath, [builder, 'build', '-c', 'build/unit-bundle.config.ts', '--logLevel', 'error'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, GREENPRINT_TEST_BUNDLE: folder },
  })
  if (built.status !== 0) throw new Error('what processes and threads of the tests run could not be built')
  return folder
}

/** Runs once, before the first test file; what it returns runs after the last. */
export function setup(): () => void {
  const made = bundle()
  const shared = mkdtempSync(path.join(tmpdir(), 'greenprint-shared-'))
  process.env['GREENPRINT_TEST_BUNDLE'] = made
  process.env['GREENPRINT_TEST_SHARED'] = shared
  return () => {
    for (const folder of [made, shared]) rmSync(folder, { recursive: true, force: true })
  }
}
