import { existsSync, mkdirSync, mkdtempSync, renameSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** Of one run of the tests; a file that is run by itself has its own. */
const shared = process.env['GREENPRINT_TEST_SHARED'] ?? mkdtempSync(path.join(tmpdir(), 'greenprint-shared-'))
const PATIENCE_MS = 90_000
const LOOK_EVERY_MS = 50

/**
 * A folder that every test file of a run may copy but none may change: whoever asks first makes it, the others wait for it. Throws when its
 * maker does not come to an end.
 */
export function sharedFolder(name: string, make: (folder: string) => void): string {
  const folder = path.join(shared, name)
  if (existsSync(folder)) return folder
  if (isFirst(`${folder}.making`)) {
    make(`${folder}.half`)
    renameSync(`${folder}.half`, folder)
    return folder
  }
  const end = performance.now() + PATIENCE_MS
  while (!existsSync(folder)) {
    if (performance.now() > end) throw new Error(`${folder} was begun by another test file and never made`)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_EVERY_MS)
  }
  return folder
}

/** Only one process can make a folder. */
function isFirst(mark: string): boolean {
  try {
    mkdirSync(mark)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}
