/** Where a map looked: the middle, and metres per pixel. */
export interface Sight {
  centre: readonly [number, number]
  metresPerPixel: number
}

const MOST = 100

const isSame = (a: Sight, b: Sight) => {
  const near = 0.5 * Math.min(a.metresPerPixel, b.metresPerPixel)
  const isThere = Math.hypot(a.centre[0] - b.centre[0], a.centre[1] - b.centre[1]) < near
  return isThere && Math.abs(a.metresPerPixel / b.metresPerPixel - 1) < 1e-3
}

/** The views of a map one after the other, to go back and forth among, like the pages of a browser. */
export class ViewTrail {
  #sights: Sight[] = []
  #at = -1

  /** A view that the map came to; what lay ahead of the last one is forgotten. Going to a view of the trail is no new one. */
  came(sight: Sight): void {
    const here = this.#sights[this.#at]
    if (here && isSame(here, sight)) return
    this.#sights = [...this.#sights.slice(0, this.#at + 1), sight].slice(-MOST)
    this.#at = this.#sights.length - 1
  }

  /** The view before or after this one; null where there is none. */
  step(by: 1 | -1): Sight | null {
    const sight = this.#sights[this.#at + by]
    if (sight === undefined) return null
    this.#at += by
    return sight
  }
}
