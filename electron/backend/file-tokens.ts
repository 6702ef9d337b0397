import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { FileToken } from '#core/model/ids.ts'
import type { FileTokens } from './backend.ts'

const TOKEN_BYTES = 16
const STAGED = /^[0-9a-f]{32}$/

const newToken = () => randomBytes(TOKEN_BYTES).toString('hex') as FileToken

/**
 * Tokens of chosen files, kept in memory; uploads and prepared downloads lie below `stagingDir`, which is emptied of earlier
 * runs' leftovers now and of this run's on close. Nothing outside `stagingDir` is ever deleted.
 */
export function createFileTokens(stagingDir: string): FileTokens {
  const chosen = new Map<string, readonly string[]>()
  const uploads = new Map<string, string>()
  const downloads = new Map<string, { path: string; fileName: string }>()
  const offered = new Set<string>()
  mkdirSync(stagingDir, { recursive: true, mode: 0o700 })
  removeStaged(stagingDir)

  const remember = (paths: readonly string[]): FileToken => {
    const relative = paths.find((file) => !path.isAbsolute(file))
    if (relative !== undefined) throw new TypeError('Only absolute paths can be registered')
    const token = newToken()
    chosen.set(token, [...paths])
    return token
  }

  return {
    registerFiles: remember,
    registerSave: (file) => remember([file]),
    openUpload() {
      const token = newToken()
      const dir = path.join(stagingDir, token)
      mkdirSync(dir, { mode: 0o700 })
      uploads.set(token, dir)
      return { token, dir }
    },
    paths(token) {
      const dir = uploads.get(token)
      // An upload is what lies in its folder by now: the same files or folder that a dialog would have named.
      return dir === undefined
        ? chosen.get(token)
        : readdirSync(dir, 'utf8')
            .toSorted()
            .map((name) => path.join(dir, name))
    },
    offerDownload(file, fileName) {
      const token = newToken()
      downloads.set(token, { path: file, fileName })
      if (isInside(stagingDir, file)) offered.add(file)
      return token
    },
    takeDownload(token) {
      const download = downloads.get(token)
      downloads.delete(token)
      return download
    },
    close() {
      for (const file of offered) rmSync(file, { force: true })
      removeStaged(stagingDir)
      for (const map of [chosen, uploads, downloads]) map.clear()
    },
  }
}

function removeStaged(stagingDir: string): void {
  for (const name of readdirSync(stagingDir).filter((entry) => STAGED.test(entry))) {
    rmSync(path.join(stagingDir, name), { recursive: true, force: true })
  }
}

const isInside = (dir: string, file: string): boolean => {
  const relative = path.relative(dir, file)
  return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative)
}
