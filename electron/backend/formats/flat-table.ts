/** What is wrong with bytes that should hold tables; the caller adds file and row. */
export class FlatTableError extends Error {}

const TEXT = new TextDecoder('utf-8')

/**
 * A table of a FlatBuffer, the encoding inside FlatGeobuf. Every read is checked against the bytes that are there: files come
 * from anywhere, and the generated readers trust the lengths that a file states.
 */
export class FlatTable {
  readonly #view: DataView
  readonly #at: number
  readonly #fields: number
  readonly #fieldsSize: number

  constructor(view: DataView, at: number) {
    this.#view = view
    this.#at = at
    this.#fields = at - this.#checked(() => view.getInt32(at, true))
    this.#fieldsSize = this.#checked(() => view.getUint16(this.#fields, true))
  }

  /** The table at the start of a buffer. */
  static root(bytes: Uint8Array): FlatTable {
    if (bytes.byteLength < 8) throw new FlatTableError('too short')
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    return new FlatTable(view, view.getUint32(0, true))
  }

  #checked<T>(read: () => T): T {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      throw new FlatTableError('an offset leads outside the bytes', { cause: error })
    }
  }

  /** Where a field's value stands, or null when the table leaves it out. */
  #place(field: number): number | null {
    const slot = 4 + field * 2
    if (slot + 2 > this.#fieldsSize) return null
    const offset = this.#checked(() => this.#view.getUint16(this.#fields + slot, true))
    return offset === 0 ? null : this.#at + offset
  }

  #target(field: number): number | null {
    const place = this.#place(field)
    return place === null ? null : place + this.#checked(() => this.#view.getUint32(place, true))
  }

  byte(field: number, fallback = 0): number {
    const place = this.#place(field)
    return place === null ? fallback : this.#checked(() => this.#view.getUint8(place))
  }

  short(field: number, fallback = 0): number {
    const place = this.#place(field)
    return place === null ? fallback : this.#checked(() => this.#view.getUint16(place, true))
  }

  int(field: number, fallback = 0): number {
    const place = this.#place(field)
    return place === null ? fallback : this.#checked(() => this.#view.getInt32(place, true))
  }

  long(field: number): bigint {
    const place = this.#place(field)
    return place === null ? 0n : this.#checked(() => this.#view.getBigUint64(place, true))
  }

  /** The bytes of a vector whose items have `itemBytes` bytes; null when the table has none. */
  vector(field: number, itemBytes: number): DataView | null {
    const target = this.#target(field)
    if (target === null) return null
    const count = this.#checked(() => this.#view.getUint32(target, true))
    const bytes = count * itemBytes
    if (target + 4 + bytes > this.#view.byteLength) throw new FlatTableError('a vector is longer than the bytes')
    return new DataView(this.#view.buffer, this.#view.byteOffset + target + 4, bytes)
  }

  text(field: number): string | null {
    const bytes = this.vector(field, 1)
    return bytes === null ? null : TEXT.decode(bytes)
  }

  /** Pairs of numbers, copied: vectors of doubles need not be aligned in a damaged file. */
  doubles(field: number): Float64Array {
    const bytes = this.vector(field, 8)
    const values = new Float64Array(bytes === null ? 0 : bytes.byteLength / 8)
    for (let index = 0; index < values.length; index++) values[index] = bytes?.getFloat64(index * 8, true) ?? 0
    return values
  }

  table(field: number): FlatTable | null {
    const target = this.#target(field)
    return target === null ? null : new FlatTable(this.#view, target)
  }

  tables(field: number): FlatTable[] {
    const items = this.vector(field, 4)
    if (items === null) return []
    const start = items.byteOffset - this.#view.byteOffset
    return Array.from({ length: items.byteLength / 4 }, (_, index) => {
      const at = start + index * 4
      return new FlatTable(this.#view, at + items.getUint32(index * 4, true))
    })
  }
}
