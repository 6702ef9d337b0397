import type { PointMap } from './frame.ts'
import type { RasterPlace } from './raster.ts'

const BLOCK = 64
const SEGMENTS_PER_EDGE = 4

/** Totals of a grid, gathered while its rows stream by; cells with a value are counted per block for the covered area. */
export class RasterTally {
  readonly #place: RasterPlace
  readonly #blockColumns: number
  readonly #inBlock: Uint32Array
  cells = 0
  min = Infinity
  max = -Infinity
  #sum = 0

  constructor(place: RasterPlace) {
    this.#place = place
    this.#blockColumns = Math.ceil(place.columns / BLOCK)
    this.#inBlock = new Uint32Array(this.#blockColumns * Math.ceil(place.rows / BLOCK))
  }

  /** Adds whole rows, the first of which is `firstRow`. */
  add(values: Float32Array, firstRow: number): void {
    const { columns } = this.#place
    for (let at = 0; at < values.length; at += columns) {
      const blockRow = Math.floor((firstRow + at / columns) / BLOCK) * this.#blockColumns
      for (let column = 0; column < columns; column++) {
        const value = values[at + column] ?? NaN
        if (value !== value) continue
        const block = blockRow + Math.floor(column / BLOCK)
        this.#inBlock[block] = (this.#inBlock[block] ?? 0) + 1
        this.cells++
        this.#sum += value
        if (value < this.min) this.min = value
        if (value > this.max) this.max = value
      }
    }
  }

  get mean(): number {
    return this.#sum / this.cells
  }

  get noDataShare(): number {
    const all = this.#place.columns * this.#place.rows
    return (all - this.cells) / all
  }

  /** Ground under the cells with a value, m²: each block's true area shared out among its cells. `toFrame`: the grid's system → frame metres. */
  coveredM2(toFrame: PointMap): number {
    const { columns, rows, leftX, topY, cellX, cellY } = this.#place
    let total = 0
    for (const [block, count] of this.#inBlock.entries()) {
      if (count === 0) continue
      const column = (block % this.#blockColumns) * BLOCK
      const row = Math.floor(block / this.#blockColumns) * BLOCK
      const [wide, high] = [Math.min(BLOCK, columns - column), Math.min(BLOCK, rows - row)]
      const [left, top] = [leftX + column * cellX, topY - row * cellY]
      total += (areaM2(left, top - high * cellY, left + wide * cellX, top, toFrame) * count) / (wide * high)
    }
    return total
  }
}

function areaM2(minX: number, minY: number, maxX: number, maxY: number, toFrame: PointMap): number {
  const corners = [[minX, minY], [maxX, minY], [maxX, maxY], [minX, maxY]] as const // prettier-ignore
  const outline = corners.flatMap(([x, y], i) => {
    const [nextX, nextY] = corners[(i + 1) % 4] ?? [x, y]
    return Array.from({ length: SEGMENTS_PER_EDGE }, (_, step) => {
      const t = step / SEGMENTS_PER_EDGE
      return toFrame(x + (nextX - x) * t, y + (nextY - y) * t)
    })
  })
  const [originX, originY] = outline[0] ?? [0, 0]
  let twice = 0
  for (const [i, [x, y]] of outline.entries()) {
    const [nextX, nextY] = outline[(i + 1) % outline.length] ?? [x, y]
    twice += (x - originX) * (nextY - originY) - (nextX - originX) * (y - originY)
  }
  return Math.abs(twice) / 2
}
