import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { layerFromSketches } from '../geo/build.ts'
import { loadGeos, type Geos } from '../geo/geos.ts'
import { box } from '../geo/sketch.ts'
import { NO_FACTS } from '../indicators/example-plan.ts'
import { planData } from '../indicators/measure-plan.ts'
import { cardsTable } from './cards-table.ts'
import {
  chosenWeights,
  DEFAULT_CHOICE,
  opportunityChoiceSchema,
  SUGGESTED_COMPARISONS,
  type OpportunityChoice,
} from './choice.ts'
import { CRITERION_IDS } from './criteria.ts'
import { staysInFront } from './front.ts'
import { opportunityReport } from './report.ts'

let geos: Geos
beforeAll(async () => {
  geos = await loadGeos()
})

/** 16 ha of idle land at a station and a centre, submitted; 4 ha far out, submitted over a redline. */
const report = (choice: Partial<OpportunityChoice> = {}) =>
  opportunityReport(
    planData(
      NO_FACTS,
      [
        layerFromSketches('stock', [{ polygon: [box(0, 0, 400, 400)], attributes: { kind: 'idle' } }]),
        layerFromSketches('centre', [{ point: [200, 200], attributes: { rank: 1 } }]),
        layerFromSketches('rail_station', [{ point: [200, 200] }]),
        layerFromSketches('eco_redline', [{ polygon: [box(5000, 5000, 200, 200)] }]),
        layerFromSketches('opportunity_area', [
          {
            polygon: [box(0, 0, 400, 400)],
            attributes: { name: '站前', homes: 1200, jobs: null, phase: '近期', strategy: null },
          },
          {
            polygon: [box(5000, 5000, 200, 200)],
            attributes: { name: '远郊', homes: null, jobs: null, phase: null, strategy: null },
          },
        ]),
      ],
      geos,
    ),
    { ...DEFAULT_CHOICE, ...choice },
  )

describe('a report of score cards', () => {
  it('has proposed and submitted areas by one rule, each with its conditions, outline and place of its number', () => {
    const found = report()
    expect(found?.cards.map(({ kind, title, rank }) => [kind, title.zh, rank])).toEqual([
      ['proposed', '建议地区 1', 1],
      ['submitted', '站前', 1],
      ['submitted', '远郊', 2],
    ])
    const [proposed, station, far] = found?.cards ?? []
    expect(proposed?.gates.every(({ passes }) => passes)).toBe(true)
    expect(station?.gates.map(({ id, passes }) => [id, passes])).toEqual([
      ['lines', true],
      ['stock', true],
      ['area', true],
      ['score', true],
    ])
    expect(far?.gates.filter(({ passes }) => !passes).map(({ id }) => id)).toEqual(['lines', 'stock', 'area', 'score'])
    expect(far?.gates[0]?.reason).toEqual({ zh: '生态保护红线 4.00 公顷', en: 'Ecological redline 4.00 ha' })
    expect(station?.score).toBeCloseTo(proposed?.score ?? NaN, 9)
    expect([...(found?.shapes.fid ?? [])]).toEqual([1, 2, 3])
    for (const { anchorM } of found?.cards ?? []) expect(anchorM).not.toBeNull()
    expect(found?.weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12)
  })

  it('keeps the choice that it comes of, and other choices give other scores', () => {
    const equal = report({ weighting: { kind: 'equal' } })
    const compared = report({
      method: 'topsis',
      weighting: { kind: 'compared', matrix: SUGGESTED_COMPARISONS.map((row) => [...row]) },
    })
    expect(equal?.choice.weighting).toEqual({ kind: 'equal' })
    expect(equal?.consistencyRatio).toBeNull()
    expect(compared?.consistencyRatio).toBeLessThan(0.1)
    expect(compared?.method.zh).toContain('TOPSIS')
    expect(compared?.cards[0]?.score).not.toBe(equal?.cards[0]?.score)
  })

  it('scores parcels of stock land instead of cells, and names the kinds of places in every area', () => {
    const found = report({ unit: 'parcels' })
    expect(found?.method.en).toContain('Parcels of stock land')
    const [proposed, station, far] = found?.cards ?? []
    expect([proposed?.kind, proposed?.areaM2]).toEqual(['proposed', 160_000])
    // A station and a centre lie in both areas on the first site, nothing in the one far out.
    expect(station?.placeTypes.length).toBeGreaterThanOrEqual(2)
    expect(proposed?.placeTypes).toEqual(station?.placeTypes)
    expect(far?.placeTypes).toEqual([])
  })

  it('as a table has a cell for every column, and names the feature of what was submitted', () => {
    const found = report()
    if (!found) throw new Error('nothing found')
    const { columns, rows } = cardsTable(found)
    for (const { cells } of rows) expect(cells).toHaveLength(columns.length)
    expect(rows.map(({ place }) => place?.layer)).toEqual([undefined, 'opportunity_area', 'opportunity_area'])
    const failed = columns.findIndex(({ key }) => key === 'failed')
    expect(rows[2]?.cells[failed]).toMatchObject({ zh: expect.stringContaining('避让管控线') as string })
  })

  it('there is none without stock land and submitted areas', () => {
    const plan = planData(NO_FACTS, [layerFromSketches('centre', [{ point: [0, 0] }])], geos)
    expect(opportunityReport(plan, DEFAULT_CHOICE)).toBeUndefined()
  })
})

