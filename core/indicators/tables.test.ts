import { beforeAll, describe, expect, it } from 'vitest'
import { loadGeos, type Geos } from '../geo/geos.ts'
import type { ResultTable } from '../model/result-table.ts'
import { UNITS } from '../model/units.ts'
import { examplePlan } from './example-plan.ts'
import { INDICATORS } from './index.ts'
import type { Indicator, WorkedExample } from './indicator.ts'
import { parametersInUse } from './parameters.ts'

let geos: Geos
beforeAll(async () => {
  geos = await loadGeos()
})

const bothLanguages = { zh: expect.stringMatching(/\p{Script=Han}|\d/u), en: expect.stringMatching(/\S/) }

function run(indicator: Indicator, example: WorkedExample) {
  const asked = Object.fromEntries(
    Object.entries(example.parameters ?? {}).map(([name, value]) => [`${indicator.id}.${name}`, value]),
  )
  const parameters = parametersInUse(INDICATORS, asked).get(indicator.id) ?? {}
  const plan = examplePlan(example, geos)
  return { plan, parameters, tables: indicator.compute(plan, parameters).tables ?? [] }
}

/** A difference that is more than rounding must be explained. */
function isClosed(table: ResultTable): string[] {
  return Object.entries(table.closure ?? {}).flatMap(([key, { sum, whole, remark }]) => {
    const differs = Math.abs(sum - whole) > 1e-6 * Math.abs(whole) + 1
    return differs && remark === undefined ? [`${table.id}.${key}: ${sum} of ${whole}`] : []
  })
}

describe.each(INDICATORS)('tables of $id', (indicator) => {
  it('are well formed, and their parts meet the whole or say why not', () => {
    for (const example of indicator.examples) {
      const { tables } = run(indicator, example)
      expect(new Set(tables.map(({ id }) => id)).size).toBe(tables.length)
      for (const table of tables) {
        const keys = table.columns.map(({ key }) => key)
        expect([table.id, new Set(keys).size]).toEqual([table.id, keys.length])
        expect([table.id, new Set(table.rows.map(({ key }) => key)).size]).toEqual([table.id, table.rows.length])
        for (const title of [table.title, table.rowTitle, ...table.columns.map((column) => column.title)]) {
          expect(title).toMatchObject(bothLanguages)
        }
        for (const { unit } of table.columns) expect(unit === null || unit in UNITS).toBe(true)
        for (const { cells, title } of table.rows) {
          expect([title.zh, title.en]).not.toContain('')
          expect([table.id, cells.length]).toEqual([table.id, keys.length])
          expect(cells.filter((cell) => typeof cell === 'number' && !Number.isFinite(cell))).toEqual([])
        }
        expect(isClosed(table)).toEqual([])
      }
    }
  })

  it('open features of the plan, largest first, wherever a figure says so', () => {
    for (const example of indicator.examples) {
      const { plan, parameters, tables } = run(indicator, example)
      for (const { id: table, rows, columns } of tables) {
        for (const { key: row, cells } of rows) {
          for (const [at, { key: column }] of columns.entries()) {
            if (cells[at] === null || cells[at] === 0) continue
            const found = indicator.featuresOf?.(plan, parameters, { table, row, column }) ?? []
            const values = found.map(({ value }) => value ?? 0)
            expect([table, row, column, values]).toEqual([table, row, column, values.toSorted((a, b) => b - a)])
            for (const { layer, fid } of found) {
              expect(plan.layers(layer as never).some((one) => [...one.fid].includes(fid))).toBe(true)
            }
          }
        }
      }
    }
  })
})
