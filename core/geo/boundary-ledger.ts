import type { LayerColumns } from './columns.ts'

/** A slot of the table that was used and is free again; searches go on past it. */
const GONE = -1
const FEWEST_SLOTS = 1 << 15
const ROUND_UP = 0.6
/** Slots for each edge that is left, before `ROUND_UP`: plenty while they are few, since clearing what is gone costs the whole table. */
const ROOM = { few: 8, many: 2, manyEdges: 1 << 16 }

/**
 * The sum of the boundaries of polygons: an edge and the same edge in the other direction cancel. Of a layer that tiles the
 * ground without fault only its outline is left; everything else that is left bounds an overlap or a gap. Memory grows with
 * what has not been cancelled, so features may be streamed through.
 */
export interface BoundaryLedger {
  /** Enters the rings of a polygon layer in whole millimetres, shells counter-clockwise and holes clockwise. */
  add(layer: Pick<LayerColumns, 'xy' | 'ringOff'>): void
  /** fromX, fromY, toX, toY of every edge that is left, in mm; the ground is on its left. */
  edges(): Int32Array
}

/** A hash table of edges in flat arrays: `table` holds 1 + the place in `pool`, where each edge has four numbers. */
class Ledger implements BoundaryLedger {
  #table = new Int32Array(FEWEST_SLOTS)
  #pool = new Int32Array(FEWEST_SLOTS)
  #used = 0
  /** First free place below `used`, chained through the pool; −1 for none. */
  #free = -1
  #live = 0
  /** Slots that are not empty, those that are gone included. */
  #filled = 0

  add({ xy, ringOff }: Pick<LayerColumns, 'xy' | 'ringOff'>): void {
    for (let ring = 0; ring + 1 < ringOff.length; ring += 1) {
      const end = 2 * (ringOff[ring + 1] ?? 0)
      for (let at = 2 * (ringOff[ring] ?? 0); at + 2 < end; at += 2)
        this.#enter(xy[at] ?? 0, xy[at + 1] ?? 0, xy[at + 2] ?? 0, xy[at + 3] ?? 0)
    }
  }

  edges(): Int32Array {
    const left = new Int32Array(4 * this.#live)
    let at = 0
    for (const slot of this.#table) {
      if (slot <= 0) continue
      left.set(this.#pool.subarray(4 * (slot - 1), 4 * slot), at)
      at += 4
    }
    return left
  }

  #enter(fromX: number, fromY: number, toX: number, toY: number): void {
    const pool = this.#pool
    const table = this.#table
    const mask = table.length - 1
    let vacant = -1
    let slot = placeOf(fromX, fromY, toX, toY) & mask
    for (let known = table[slot] ?? 0; known !== 0; slot = (slot + 1) & mask, known = table[slot] ?? 0) {
      if (known === GONE) {
        if (vacant < 0) vacant = slot
        continue
      }
      const at = 4 * (known - 1)
      if (pool[at] !== toX || pool[at + 1] !== toY || pool[at + 2] !== fromX || pool[at + 3] !== fromY) continue
      table[slot] = GONE
      pool[at] = this.#free
      this.#free = known - 1
      this.#live -= 1
      return
    }
    const place = this.#takePlace()
    const at = 4 * place
    this.#pool[at] = fromX
    this.#pool[at + 1] = fromY
    this.#pool[at + 2] = toX
    this.#pool[at + 3] = toY
    if (vacant < 0) this.#filled += 1
    table[vacant < 0 ? slot : vacant] = place + 1
    this.#live += 1
    if (this.#filled > ROUND_UP * table.length) this.#rebuild()
  }

  #takePlace(): number {
    if (this.#free >= 0) {
      const place = this.#free
      this.#free = this.#pool[4 * place] ?? -1
      return place
    }
    if (4 * this.#used === this.#pool.length) {
      const wider = new Int32Array(2 * this.#pool.length)
      wider.set(this.#pool)
      this.#pool = wider
    }
    this.#used += 1
    return this.#used - 1
  }

  #rebuild(): void {
    let slots = FEWEST_SLOTS
    const room = this.#live < ROOM.manyEdges ? ROOM.few : ROOM.many
    while (ROUND_UP * slots < room * this.#live) slots *= 2
    const old = this.#table
    const table = new Int32Array(slots)
    for (const known of old) {
      if (known <= 0) continue
      const at = 4 * (known - 1)
      const pool = this.#pool
      let slot = placeOf(pool[at] ?? 0, pool[at + 1] ?? 0, pool[at + 2] ?? 0, pool[at + 3] ?? 0) & (slots - 1)
      while (table[slot] !== 0) slot = (slot + 1) & (slots - 1)
      table[slot] = known
    }
    this.#table = table
    this.#filled = this.#live
  }
}

/** A hash of an edge, the same for both its directions. */
export function placeOf(fromX: number, fromY: number, toX: number, toY: number): number {
  let hash = Math.imul((fromX + toX) | 0, 0x9e3779b1) ^ Math.imul((fromY + toY) | 0, 0x85ebca6b)
  hash ^= Math.imul(fromX ^ toX, 0xc2b2ae35) ^ Math.imul(fromY ^ toY, 0x27d4eb2f)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39)
  return hash ^ (hash >>> 15)
}

/** An empty ledger. */
export const boundaryLedger = (): BoundaryLedger => new Ledger()
