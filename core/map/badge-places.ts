import type { Paper } from './paper.ts'

/** x,y in points of the sheet. */
export type Place = readonly [number, number]

/** Numbers that stand side by side: one that would cover another moves away as little as it can. */
export class BadgePlaces {
  readonly #paper: Paper
  readonly #radiusPt: number
  readonly #cells = new Map<string, Place[]>()

  constructor(paper: Paper, radiusPt: number) {
    this.#paper = paper
    this.#radiusPt = radiusPt
  }

  get #apartPt(): number {
    return this.#radiusPt * 2.2
  }

  /** The spot for a number that belongs to `at`; the same place when there is room for it there. */
  place(at: Place): Place {
    const spot = [at, ...around(at)].find((one) => this.#fits(one) && this.#isFree(one)) ?? at
    const key = this.#key(0, 0, spot)
    this.#cells.set(key, [...(this.#cells.get(key) ?? []), spot])
    return spot
  }

  #key = (column: number, row: number, [x, y]: Place): string =>
    `${Math.floor(x / this.#apartPt) + column} ${Math.floor(y / this.#apartPt) + row}`

  #fits = ([x, y]: Place): boolean =>
    x >= this.#radiusPt &&
    y >= this.#radiusPt &&
    x <= this.#paper.widthPt - this.#radiusPt &&
    y <= this.#paper.heightPt - this.#radiusPt

  #isFree(spot: Place): boolean {
    for (const column of [-1, 0, 1])
      for (const row of [-1, 0, 1])
        for (const [x, y] of this.#cells.get(this.#key(column, row, spot)) ?? [])
          if (Math.hypot(x - spot[0], y - spot[1]) < this.#apartPt) return false
    return true
  }
}

/** Where a number may move to: above and beside first, then farther away. */
function around([x, y]: Place): Place[] {
  return [12, 20, 30, 42].flatMap((distance, ring) => {
    const steps = 8 + ring * 4
    return Array.from({ length: steps }, (_, step): Place => {
      const angle = -Math.PI / 2 + ((step % 2 === 0 ? 1 : -1) * Math.ceil(step / 2) * 2 * Math.PI) / steps
      return [x + distance * Math.cos(angle), y + distance * Math.sin(angle)]
    })
  })
}
