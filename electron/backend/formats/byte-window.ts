import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { fileError } from './read-file.ts'

/** Bytes that are read where they are needed: a large file is never held as a whole. */
export interface ByteWindow {
  readonly size: number
  /** Makes `length` bytes from `offset` readable; returns where they lie in `bytes` and `view`, until the next call. Throws RangeError outside the file. */
  seek(offset: number, length: number): number
  readonly bytes: Buffer
  readonly view: DataView
  close(): void
}

const WINDOW_BYTES = 1 << 18
/** In place of a descriptor. */
const IN_MEMORY = -1

/** A window over bytes that are in memory anyway. */
export const windowOf = (bytes: Buffer): ByteWindow => new FileWindow(bytes, '')

/**
 * A window over a file, or over bytes in memory: of one class, so that code that has practised on bytes is compiled for files. Offsets
 * are plain numbers, so that files above 4 GB are no special case.
 */
export class FileWindow implements ByteWindow {
  readonly size: number
  bytes: Buffer = Buffer.alloc(0)
  view: DataView = new DataView(new ArrayBuffer(0))
  readonly #descriptor: number
  readonly #shown: string
  /**
   * Where the window begins in the file. −0 is 0, but no small integer: the engine keeps the field as a double from the start, and
   * need not throw away what it compiled when a file's offsets, doubles for they pass 2 GB, come into it.
   */
  #from = -0
  #filled = 0

  /** @throws AppError `import.file-missing` */
  constructor(file: string | Buffer, shown: string) {
    this.#shown = shown
    if (typeof file !== 'string') {
      this.#descriptor = IN_MEMORY
      this.size = this.#filled = file.length
      this.bytes = file
      this.view = new DataView(file.buffer, file.byteOffset, file.length)
      return
    }
    try {
      this.#descriptor = openSync(file, 'r')
      this.size = fstatSync(this.#descriptor).size
    } catch (error) {
      throw fileError(error, shown)
    }
  }

  seek(offset: number, length: number): number {
    const at = offset - this.#from
    // A small integer for whoever asks, whatever the offset was.
    if (at >= 0 && at + length <= this.#filled) return at | 0
    if (offset < 0 || length < 0 || offset + length > this.size) throw new RangeError('outside the file')
    this.#load(offset, length)
    return 0
  }

  #load(offset: number, length: number): void {
    if (this.bytes.length < Math.max(length, WINDOW_BYTES)) {
      this.bytes = Buffer.allocUnsafeSlow(Math.max(2 * length, WINDOW_BYTES))
      this.view = new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.length)
    }
    this.#from = offset
    this.#filled = 0
    try {
      while (this.#filled < this.bytes.length) {
        const read = readSync(this.#descriptor, this.bytes, this.#filled, this.bytes.length - this.#filled, offset + this.#filled)
        if (read === 0) break
        this.#filled += read
      }
    } catch (error) {
      throw fileError(error, this.#shown)
    }
    if (this.#filled < length) throw new RangeError('the file was cut off while it was read')
  }

  close(): void {
    if (this.#descriptor !== IN_MEMORY) closeSync(this.#descriptor)
  }
}
