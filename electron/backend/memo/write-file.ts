import { createHash, randomUUID } from 'node:crypto'
import { readFileSync, renameSync, rmSync } from 'node:fs'
import { open, rename, rm, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '#core/errors.ts'

export interface WrittenFile {
  path: string
  fileName: string
  sizeBytes: number
  sha256: string
}

/** Writes a whole file or none: temporary name, fsync, rename, fsync of the folder where the platform can. */
export async function writeFileSafely(target: string, content: Uint8Array | string): Promise<WrittenFile> {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content
  const temporary = `${target}.${randomUUID()}.tmp`
  try {
    await withFile(temporary, 'wx', async (file) => {
      await file.writeFile(bytes)
      await file.sync()
    })
    await rename(temporary, target)
    await syncFolder(path.dirname(target))
  } catch (cause) {
    await rm(temporary, { force: true })
    const problem = (cause as NodeJS.ErrnoException).code ?? String(cause)
    throw new AppError('memo.cannot-write', { file: path.basename(target), problem }, { cause })
  }
  return {
    path: target,
    fileName: path.basename(target),
    sizeBytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  }
}

/** For what writes its own file (SQLite): it gets a temporary name, and the real one when it is whole. */
export function writeThrough(target: string, fill: (file: string) => void): WrittenFile {
  const temporary = `${target}.${randomUUID()}.tmp`
  try {
    fill(temporary)
    renameSync(temporary, target)
  } finally {
    rmSync(temporary, { force: true })
  }
  const bytes = readFileSync(target)
  return {
    path: target,
    fileName: path.basename(target),
    sizeBytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  }
}

async function withFile(file: string, flags: string, work: (handle: FileHandle) => Promise<void>): Promise<void> {
  const handle = await open(file, flags)
  try {
    await work(handle)
  } finally {
    await handle.close()
  }
}

/** Windows cannot sync folders; its rename is journalled. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  await withFile(folder, 'r', (handle) => handle.sync())
}
