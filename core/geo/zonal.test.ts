import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layerFromSketches } from './build.ts'
import { RasterTally } from './raster-tally.ts'
import { cellAt, rasterExtent, valueAt, type RasterGrid } from './raster.ts'
import { zonalMeans } from './zonal.ts'

const same = (x: number, y: number): [number, number] => [x, y]
type Ring = [number, number][]

const gridOf = (columns: number, rows: number, valueOf: (column: number, row: number) => number, cell = 1): RasterGrid => ({
  columns,
  rows,
  leftX: 0,
  topY: rows * cell,
  cellX: cell,
  cellY: cell,
  crs: 'LOCAL:metre',
  values: Float32Array.from({ length: columns * rows }, (_, i) => valueOf(i % columns, Math.floor(i / columns))),
})

const zonesOf = (...polygons: Ring[][]) =>
  layerFromSketches(
    'admin',
    polygons.map((polygon) => ({ polygon })),
  )
const box = (x0: number, y0: number, x1: number, y1: number): Ring => [[x0, y0], [x1, y0], [x1, y1], [x0, y1], [x0, y0]] // prettier-ignore

/** Every cell asked by itself: even–odd, half-open like the scan lines. */
function naive(rings: Ring[], grid: RasterGrid): { sum: number; cells: number } {
  const found = { sum: 0, cells: 0 }
  for (let row = 0; row < grid.rows; row++)
    for (let column = 0; column < grid.columns; column++) {
      const [x, y] = [grid.leftX + (column + 0.5) * grid.cellX, grid.topY - (row + 0.5) * grid.cellY]
      let inside = false
      for (const ring of rings)
        for (let i = 0; i + 1 < ring.length; i++) {
          const [[ax, ay], [bx, by]] = [ring[i] ?? [0, 0], ring[i + 1] ?? [0, 0]]
          if (ay > y !== by > y && x < ax + ((bx - ax) * (y - ay)) / (by - ay)) inside = !inside
        }
      const value = grid.values[row * grid.columns + column] ?? NaN
      if (!inside || value !== value) continue
      found.sum += value
      found.cells++
    }
  return found
}

describe('zonal means', () => {
  const grid = gridOf(4, 4, (column, row) => column + 10 * row)

  it('takes the cells whose middle a zone holds', () => {
    const { mean, cells } = zonalMeans(
      zonesOf([box(0, 2, 2, 4)], [box(0.6, 0.6, 1.4, 1.4)], [box(0.4, 0.4, 1.6, 0.6)]),
      grid,
      same,
    )
    expect([...cells]).toEqual([4, 0, 2])
    expect(mean[0]).toBe((0 + 1 + 10 + 11) / 4)
    expect(mean[1]).toBeNaN()
    expect(mean[2]).toBe((30 + 31) / 2)
  })

  it('leaves holes out, counts empty cells apart, and stops at the edge of the grid', () => {
    const empty = gridOf(4, 4, (column) => (column === 0 ? NaN : column))
    const { mean, cells, noData } = zonalMeans(
      zonesOf([box(-9, -9, 9, 9)], [box(0, 0, 4, 4), box(1, 1, 3, 3).reverse()]),
      empty,
      same,
    )
    expect([...cells]).toEqual([12, 8])
    expect([...noData]).toEqual([4, 4])
    expect(mean[0]).toBe(2)
    expect(mean[1]).toBe((2 * 1 + 2 * 2 + 4 * 3) / 8)
  })

  it('shares every cell of tiling zones out exactly once, also where middles lie on the edges', () => {
    const xs = fc.uniqueArray(fc.integer({ min: 1, max: 79 }), { maxLength: 6 })
    fc.assert(
      fc.property(xs, xs, (cutsX, cutsY) => {
        const [x, y] = [cutsX, cutsY].map((cuts) => [0, ...cuts.toSorted((a, b) => a - b), 80].map((value) => value / 10))
        const zones = (x ?? [])
          .slice(1)
          .flatMap((x1, i) => (y ?? []).slice(1).map((y1, j) => [box(x?.[i] ?? 0, y?.[j] ?? 0, x1, y1)]))
        const { cells } = zonalMeans(
          zonesOf(...zones),
          gridOf(8, 8, () => 1),
          same,
        )
        expect(cells.reduce((sum, count) => sum + count, 0)).toBe(64)
      }),
    )
  })

  it('agrees with asking every cell, for any triangles', () => {
    const point = fc.tuple(fc.integer({ min: -300, max: 1500 }), fc.integer({ min: -300, max: 1500 }))
    const raster = gridOf(12, 12, (column, row) => Math.sin(column * 7 + row * 3))
    fc.assert(
      fc.property(fc.array(point, { minLength: 3, maxLength: 3 }), (points) => {
        const ring = [...points, points[0] ?? [0, 0]].map(([x, y]): [number, number] => [x / 100 + 0.001, y / 100 + 0.001])
        const { mean, cells } = zonalMeans(zonesOf([ring]), raster, same)
        const expected = naive([ring], raster)
        expect(cells[0]).toBe(expected.cells)
        expect((mean[0] || 0) * expected.cells).toBeCloseTo(expected.sum, 6)
      }),
    )
  })
})

describe('a grid', () => {
  it('finds the cell under a point', () => {
    const grid = gridOf(3, 2, (column, row) => column + 10 * row, 5)
    expect(rasterExtent(grid)).toEqual([0, 0, 15, 10])
    expect(valueAt(grid, 14.9, 0.1)).toBe(12)
    expect(valueAt(grid, 0, 10)).toBe(0)
    expect([cellAt(grid, 15, 5), cellAt(grid, 5, 0), cellAt(grid, -0.1, 5)]).toEqual([-1, -1, -1])
  })

  it('is summed up while it streams by', () => {
    const grid = gridOf(130, 70, (column, row) => (column < 65 ? NaN : row))
    const tally = new RasterTally(grid)
    for (let row = 0; row < 70; row += 30) tally.add(grid.values.slice(row * 130, (row + 30) * 130), row)
    expect([tally.cells, tally.min, tally.max, tally.mean, tally.noDataShare]).toEqual([65 * 70, 0, 69, 34.5, 0.5])
    expect(tally.coveredM2((x, y) => [3 * x, 2 * y])).toBeCloseTo(65 * 70 * 6, 6)
  })
})
