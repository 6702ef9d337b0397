import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, readFile, stat, statfs } from 'node:fs/promises'
import path from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import yauzl, { type Entry, type ZipFile } from 'yauzl'
import { parseChecklist } from '#core/checklist/load.ts'
import type { Checklist } from '#core/checklist/schema.ts'
import { AppError } from '#core/errors.ts'
import { canonicalJson } from '#core/memo/canonical.ts'
import type { SealedResult } from '#core/memo/seal.ts'
import { foldAll } from '#core/share/fold.ts'
import { checkedOp } from '#core/share/check.ts'
import { DEEPEST_JSON, nestingOf } from '#core/share/depth.ts'
import {
  checklistName,
  mostBytes,
  packageManifest,
  PACKAGE_FORMAT,
  PACKAGE_KIND,
  PACKAGE_LIMITS,
  type PackageManifest,
} from '#core/share/manifest.ts'
import { subjectKey, subjectOf, type SharedOp } from '#core/share/operation.ts'
import { assertSameContent } from '#core/share/same-content.ts'
import { planOfSubjects } from '#core/share/scope.ts'
import { bilingual } from '#core/text.ts'
import { decrypted, SEALED_MAGIC } from './cipher.ts'
import { checkedMemo, unpackMemo } from './memo-package.ts'
import { placeOf } from './member-place.ts'

/** What a package holds, every byte of it checked. */
export interface ReadPackage {
  fileName: string
  sizeBytes: number
  /** Of the file as it came. */
  sha256: string
  isEncrypted: boolean
  manifest: PackageManifest
  ops: SharedOp[]
  checklists: Checklist[]
  /** Present for a memo that carries its review: the record that its pages show, in accord with the operations. */
  record?: SealedResult
}

const ZIP_MAGIC = Buffer.from([0x50, 0x4b, 0x03, 0x04])
const MANIFEST = 'manifest.json'

interface Reading {
  /** The file's own name, for errors. */
  name: string
  dir: string
}

const refused = (name: string, entry: string, zh: string, en: string, cause?: unknown): AppError =>
  new AppError('share.refused', { file: name, entry: entry.slice(0, 100), problem: bilingual(zh, en) }, { cause })

/**
 * Opens a package into an empty folder and checks all of it before anything is used: names, sizes, hashes, then every operation.
 * Runs only in the package process. @throws AppError 'share.*'
 */
export async function openPackage(file: string, dir: string, passphrase: string | null): Promise<ReadPackage> {
  const reading = { name: path.basename(file), dir }
  const { size } = await stat(file)
  const magic = await beginningOf(file)
  const isEncrypted = magic.equals(SEALED_MAGIC)
  const isMemo = magic.includes('%PDF-')
  if (!isEncrypted && !isMemo && !magic.subarray(0, 4).equals(ZIP_MAGIC))
    throw new AppError('share.not-a-package', { file: reading.name })
  const archive = isEncrypted || isMemo ? path.join(dir, 'archive.zip') : file
  if (isMemo) await unpackMemo(file, archive)
  if (isEncrypted)
    await pipeline(decrypted(file, reading.name, passphrase), createWriteStream(archive, { flags: 'wx', mode: 0o600 }))
  const manifest = await unpack(archive, reading)
  const fileOf = (member: string): string => placeOf(dir, member)
  const ops = await readOperations(fileOf('operations.jsonl'), manifest, reading)
  const checklists = await readChecklists(manifest, fileOf, reading)
  return {
    fileName: reading.name,
    sizeBytes: size,
    sha256: await hashOf(file),
    isEncrypted,
    manifest,
    ops,
    checklists,
    ...(isMemo && { record: await checkedMemo(file, ops, checklists) }),
  }
}

async function beginningOf(file: string): Promise<Buffer> {
  const handle = await open(file, 'r')
  try {
    const buffer = Buffer.alloc(SEALED_MAGIC.length)
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file, { highWaterMark: 2 ** 20 }) as AsyncIterable<Buffer>) hash.update(chunk)
  return hash.digest('hex')
}

