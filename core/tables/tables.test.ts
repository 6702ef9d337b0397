import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ResultTable, TableCell } from '../model/result-table.ts'
import { tableCsv } from './csv.ts'
import { CLASSES_TABLE, FIXTURE_TABLES, FLOWS_TABLE, LIST_TABLE, UNITS_TABLE } from './fixture-tables.ts'
import { flowsOf, mergeSmallFlows } from './flows.ts'
import { looksLikeFormula, safeText } from './safe-text.ts'
import { tableAsRows } from './shown-table.ts'
import { tableGrid } from './table-grid.ts'
import { sheetName, tableWorkbook, type TableOrigin } from './workbook.ts'

const ZH = { lang: 'zh', areaUnit: 'ha' } as const
const csvRows = (table: ResultTable): string[][] => parse(tableCsv(table, ZH), { bom: true, relaxColumnCount: false })

/** What a spreadsheet must never calculate, however it is written. */
const HOSTILE = [
  '=1+1', "=cmd|'/C calc'!A0", '+1+1', '-1+1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '\u0000=1', ' =1', '\u00a0=1', '\ufeff=1',
  '＝1+1', '＋1', '－1', '＠SUM(1)', '\u200b=1', '\u202e=1', '"=1"', '=HYPERLINK("http://x","y")', '-', '=',
] // prettier-ignore

const one = (cell: TableCell, title = '行', unit: 'ha' | null = null): ResultTable => ({
  ...CLASSES_TABLE,
  columns: [{ key: 'a', title: { zh: title, en: title }, unit }],
  rows: [{ key: title, title: { zh: title, en: title }, cells: [cell] }],
})

describe('a table as people read it', () => {
  it('shows figures in the reader’s unit, with the unit in the head', () => {
    const shown = tableAsRows(UNITS_TABLE, { lang: 'zh', areaUnit: 'mu' })
    expect(shown.columns.map(({ unitLabel }) => unitLabel)).toEqual(['亩', '%', ''])
    expect(shown.rows.map(({ texts }) => texts)).toEqual([
      ['18,000.0', '42.0', '超出'],
      ['12,000.0', '31.0', '符合'],
      ['4,500.0', '12.0', '符合'],
      ['600.0', '—', '符合'],
    ])
  })
  it('says the sum, and the whole and the difference only where they differ', () => {
    expect(tableAsRows(UNITS_TABLE, ZH).totals.map(({ kind, texts }) => [kind, texts])).toEqual([['sum', ['2,340.00', '', '']]])
    const open = tableAsRows(FLOWS_TABLE, ZH)
    expect(open.totals.map(({ kind }) => kind)).toEqual(['sum', 'whole', 'difference'])
    expect(open.totals[2]?.texts[2]).toBe('-0.50')
    expect(open.remarks).toEqual(['差额为只在一期出现的土地。'])
  })
  it('indents rows under their parents and survives a row that is its own ancestor', () => {
    const rows = [
      { key: 'a', title: { zh: 'a', en: 'a' }, cells: [], parent: 'b' },
      { key: 'b', title: { zh: 'b', en: 'b' }, cells: [], parent: 'a' },
      { key: 'c', title: { zh: 'c', en: 'c' }, cells: [] },
      { key: 'd', title: { zh: 'd', en: 'd' }, cells: [], parent: 'c' },
    ]
    const depths = tableAsRows({ ...CLASSES_TABLE, rows }, ZH).rows.map(({ depth }) => depth)
    expect(depths.slice(2)).toEqual([0, 1])
  })
})

