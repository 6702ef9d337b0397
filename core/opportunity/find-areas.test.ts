import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layerBuilder, layerFromSketches } from '../geo/build.ts'
import { totalAreaM2 } from '../geo/measure.ts'
import { planarFrame } from '../geo/frame.ts'
import { box, type FeatureSketch } from '../geo/sketch.ts'
import { loadGeos } from '../geo/geos.ts'
import { outlineOfCells } from './cell-outline.ts'
import { COMPARISONS, CRITERION_IDS, type CriterionId } from './criteria.ts'
import { capacityOf, findOpportunityAreas, meetsCapacityTest, type OpportunityRule } from './find-areas.ts'
import type { SiteGround } from './site-cells.ts'
import { comparisonFault, weightsFromComparisons } from './weights.ts'

const EQUAL = Object.fromEntries(CRITERION_IDS.map((id) => [id, 1])) as Record<CriterionId, number>
const RULE: OpportunityRule = {
  cellM: 100,
  weighting: { kind: 'own', weights: EQUAL },
  ranking: 'sum',
  cut: 0.5,
  leastStockShare: 0.25,
  leastAreaM2: 100_000,
  weightChange: 0.2,
}

/** 16 ha of idle land at a station and a centre, 16 ha of inefficient land far from both, 4 ha at the station across the street. */
const ground = (excluded: FeatureSketch[] = []): SiteGround => {
  const stock = layerFromSketches('stock', [
    { polygon: [box(0, 0, 400, 400)] },
    { polygon: [box(6000, 6000, 400, 400)] },
    { polygon: [box(700, 0, 200, 200)] },
  ])
  const kindOf = (feature: number) => (feature === 1 ? ('inefficient' as const) : ('idle' as const))
  return { stock, kindOf, excluded: [{ layer: layerFromSketches('pbf', excluded) }], built: undefined }
}
const around = {
  centres: [layerFromSketches('centre', [{ point: [200, 200], attributes: { rank: 1 } }])],
  stations: [{ layer: layerFromSketches('rail_station', [{ point: [200, 200] }]) }],
  roads: [],
  green: [],
}

