import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layerFromSketches } from '../geo/build.ts'
import { box } from '../geo/sketch.ts'
import { cityCells, forEachCellOf, marksOf, middleM, mitigationOf } from './city-cells.ts'

const layer = (x: number, y: number, wide: number, high: number, code = '03') =>
  layerFromSketches('landuse_plan', [{ polygon: [box(x, y, wide, high)], attributes: { class: code } }])

describe('cells of a city', () => {
  it('lie on whole multiples of their size, with a border, and grow where there would be too many', () => {
    const place = cityCells(layer(130, 20, 300, 100), 100, 200)
    expect(place).toEqual({ columns: 8, rows: 6, minX: -100_000, minY: -200_000, cellMm: 100_000 })
    if (!place) throw new Error('no cells')
    expect(middleM(place, 9)).toEqual([50, -50])
    const vast = cityCells(layer(0, 0, 100_000, 100_000), 100, 0)
    expect((vast?.columns ?? 0) * (vast?.rows ?? 0)).toBeLessThan(165_000)
  })

  it('a feature is shared out over its cells, and one too small for any lies in one', () => {
    const place = cityCells(layer(0, 0, 1000, 1000), 100, 0)
    if (!place) throw new Error('no cells')
    const side = fc.integer({ min: 1, max: 400 })
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), side, side, (x, y, wide, high) => {
        const shares: number[] = []
        forEachCellOf(place, layer(x, y, wide, high), 0, (_, share) => shares.push(share))
        expect(shares.length).toBeGreaterThan(0)
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9)
      }),
    )
  })

  it('two hectares of wood cool the industry beside them, one does not', () => {
    const index = (woodM: number) => {
      const parcels = layerFromSketches('landuse_plan', [
        { polygon: [box(0, 0, woodM, 100)], attributes: { class: '0301' } },
        { polygon: [box(woodM, 0, 100, 100)], attributes: { class: '1001' } },
      ])
      const place = cityCells(parcels, 100, 0)
      if (!place) throw new Error('no cells')
      expect([...marksOf(place, parcels, (feature) => feature + 1)].at(-1)).toBe(2)
      const found = mitigationOf(place, parcels, 450)
      expect(mitigationOf(place, parcels, 450)).toBe(found)
      return found.at(-1) ?? NaN
    }
    const alone = 0.6 * 0.05 + 0.2 * 0.2 + (0.2 * 0.2) / 1.1
    expect(index(100)).toBeCloseTo(alone, 9)
    expect(index(200)).toBeGreaterThan(alone + 0.05)
  })
})
