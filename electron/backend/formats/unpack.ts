import { createWriteStream, mkdirSync, statfsSync, statSync } from 'node:fs'
import path from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32 } from 'node:zlib'
import yauzl, { type Entry, type ZipFile } from 'yauzl'
import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'
import { decodeEntryNames, isUnsafeName, normalName } from './archive-names.ts'
import { fileError } from './read-file.ts'

const MB = 1024 * 1024

/** Budgets against archives made to exhaust a machine; reliability.md, B6. */
export const ZIP_BUDGET = {
  entries: 20_000,
  ratio: 200,
  ratioFromBytes: 10 * MB,
  totalBytes: 20 * 1024 * MB,
  shareOfFreeDisk: 0.5,
}

/** Archives stay closed inside archives; a KMZ is one document and is opened, with a budget of its own. */
const NESTED = /\.(zip|rar|7z|tar|gz)$/i
/** It is packed already: one that unpacks to more than this times its size is made to exhaust a machine. */
const MOST_REPACKED = 20

/** Says of an entry's name whether it can be part of a layer; everything else stays packed. */
export type Wanted = (name: string) => boolean

export interface UnpackedEntry {
  /** Its name inside the archive, with "/" between folders. */
  name: string
  /** Where it was put: a flat, made-up name; files of one set share a stem. */
  path: string
}

export interface Unpacked {
  entries: UnpackedEntry[]
  /** Archives inside the archive: named, never opened. */
  nested: string[]
}

const refused = (file: string, entry: string | null, zh: string, en: string, cause?: unknown): AppError =>
  new AppError('import.archive-refused', { file, entry, problem: bilingual(zh, en) }, { cause })

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

/** Lists and judges all entries before one byte is unpacked. */
async function listEntries(
  zip: ZipFile,
  file: string,
  archiveBytes: number,
  folder: string,
  wanted: Wanted,
): Promise<{ entry: Entry; name: string }[]> {
  if (zip.entryCount > ZIP_BUDGET.entries)
    throw refused(file, null, `条目超过 ${ZIP_BUDGET.entries} 个`, `it has more than ${ZIP_BUDGET.entries} entries`)
  const all: Entry[] = []
  for await (const entry of zip.eachEntry()) {
    if (all.length >= ZIP_BUDGET.entries)
      throw refused(file, null, `条目超过 ${ZIP_BUDGET.entries} 个`, `it has more than ${ZIP_BUDGET.entries} entries`)
    all.push(entry)
  }
  const names = decodeEntryNames(
    all.map(({ fileNameRaw: raw, generalPurposeBitFlag: flags, extraFields }) => ({
      raw,
      isUtf8: (flags & 0x800) !== 0,
      extraFields,
    })),
  )
  const found: { entry: Entry; name: string }[] = []
  let packed = 0
  let unpacked = 0
  for (const [at, entry] of all.entries()) {
    const name = normalName(names[at] ?? '')
    if (isUnsafeName(name)) throw refused(file, name, '条目名指向压缩包之外', 'its name points outside the archive')
    if (wanted(name) && entry.isEncrypted()) throw refused(file, name, '已加密', 'it is encrypted')
    packed += entry.compressedSize
    if (wanted(name)) unpacked += entry.uncompressedSize
    found.push({ entry, name })
  }
  if (packed > archiveBytes) throw refused(file, null, '条目互相重叠', 'its entries overlap')
  const budget = Math.min(ZIP_BUDGET.totalBytes, freeBytes(folder) * ZIP_BUDGET.shareOfFreeDisk)
  if (unpacked > budget) throw refused(file, null, '解压后过大', 'it would unpack to more than there is room for')
  return found
}

/** Counts, checks and hashes what streams through: declared sizes are not believed. */
class Guard extends Transform {
  readonly #entry: Entry
  readonly #fail: (zh: string, en: string) => AppError
  readonly #ratio: number
  #bytes = 0
  #crc = 0

  constructor(entry: Entry, ratio: number, fail: (zh: string, en: string) => AppError) {
    super()
    this.#entry = entry
    this.#ratio = ratio
    this.#fail = fail
  }

