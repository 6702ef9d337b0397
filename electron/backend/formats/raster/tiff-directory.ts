import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { broken } from './raster-checks.ts'

/** Bytes of one value of each TIFF type; an unknown type counts as one byte. */
const SIZES: Readonly<Record<number, number>> = { 3: 2, 4: 4, 5: 8, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8 }
const MOST_ENTRIES = 4096

/** Whether a file begins like a TIFF, classic or big, in either byte order. */
export function isTiff([a, b, c, d]: Uint8Array): boolean {
  const little = a === 0x49 && b === 0x49 && (c === 42 || c === 43) && d === 0
  return little || (a === 0x4d && b === 0x4d && c === 0 && (d === 42 || d === 43))
}

/**
 * Checks that what the first directory of a TIFF promises lies within the file. The reader library believes every count: a
 * damaged one would keep it busy for hours.
 * @throws AppError `import.raster-broken`
 */
export function checkDirectory(file: string, shown: string): void {
  const descriptor = openSync(file, 'r')
  try {
    const { size } = fstatSync(descriptor)
    const bytes = (at: number, length: number): Buffer => {
      const buffer = Buffer.alloc(length)
      if (!(at >= 0 && at + length <= size) || readSync(descriptor, buffer, 0, length, at) < length)
        throw broken(shown, '文件不完整', 'it is incomplete')
      return buffer
    }
    checkEntries(bytes, size, shown)
  } finally {
    closeSync(descriptor)
  }
}

function checkEntries(bytes: (at: number, length: number) => Buffer, size: number, shown: string): void {
  const head = bytes(0, 8)
  const little = head[0] === 0x49
  const u16 = (buffer: Buffer, at: number): number => (little ? buffer.readUInt16LE(at) : buffer.readUInt16BE(at))
  const u32 = (buffer: Buffer, at: number): number => (little ? buffer.readUInt32LE(at) : buffer.readUInt32BE(at))
  const u64 = (buffer: Buffer, at: number): number => Number(little ? buffer.readBigUInt64LE(at) : buffer.readBigUInt64BE(at))
  const big = u16(head, 2) === 43
  const directory = big ? u64(bytes(8, 8), 0) : u32(head, 4)
  const count = big ? u64(bytes(directory, 8), 0) : u16(bytes(directory, 2), 0)
  if (count > MOST_ENTRIES) throw broken(shown, '目录项过多', 'its directory has too many entries')
  const [entrySize, inPlace] = big ? [20, 8] : [12, 4]
  const entries = bytes(directory + (big ? 8 : 2), count * entrySize)
  for (let at = 0; at < entries.length; at += entrySize) {
    const values = big ? u64(entries, at + 4) : u32(entries, at + 4)
    const length = values * (SIZES[u16(entries, at + 2)] ?? 1)
    const offset = big ? u64(entries, at + 12) : u32(entries, at + 8)
    if (length > inPlace && !(offset + length <= size))
      throw broken(shown, '目录指向文件之外', 'its directory points beyond its end')
  }
}
