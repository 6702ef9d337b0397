import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { STEPS_PER_PX, TILE_PX, tileGrid, tileWindow, toStepsX, toStepsY } from './grid.ts'

const EXTENT = [1000, 2000, 9000, 7000] as const
const TILE_STEPS = TILE_PX * STEPS_PER_PX

describe('the tile grid', () => {
  it('shows the whole plan in the tile of level 0, and halves metres per pixel to five centimetres', () => {
    const grid = tileGrid(EXTENT)
    const whole = tileWindow(grid, 0, 0, 0)
    expect(whole?.minXMm).toBeLessThan(1_000_000)
    expect(whole?.maxXMm).toBeGreaterThan(9_000_000)
    expect(whole?.minYMm).toBeLessThan(2_000_000)
    expect(whole?.maxYMm).toBeGreaterThan(7_000_000)
    for (const [z, resolution] of grid.resolutions.entries()) expect(resolution).toBe((grid.resolutions[0] ?? 0) / 2 ** z)
    expect(grid.resolutions.at(-1)).toBeGreaterThanOrEqual(0.05)
    expect(grid.resolutions.at(-1)).toBeLessThan(0.1)
  })

  it('tiles of a level lie edge to edge', () => {
    const grid = tileGrid(EXTENT)
    const [here, right, below] = [tileWindow(grid, 3, 2, 4), tileWindow(grid, 3, 3, 4), tileWindow(grid, 3, 2, 5)]
    expect(right?.minXMm).toBeCloseTo(here?.maxXMm ?? NaN, 3)
    expect(below?.maxYMm).toBeCloseTo(here?.minYMm ?? NaN, 3)
  })

  it('has no tile outside, and still opens on an empty plan', () => {
    const grid = tileGrid(EXTENT)
    for (const [z, x, y] of [
      [-1, 0, 0],
      [99, 0, 0],
      [1, 2, 0],
      [1, 0, -1],
    ] as const)
      expect(tileWindow(grid, z, x, y)).toBeNull()
    expect(tileGrid([5, 5, 5, 5]).resolutions.length).toBeGreaterThan(0)
    expect(tileWindow(tileGrid([5, 5, 5, 5]), 0, 0, 0)).not.toBeNull()
  })

  it('puts a place at the same spot of the grid in whichever tile it is drawn', () => {
    const grid = tileGrid([-31_234.567, -20_000.001, 44_444.444, 35_000.009])
    const tile = fc.nat(63)
    const mm = fc.integer({ min: -40_000_000, max: 50_000_000 })
    fc.assert(
      fc.property(mm, mm, tile, tile, tile, tile, (x, y, x1, y1, x2, y2) => {
        const [one, other] = [tileWindow(grid, 6, x1, y1), tileWindow(grid, 6, x2, y2)]
        if (one === null || other === null) throw new Error('inside the grid')
        expect(toStepsX(one, x) + x1 * TILE_STEPS).toBe(toStepsX(other, x) + x2 * TILE_STEPS)
        expect(toStepsY(one, y) + y1 * TILE_STEPS).toBe(toStepsY(other, y) + y2 * TILE_STEPS)
        expect(Math.abs(toStepsX(one, x) - (x - one.minXMm) * one.scale)).toBeLessThan(1.01)
      }),
    )
  })
})
