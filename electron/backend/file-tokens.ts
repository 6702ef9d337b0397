import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod'
import { AppError } from '#core/errors.ts'
import type { FileToken } from '#core/model/ids.ts'
import type { FileTokens } from './backend.ts'

const TOKEN_BYTES = 16
const STAGED = /^[0-9a-f]{32}$/

const newToken = () => randomBytes(TOKEN_BYTES).toString('hex') as FileToken

/** Beside the staged files: which of them outlive the program, and what they are. Read by nobody but its owner. */
const KEPT_FILE = 'kept.json'

interface KeptFiles {
  token: string
  /** null for an upload, which is what lies in its own folder. */
  paths: string[] | null
}

/**
 * Tokens of chosen files, kept in memory; uploads and prepared downloads lie below `stagingDir`, which is emptied of earlier
 * runs' leftovers now and of this run's on close, except for what was asked to be kept. Nothing outside `stagingDir` is ever
 * deleted.
 */
export function createFileTokens(stagingDir: string): FileTokens {
  const chosen = new Map<string, readonly string[]>()
  const saves = new Map<string, string>()
  const uploads = new Map<string, string>()
  const downloads = new Map<string, { path: string; fileName: string }>()
  const offered = new Set<string>()
  mkdirSync(stagingDir, { recursive: true, mode: 0o700 })
  let kept = readKept(stagingDir)
  const restored = kept?.token
  removeStaged(stagingDir, kept)
  if (kept?.paths) chosen.set(kept.token, kept.paths)
  else if (kept) uploads.set(kept.token, path.join(stagingDir, kept.token))

  const setKept = (next: KeptFiles | null): void => {
    const before = kept
    writeKept(stagingDir, next)
    kept = next
    // What an earlier run uploaded is nobody's any more; uploads of this run may still be on some screen.
    if (before?.token === restored && before?.paths === null && before.token !== next?.token) {
      uploads.delete(before.token)
      rmSync(path.join(stagingDir, before.token), { recursive: true, force: true })
    }
  }

  const remember = (paths: readonly string[]): FileToken => {
    const relative = paths.find((file) => !path.isAbsolute(file))
    if (relative !== undefined) throw new TypeError('Only absolute paths can be registered')
    const token = newToken()
    chosen.set(token, [...paths])
    return token
  }

  return {
    registerFiles: remember,
    registerSave(file) {
      const token = remember([file])
      saves.set(token, file)
      return token
    },
    savePath: (token) => saves.get(token),
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
    keep(token) {
      if (kept?.token === token) return
      const paths = chosen.get(token)
      if (paths === undefined && !uploads.has(token)) throw new AppError('import.files-gone', {})
      setKept({ token, paths: paths === undefined ? null : [...paths] })
    },
    keepNothing() {
      if (kept !== null) setKept(null)
    },
    forget(token) {
      const dir = uploads.get(token)
      uploads.delete(token)
      chosen.delete(token)
      if (dir !== undefined) rmSync(dir, { recursive: true, force: true })
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
      removeStaged(stagingDir, kept)
      for (const map of [chosen, saves, uploads, downloads]) map.clear()
    },
  }
}

function removeStaged(stagingDir: string, kept: KeptFiles | null): void {
  for (const name of readdirSync(stagingDir).filter((entry) => STAGED.test(entry) && entry !== kept?.token)) {
    rmSync(path.join(stagingDir, name), { recursive: true, force: true })
  }
}

const keptSchema = z.strictObject({ token: z.string().regex(STAGED), paths: z.array(z.string()).nullable() })

/** What an earlier run kept, when that is still there; a record that cannot be read keeps nothing. */
function readKept(stagingDir: string): KeptFiles | null {
  const file = path.join(stagingDir, KEPT_FILE)
  if (!existsSync(file)) return null
  const text = readFileSync(file, 'utf8')
  const found = keptSchema.safeParse(isJson(text) ? JSON.parse(text) : null)
  if (!found.success) return null
  const { token, paths } = found.data
  return paths !== null || existsSync(path.join(stagingDir, token)) ? { token, paths } : null
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false // half a file, from a power cut: then nothing is kept
  }
}

function writeKept(stagingDir: string, kept: KeptFiles | null): void {
  const file = path.join(stagingDir, KEPT_FILE)
  if (kept === null) return rmSync(file, { force: true })
  writeFileSync(`${file}.tmp`, JSON.stringify(kept), { mode: 0o600 })
  renameSync(`${file}.tmp`, file)
}

const isInside = (dir: string, file: string): boolean => {
  const relative = path.relative(dir, file)
  return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative)
}
