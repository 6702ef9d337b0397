import { createHash, randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { SHEET_PIECE_BYTES, type SheetBytes } from '#core/contract/sheets.ts'
import { AppError } from '#core/errors.ts'
import { SHEET_KINDS, type SheetFile, type SheetKind } from '#core/model/sheet.ts'
import { bilingual } from '#core/text.ts'
import { killableReader, type ReaderDependencies } from '../basemap/killable-reader.ts'
import { fileError } from '../formats/read-file.ts'
import type { SheetRequest } from './sheet-process.ts'
import { WORLD_FILES } from './world-place.ts'

interface FileDependencies extends ReaderDependencies {
  /** `sheets/` of the catalogue. */
  dir: string
  /** Resident memory at which a reading is given up, MB. */
  memoryMb?: number
}

const MEMORY_MB = 2048
const PATIENCE_MS = { inspect: 60_000, picture: 300_000 }
const SIDECARS: readonly string[] = [...WORLD_FILES, '.prj']
const MOST_SIDECAR_BYTES = 2 ** 20
const MOST_MB = 2000
const TYPES: Readonly<Record<SheetKind, SheetBytes['type']>> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpeg: 'image/jpeg',
  tiff: 'image/png',
}

/** The files of plan sheets: copied into the catalogue under their hashes, looked into only by a killable process. */
export function createSheetFiles(deps: FileDependencies) {
  const reader = killableReader<SheetRequest>('sheet-process', deps.memoryMb ?? MEMORY_MB, deps)
  const known = new Map<string, SheetFile>()
  const at = (sha256: string, ending: string): string => path.join(deps.dir, `${sha256}.${ending}`)
  const pictureOf = (sha256: string): string => at(sha256, 'picture.png')

  const inspect = async (file: string, name: string, sha256: string): Promise<SheetFile> => {
    const found = (await reader.ask({ ask: 'inspect', file, shown: name }, PATIENCE_MS.inspect)) as Pick<
      SheetFile,
      'kind' | 'pages'
    >
    return { sha256, name, ...found }
  }
  const drawTiff = async (file: string, name: string, sha256: string): Promise<void> => {
    const part = `${pictureOf(sha256)}.part`
    await reader.ask({ ask: 'picture', file, shown: name, target: part }, PATIENCE_MS.picture)
    fs.renameSync(part, pictureOf(sha256))
  }
  const kindOf = (sha256: string): SheetKind | undefined => SHEET_KINDS.find((kind) => fs.existsSync(at(sha256, kind)))

  return {
    /** Takes a file in: copied first, so that nothing on a share is read in place and no sidecar is missed. */
    async take(source: string): Promise<SheetFile> {
      const name = path.basename(source)
      const staging = path.join(deps.tempDir, `sheet-${randomUUID()}`)
      fs.mkdirSync(staging, { recursive: true, mode: 0o700 })
      try {
        const copy = copyIn(staging, source, name)
        const sha256 = await hashOf(copy)
        const found = await inspect(copy, name, sha256)
        fs.mkdirSync(deps.dir, { recursive: true })
        if (found.kind === 'tiff' && !fs.existsSync(pictureOf(sha256))) await drawTiff(copy, name, sha256)
        if (!fs.existsSync(at(sha256, found.kind))) keep(copy, at(sha256, found.kind))
        known.set(sha256, found)
        return found
      } finally {
        fs.rmSync(staging, { recursive: true, force: true, maxRetries: 5 })
      }
    },
    /** A file that was taken in, also before this session. @throws AppError `catalogue.not-found` */
    async find(sha256: string, name: string): Promise<SheetFile> {
      const before = known.get(sha256)
      if (before) return before
      const kind = kindOf(sha256)
      if (kind === undefined) throw new AppError('catalogue.not-found', { what: sha256 })
      const found = await inspect(at(sha256, kind), name, sha256)
      known.set(sha256, found)
      return found
    },
    /** One piece of what the screen draws. @throws AppError `catalogue.not-found` */
    async bytes(sha256: string, offset: number): Promise<SheetBytes> {
      const kind = kindOf(sha256)
      if (kind === undefined) throw new AppError('catalogue.not-found', { what: sha256 })
      const file = kind === 'tiff' ? pictureOf(sha256) : at(sha256, kind)
      if (!fs.existsSync(file)) await drawTiff(at(sha256, kind), `${sha256.slice(0, 8)}.tiff`, sha256)
      return { type: TYPES[kind], ...piece(file, offset) }
    },
    close: () => reader.stop(),
  }
}

export type SheetFiles = ReturnType<typeof createSheetFiles>

function copyIn(staging: string, source: string, name: string): string {
  try {
    const stat = fs.statSync(source)
    if (!stat.isFile())
      throw new AppError('sheet.unreadable', { file: name, problem: bilingual('请只选择一个文件', 'choose one file only') })
    const sizeMb = Math.ceil(stat.size / 2 ** 20)
    if (sizeMb > MOST_MB) throw new AppError('import.file-too-large', { file: name, sizeMb, limitMb: MOST_MB })
    // Its own name would do, but sidecars are found by the stem, and names of other systems hold what paths may not.
    const copy = path.join(staging, `sheet${path.extname(source).toLowerCase()}`)
    fs.copyFileSync(source, copy)
    const stem = source.slice(0, source.length - path.extname(source).length)
    for (const ending of SIDECARS) {
      const sidecar = [ending, ending.toUpperCase()].map((one) => stem + one).find((one) => fs.existsSync(one))
      if (sidecar !== undefined && fs.statSync(sidecar).size <= MOST_SIDECAR_BYTES)
        fs.copyFileSync(sidecar, path.join(staging, `sheet${ending}`))
    }
    return copy
  } catch (error) {
    throw error instanceof AppError ? error : fileError(error, name)
  }
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const part of fs.createReadStream(file)) hash.update(part as Buffer)
  return hash.digest('hex')
}

/** Safely on the disk under its final name before anything in the catalogue speaks of it. */
function keep(copy: string, target: string): void {
  const part = `${target}.part`
  fs.copyFileSync(copy, part)
  const descriptor = fs.openSync(part, 'r+')
  fs.fsyncSync(descriptor)
  fs.closeSync(descriptor)
  fs.renameSync(part, target)
}

function piece(file: string, offset: number): { bytes: Uint8Array; totalBytes: number } {
  const descriptor = fs.openSync(file, 'r')
  try {
    const totalBytes = fs.fstatSync(descriptor).size
    const bytes = new Uint8Array(Math.max(0, Math.min(SHEET_PIECE_BYTES, totalBytes - offset)))
    const read = fs.readSync(descriptor, bytes, 0, bytes.length, offset)
    return { bytes: bytes.subarray(0, read), totalBytes }
  } finally {
    fs.closeSync(descriptor)
  }
}

/** The one sheet among chosen files; its world file and .prj may be chosen with it. @throws AppError `sheet.unreadable` */
export function soleSheet(chosen: readonly string[] | undefined): string {
  if (chosen === undefined || chosen.length === 0) throw new AppError('import.files-gone', {})
  const [source, ...more] = chosen.filter((file) => !SIDECARS.includes(path.extname(file).toLowerCase()))
  if (source === undefined || more.length > 0)
    throw new AppError('sheet.unreadable', {
      file: path.basename(chosen[0] ?? ''),
      problem: bilingual('请只选择一个文件', 'choose one file only'),
    })
  return source
}
