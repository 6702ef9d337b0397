import { beforeAll, describe, expect, it } from 'vitest'
import { loadGeos, type Geos } from '../geo/geos.ts'
import { box } from '../geo/sketch.ts'
import type { ResultTable } from '../model/result-table.ts'
import { examplePlan } from './example-plan.ts'
import { trajectoryTable } from './s02-trajectory.ts'
import { zanBalance } from './s02-zan-balance.ts'

let geos: Geos
beforeAll(async () => {
  geos = await loadGeos()
})

const parcel = (x: number, width: number, code: string | null) => ({
  polygon: [box(x, 0, width, 100)],
  attributes: { class: code },
})
/** 1 ha of cropland built on, 2 ha of forest mined, 1 ha of industry to buffer green, 1 ha of forest whose plan is unknown. */
const plan = () =>
  examplePlan(
    {
      layers: {
        landuse_base: [parcel(0, 100, '0101'), parcel(100, 200, '0301'), parcel(300, 100, '1001'), parcel(400, 100, '0301')],
        landuse_plan: [parcel(0, 100, '0701'), parcel(100, 200, '1002'), parcel(300, 100, '1402')],
      },
      baseYear: 2020,
      targetYear: 2030,
      quotas: { pastNetArtificialisationHaPerYear: 1 },
    },
    geos,
  )
const tableOf = (tables: readonly ResultTable[] | undefined, id: string): ResultTable => {
  const found = tables?.find((table) => table.id === id)
  if (!found) throw new Error(`no table ${id}`)
  return found
}
const cell = (table: ResultTable, row: string, column: string) => {
  const at = table.columns.findIndex(({ key }) => key === column)
  return table.rows.find(({ key }) => key === row)?.cells[at]
}

describe('the balance of artificialised land', () => {
  it('keeps both profiles apart: mining counts in one and not in the other, treeless buffers the other way round', () => {
    const { tables, outcome, details } = zanBalance.compute(plan(), {})
    const [cn, fr] = [tableOf(tables, 'balanceCn'), tableOf(tables, 'balanceFr')]
    expect([cell(cn, 'artificialised', 'areaM2'), cell(cn, 'renatured', 'areaM2')]).toEqual([30_000, 10_000])
    expect([cell(fr, 'artificialised', 'areaM2'), cell(fr, 'reused', 'areaM2')]).toEqual([10_000, 10_000])
    expect(details).toMatchObject({ netM2: 20_000, frNetM2: 10_000 })
    expect(outcome).toEqual({ kind: 'value', value: expect.closeTo(0.8, 9), unit: 'ratio' })
  })

  it('says what hangs on each condition, and the range of the value between them', () => {
    const { tables, quality } = zanBalance.compute(plan(), {})
    expect(cell(tableOf(tables, 'conditionsCn'), '1402', 'netChangeM2')).toBe(10_000)
    expect(cell(tableOf(tables, 'conditionsFr'), '1402', 'netChangeM2')).toBe(-10_000)
    expect(quality?.range).toMatchObject({ low: expect.closeTo(0.7, 9), high: expect.closeTo(0.8, 9) })
    expect(quality?.seenShare).toBe(1)
    expect(quality?.proxies?.[1]?.en).toContain('50 m², 2500 m²')
  })

  it('shows the ground that the plan does not cover as a difference with a reason', () => {
    const { tables } = zanBalance.compute(plan(), {})
    const matrix = tableOf(tables, 'transition2')
    expect(cell(matrix, '0301', '1002')).toBe(20_000)
    expect(matrix.rows.find(({ key }) => key === '0301')?.parent).toBe('03')
    expect(matrix.closure?.['total']).toMatchObject({
      sum: 40_000,
      whole: 50_000,
      remark: { en: expect.stringMatching(/^1\.00 ha/) },
    })
    expect(matrix.closure?.['1002']).toEqual({ sum: 20_000, whole: 20_000 })
  })

  it('opens the parcels behind a figure', () => {
    const open = (table: string, row: string, column: string) =>
      zanBalance.featuresOf?.(plan(), {}, { table, row, column }).map(({ layer, fid, value }) => [layer, fid, value])
    expect(open('balanceCn', 'artificialised', 'areaM2')).toEqual([
      ['landuse_plan', 2, 20_000],
      ['landuse_plan', 1, 10_000],
    ])
    expect(open('balanceFr', 'artificialised', 'areaM2')).toEqual([['landuse_plan', 1, 10_000]])
    expect(open('transition', '03', 'total')).toEqual([['landuse_plan', 2, 20_000]])
    expect(open('trajectory', '2030', 'plan')).toEqual([])
  })
})

describe('the trajectory', () => {
  it('starts from the past rate: a fifth less each decade, and a straight line to zero in 2050', () => {
    const table = trajectoryTable({ baseYear: 2020, targetYear: 2035, planM2: 3000, pastM2: 10_000 })
    expect([table.rows[0]?.key, table.rows.at(-1)?.key]).toEqual(['2010', '2050'])
    expect([2020, 2030, 2040].map((year) => cell(table, String(year), 'per_decade'))).toEqual(
      [10_000, 8000, 6400].map((m2) => expect.closeTo(m2, 6)),
    )
    expect([2035, 2050].map((year) => cell(table, String(year), 'net_zero'))).toEqual([expect.closeTo(5000, 6), 0])
    expect([2020, 2035, 2036].map((year) => cell(table, String(year), 'plan'))).toEqual([null, 3000, null])
    expect([2019, 2020, 2035, 2036].map((year) => cell(table, String(year), 'planSum'))).toEqual([null, 0, 45_000, null])
    // Σ over 30 years of 10,000·(1 − t/30) = 10,000·(30 − 15.5)
    expect(cell(table, '2050', 'net_zeroSum')).toBeCloseTo(145_000, 5)
  })

  it('draws no path where nobody knows the past rate', () => {
    const table = trajectoryTable({ baseYear: 2020, targetYear: 2035, planM2: -500, pastM2: null })
    expect(table.rows[0]?.key).toBe('2020')
    for (const row of table.rows)
      expect([row.cells[2], row.cells[3], row.cells[5], row.cells[6]]).toEqual([null, null, null, null])
    expect(cell(table, '2022', 'planSum')).toBe(-1000)
  })
})