describe('opportunity areas', () => {
  it('are idle land at a station and a centre; not what is far away, nor what is small', () => {
    const found = findOpportunityAreas(ground(), around, [], RULE)
    expect(found).toMatchObject({ cellM: 100, criteria: ['stock', 'centre', 'rail', 'inefficiency'], candidates: 36 })
    expect(found?.weights).toEqual([0.25, 0.25, 0.25, 0.25])
    expect(found?.proposed).toHaveLength(1)
    const [area] = found?.proposed ?? []
    expect(area).toMatchObject({ rank: 1, areaM2: 160_000, stockM2: 160_000, excludedM2: 0, stableShare: 1 })
    // window of 11 × 11 cells: 16 of them stock, more where the 4 ha across the street come into it; at most 20 of 121
    expect(area?.figures.rail).toBe(1)
    expect(area?.figures.inefficiency).toBe(1)
    expect(area?.figures.stock).toBeGreaterThanOrEqual(16 / 121 / 0.3)
    expect(area?.figures.stock).toBeLessThanOrEqual(20 / 121 / 0.3)
    expect(area?.outline).toEqual([[Float64Array.of(0, 0, 400_000, 0, 400_000, 400_000, 0, 400_000, 0, 0)]])
    // 160,000 m² × 0.6 × 2.5 = 240,000 m² of floor, half for homes of 110 m², half for jobs of 40 m²
    expect(area?.homes).toBeCloseTo(120_000 / 110, 6)
    expect(area?.jobs).toBeCloseTo(3000, 6)
    expect(area?.meetsCapacityTest).toBe(false)
  })

  it('never lie on excluded ground: cells that any of it touches are left out', () => {
    const found = findOpportunityAreas(ground([{ polygon: [box(0, 0, 400, 130)] }]), around, [], RULE)
    // two rows of four cells are left: 8 ha
    expect(found?.proposed).toEqual([])
    const smaller = findOpportunityAreas(ground([{ polygon: [box(0, 0, 400, 130)] }]), around, [], {
      ...RULE,
      leastAreaM2: 80_000,
    })
    expect(smaller?.proposed.map(({ areaM2, excludedM2 }) => [areaM2, excludedM2])).toEqual([[80_000, 0]])
  })

  it('score what was submitted by the same rule', () => {
    const submitted = layerFromSketches('opportunity_area', [
      { polygon: [box(0, 0, 400, 400)] },
      { polygon: [box(9000, 9000, 400, 400)] },
    ])
    const found = findOpportunityAreas(ground(), around, [submitted], RULE)
    const [proposed] = found?.proposed ?? []
    expect(found?.scoreOf(submitted, 0)?.score).toBeCloseTo(proposed?.score ?? NaN, 12)
    expect(found?.scoreOf(submitted, 1)).toMatchObject({ areaM2: 160_000, stockM2: 0, homes: 0, stableShare: 0 })
    expect(found?.scoreOf(submitted, 1)?.score).toBeLessThan(0.05)
  })

  it('take own weights, comparisons in pairs, and TOPSIS', () => {
    const onlyRail = { ...EQUAL, stock: 0, centre: 0, inefficiency: 0 }
    const byRail = findOpportunityAreas(ground(), around, [], { ...RULE, weighting: { kind: 'own', weights: onlyRail } })
    expect(byRail).toMatchObject({ criteria: ['rail'], weights: [1], consistencyRatio: undefined })
    const compared = findOpportunityAreas(ground(), around, [], { ...RULE, weighting: { kind: 'compared', matrix: COMPARISONS } })
    expect(compared?.consistencyRatio).toBeLessThan(0.1)
    expect(compared?.weights[0]).toBeGreaterThan(compared?.weights[1] ?? 1)
    const ranked = findOpportunityAreas(ground(), around, [], { ...RULE, ranking: 'topsis' })
    expect(ranked?.proposed.map(({ areaM2 }) => areaM2)).toEqual([160_000])
    const none = { kind: 'own', weights: { ...onlyRail, rail: 0 } } as const
    expect(findOpportunityAreas(ground(), around, [], { ...RULE, weighting: none })).toBeUndefined()
    const lame = { kind: 'compared', matrix: [[1]] } as const
    expect(() => findOpportunityAreas(ground(), around, [], { ...RULE, weighting: lame })).toThrow(RangeError)
  })

  it('refuse comparisons that contradict each other: then all criteria weigh alike', () => {
    // each of three criteria in a circle matters nine times more than the next
    const torn = COMPARISONS.map((row, one) =>
      row.map((_, other) => {
        const turn = (other - one + 3) % 3
        return one > 2 || other > 2 || one === other ? 1 : turn === 1 ? 9 : 1 / 9
      }),
    )
    const found = findOpportunityAreas(ground(), around, [], { ...RULE, weighting: { kind: 'compared', matrix: torn } })
    expect(found?.consistencyRatio).toBeGreaterThan(0.1)
    expect(found?.isConsistent).toBe(false)
    expect(found?.weights).toEqual([0.25, 0.25, 0.25, 0.25])
  })

  it('are whole parcels if asked for: those across a street belong together', () => {
    const near = layerFromSketches('stock', [
      { polygon: [box(0, 0, 400, 400)] },
      { polygon: [box(420, 0, 200, 200)] },
      { polygon: [box(700, 0, 100, 100)] },
    ])
    const rule = { ...RULE, unit: 'parcels' as const, leastAreaM2: 0 }
    const found = findOpportunityAreas({ ...ground(), stock: near, kindOf: () => 'idle' }, around, [], rule)
    expect(found?.proposed.map(({ cells, areaM2 }) => [cells, areaM2])).toEqual([
      [[0, 1], 200_000],
      [[2], 10_000],
    ])
    const onLine = findOpportunityAreas(
      { ...ground([{ polygon: [box(0, 0, 400, 130)] }]), stock: near, kindOf: () => 'idle' },
      around,
      [],
      rule,
    )
    expect(onLine?.proposed.flatMap(({ cells }) => cells).toSorted()).toEqual([1, 2])
  })

  it('take wider cells where there would be too many', () => {
    const wide = layerFromSketches('stock', [{ polygon: [box(0, 0, 100_000, 100)] }, { polygon: [box(0, 99_000, 100, 100)] }])
    const found = findOpportunityAreas({ ...ground(), stock: wide }, around, [], RULE)
    expect(found?.cellM).toBe(400)
  })

  it('are judged by what London asks of each', () => {
    expect([meetsCapacityTest(2500, 0), meetsCapacityTest(0, 5000), meetsCapacityTest(2499, 4999)]).toEqual([true, true, false])
    expect(capacityOf(100_000, 0).homes).toBeLessThan(capacityOf(100_000, 1).homes)
  })

  it('lie apart, never on excluded ground, are large enough, and keep low ≤ score ≤ high', () => {
    const rectangle = fc
      .tuple(
        fc.integer({ min: 0, max: 30 }),
        fc.integer({ min: 0, max: 30 }),
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 8 }),
      )
      .map(([x, y, wide, high]): FeatureSketch => ({ polygon: [box(50 * x, 50 * y, 50 * wide, 50 * high)] }))
    const rectangles = fc.array(rectangle, { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(rectangles, rectangles, fc.double({ min: 0, max: 0.8, noNaN: true }), (stock, excluded, cut) => {
        const site = { ...ground(excluded), stock: layerFromSketches('stock', stock) }
        const found = findOpportunityAreas(site, around, [], { ...RULE, cut, leastAreaM2: 20_000 })
        const cells = found?.proposed.flatMap((area) => area.cells) ?? []
        expect(new Set(cells).size).toBe(cells.length)
        for (const area of found?.proposed ?? []) {
          expect(area.excludedM2).toBe(0)
          expect(area.areaM2).toBeGreaterThanOrEqual(20_000)
          expect(area.stockM2).toBeGreaterThan(0)
          expect(area.score).toBeGreaterThanOrEqual(cut - 1e-12)
          expect(area.low).toBeLessThanOrEqual(area.score)
          expect(area.high).toBeGreaterThanOrEqual(area.score)
        }
      }),
    )
  })
})

