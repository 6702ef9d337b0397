const FEWEST_SLOTS = 1 << 12

/** Numbers for places: the same whole millimetres get the same number, in the order in which they are first met. */
export class VertexIds {
  count = 0
  #xy = new Int32Array(FEWEST_SLOTS)
  /** 1 + the number of the place in a slot; 0 for a free one. */
  #slots = new Uint32Array(FEWEST_SLOTS)

  idOf(x: number, y: number): number {
    if (2 * this.count >= this.#slots.length) this.#widen()
    const slot = this.#slotOf(x, y)
    const known = this.#slots[slot] ?? 0
    if (known > 0) return known - 1
    if (2 * this.count + 2 > this.#xy.length) {
      const wider = new Int32Array(this.#xy.length * 2)
      wider.set(this.#xy)
      this.#xy = wider
    }
    this.#xy[2 * this.count] = x
    this.#xy[2 * this.count + 1] = y
    this.count += 1
    this.#slots[slot] = this.count
    return this.count - 1
  }

  x(id: number): number {
    return this.#xy[2 * id] ?? 0
  }

  y(id: number): number {
    return this.#xy[2 * id + 1] ?? 0
  }

  #slotOf(x: number, y: number): number {
    const mask = this.#slots.length - 1
    const mixed = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca6b)
    let slot = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d) & mask
    for (let known = this.#slots[slot] ?? 0; known > 0; known = this.#slots[slot] ?? 0) {
      if (this.x(known - 1) === x && this.y(known - 1) === y) break
      slot = (slot + 1) & mask
    }
    return slot
  }

  #widen(): void {
    this.#slots = new Uint32Array(this.#slots.length * 2)
    for (let id = 0; id < this.count; id += 1) this.#slots[this.#slotOf(this.x(id), this.y(id))] = id + 1
  }
}
