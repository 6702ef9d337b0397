import { fromFrame, toFrame, type Frame, type PointMap } from '#core/geo/frame.ts'

/** What a map shows: the place in its middle, in metres of its own plane, and how far it is zoomed. */
export interface Sight {
  centre: [number, number]
  metresPerPixel: number
}

/** What a linked map must be able to do for the others. */
export interface LinkedMap {
  frame: Frame
  sight(): Sight
  look(sight: Sight): void
  /** Marks where the pointer is on another map; null where it is on none. */
  cross(at: [number, number] | null): void
}

/** Points of one plane in another. Planes without a place on Earth are only ever the same one. */
export function between(from: Frame, to: Frame): PointMap {
  if (JSON.stringify(from) === JSON.stringify(to)) return (x, y) => [x, y]
  const away = fromFrame(from)
  const into = toFrame(to)
  return (x, y) => into(...away(x, y))
}

/** Keeps several maps at the same place, and shows on each where the pointer is on another: whichever moves, the others follow. */
export class MapLink {
  readonly #maps = new Set<LinkedMap>()
  /** While the others follow, what they report is an echo. */
  #following = false

  /** A map that comes later looks where the others look already. */
  join(map: LinkedMap): void {
    const [first] = this.#maps
    this.#maps.add(map)
    if (first) this.moved(first)
  }

  leave(map: LinkedMap): void {
    this.#maps.delete(map)
  }

  moved(by: LinkedMap): void {
    if (this.#following || !this.#maps.has(by)) return
    const { centre, metresPerPixel } = by.sight()
    this.#following = true
    try {
      for (const other of this.#others(by)) other.look({ centre: between(by.frame, other.frame)(...centre), metresPerPixel })
    } finally {
      this.#following = false
    }
  }

  pointed(by: LinkedMap, at: [number, number] | null): void {
    for (const other of this.#others(by)) other.cross(at && between(by.frame, other.frame)(...at))
  }

  #others(by: LinkedMap): LinkedMap[] {
    return [...this.#maps].filter((map) => map !== by)
  }
}
