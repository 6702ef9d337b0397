import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadGeos, type Geos } from './geos.ts'
import { GRID, repairGeometry, type RawGeometry } from './repair.ts'

let geos: Geos
beforeAll(async () => {
  geos = await loadGeos()
})

const ring = (...values: number[]) => Float64Array.from(values)
const polygon = (...parts: Float64Array[][]): RawGeometry => ({ kind: 'polygon', parts })
const repair = (geometry: RawGeometry) => repairGeometry(geometry, geos, GRID.projected)
const plain = (parts: Float64Array[][]) => parts.map((part) => part.map((run) => Array.from(run)))

describe('repair of polygons', () => {
  it('leaves valid ground alone, but for snapping, closing and turning', () => {
    const { parts, repairs, areaDelta } = repair(
      polygon([ring(0, 0, 0, 10.00004, 10, 10, 10, 10, 10, -0), ring(2, 2, 4, 2, 4, 4, 2, 4, 2, 2)]),
    )
    expect(plain(parts)).toEqual([
      [
        [0, 0, 10, 0, 10, 10, 0, 10, 0, 0],
        [2, 2, 2, 4, 4, 4, 4, 2, 2, 2],
      ],
    ])
    expect(repairs).toEqual([])
    expect(areaDelta).toBe(0)
  })

  it('cuts a bow-tie apart and says so', () => {
    const { parts, repairs, areaDelta } = repair(polygon([ring(0, 0, 10, 10, 10, 0, 0, 10, 0, 0)]))
    expect(parts).toHaveLength(2)
    expect(repairs).toEqual([{ reason: 'invalid', detail: expect.stringContaining('Self-intersection') }])
    expect(areaDelta).toBe(50)
  })

  it('cuts a spike off', () => {
    const { parts, repairs } = repair(polygon([ring(0, 0, 10, 0, 10, 5, 20, 5, 10, 5, 10, 10, 0, 10, 0, 0)]))
    expect(geos.area(parts)).toBe(100)
    expect(repairs.map((r) => r.reason)).toEqual(['invalid'])
  })

  it('leaves out vertices that are no numbers and rings without ground', () => {
    const { parts, repairs, areaDelta } = repair(
      polygon(
        [ring(0, 0, 10, 0, Infinity, 5, 10, 10, 0, 10, 0, 0), ring(1, 1, 1.0001, 1, 1, 1.0001, 1, 1)],
        [ring(50, 50, 50, 50), ring(50, 50, 51, 50, 51, 51, 50, 50)],
      ),
    )
    expect(plain(parts)).toEqual([[[0, 0, 10, 0, 10, 10, 0, 10, 0, 0]]])
    expect(repairs).toEqual([
      { reason: 'not-finite', detail: '1' },
      { reason: 'collapsed', detail: '2' },
    ])
    expect(areaDelta).toBeCloseTo(0, 6)
  })

  it('keeps nothing of a polygon that encloses nothing', () => {
    expect(repair(polygon([ring(0, 0, 10, 0, 20, 0, 0, 0)]))).toMatchObject({ parts: [], repairs: [{ reason: 'invalid' }] })
    expect(repair(polygon([ring(NaN, NaN)]))).toMatchObject({ parts: [], areaDelta: 0 })
  })

  it('gives valid, snapped, oriented polygons for any scribble', () => {
    const coordinate = fc.integer({ min: -40, max: 40 }).map((n) => n / 3)
    const scribble = fc.array(fc.array(coordinate, { minLength: 2, maxLength: 24 }), { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(fc.array(scribble, { minLength: 1, maxLength: 3 }), (parts) => {
        const result = repair(polygon(...parts.map((part) => part.map((run) => Float64Array.from(run)))))
        expect(result.parts.length === 0 ? null : geos.invalidReason(result.parts)).toBeNull()
        const again = repair(polygon(...result.parts))
        expect(again.repairs).toEqual([])
        expect(plain(again.parts)).toEqual(plain(result.parts))
      }),
      { numRuns: 300 },
    )
  })
})

describe('lines and points', () => {
  it('snaps, drops repeats and what is too short', () => {
    const line = repair({
      kind: 'line',
      parts: [[ring(0, 0, 0, 0, 1.00049, 2)], [ring(5, 5, 5.0001, 5)], [ring(1, NaN, 2, 2, 3, 3)]],
    })
    expect(plain(line.parts)).toEqual([[[0, 0, 1, 2]], [[2, 2, 3, 3]]])
    expect(line.repairs.map((r) => r.reason)).toEqual(['not-finite', 'collapsed'])
    const point = repairGeometry({ kind: 'point', parts: [[ring(116.123456789012, 40)], [ring(NaN, 1)]] }, geos, GRID.geographic)
    expect(plain(point.parts)).toEqual([[[116.12345679, 40]]])
    expect(point.repairs.map((r) => r.reason)).toEqual(['not-finite', 'collapsed'])
  })
})
