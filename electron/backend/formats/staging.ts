import {
  closeSync,
  constants,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { AppError } from '#core/errors.ts'
import { fileChunks } from './file-chunks.ts'
import type { OpenOptions } from './format.ts'
import { fileError } from './read-file.ts'

const MB = 1024 * 1024
const LIMIT_MB = 8000

/** A private copy of a source, alone in its folder: nothing that the source names can be reached from there. */
export interface Staged {
  folder: string
  remove(): void
}

export function openStaging(options: Pick<OpenOptions, 'stagingDir'>): Staged {
  const folder = mkdtempSync(path.join(options.stagingDir ?? tmpdir(), 'greenprint-stage-'))
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Failures of copying in words: a missing file, a full disk. */
function stageError(error: unknown, shown: string): unknown {
  const isFull = error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')
  return isFull ? new AppError('import.disk-full', {}, { cause: error }) : fileError(error, shown)
}

function checkSize(size: number, shown: string): void {
  if (size > LIMIT_MB * MB)
    throw new AppError('import.file-too-large', { file: shown, sizeMb: Math.ceil(size / MB), limitMb: LIMIT_MB })
}

/** Copies files under names of our own; gives their bytes. @throws AppError `import.file-missing`, `import.file-too-large`, `import.disk-full` */
export function stageFiles(staged: Staged, files: readonly { path: string; name: string }[], shown: string): number {
  try {
    const size = files.reduce((sum, file) => sum + statSync(file.path).size, 0)
    checkSize(size, shown)
    for (const file of files) {
      const target = path.join(staged.folder, file.name)
      mkdirSync(path.dirname(target), { recursive: true })
      copyFileSync(file.path, target, constants.COPYFILE_FICLONE)
    }
    return size
  } catch (error) {
    throw stageError(error, shown)
  }
}

/** The plain files of a folder, links and folders left out. @throws AppError `import.file-missing` */
export function filesOf(folder: string, shown: string): { path: string; name: string }[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => ({ name, path: path.join(folder, name) }))
  } catch (error) {
    throw fileError(error, shown)
  }
}

/** Sees a text piece by piece and may alter it; the last piece is often empty. */
export type TextChange = (text: string, place: 'first' | 'middle' | 'last') => string

/**
 * Copies a text file as UTF-8, piece by piece; `change` sees each piece of text and may alter it. Gives the source's bytes.
 * @throws AppError `import.file-missing`, `import.disk-full`
 */
export function stageText(
  source: { path: string; shown: string; label: string },
  target: string,
  report: OpenOptions['report'],
  change: TextChange = (text) => text,
): number {
  const decoder = new TextDecoder(source.label)
  let bytes = 0
  try {
    const descriptor = openSync(target, 'wx', 0o600)
    try {
      for (const chunk of fileChunks(source.path, source.shown, report)) {
        writeSync(descriptor, change(decoder.decode(chunk, { stream: true }), bytes === 0 ? 'first' : 'middle'))
        bytes += chunk.length
        checkSize(bytes, source.shown)
      }
      writeSync(descriptor, change(decoder.decode(), 'last'))
    } finally {
      closeSync(descriptor)
    }
    return bytes
  } catch (error) {
    throw stageError(error, source.shown)
  }
}

/** Up to `limit` lines with foreign characters, as bytes: what an encoding is judged by. */
export function foreignLines(file: string, shown: string, limit = 2000): Uint8Array[] {
  const found = new Map<string, Uint8Array>()
  let rest = Buffer.alloc(0)
  const look = (line: Buffer): void => {
    if (line.some((byte) => byte >= 0x80) && line.length < 10_000) found.set(line.toString('latin1'), Uint8Array.from(line))
  }
  for (const chunk of fileChunks(file, shown, () => undefined)) {
    const bytes = Buffer.concat([rest, chunk])
    let from = 0
    for (let end = bytes.indexOf(0x0a); end >= 0 && found.size < limit; end = bytes.indexOf(0x0a, from)) {
      look(bytes.subarray(from, end))
      from = end + 1
    }
    if (found.size >= limit) return [...found.values()]
    rest = Buffer.from(bytes.subarray(Math.max(from, bytes.length - 10_000)))
  }
  look(rest)
  return [...found.values()]
}
