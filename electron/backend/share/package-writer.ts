import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Checklist } from '#core/checklist/schema.ts'
import { AppError } from '#core/errors.ts'
import type { PackageManifest } from '#core/share/manifest.ts'
import type { SharedOp } from '#core/share/operation.ts'
import type { WrittenFile } from '../memo/write-file.ts'
import { encrypted } from './cipher.ts'
import { zipped, type WrittenMember, type ZipMember } from './zip-writer.ts'

/** A file that goes into a package and must be what its name says. */
export interface PackedFile {
  name: string
  file: string
  sha256: string
  /** What is thrown when the catalogue's own copy is gone or changed. */
  gone: () => AppError
}

/** Everything of a package before it is written. */
export interface PackageContent {
  manifest: Omit<PackageManifest, 'members'>
  /** What the texts say, for whoever keeps note of what left. */
  ops: readonly SharedOp[]
  checklists: readonly Checklist[]
  /** Small members in memory. */
  texts: readonly { name: string; text: () => Iterable<string> }[]
  files: readonly PackedFile[]
}

export interface Writing {
  passphrase: string | null
  isCancelled: () => boolean
  /** Bytes of the members so far. */
  wrote: (bytes: number) => void
}

/** The end of a call that a person cancelled. */
const cancelled = (): AppError => new AppError('request.cancelled', { procedure: 'share.export' })

/**
 * Writes a package whole or not at all: under a temporary name, forced to the disk, renamed, and read again, because a bad stick shows
 * only then. @throws AppError 'memo.cannot-write', 'share.weak-passphrase', 'request.cancelled', and what a file's `gone` says
 */
export async function writePackage(target: string, content: PackageContent, writing: Writing): Promise<WrittenFile> {
  const plain = zipped((written) => membersOf(content, written, writing))
  const chunks = writing.passphrase === null ? plain : encrypted(plain, writing.passphrase)
  const temporary = `${target}.${randomUUID()}.tmp`
  try {
    const { sizeBytes, sha256 } = await writeChunks(temporary, chunks, writing)
    await rename(temporary, target)
    await syncFolder(path.dirname(target))
    if ((await hashOfFile(target)) !== sha256) {
      await rm(target, { force: true })
      throw new AppError('memo.cannot-write', { file: path.basename(target), problem: 'read-back' })
    }
    return { path: target, fileName: path.basename(target), sizeBytes, sha256 }
  } catch (cause) {
    if (cause instanceof AppError || !(cause instanceof Error) || !('code' in cause)) throw cause
    throw new AppError('memo.cannot-write', { file: path.basename(target), problem: String(cause.code) }, { cause })
  } finally {
    await rm(temporary, { force: true })
  }
}

async function writeChunks(file: string, chunks: AsyncIterable<Buffer>, { isCancelled }: Writing) {
  const hash = createHash('sha256')
  const handle = await open(file, 'wx', 0o600)
  let sizeBytes = 0
  try {
    for await (const chunk of chunks) {
      if (isCancelled()) throw cancelled()
      hash.update(chunk)
      sizeBytes += chunk.length
      await handle.writeFile(chunk)
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
  return { sizeBytes, sha256: hash.digest('hex') }
}

async function* membersOf(
  { manifest, texts, files }: PackageContent,
  written: readonly WrittenMember[],
  { wrote, isCancelled }: Writing,
): AsyncGenerator<ZipMember> {
  for (const { name, text } of texts) yield { name, isText: true, chunks: bytesOf(text(), wrote) }
  for (const packed of files) yield { name: packed.name, isText: false, chunks: checked(packed, wrote, isCancelled) }
  const members = written.map(({ name, sizeBytes, sha256 }) => ({ name, sizeBytes, sha256 }))
  yield { name: 'manifest.json', isText: true, chunks: [Buffer.from(JSON.stringify({ ...manifest, members }, null, 1), 'utf8')] }
}

function* bytesOf(parts: Iterable<string>, wrote: (bytes: number) => void): Generator<Buffer> {
  for (const part of parts) {
    const bytes = Buffer.from(part, 'utf8')
    wrote(bytes.length)
    yield bytes
  }
}

async function* checked({ file, sha256, gone }: PackedFile, wrote: (bytes: number) => void, isCancelled: () => boolean) {
  const hash = createHash('sha256')
  if ((await stat(file).catch(() => null))?.isFile() !== true) throw gone()
  for await (const chunk of createReadStream(file, { highWaterMark: 2 ** 20 }) as AsyncIterable<Buffer>) {
    if (isCancelled()) throw cancelled()
    hash.update(chunk)
    wrote(chunk.length)
    yield chunk
  }
  if (hash.digest('hex') !== sha256) throw gone()
}

/** The hash of a file as it lies on the disk. */
export async function hashOfFile(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file, { highWaterMark: 2 ** 20 }) as AsyncIterable<Buffer>) hash.update(chunk)
  return hash.digest('hex')
}

/** Forces new names to the disk; Windows keeps them in its own journal and has no such call. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
