import { AppError } from '#core/errors.ts'
import { bilingual, type Bilingual } from '#core/text.ts'

/** A line of coordinates or attributes is far shorter; a longer one is no VCT. */
const LONGEST_LINE = 1_000_000

const BREAK = /\r\n|\r|\n/

/** The lines of a VCT file, one at a time and with their numbers; empty ones and comments are passed over. */
export class VctLines {
  readonly file: string
  readonly #texts: Iterator<string>
  #waiting: string[] = []
  #at = 0
  #rest = ''
  #isEnd = false
  #number = 0
  #peeked: { text: string; number: number } | null = null

  constructor(texts: Iterable<string>, file: string) {
    this.#texts = texts[Symbol.iterator]()
    this.file = file
  }

  /** Number of the line that was last given out, 1-based. */
  number = 0

  #raw(): string | null {
    while (this.#at >= this.#waiting.length) {
      if (this.#isEnd) return null
      const piece = this.#texts.next()
      // A \r at the end of a piece may belong to a \n at the start of the next: it waits.
      const text = this.#rest + (piece.done === true ? '' : piece.value)
      this.#isEnd = piece.done === true
      const lines = text.split(BREAK)
      this.#rest = this.#isEnd ? '' : text.endsWith('\r') ? `${lines.at(-2) ?? ''}\r` : (lines.at(-1) ?? '')
      this.#waiting = this.#isEnd ? lines : lines.slice(0, text.endsWith('\r') ? -2 : -1)
      this.#at = 0
      if (this.#rest.length > LONGEST_LINE) throw this.tooLong()
    }
    this.#number++
    return this.#waiting[this.#at++] ?? ''
  }

  /** The next line with something on it, or null at the end. */
  #next(): string | null {
    if (this.#peeked) {
      const { text, number } = this.#peeked
      this.#peeked = null
      this.number = number
      return text
    }
    for (let isComment = false; ;) {
      const line = this.#raw()
      if (line === null) return null
      const text = line.replace(/^\uFEFF/, '').trim()
      if (text.length > LONGEST_LINE) throw this.tooLong()
      const word = text.length < 20 ? text.toLowerCase() : ''
      if (word === 'commentbegin') isComment = true
      else if (word === 'commentend') isComment = false
      else if (!isComment && text !== '') {
        this.number = this.#number
        return text
      }
    }
  }

  /** The next line, or null at the end of the file. */
  nextOrEnd(): string | null {
    return this.#next()
  }

  /** The next line. @throws AppError `import.truncated` at the end of the file */
  next(): string {
    const line = this.#next()
    if (line === null) throw new AppError('import.truncated', { file: this.file, row: this.#number })
    return line
  }

  /** The next line without taking it; null at the end. */
  peek(): string | null {
    if (this.#peeked) return this.#peeked.text
    const before = this.number
    const text = this.#next()
    if (text === null) return null
    this.#peeked = { text, number: this.number }
    this.number = before
    return text
  }

  /** A failure at the line that was last given out. */
  broken(zh: string, en: string): AppError {
    const problem: Bilingual = bilingual(zh, en)
    return new AppError('import.vector-broken', { file: this.file, layer: null, row: this.number, problem })
  }

  /** Something that the standard has and this reader does not, at the line that was last given out. */
  unsupported(zh: string, en: string): AppError {
    return new AppError('import.vct-unsupported', { file: this.file, line: this.number, what: bilingual(zh, en) })
  }

  tooLong(): AppError {
    const what = bilingual('单行字符数', 'characters in one line')
    return new AppError('import.limit', { file: this.file, layer: null, what, limit: LONGEST_LINE })
  }
}