/** Takes an archive apart; every member is on the disk afterwards and has the hash that the manifest names. */
async function unpack(archive: string, reading: Reading): Promise<PackageManifest> {
  const { name } = reading
  let zip: ZipFile | undefined
  try {
    zip = await yauzl.openPromise(archive, { autoClose: false, validateEntrySizes: true, strictFileNames: true })
    const entries = await listEntries(zip, (await stat(archive)).size, reading)
    const manifest = await readManifest(zip, entries, reading)
    await mkdir(reading.dir, { recursive: true })
    for (const member of manifest.members) {
      const entry = entries.get(member.name)
      if (entry === undefined) throw refused(name, member.name, '包内缺少该文件', 'the package does not hold it')
      if (entry.uncompressedSize !== member.sizeBytes) throw new AppError('share.changed', { file: name, entry: member.name })
      const found = await extract(zip, entry, placeOf(reading.dir, member.name), member.sizeBytes, reading)
      if (found !== member.sha256) throw new AppError('share.changed', { file: name, entry: member.name })
    }
    return manifest
  } catch (error) {
    throw asRefusal(error, name)
  } finally {
    zip?.close()
  }
}

/** Lists and judges all entries before one byte is unpacked. */
async function listEntries(zip: ZipFile, archiveBytes: number, { name, dir }: Reading): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>()
  let packed = 0
  let unpacked = 0
  for await (const entry of zip.eachEntry()) {
    const { fileName } = entry
    if (entries.size >= PACKAGE_LIMITS.entries) throw refused(name, fileName, '文件过多', 'there are too many files')
    if (entries.has(fileName)) throw refused(name, fileName, '同名文件出现两次', 'there are two of that name')
    if (entry.isEncrypted()) throw refused(name, fileName, '以其他方式加密', 'it is encrypted in another way')
    if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8)
      throw refused(name, fileName, '压缩方式未知', 'its compression is unknown')
    const most = fileName === MANIFEST ? PACKAGE_LIMITS.manifestBytes : mostBytes(fileName)
    if (entry.uncompressedSize > most) throw refused(name, fileName, '超过允许的大小', 'it is larger than allowed')
    if (entry.uncompressedSize > 2 ** 20 && entry.uncompressedSize > entry.compressedSize * PACKAGE_LIMITS.ratio)
      throw refused(name, fileName, '压缩比异常，疑似压缩炸弹', 'it unpacks far too much, as a zip bomb does')
    packed += entry.compressedSize
    unpacked += entry.uncompressedSize
    entries.set(fileName, entry)
  }
  if (packed > archiveBytes) throw refused(name, MANIFEST, '文件互相重叠', 'its files overlap')
  const { bavail, bsize } = await statfs(dir)
  if (unpacked > Math.min(PACKAGE_LIMITS.totalBytes, bavail * bsize * 0.5))
    throw refused(name, MANIFEST, '解压后过大', 'it would unpack to more than there is room for')
  return entries
}