describe('outlines of cells', () => {
  const place = { columns: 7, rows: 6, minX: -3000, minY: 5000, cellMm: 1000 }

  it('are valid polygons with exactly the area of the cells, whatever the cells', async () => {
    const geos = await loadGeos()
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 41 }), { minLength: 1 }), (cells) => {
        const builder = layerBuilder({ role: 'stock', name: 'cells', kind: 'polygon', frame: planarFrame(0, 0) }, {}, 0.001)
        builder.add(1, outlineOfCells(place, cells), {})
        const layer = builder.finish('')
        expect(totalAreaM2(layer)).toBe(cells.length)
        // a union repairs nothing where nothing overlaps or crosses
        expect(totalAreaM2(geos.union(layer))).toBeCloseTo(cells.length, 9)
      }),
    )
  })

  it('keep holes, also those that touch at a corner', () => {
    const ring = [0, 1, 2, 3, 7, 9, 10, 14, 15, 17, 21, 22, 23, 24]
    expect(outlineOfCells(place, ring).map((part) => part.length)).toEqual([3])
    expect(outlineOfCells(place, [0, 8]).map((part) => part.length)).toEqual([1, 1])
  })
})

it('the comparisons of the data file are reciprocal and consistent', () => {
  expect(comparisonFault(COMPARISONS)).toBeUndefined()
  expect(weightsFromComparisons(COMPARISONS).isConsistent).toBe(true)
})