  override _transform(chunk: Buffer, _encoding: string, done: (error: Error | null, chunk?: Buffer) => void): void {
    this.#bytes += chunk.length
    this.#crc = crc32(chunk, this.#crc)
    const tooDense = this.#bytes > ZIP_BUDGET.ratioFromBytes && this.#bytes > this.#entry.compressedSize * this.#ratio
    if (tooDense)
      done(
        this.#fail(
          `压缩比超过 ${this.#ratio}，疑似压缩炸弹`,
          `it unpacks to more than ${this.#ratio} times its size, as a zip bomb does`,
        ),
      )
    else done(null, chunk)
  }

  override _flush(done: (error: Error | null) => void): void {
    done(
      this.#crc === this.#entry.crc32
        ? null
        : this.#fail('校验值不符，内容已损坏', 'its checksum is wrong: the content is damaged'),
    )
  }
}

async function unpackEntry(
  zip: ZipFile,
  entry: Entry,
  target: string,
  ratio: number,
  fail: (zh: string, en: string) => AppError,
): Promise<void> {
  const source = await zip.openReadStreamPromise(entry)
  await pipeline(source, new Guard(entry, ratio, fail), createWriteStream(target, { flags: 'wx' }))
}

/** yauzl and zlib report bad archives as plain errors; they become one typed refusal. */
function asRefusal(error: unknown, file: string, entry: string | null): unknown {
  if (error instanceof AppError) return error
  const handed = fileError(error, file)
  if (handed instanceof AppError || !(error instanceof Error)) return handed
  if ('code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT'))
    return refused(file, entry, '磁盘空间不足', 'the disk is full', error)
  return refused(file, entry, '压缩数据已损坏或不完整', 'the archive is damaged or incomplete', error)
}

/** Tables of a file geodatabase: together they are one source, a folder of its own. */
const GEODATABASE_PART = /^(?:(.*)\/)?(a[0-9a-f]{8}\.gdb[a-z]+)$/i

/** Where an entry goes, under a made-up name, and the name of the whole that it is part of. */
function targetOf(name: string, stems: Map<string, number>, archive: string): { target: string; whole: string } {
  // A set's metadata (roads.shp.xml) belongs to the set.
  const extension = /\.shp\.xml$/i.test(name) ? '.shp.xml' : path.posix.extname(name).toLowerCase()
  const [, parent, table] = GEODATABASE_PART.exec(name) ?? []
  const stem = table === undefined ? name.slice(0, -extension.length).toLowerCase() : `${parent ?? ''}/`
  const number = stems.get(stem) ?? stems.size
  stems.set(stem, number)
  if (table === undefined) return { target: `${number}${extension}`, whole: name }
  return { target: `${number}.gdb/${table.toLowerCase()}`, whole: parent ?? path.posix.basename(archive, '.zip') }
}

/** Unpacks the readable files of a zip flat into `folder`, under names of our own. @throws AppError `import.archive-refused` */
export async function unpack(archive: string, file: string, folder: string, wanted: Wanted): Promise<Unpacked> {
  let zip: ZipFile | undefined
  let current: string | null = null
  try {
    zip = await yauzl.openPromise(archive, {
      lazyEntries: true,
      autoClose: false,
      decodeStrings: false,
      validateEntrySizes: true,
    })
    // A folder has an entry of its own ("plan.gdb/"), which is no file whatever it is called.
    const isWanted: Wanted = (name) => !name.endsWith('/') && wanted(name)
    const all = await listEntries(zip, file, statSync(archive).size, folder, isWanted)
    const stems = new Map<string, number>()
    const used = new Set<string>()
    const entries: UnpackedEntry[] = []
    for (const { entry, name } of all) {
      if (!isWanted(name) || NESTED.test(name) || isSystemJunk(name)) continue
      current = name
      const { target, whole } = targetOf(name, stems, file)
      const full = path.join(folder, target)
      if (used.has(full)) throw refused(file, name, '有重名条目', 'another entry has the same name')
      used.add(full)
      mkdirSync(path.dirname(full), { recursive: true })
      const ratio = /\.kmz$/i.test(name) ? MOST_REPACKED : ZIP_BUDGET.ratio
      await unpackEntry(zip, entry, full, ratio, (zh, en) => refused(file, name, zh, en))
      const unit = { name: whole, path: path.join(folder, target.split('/')[0] ?? target) }
      if (!entries.some((known) => known.path === unit.path)) entries.push(unit)
    }
    return { entries, nested: all.map(({ name }) => name).filter((name) => NESTED.test(name)) }
  } catch (error) {
    throw asRefusal(error, file, current)
  } finally {
    zip?.close()
  }
}

/** Copies of file attributes that macOS puts beside the real files. */
const isSystemJunk = (name: string): boolean => name.startsWith('__MACOSX/') || path.posix.basename(name).startsWith('._')
