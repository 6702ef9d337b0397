import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** Up to here records stay in memory: most files are small, and no temporary file is made for them. */
const MEMORY_BYTES = 4 * 1024 * 1024
const WINDOW_BYTES = 256 * 1024

/** Records that are written one after the other and then read in any order, on disk once they are many. */
export class RecordStore {
  readonly #stagingDir: string
  /** Where each record ends. */
  readonly #ends: number[] = []
  #waiting: Buffer[] = []
  #waitingFrom = 0
  #waitingBytes = 0
  #written = 0
  #folder: string | null = null
  #descriptor: number | null = null
  #window = Buffer.alloc(0)
  #windowAt = 0

  constructor(stagingDir: string = tmpdir()) {
    this.#stagingDir = stagingDir
  }

  get count(): number {
    return this.#ends.length
  }

  /** Keeps a record; gives its number. */
  add(bytes: Buffer): number {
    this.#ends.push((this.#ends.at(-1) ?? 0) + bytes.length)
    this.#waiting.push(bytes)
    this.#waitingBytes += bytes.length
    if (this.#waitingBytes > MEMORY_BYTES) this.#flush()
    return this.#ends.length - 1
  }

  #flush(): void {
    this.#folder ??= mkdtempSync(path.join(this.#stagingDir, 'greenprint-records-'))
    this.#descriptor ??= openSync(path.join(this.#folder, 'records'), 'wx+', 0o600)
    const bytes = Buffer.concat(this.#waiting)
    for (let at = 0; at < bytes.length;) at += writeSync(this.#descriptor, bytes, at, bytes.length - at, this.#written + at)
    this.#written += bytes.length
    this.#waitingFrom = this.#ends.length
    this.#waiting = []
    this.#waitingBytes = 0
  }

  /** A record by its number; only valid until the next call. */
  read(record: number): Buffer {
    if (record >= this.#waitingFrom) return this.#waiting[record - this.#waitingFrom] ?? Buffer.alloc(0)
    const from = this.#ends[record - 1] ?? 0
    const end = this.#ends[record] ?? from
    if (from < this.#windowAt || end > this.#windowAt + this.#window.length) this.#look(from, end)
    return this.#window.subarray(from - this.#windowAt, end - this.#windowAt)
  }

  /** Neighbours are mostly wanted together: more is read than was asked for. */
  #look(from: number, end: number): void {
    if (this.#descriptor === null) return
    const size = Math.min(Math.max(WINDOW_BYTES, end - from), this.#written - from)
    const window = Buffer.allocUnsafe(size)
    for (let at = 0; at < size;) {
      const read = readSync(this.#descriptor, window, at, size - at, from + at)
      if (read === 0) throw new Error('the store of records is shorter than what was written')
      at += read
    }
    this.#window = window
    this.#windowAt = from
  }

  close(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor)
    if (this.#folder !== null) rmSync(this.#folder, { recursive: true, force: true })
    this.#descriptor = null
    this.#folder = null
  }
}
