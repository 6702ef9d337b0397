const FEWEST_SLOTS = 1 << 10
const FULL = 0.6

/** Values by the bytes that stand for them: a table's columns repeat few texts, which are found again without making a string. */
export class ByteDictionary<T> {
  readonly #limit: number
  readonly #values: T[] = []
  /** Where each key begins among all keys; one more than there are values. */
  readonly #starts: number[] = [0]
  readonly #hashes: number[] = []
  #keys = Buffer.alloc(1 << 14)
  /** 1 + the number of a value; 0 is free. */
  #slots = new Int32Array(FEWEST_SLOTS)

  /** Holds at most `limit` values; others are made each time. */
  constructor(limit: number) {
    this.#limit = limit
  }

  get size(): number {
    return this.#values.length
  }

  /** The value of `bytes[from … to)`, made when it is first seen. */
  get(bytes: Buffer, from: number, to: number, make: (bytes: Buffer) => T): T {
    let hash = 0x811c9dc5 ^ (to - from)
    for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193)
    hash ^= hash >>> 15
    const mask = this.#slots.length - 1
    let slot = hash & mask
    for (let known = this.#slots[slot] as number; known !== 0; slot = (slot + 1) & mask, known = this.#slots[slot] as number)
      if (this.#hashes[known - 1] === hash && this.#isKey(known - 1, bytes, from, to)) return this.#values[known - 1] as T
    const value = make(bytes.subarray(from, to))
    if (this.#values.length < this.#limit) this.#keep(value, hash, slot, bytes.subarray(from, to))
    return value
  }

  #isKey(index: number, bytes: Buffer, from: number, to: number): boolean {
    const start = this.#starts[index] as number
    if ((this.#starts[index + 1] as number) - start !== to - from) return false
    for (let at = from; at < to; at += 1) if (bytes[at] !== this.#keys[start + at - from]) return false
    return true
  }

  #keep(value: T, hash: number, slot: number, key: Buffer): void {
    const start = this.#starts.at(-1) ?? 0
    if (start + key.length > this.#keys.length) {
      const wider = Buffer.alloc(2 * (start + key.length))
      wider.set(this.#keys)
      this.#keys = wider
    }
    this.#keys.set(key, start)
    this.#starts.push(start + key.length)
    this.#hashes.push(hash)
    this.#values.push(value)
    this.#slots[slot] = this.#values.length
    if (this.#values.length > FULL * this.#slots.length) this.#widen()
  }

  #widen(): void {
    const slots = new Int32Array(2 * this.#slots.length)
    for (const [index, hash] of this.#hashes.entries()) {
      let slot = hash & (slots.length - 1)
      while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1)
      slots[slot] = index + 1
    }
    this.#slots = slots
  }
}
