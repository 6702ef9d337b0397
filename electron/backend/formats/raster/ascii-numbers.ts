import { closeSync, openSync, readSync } from 'node:fs'

const CHUNK_BYTES = 1 << 20
/** No number of a grid is written longer; a longer run is not text. */
const LONGEST = 64
const TENS = Array.from({ length: 23 }, (_, power) => 10 ** power)
const [ZERO, NINE, POINT, MINUS, PLUS, SPACE] = [48, 57, 46, 45, 43, 32]

/** Words of a text file separated by white space, read in pieces: memory does not grow with the file. */
export class AsciiWords {
  readonly #descriptor: number
  readonly #chunk = Buffer.allocUnsafe(CHUNK_BYTES + LONGEST)
  #at = 0
  #end = 0
  #ended = false

  constructor(file: string) {
    this.#descriptor = openSync(file, 'r')
  }

  close(): void {
    closeSync(this.#descriptor)
  }

  /** Moves what is left of the chunk to its start and fills the rest, so that a word never spans two chunks. */
  #fill(): void {
    this.#chunk.copyWithin(0, this.#at, this.#end)
    this.#end -= this.#at
    this.#at = 0
    const read = readSync(this.#descriptor, this.#chunk, this.#end, this.#chunk.length - this.#end, null)
    this.#end += read
    this.#ended = read === 0
  }

  /** Start and end of the next word in the chunk; undefined at the end of the file. */
  #next(): [number, number] | undefined {
    const chunk = this.#chunk
    for (;;) {
      while (this.#at < this.#end && (chunk[this.#at] ?? 0) <= SPACE) this.#at++
      if (this.#at === this.#end) {
        if (this.#ended) return undefined
        this.#fill()
        continue
      }
      let end = this.#at
      while (end < this.#end && (chunk[end] ?? 0) > SPACE) end++
      if (end === this.#end && !this.#ended && end - this.#at < LONGEST) {
        this.#fill()
        continue
      }
      const start = this.#at
      this.#at = end
      return [start, end]
    }
  }

  word(): string | undefined {
    const found = this.#next()
    return found && this.#chunk.toString('latin1', found[0], Math.min(found[1], found[0] + LONGEST))
  }

  /** The next word as a number; NaN for "nan"; undefined at the end. @throws RangeError with the word that is no number */
  number(): number | undefined {
    const found = this.#next()
    if (!found) return undefined
    const simple = simpleNumber(this.#chunk, found[0], found[1])
    if (simple !== undefined) return simple
    const text = this.#chunk.toString('latin1', found[0], Math.min(found[1], found[0] + LONGEST))
    if (/^[-+]?(nan|1\.#qnan|1\.#ind)$/i.test(text)) return NaN
    const value = Number(text)
    if (!Number.isFinite(value)) throw new RangeError(text)
    return value
  }
}

/** Digits with at most one point and up to fifteen digits: exact as integer ÷ power of ten. Anything else is left to `Number`. */
function simpleNumber(bytes: Buffer, start: number, end: number): number | undefined {
  const sign = bytes[start]
  let at = sign === MINUS || sign === PLUS ? start + 1 : start
  if (end - at > 16 || at === end) return undefined
  let digits = 0
  let decimals = -1
  for (; at < end; at++) {
    const byte = bytes[at] ?? 0
    if (byte >= ZERO && byte <= NINE) {
      digits = digits * 10 + (byte - ZERO)
      if (decimals >= 0) decimals++
    } else if (byte === POINT && decimals < 0) decimals = 0
    else return undefined
  }
  if (digits > Number.MAX_SAFE_INTEGER || (decimals >= 0 && end - start === 1)) return undefined
  const value = decimals > 0 ? digits / (TENS[decimals] ?? 1) : digits
  return sign === MINUS ? -value : value
}
