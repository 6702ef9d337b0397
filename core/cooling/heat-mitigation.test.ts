import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { airTemperature, coolingCapacity, heatMitigation, type CoolingGrid } from './heat-mitigation.ts'

const WEIGHTS = { shade: 0.6, albedo: 0.2, evaporation: 0.2 }

describe('heat mitigation', () => {
  it('begins with the ground’s own capacity: shade 0.3, albedo 0.2, evaporation 0.8 give 0.38', () => {
    expect(coolingCapacity(0.3, 0.2, 0.8, WEIGHTS)).toBeCloseTo(0.38, 12)
    expect(airTemperature(0.38, 30, 4)).toBeCloseTo(32.48, 12)
  })

  /** A row of cells of 100 m: the first two a park, the rest stone; 0.2 for all capacity of stone would hide nothing. */
  const row = (green: number[], capacity: number[]): CoolingGrid => ({
    columns: green.length,
    rows: 1,
    cellM: 100,
    capacity: Float64Array.from(capacity),
    green: Uint8Array.from(green),
  })

  it('takes what parks near by bring when that is more and there is enough of them', () => {
    const grid = row([1, 1, 0, 0, 0], [0.8, 0.8, 0.1, 0.1, 0.1])
    const found = heatMitigation(grid, { coolingDistanceM: 200, minimumGreenM2: 20_000 })
    const [one, two] = [Math.exp(-0.5), Math.exp(-1)]
    // the third cell: both parks and both neighbours lie within 200 m
    expect(found[2]).toBeCloseTo((0.8 * (one + two)) / (1 + 2 * one + 2 * two), 12)
    // the fourth has only one hectare of green near it, the last none
    expect(found[3]).toBe(0.1)
    expect(found[4]).toBe(0.1)
    expect(heatMitigation(grid, { coolingDistanceM: 200, minimumGreenM2: 10_000 })[3]).toBeCloseTo(
      (0.8 * two) / (1 + 2 * one + two),
      12,
    )
  })

  it('is never below the own capacity, never above the best there is, and nothing outside the city', () => {
    const grids = fc
      .array(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.option(fc.integer({ min: 0, max: 10 }))), {
        minLength: 36,
        maxLength: 36,
      })
      .map((cells): CoolingGrid => ({
        columns: 6,
        rows: 6,
        cellM: 50,
        capacity: Float64Array.from(cells, ([, capacity]) => (capacity === null ? NaN : capacity / 10)),
        green: Uint8Array.from(cells, ([green]) => green),
      }))
    fc.assert(
      fc.property(grids, (grid) => {
        const found = heatMitigation(grid, { coolingDistanceM: 120, minimumGreenM2: 2500 })
        const best = grid.capacity.reduce((most, own) => (own > most ? own : most), 0)
        const wrong = [...found].filter((value, cell) => {
          const own = grid.capacity[cell] ?? NaN
          return Number.isNaN(own) ? !Number.isNaN(value) : !(value >= own && value <= best + 1e-12)
        })
        expect(wrong).toEqual([])
      }),
    )
  })
})