describe('CSV', () => {
  it('begins with a byte-order mark and holds what RFC 4180 says', () => {
    const text = tableCsv(UNITS_TABLE, ZH)
    expect(text.startsWith('\ufeff编号,分区,规划建设用地（公顷）,开发强度（%）,判断\r\n1,东城,1200,42,超出\r\n')).toBe(true)
    expect(text.endsWith('\r\n')).toBe(true)
    expect(csvRows(one({ zh: 'a"b,c\nd', en: '' }))[1]?.[2]).toBe('a"b,c\nd')
  })
  it('keeps real negative figures as figures, unrounded', () => {
    expect(csvRows(LIST_TABLE)[1]).toEqual(['A', '系数 A', '-5200', '-4100', '-2600'])
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(csvRows(one(value, 'x', 'ha'))[1]?.[2])).toBe(value / 10_000 + 0)
      }),
    )
  })
  it.each(HOSTILE)('neutralises %j wherever it stands', (text) => {
    for (const row of csvRows(one({ zh: text, en: text }, text)))
      for (const field of row) expect([field, looksLikeFormula(field)]).toEqual([field, false])
  })
  it('lets no text begin a formula, and harmless text through unchanged', () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.tuple(fc.constantFrom(...HOSTILE), fc.string({ maxLength: 20 })).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(anyText, (text) => {
        const fields = csvRows(one({ zh: text, en: '' }, text)).flat()
        expect(fields.filter(looksLikeFormula)).toEqual([])
        expect(safeText(text).isWellFormed()).toBe(true)
      }),
    )
    fc.assert(
      fc.property(fc.stringMatching(/^[一-龥A-Za-z0-9][一-龥A-Za-z0-9 ()（）.,"=+-]{0,30}$/), (text) => {
        expect(csvRows(one({ zh: text, en: '' }))[1]?.[2]).toBe(text)
      }),
    )
  })
  it('leaves what is not known empty, never zero', () => {
    expect(csvRows(UNITS_TABLE)[4]?.[3]).toBe('')
    expect(csvRows(one(Number.NaN, 'x', 'ha'))[1]?.[2]).toBe('')
  })
})

describe('workbook', () => {
  const origin: TableOrigin = {
    plan: '青岚',
    indicator: { id: 'S02', title: { zh: '土地净零平衡', en: 'ZAN balance' } },
    measurement: {
      version: 1,
      method: { zh: '方法', en: 'method' },
      basis: 'ellipsoidal',
      notes: [{ zh: '=注', en: '=note' }],
      quality: { proxies: [{ zh: '土地面积代替建筑面积', en: 'land for floor area' }], seenShare: 0.98 },
    },
  }
  it('has the table and what must be known of it', () => {
    const [sheet, about] = tableWorkbook(FLOWS_TABLE, origin, ZH)
    expect(sheet?.name).toBe('S02 用地转移矩阵')
    expect(sheet?.rows).toEqual([tableGrid(FLOWS_TABLE, ZH).head, ...tableGrid(FLOWS_TABLE, ZH).rows])
    expect(about?.name).toBe('说明')
    expect(about?.rows).toContainEqual(['可见数据占比', 0.98])
    expect(about?.rows).toContainEqual(['合计说明', '差额为只在一期出现的土地。'])
  })
  it('gives every sheet a name that programs accept, and no two the same', () => {
    const valid = (name: string) =>
      name.length > 0 &&
      name.length <= 31 &&
      !/[[\]:*?/\\\p{Cc}]/u.test(name) &&
      !/^'|'$/.test(name) &&
      name.toLowerCase() !== 'history'
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 60 }), { minLength: 1, maxLength: 6 }), (wanted) => {
        const names: string[] = []
        for (const name of wanted) names.push(sheetName(name, names))
        expect(names.filter((name) => !valid(name))).toEqual([])
        expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length)
      }),
    )
    expect(['History', '', "''", 'a/b:c', "'x'"].map((name) => sheetName(name))).toEqual(['_History', '_', '_', 'a b c', 'x'])
  })
})

describe('flows', () => {
  it('reads a matrix, with or without what stays', () => {
    expect(flowsOf(FLOWS_TABLE)).toHaveLength(19)
    expect(flowsOf(FLOWS_TABLE, true).every(({ from, to }) => from.key !== to.key)).toBe(true)
  })
  it('loses nothing when small flows are put together', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { minLength: 25, maxLength: 25 }), (cells) => {
        const table = {
          ...FLOWS_TABLE,
          rows: FLOWS_TABLE.rows.map((row, at) => ({ ...row, cells: cells.slice(at * 5, at * 5 + 5) })),
        }
        const flows = flowsOf(table)
        const merged = mergeSmallFlows(flows, 0.02, 8)
        const sum = merged.flows.reduce((total, { value }) => total + value, 0)
        expect(Math.abs(sum - merged.total)).toBeLessThanOrEqual(1e-9 * Math.max(1, merged.total))
        expect(merged.flows.reduce((count, flow) => count + flow.merged, 0)).toBe(flows.length)
      }),
    )
  })
})

it('every fixture has one cell per column', () => {
  for (const { rows, columns } of FIXTURE_TABLES) expect(rows.every(({ cells }) => cells.length === columns.length)).toBe(true)
})
