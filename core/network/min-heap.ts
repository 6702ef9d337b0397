/** A queue of whole numbers, least key first, with four children per place: the shallow heap that shortest paths like. */
export class MinHeap {
  size = 0
  #keys = new Float64Array(1024)
  #values = new Uint32Array(1024)

  clear(): void {
    this.size = 0
  }

  /** The least key; Infinity when empty. */
  get least(): number {
    return this.size === 0 ? Infinity : (this.#keys[0] ?? Infinity)
  }

  push(key: number, value: number): void {
    if (this.size === this.#keys.length) this.#grow()
    const keys = this.#keys
    const values = this.#values
    let at = this.size
    this.size += 1
    while (at > 0) {
      const parent = (at - 1) >> 2
      const above = keys[parent] ?? 0
      if (above <= key) break
      keys[at] = above
      values[at] = values[parent] ?? 0
      at = parent
    }
    keys[at] = key
    values[at] = value
  }

  /** Takes out the value with the least key. The heap must not be empty. */
  pop(): number {
    const keys = this.#keys
    const values = this.#values
    const top = values[0] ?? 0
    this.size -= 1
    const key = keys[this.size] ?? 0
    const value = values[this.size] ?? 0
    let at = 0
    for (;;) {
      const first = 4 * at + 1
      if (first >= this.size) break
      let best = first
      const end = Math.min(first + 4, this.size)
      for (let child = first + 1; child < end; child += 1) if ((keys[child] ?? 0) < (keys[best] ?? 0)) best = child
      if ((keys[best] ?? 0) >= key) break
      keys[at] = keys[best] ?? 0
      values[at] = values[best] ?? 0
      at = best
    }
    keys[at] = key
    values[at] = value
    return top
  }

  #grow(): void {
    const keys = new Float64Array(this.#keys.length * 2)
    keys.set(this.#keys)
    this.#keys = keys
    const values = new Uint32Array(this.#values.length * 2)
    values.set(this.#values)
    this.#values = values
  }
}
