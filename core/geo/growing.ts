/** An Int32Array that grows while a layer is read: its size is only known at the end. It begins small: most layers of an edit hold one feature. */
export class GrowingInts {
  length = 0
  #values = new Int32Array(32)

  push(value: number): void {
    if (this.length === this.#values.length) {
      const wider = new Int32Array(this.#values.length * 2)
      wider.set(this.#values)
      this.#values = wider
    }
    this.#values[this.length] = value
    this.length += 1
  }

  /** The values with room for `more` at their end, until the next call; whoever writes there sets `length`. */
  reserve(more: number): Int32Array {
    if (this.length + more > this.#values.length) {
      const wider = new Int32Array(Math.max(this.#values.length * 2, this.length + more))
      wider.set(this.#values.subarray(0, this.length))
      this.#values = wider
    }
    return this.#values
  }

  /** Adds whole numbers one after the other. */
  append(values: Float64Array): void {
    const end = this.length + values.length
    if (end > this.#values.length) {
      const wider = new Int32Array(2 * end)
      wider.set(this.#values)
      this.#values = wider
    }
    const into = this.#values
    for (let at = 0, to = this.length; at < values.length; at += 1, to += 1) into[to] = values[at] as number
    this.length = end
  }

  at(index: number): number {
    return this.#values[index] ?? 0
  }

  set(index: number, value: number): void {
    this.#values[index] = value
  }

  /** Forgets everything from `length` on. */
  truncate(length: number): void {
    this.length = length
  }

  /** A copy in shared memory, so that workers read it without another copy. */
  toSharedInts(): Int32Array {
    const shared = new Int32Array(new SharedArrayBuffer(this.length * 4))
    shared.set(this.#values.subarray(0, this.length))
    return shared
  }

  /** The same as unsigned numbers; for offsets, which are never negative. */
  toSharedOffsets(): Uint32Array {
    const shared = new Uint32Array(new SharedArrayBuffer(this.length * 4))
    shared.set(this.#values.subarray(0, this.length))
    return shared
  }
}

/** A Float64Array that grows. */
export class GrowingFloats {
  length = 0
  #values = new Float64Array(16)

  push(value: number): void {
    if (this.length === this.#values.length) {
      const wider = new Float64Array(this.#values.length * 2)
      wider.set(this.#values)
      this.#values = wider
    }
    this.#values[this.length] = value
    this.length += 1
  }

  toShared(): Float64Array {
    const shared = new Float64Array(new SharedArrayBuffer(this.length * 8))
    shared.set(this.#values.subarray(0, this.length))
    return shared
  }
}
