import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'

/** One value of a stream of JSON (a feature, a member) may be this large; it is parsed as a whole. */
const MAX_VALUE_BYTES = 256 * 1024 * 1024

const QUOTE = 0x22
const BACKSLASH = 0x5c
/** Bytes at which something may begin or end outside of texts; all others are passed over without a second look. */
const MATTERS = new Uint8Array(256)
for (const byte of [QUOTE, 0x7b, 0x5b, 0x7d, 0x5d, 0x2c, 0x1e, 0x20, 0x0a, 0x0d, 0x09]) MATTERS[byte] = 1

const isSpace = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09

/** Stops at a byte that cannot be there; the caller knows the file and turns the offset into line and column. */
export class JsonScanError extends Error {
  readonly offset: number

  constructor(offset: number) {
    super(`JSON stops being valid at byte ${offset}`)
    this.offset = offset
  }
}

/** A value as it lies in the file, not yet parsed. */
export interface JsonSlice {
  bytes: Buffer
  offset: number
}

/**
 * Finds where JSON values begin and end in a stream of bytes, so that each can be parsed by itself and forgotten. Works on any
 * encoding that leaves ASCII alone; `doubleBytes` says that a byte from 0x81 up hides the next one (GBK, GB 18030, Big5).
 */
export class JsonScanner {
  readonly #chunks: Iterator<Buffer>
  readonly #file: string
  readonly #doubleBytes: boolean
  #chunk: Buffer = Buffer.alloc(0)
  #at = 0
  #before = 0

  constructor(chunks: Iterable<Buffer>, file: string, doubleBytes: boolean) {
    this.#chunks = chunks[Symbol.iterator]()
    this.#file = file
    this.#doubleBytes = doubleBytes
  }

  get offset(): number {
    return this.#before + this.#at
  }

  #load(): boolean {
    const next = this.#chunks.next()
    if (next.done) return false
    this.#before += this.#chunk.length
    this.#chunk = next.value
    this.#at = 0
    return true
  }

  /** The next byte without taking it, -1 at the end. */
  peek(): number {
    while (this.#at >= this.#chunk.length) if (!this.#load()) return -1
    return this.#chunk[this.#at] ?? -1
  }

  skip(): void {
    this.#at++
  }

  /** Passes over white space and whatever else is named: a byte-order mark, record separators. */
  skipSpace(alsoSkip = ''): number {
    for (;;) {
      const byte = this.peek()
      if (byte < 0 || !(isSpace(byte) || alsoSkip.includes(String.fromCharCode(byte)))) return byte
      this.#at++
    }
  }

  fail(): never {
    throw new JsonScanError(this.offset)
  }

  /** Takes one given byte after white space. @throws JsonScanError */
  expect(character: string): void {
    if (this.skipSpace() !== character.charCodeAt(0)) this.fail()
    this.#at++
  }

  /** The next whole value, as bytes; with `keep` false it is only passed over. @throws JsonScanError, AppError `import.limit` */
  value(keep = true): JsonSlice {
    const first = this.skipSpace()
    const offset = this.offset
    const pieces: Buffer[] = []
    let size = 0
    let depth = 0
    let inString = false
    let hidden = false
    if (first < 0) this.fail()
    for (;;) {
      const chunk = this.#chunk
      const start = this.#at
      let at = start
      let isDone = false
      for (; at < chunk.length && !isDone; at++) {
        const byte = chunk[at] ?? 0
        if (MATTERS[byte] === 0 && !inString && !hidden) continue
        if (hidden) hidden = false
        else if (inString) {
          if (byte === BACKSLASH || (this.#doubleBytes && byte >= 0x81)) hidden = true
          else if (byte === QUOTE) {
            inString = false
            isDone = depth === 0
          }
        } else if (byte === QUOTE) inString = true
        else if (byte === 0x7b || byte === 0x5b) depth++
        else if (byte === 0x7d || byte === 0x5d) {
          if (depth === 0) break
          isDone = --depth === 0
        } else if (depth === 0 && (byte === 0x2c || byte === 0x1e || isSpace(byte))) break
      }
      const ended = isDone || at < chunk.length
      size += at - start
      if (size > MAX_VALUE_BYTES) {
        const what = bilingual('单个要素的字节数', 'bytes in a single feature')
        throw new AppError('import.limit', { file: this.#file, layer: null, what, limit: MAX_VALUE_BYTES })
      }
      this.#at = at
      if (keep) pieces.push(ended ? chunk.subarray(start, at) : Buffer.from(chunk.subarray(start, at)))
      if (ended) break
      if (!this.#load()) {
        if (inString || depth > 0) this.fail()
        break
      }
    }
    if (size === 0) this.fail()
    const [only] = pieces
    return { bytes: pieces.length === 1 && only ? only : Buffer.concat(pieces), offset }
  }
}
