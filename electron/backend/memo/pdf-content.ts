/** What stands before an operator: a number, a name with its slash, the bytes of a string, a list, or entries of a dictionary. */
export type Operand = number | string | Uint8Array | Operand[] | Map<string, Operand>

const [REGULAR, WHITE, DELIMITER] = [0, 1, 2]
/** ISO 32000-1, 7.2.2: what separates words. */
const KIND = new Uint8Array(256)
for (const code of [0, 9, 10, 12, 13, 32]) KIND[code] = WHITE
for (const sign of '()<>[]{}/%') KIND[sign.charCodeAt(0)] = DELIMITER

const SIGN = {
  open: 0x28,
  close: 0x29,
  less: 0x3c,
  greater: 0x3e,
  list: 0x5b,
  listEnd: 0x5d,
  slash: 0x2f,
  backslash: 0x5c,
  comment: 0x25,
  zero: 0x30,
  nine: 0x39,
  point: 0x2e,
  minus: 0x2d,
  plus: 0x2b,
} as const
const LINE_ENDS: ReadonlySet<number | undefined> = new Set([10, 13])
const ESCAPED: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, b: 8, f: 12 }
const END = Symbol('the end of a list or dictionary')

/**
 * Tells each operator of a content stream (ISO 32000-1, 7.8.2) with its operands, in order.
 * @throws Error where the stream is cut off or holds what no page of ours has (pictures inside the stream)
 */
export function readContent(bytes: Uint8Array, visit: (operator: string, operands: readonly Operand[]) => void): void {
  const scanner = new Scanner(bytes)
  let operands: Operand[] = []
  for (;;) {
    const word = scanner.next()
    if (word === null) return
    if (word === END) throw new Error('a list ends that never began')
    if (!(word instanceof Operator)) {
      operands.push(word)
      continue
    }
    if (word.name === 'BI') throw new Error('a picture stands inside the content')
    visit(word.name, operands)
    operands = []
  }
}

class Operator {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

type Word = Operand | Operator | typeof END | null

class Scanner {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  /** The next word; null behind the last. */
  next(): Word {
    this.#skip()
    const first = this.#bytes[this.#at]
    if (first === undefined) return null
    if (KIND[first] === REGULAR) return this.#regular()
    this.#at++
    if (first === SIGN.slash) return `/${this.#run()}`
    if (first === SIGN.open) return this.#literal()
    if (first === SIGN.list) return this.#list()
    if (first === SIGN.less && this.#bytes[this.#at] !== SIGN.less) return this.#hex()
    if (first === SIGN.less) return this.#dictionary()
    if (first === SIGN.listEnd) return END
    if (first === SIGN.greater && this.#bytes[this.#at] === SIGN.greater) {
      this.#at++
      return END
    }
    throw new Error(`the content has a stray ${String.fromCharCode(first)}`)
  }

  #skip(): void {
    for (;;) {
      const one = this.#bytes[this.#at]
      if (one === undefined || (KIND[one] !== WHITE && one !== SIGN.comment)) return
      if (one === SIGN.comment) while (this.#at < this.#bytes.length && !LINE_ENDS.has(this.#bytes[this.#at])) this.#at++
      else this.#at++
    }
  }

  #run(): string {
    const from = this.#at
    while (this.#at < this.#bytes.length && KIND[this.#bytes[this.#at] ?? 0] === REGULAR) this.#at++
    return this.#bytes.toString('latin1', from, this.#at)
  }

  /** Most words are numbers: they are read without a string in between. */
  #regular(): Word {
    const from = this.#at
    let [value, parts, isMinus] = [0, 0, false]
    for (; this.#at < this.#bytes.length; this.#at++) {
      const one = this.#bytes[this.#at] ?? 0
      if (one >= SIGN.zero && one <= SIGN.nine) {
        value = value * 10 + one - SIGN.zero
        parts *= 10
      } else if (one === SIGN.point && parts === 0) parts = 1
      else if ((one === SIGN.minus || one === SIGN.plus) && this.#at === from) isMinus = one === SIGN.minus
      else if (KIND[one] === REGULAR) {
        this.#at = from
        return new Operator(this.#run())
      } else break
    }
    return (isMinus ? -value : value) / (parts || 1)
  }

  #hex(): Uint8Array {
    const from = this.#at
    while (this.#at < this.#bytes.length && this.#bytes[this.#at] !== SIGN.greater) this.#at++
    if (this.#at >= this.#bytes.length) throw new Error('a string of the content is cut off')
    const digits = this.#bytes.toString('latin1', from, this.#at++).replaceAll(/\s/g, '')
    return Uint8Array.from(Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, 'hex'))
  }

  #literal(): Uint8Array {
    const found: number[] = []
    for (let depth = 1; ;) {
      const one = this.#bytes[this.#at++]
      if (one === undefined) throw new Error('a string of the content is cut off')
      if (one === SIGN.open) depth++
      if (one === SIGN.close && --depth === 0) return Uint8Array.from(found)
      if (one === SIGN.backslash) this.#escaped(found)
      else found.push(one)
    }
  }

  /** A line end behind a backslash is none; up to three digits are a byte in octal. */
  #escaped(found: number[]): void {
    const one = this.#bytes[this.#at++] ?? 0
    const sign = String.fromCharCode(one)
    if (LINE_ENDS.has(one)) {
      if (one === 13 && this.#bytes[this.#at] === 10) this.#at++
      return
    }
    if (!/[0-7]/.test(sign)) {
      found.push(ESCAPED[sign] ?? one)
      return
    }
    let digits = sign
    while (digits.length < 3 && /[0-7]/.test(String.fromCharCode(this.#bytes[this.#at] ?? 0)))
      digits += String.fromCharCode(this.#bytes[this.#at++] ?? 0)
    found.push(Number.parseInt(digits, 8) & 255)
  }

  #list(): Operand[] {
    const items: Operand[] = []
    for (;;) {
      const word = this.next()
      if (word === END) return items
      if (word === null) throw new Error('a list of the content is cut off')
      // true, false and null are words too, and nobody asks for them.
      if (!(word instanceof Operator)) items.push(word)
      else items.push(word.name)
    }
  }

  #dictionary(): Map<string, Operand> {
    this.#at++
    const items = this.#list()
    const entries = new Map<string, Operand>()
    for (let at = 0; at + 1 < items.length; at += 2) {
      const [name, value] = [items[at], items[at + 1]]
      if (typeof name === 'string' && value !== undefined) entries.set(name, value)
    }
    return entries
  }
}
