import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { syncFile } from './folder.ts'

export const BALLAST_BYTES = 64 * 1024 * 1024

const CHUNK = 1024 * 1024

/** A file that only takes up room, so that there is room when the disk is full and someone must save. */
export interface Ballast {
  /** Gives the room back; false when there was none to give. */
  release: () => boolean
}

/** For catalogues that keep no room. */
export const NO_BALLAST: Ballast = { release: () => false }

const sizeOf = (file: string): number => fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0

/** Makes the ballast when the disk has room for four of it; a disk already nearly full keeps what it has. */
export function prepareBallast(file: string, bytes: number): Ballast {
  const size = sizeOf(file)
  const { bavail, bsize } = fs.statfsSync(path.dirname(file))
  if (size < bytes && bavail * bsize > 4 * (bytes - size)) {
    // Random bytes: a compressing file system would give zeros no room.
    const chunk = randomBytes(Math.min(CHUNK, bytes))
    const handle = fs.openSync(file, 'w')
    try {
      for (let at = 0; at < bytes; at += chunk.length) fs.writeSync(handle, chunk, 0, Math.min(chunk.length, bytes - at))
    } finally {
      fs.closeSync(handle)
    }
    syncFile(file)
  }
  return {
    release() {
      if (sizeOf(file) === 0) return false
      fs.rmSync(file)
      return true
    },
  }
}