async function readManifest(zip: ZipFile, entries: ReadonlyMap<string, Entry>, { name }: Reading): Promise<PackageManifest> {
  const entry = entries.get(MANIFEST)
  if (entry === undefined) throw new AppError('share.not-a-package', { file: name })
  const chunks: Buffer[] = []
  for await (const chunk of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) chunks.push(chunk)
  const json = parsed(Buffer.concat(chunks).toString('utf8'), MANIFEST)
  const format = (json as { greenprint?: unknown; format?: unknown } | null) ?? {}
  if (format.greenprint !== PACKAGE_KIND) throw new AppError('share.not-a-package', { file: name })
  if (format.format !== PACKAGE_FORMAT)
    throw new AppError('share.newer', { file: name, found: String(format.format).slice(0, 20), known: PACKAGE_FORMAT })
  const found = packageManifest.safeParse(json)
  if (!found.success) {
    const [issue] = found.error.issues
    throw new AppError('share.malformed', { where: MANIFEST, problem: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}` })
  }
  const names = new Set(found.data.members.map((member) => member.name))
  if (names.size < found.data.members.length) throw refused(name, MANIFEST, '目录中有重复的名称', 'it names a member twice')
  if (!names.has('operations.jsonl')) throw refused(name, MANIFEST, '目录中没有操作记录', 'it names no operations')
  for (const other of entries.keys())
    if (other !== MANIFEST && !names.has(other)) throw refused(name, other, '目录中没有该文件', 'the manifest does not name it')
  return found.data
}

/** Writes one member, no longer than it says, and returns its hash. */
async function extract(zip: ZipFile, entry: Entry, target: string, sizeBytes: number, { name }: Reading): Promise<string> {
  const hash = createHash('sha256')
  let bytes = 0
  const guard = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length
      if (bytes > sizeBytes) return done(new AppError('share.changed', { file: name, entry: entry.fileName }))
      hash.update(chunk)
      done(null, chunk)
    },
  })
  await pipeline(await zip.openReadStreamPromise(entry), guard, createWriteStream(target, { flags: 'wx', mode: 0o600 }))
  return hash.digest('hex')
}

/** The archive reader's own errors become one typed refusal. */
function asRefusal(error: unknown, name: string): unknown {
  if (error instanceof AppError || !(error instanceof Error)) return error
  if ('code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT'))
    return refused(name, MANIFEST, '磁盘空间不足', 'the disk is full', error)
  if (/end of central directory|unexpected (end|EOF)/i.test(error.message))
    return new AppError('share.truncated', { file: name }, { cause: error })
  return refused(name, 'zip', '压缩结构已损坏', 'its archive is damaged', error)
}

function parsed(text: string, where: string): unknown {
  if (nestingOf(text) > DEEPEST_JSON) throw new AppError('share.malformed', { where, problem: 'it nests too deeply' })
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new AppError('share.malformed', { where, problem: 'not JSON' }, { cause })
  }
}

/** Lines of a file, null for one that is longer than an operation may be: it is never gathered. */
async function* linesOf(file: string): AsyncGenerator<string | null> {
  let waiting: Buffer[] = []
  let bytes = 0
  for await (const chunk of createReadStream(file, { highWaterMark: 2 ** 20 }) as AsyncIterable<Buffer>) {
    let from = 0
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, from)) {
      const isShort = bytes + at - from <= PACKAGE_LIMITS.operationBytes
      yield isShort ? Buffer.concat([...waiting, chunk.subarray(from, at)]).toString('utf8') : null
      from = at + 1
      waiting = []
      bytes = 0
    }
    const rest = chunk.subarray(from)
    bytes += rest.length
    if (bytes > PACKAGE_LIMITS.operationBytes) yield null
    waiting.push(rest)
  }
  if (bytes > 0) yield Buffer.concat(waiting).toString('utf8')
}

async function readOperations(file: string, manifest: PackageManifest, { name }: Reading): Promise<SharedOp[]> {
  const ops: SharedOp[] = []
  const ids = new Set<string>()
  for await (const line of linesOf(file)) {
    const where = `operations.jsonl:${ops.length + 1}`
    if (ops.length >= PACKAGE_LIMITS.operations) throw refused(name, where, '操作过多', 'there are too many operations')
    if (line === null) throw refused(name, where, '操作过长', 'the operation is too long')
    const op = checkedOp(parsed(line, where), where)
    if (ids.has(op.id)) throw new AppError('share.malformed', { where, problem: 'the operation is there twice' })
    ids.add(op.id)
    ops.push(op)
  }
  if (ops.length !== manifest.counts.operations)
    throw new AppError('share.malformed', { where: MANIFEST, problem: 'counts.operations is another number' })
  const known = new Set(manifest.plans.map(({ id }) => id))
  const owners = planOfSubjects(ops)
  for (const [at, op] of ops.entries()) {
    const plan = owners.get(subjectKey(subjectOf(op)))
    if (plan === undefined || !known.has(plan))
      throw new AppError('share.malformed', {
        where: `operations.jsonl:${at + 1}`,
        problem: 'it is about nothing in the package',
      })
  }
  assertSameContent(ops)
  // What contradicts itself is refused here, before anybody asks what it comes to.
  foldAll(ops)
  return ops
}

async function readChecklists({ checklists, members }: PackageManifest, fileOf: (member: string) => string, { name }: Reading) {
  const found: Checklist[] = []
  for (const { id, version, sha256 } of checklists) {
    const member = checklistName(id, version)
    if (!members.some((one) => one.name === member)) throw refused(name, member, '包内缺少该清单', 'the package does not hold it')
    const checklist = parseChecklist(parsed(await readFile(fileOf(member), 'utf8'), member), member)
    const hash = createHash('sha256').update(canonicalJson(checklist)).digest('hex')
    if (checklist.id !== id || checklist.version !== version || hash !== sha256)
      throw new AppError('share.changed', { file: name, entry: member })
    found.push(checklist)
  }
  return found
}
