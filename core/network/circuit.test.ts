import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { currentBetween } from './circuit.ts'
import type { CostGrid } from './cost-surface.ts'

const grid = (rows: number[][]): CostGrid => ({
  columns: rows[0]?.length ?? 0,
  rows: rows.length,
  cellM: 10,
  resistance: Float64Array.from(rows.flat()),
})

describe('a current between two cores', () => {
  it('through a row of cells meets their resistances one after the other', () => {
    const found = currentBetween(grid([[1, 2, 4, 1]]), [0], [3])
    expect(found?.effectiveResistance).toBeCloseTo(1.5 + 3 + 2.5, 6)
    expect([...(found?.through ?? [])].map((share) => Number(share.toFixed(6)))).toEqual([0.5, 1, 1, 0.5])
  })

  it('divides between two ways as their conductance does', () => {
    // two lanes, walled from each other, between a core on the left and one on the right
    const wall = Infinity
    const found = currentBetween(
      grid([
        [1, 1, 1, 1, 1],
        [wall, wall, wall, wall, wall],
        [1, 3, 3, 3, 1],
      ]),
      [0, 10],
      [4, 14],
    )
    const [upper, lower] = [4, 2 + 3 + 3 + 2]
    expect(found?.effectiveResistance).toBeCloseTo(1 / (1 / upper + 1 / lower), 6)
    expect(found?.through[2]).toBeCloseTo(lower / (upper + lower), 6)
    expect(found?.through[12]).toBeCloseTo(upper / (upper + lower), 6)
  })

  it('is nothing where no way joins them', () => {
    expect(currentBetween(grid([[1, Infinity, 1]]), [0], [2])).toBeUndefined()
    expect(currentBetween(grid([[Infinity, 1]]), [0], [1])).toBeUndefined()
  })

  it('keeps Kirchhoff’s law, goes whole through a gap, and meets the same resistance both ways', () => {
    const cells = fc.array(fc.constantFrom(1, 5, 20, 100), { minLength: 35, maxLength: 35 })
    fc.assert(
      fc.property(cells, fc.nat(4), (values, gap) => {
        const resistance = Float64Array.from(values)
        // a wall in the fourth column with one gap
        for (let row = 0; row < 5; row += 1) if (row !== gap) resistance[7 * row + 3] = Infinity
        const landscape: CostGrid = { columns: 7, rows: 5, cellM: 10, resistance }
        const there = currentBetween(landscape, [0], [34])
        const back = currentBetween(landscape, [34], [0])
        expect(there?.residual).toBeLessThanOrEqual(1e-8)
        expect(there?.effectiveResistance).toBeCloseTo(back?.effectiveResistance ?? NaN, 4)
        expect(there?.through[7 * gap + 3]).toBeCloseTo(1, 5)
        expect(Math.max(...(there?.through ?? []))).toBeLessThanOrEqual(1 + 1e-5)
      }),
      { numRuns: 60 },
    )
  })

  it('can be stopped', () => {
    const stop = () =>
      currentBetween(grid([[1, 2, 4, 1]]), [0], [3], {
        heartbeat: () => {
          throw new Error('stopped')
        },
      })
    expect(stop).toThrow('stopped')
  })
})
