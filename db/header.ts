import fs from 'node:fs'
import { AppError } from '#core/errors.ts'

/** 'GPLN': marks the file as a Greenprint catalogue. */
export const APPLICATION_ID = 0x47504c4e

const MAGIC = 'SQLite format 3\0'

export interface Header {
  applicationId: number
  userVersion: number
}

/**
 * What the first 100 bytes say, before SQLite is let near the file. Call it only while holding the lock and without an open
 * connection: closing a file handle drops SQLite's own locks in the same process.
 * @throws AppError 'catalogue.not-a-catalogue' for a foreign file; 'catalogue.damaged' for an empty or cut one
 */
export function readHeader(file: string, backups: number): Header {
  const bytes = Buffer.alloc(100)
  const handle = fs.openSync(file, 'r')
  try {
    const length = fs.readSync(handle, bytes, 0, 100, 0)
    if (length < 100) throw new AppError('catalogue.damaged', { problem: `${length} bytes`, backups })
  } finally {
    fs.closeSync(handle)
  }
  const header = { applicationId: bytes.readUInt32BE(68), userVersion: bytes.readInt32BE(60) }
  if (bytes.toString('latin1', 0, 16) !== MAGIC || header.applicationId !== APPLICATION_ID)
    throw new AppError('catalogue.not-a-catalogue', { file })
  if (header.userVersion < 1) throw new AppError('catalogue.damaged', { problem: `user_version ${header.userVersion}`, backups })
  return header
}
