import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layerFromSketches } from './build.ts'
import { coverOf, coverOfAll, coverReading, readingNotes } from './cover-grid.ts'
import type { PlacedRaster } from './raster.ts'
import { box } from './sketch.ts'

const raster = (name: string, rows: (number | null)[][], leftX = 0, scale = 1): PlacedRaster => {
  const values = Float32Array.from(rows.flat(), (value) => value ?? NaN)
  const [columns, cell] = [rows[0]?.length ?? 0, 10 * scale]
  const grid = {
    crs: '',
    columns,
    rows: rows.length,
    leftX: leftX * scale,
    topY: rows.length * cell,
    cellX: cell,
    cellY: cell,
    values,
  }
  return { role: 'canopy', name, sha256: '', grid, toGrid: (x, y) => [x * scale, y * scale] }
}
const zones = (...widths: number[]) =>
  layerFromSketches(
    'admin',
    widths.map((width, at) => ({
      polygon: [
        box(
          widths.slice(0, at).reduce((sum, one) => sum + one, 0),
          0,
          width,
          10,
        ),
      ],
    })),
  )

describe('cover of zones by a grid', () => {
  it('tells shares, percent and heights apart, refuses the rest, and says so', () => {
    const read = (name: string, most: number) => coverReading(raster(name, [[0, most]])).reading
    expect([read('canopy', 1), read('canopy', 1.5), read('canopy', 100), read('canopy', 255), read('canopy', -1)]).toEqual([
      'share',
      'percent',
      'percent',
      'unreadable',
      'unreadable',
    ])
    expect([read('canopy height', 0.9), read('冠层高度', 40)]).toEqual(['heights', 'heights'])
    expect(readingNotes(raster('canopy', [[0, 40]]), 2)).toHaveLength(2)
    expect(readingNotes(raster('canopy', [[0, 90]]), 2)).toHaveLength(1)
  })

  it('counts tall cells of heights, and leaves cells without a value out', () => {
    const cover = coverOf(zones(40), [raster('height', [[1.9, 2, null, 30]])], 2)
    expect([...(cover?.share ?? [])]).toEqual([2 / 3])
    expect([...(cover?.seenShare ?? [])]).toEqual([0.75])
    expect(coverOf(zones(40), [raster('canopy', [[255, 0, 0, 0]])], 2)).toBeUndefined()
  })

  it('weighs several grids by their ground, whatever unit their coordinates have', () => {
    const tiles = [raster('canopy', [[0.2, 0.4]], 0, 1e-5), raster('canopy', [[90]], 20, 3)]
    const cover = coverOf(zones(30, 10), tiles, 2)
    expect(cover?.share[0]).toBeCloseTo(0.5, 6)
    expect(cover?.share[1]).toBeNaN()
    expect([...(cover?.seenShare ?? [])].map((share) => Math.round(share * 1e6) / 1e6)).toEqual([1, 0])
  })

  it('of parts that tile the ground adds up to the cover of the whole', () => {
    const cells = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 6, maxLength: 6 })
    fc.assert(
      fc.property(cells, fc.integer({ min: 1, max: 5 }), (row, cut) => {
        const [whole, parts] = [zones(60), zones(10 * cut, 60 - 10 * cut)]
        const grid = raster('canopy', [row])
        const [one, other] = [coverOf(whole, [grid], 2), coverOf(parts, [grid], 2)]
        if (!one || !other) throw new Error('not read')
        expect(coverOfAll(parts, other).share).toBeCloseTo(one.share[0] ?? NaN, 9)
      }),
    )
  })
})
