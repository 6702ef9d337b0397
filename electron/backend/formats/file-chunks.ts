import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import type { OpenOptions } from './format.ts'
import { fileError } from './read-file.ts'

/** How much of a file is held at once. */
const CHUNK_BYTES = 1024 * 1024

/** Reads a file from front to end in pieces, reporting progress; each piece is only valid until the next. @throws AppError `import.file-missing` */
export function* fileChunks(file: string, shown: string, report: OpenOptions['report']): Generator<Buffer> {
  let descriptor: number | null = null
  try {
    descriptor = openSync(file, 'r')
    const { size } = fstatSync(descriptor)
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES)
    for (let done = 0; ;) {
      const read = readSync(descriptor, chunk, 0, CHUNK_BYTES, done)
      if (read === 0) return
      done += read
      yield chunk.subarray(0, read)
      report(done, Math.max(size, done))
    }
  } catch (error) {
    throw fileError(error, shown)
  } finally {
    if (descriptor !== null) closeSync(descriptor)
  }
}
