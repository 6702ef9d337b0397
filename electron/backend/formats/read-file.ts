import { closeSync, fstatSync, openSync, readFileSync, readSync, statSync } from 'node:fs'
import path from 'node:path'
import { AppError } from '#core/errors.ts'
import type { OpenOptions } from './format.ts'

const MB = 1024 * 1024

/** What the reader is told a file is called: its own name, or the name it had before it was staged. */
export const shownName = (file: string, options: Pick<OpenOptions, 'displayName'>): string =>
  options.displayName ?? path.basename(file)

/** A file-system failure in words a person can act on; anything else is handed on as it is. */
export function fileError(error: unknown, shown: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const expected = ['ENOENT', 'EACCES', 'EPERM', 'ENOTDIR', 'EISDIR', 'ELOOP', 'ENAMETOOLONG', 'EIO', 'EBUSY']
  return typeof code === 'string' && expected.includes(code)
    ? new AppError('import.file-missing', { file: shown }, { cause: error })
    : error
}

/** Size of a file. @throws AppError `import.file-missing` */
export function fileSizeMb(file: string, shown: string): number {
  try {
    return statSync(file).size / MB
  } catch (error) {
    throw fileError(error, shown)
  }
}

/** A whole file, refused above the limit before a byte is read. */
export function readBytes(file: string, shown: string, limitMb: number): Buffer {
  try {
    const descriptor = openSync(file, 'r')
    try {
      const { size } = fstatSync(descriptor)
      if (size > limitMb * MB) throw new AppError('import.file-too-large', { file: shown, sizeMb: Math.ceil(size / MB), limitMb })
      return readFileSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
  } catch (error) {
    throw fileError(error, shown)
  }
}

/** The first bytes of a file, to judge its format by; none of a folder. */
export function readHead(file: string, shown: string, length = 4096): Buffer {
  try {
    const descriptor = openSync(file, 'r')
    try {
      if (fstatSync(descriptor).isDirectory()) return Buffer.alloc(0)
      const head = Buffer.alloc(length)
      return head.subarray(0, readSync(descriptor, head, 0, length, 0))
    } finally {
      closeSync(descriptor)
    }
  } catch (error) {
    throw fileError(error, shown)
  }
}