describe('choices', () => {
  it('that contradict themselves are told, and all criteria weigh alike, as in F01', () => {
    // a > b > c > a
    const matrix = SUGGESTED_COMPARISONS.map((row) => row.map(() => 1))
    const set = (row: number, column: number, times: number) => {
      matrix[row]?.splice(column, 1, times)
      matrix[column]?.splice(row, 1, 1 / times)
    }
    set(0, 1, 9)
    set(1, 2, 9)
    set(2, 0, 9)
    const { consistencyRatio, isConsistent } = chosenWeights({ kind: 'compared', matrix })
    expect(consistencyRatio).toBeGreaterThan(0.1)
    expect(isConsistent).toBe(false)
    const torn = report({ weighting: { kind: 'compared', matrix } })
    expect(torn?.notes[0]?.en).toMatch(/contradict.*weigh alike/)
    expect(torn?.weights).toEqual(report({ weighting: { kind: 'equal' } })?.weights)
  })

  it('that are none are refused', () => {
    expect(opportunityChoiceSchema.safeParse(DEFAULT_CHOICE).success).toBe(true)
    const matrix = CRITERION_IDS.map(() => CRITERION_IDS.map(() => 2))
    for (const wrong of [{ cellM: 1 }, { front: 0 }, { weighting: { kind: 'compared', matrix } }, { unit: 'streets' }])
      expect(opportunityChoiceSchema.safeParse({ ...DEFAULT_CHOICE, ...wrong }).success).toBe(false)
  })
})

describe('standing in front', () => {
  const figure = fc.double({ min: 0, max: 1, noNaN: true })
  const field = fc.tuple(
    fc.array(fc.array(figure, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 8 }),
    fc.constantFrom('sum' as const, 'topsis' as const),
    fc.integer({ min: 1, max: 8 }),
  )

  it('is a share; who beats all in everything always does; with room for all everyone does', () => {
    fc.assert(
      fc.property(field, ([rows, method, front]) => {
        const figures = [...rows, [1, 1, 1]].map((row) => Float64Array.from(row))
        const shares = staysInFront(figures, [0.5, 0.3, 0.2], { change: 0.2, front, method })
        expect(Math.min(...shares)).toBeGreaterThanOrEqual(0)
        expect(Math.max(...shares)).toBeLessThanOrEqual(1)
        expect(shares.at(-1)).toBe(1)
        const all = staysInFront(figures, [0.5, 0.3, 0.2], { change: 0.2, front: figures.length, method })
        expect([...all]).toEqual(figures.map(() => 1))
      }),
    )
  })

  it('never falls when there is more room in front', () => {
    fc.assert(
      fc.property(field, ([rows, method, front]) => {
        const figures = rows.map((row) => Float64Array.from(row))
        const of = (room: number) => staysInFront(figures, [0.5, 0.3, 0.2], { change: 0.2, front: room, method })
        const [few, more] = [of(front), of(front + 1)]
        expect(few.every((share, at) => share <= (more[at] ?? 0) + 1e-12)).toBe(true)
      }),
    )
  })

  it('falls where weights decide', () => {
    const figures = [Float64Array.of(1, 0), Float64Array.of(0, 1)]
    const shares = staysInFront(figures, [0.52, 0.48], { change: 0.2, front: 1, method: 'sum' })
    // of five trials (as given, each weight up and down) the first wins three: as given, its own up, the other's down
    expect([...shares]).toEqual([0.6, 0.4])
  })
})
