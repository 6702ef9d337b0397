/** Numbers of a structure by field, and structures inside it; texts and lists are passed over. */
export interface ThriftStruct {
  numbers: Map<number, number>
  structs: Map<number, ThriftStruct>
  /** Flags are a type of their own. */
  flags: Map<number, boolean>
}

const STOP = 0
const [TRUE, FALSE, BYTE, I16, I32, I64, DOUBLE, BINARY, LIST, SET, STRUCT] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12]
const DEEPEST = 8
/** A list of elements that take no bytes could otherwise be passed over for ever. */
const MOST_ELEMENTS = 1 << 20

/**
 * Reads one structure of Thrift's compact protocol, in which Parquet writes the heads of its pages. Allocates nothing that the
 * bytes ask for. Throws RangeError for what is cut off or cannot be.
 */
export class ThriftReader {
  readonly #bytes: Uint8Array
  at: number

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes
    this.at = at
  }

  #byte(): number {
    const byte = this.#bytes[this.at]
    if (byte === undefined) throw new RangeError('a page header is cut off')
    this.at++
    return byte
  }

  /** Unsigned, seven bits a byte; exact below 2^53. */
  varint(): number {
    let [value, scale] = [0, 1]
    for (let count = 0; count < 10; count++) {
      const byte = this.#byte()
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value
      scale *= 128
    }
    throw new RangeError('a number of a page header is too long')
  }

  #zigzag(): number {
    const value = this.varint()
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2
  }

  #pass(bytes: number): void {
    if (!(bytes >= 0 && this.at + bytes <= this.#bytes.length)) throw new RangeError('a page header is cut off')
    this.at += bytes
  }

  struct(depth = 0): ThriftStruct {
    if (depth > DEEPEST) throw new RangeError('a page header is nested too deeply')
    const found: ThriftStruct = { numbers: new Map(), structs: new Map(), flags: new Map() }
    for (let field = 0, head = this.#byte(); (head & 0x0f) !== STOP; head = this.#byte()) {
      const type = head & 0x0f
      field = head >> 4 === 0 ? this.#zigzag() : field + (head >> 4)
      if (type === TRUE || type === FALSE) found.flags.set(field, type === TRUE)
      else if (type === I16 || type === I32 || type === I64) found.numbers.set(field, this.#zigzag())
      else if (type === STRUCT) found.structs.set(field, this.struct(depth + 1))
      else this.#skip(type, depth + 1)
    }
    return found
  }

  #skip(type: number, depth: number): void {
    if (type === TRUE || type === FALSE || type === BYTE) this.#pass(1)
    else if (type === I16 || type === I32 || type === I64) this.varint()
    else if (type === DOUBLE) this.#pass(8)
    else if (type === BINARY) this.#pass(this.varint())
    else if (type === STRUCT) this.struct(depth)
    else if (type === LIST || type === SET) {
      const head = this.#byte()
      const elements = head >> 4 === 15 ? this.varint() : head >> 4
      if (elements > MOST_ELEMENTS || depth > DEEPEST) throw new RangeError('a list of a page header is too long')
      for (let left = elements; left > 0; left--) this.#skip(head & 0x0f, depth + 1)
    } else throw new RangeError('a page header holds an unknown type')
  }
}
