import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import readXlsxFile from 'read-excel-file/node'
import { afterAll, describe, expect, it } from 'vitest'
import type { LayerId, PlanId } from '#core/model/ids.ts'
import type { Layer } from '#core/model/plan.ts'
import type { ResultTable } from '#core/model/result-table.ts'
import { FLOWS_TABLE, UNITS_TABLE } from '#core/tables/fixture-tables.ts'
import { tableWorkbook, type TableOrigin } from '#core/tables/workbook.ts'
import { unpack } from '../formats/unpack.ts'
import { LOCAL_CRS } from '../store/gpkg-schema.ts'
import { createGpkg } from '../store/gpkg-writer.ts'
import { hasPlaces, writeFiguresGpkg, writeUnitsGpkg } from './table-gpkg.ts'
import { xlsxBytes } from './xlsx.ts'

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'greenprint-tables-'))
afterAll(() => fs.rmSync(dir, { recursive: true }))
const ZH = { lang: 'zh', areaUnit: 'ha' } as const

const ORIGIN: TableOrigin = {
  plan: '青岚',
  indicator: { id: 'S02', title: { zh: '土地净零平衡', en: 'ZAN balance' } },
  measurement: { version: 1, method: { zh: '方法', en: 'method' }, basis: 'ellipsoidal', notes: [] },
}

const HOSTILE = [
  '=1+1',
  "=cmd|'/C calc'!A0",
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '＝1',
  '<f>1</f>',
  ']]>&"<x>',
  '_x003D_1',
  '\u0000\u0001x',
  '\ud83d',
]

const withTitle = (text: string): ResultTable => ({
  ...UNITS_TABLE,
  title: { zh: text, en: text },
  rows: [{ key: text, title: { zh: text, en: text }, cells: [-12_345.678, 0.25, { zh: text, en: text }] }],
})

/** The parts of a workbook as text. */
async function partsOf(bytes: Buffer, name: string): Promise<string[]> {
  const file = path.join(dir, `${name}.xlsx`)
  const folder = fs.mkdtempSync(path.join(dir, 'parts-'))
  fs.writeFileSync(file, bytes)
  await unpack(file, name, folder, () => true)
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((entry) => entry.endsWith('.xml'))
    .map((entry) => fs.readFileSync(path.join(folder, entry), 'utf8'))
}

describe('workbook file', () => {
  it('holds typed, unrounded figures that come back as they were', async () => {
    const sheets = await readXlsxFile(await xlsxBytes(tableWorkbook(FLOWS_TABLE, ORIGIN, ZH)))
    expect(sheets.map(({ sheet }) => sheet)).toEqual(['S02 用地转移矩阵', '说明'])
    const [table] = sheets
    expect(table?.data[0]?.slice(0, 3)).toEqual(['编号', '基期地类', '01 耕地（公顷）'])
    expect(table?.data[2]).toEqual(['03', '03 林地', 2, 700, 3, 0.4, 10])
    expect(table?.data.at(-1)?.slice(0, 5)).toEqual(['difference', '差值', 0, 0, -0.5])
  })
  it('never holds a formula, whatever the words', async () => {
    for (const [at, text] of HOSTILE.entries()) {
      const parts = await partsOf(await xlsxBytes(tableWorkbook(withTitle(text), ORIGIN, ZH)), `hostile-${at}`)
      expect(parts.filter((part) => /<f[ >/]/.test(part))).toEqual([])
      const [sheet] = await readXlsxFile(await xlsxBytes(tableWorkbook(withTitle(text), ORIGIN, ZH)))
      expect(sheet?.data[1]?.slice(2, 4)).toEqual([-1.2345678, 25])
    }
  })
  it('is a workbook for any words', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 50 }), async (text) => {
        const [sheet] = await readXlsxFile(await xlsxBytes(tableWorkbook(withTitle(text), ORIGIN, ZH)))
        expect(sheet?.data[1]?.[2]).toBe(-1.2345678)
      }),
      { numRuns: 25 },
    )
  })
})

const layer = (role: Layer['role']): Layer => ({
  id: role as string as LayerId,
  planId: 'plan' as PlanId,
  role,
  name: role,
  kind: 'polygon',
  table: role,
  features: 4,
  areaM2: null,
  lengthM: null,
  sha256: 'a'.repeat(64),
  sourcePath: 'plan.gpkg',
  sourceSha256: 'a'.repeat(64),
  sourceCrs: 'LOCAL:metre',
  crsReason: { zh: '测试', en: 'test' },
  encoding: null,
  notes: [],
  unknownClasses: {},
})

describe('GeoPackage of a table', () => {
  const source = path.join(dir, 'plan.gpkg')
  const plan = createGpkg(source, LOCAL_CRS)
  for (const role of ['admin', 'landuse_plan'] as const) {
    const table = plan.addTable({ table: role, name: role, kind: 'polygon', multiPoint: false, fields: [] })
    for (let at = 0; at < 4; at++)
      table.add({ kind: 'polygon', parts: [[Float64Array.of(at, 0, at + 1, 0, at + 1, 1, at, 0)]] }, [])
    table.finish()
  }
  plan.finish([])
  const joined = { indicator: 'S01', layers: [layer('admin'), layer('landuse_plan')], source, crs: LOCAL_CRS, reader: ZH }
  const rowsOf = (file: string, table: string) => {
    const db = new Database(file, { readonly: true })
    try {
      return db.prepare<[], Record<string, unknown>>(`SELECT * FROM ${table}`).all()
    } finally {
      db.close()
    }
  }

  it('joins every row with a place to its feature, all columns unrounded', () => {
    const file = path.join(dir, 'units.gpkg')
    expect(hasPlaces(UNITS_TABLE)).toBe(true)
    expect(writeUnitsGpkg(file, { ...joined, table: UNITS_TABLE })).toBe(4)
    const rows = rowsOf(file, 'S01_byDistrict_polygon')
    expect(rows[0]).toMatchObject({ 编号: '1', 分区: '东城', '规划建设用地（公顷）': 1200, '开发强度（%）': 42, 判断: '超出' })
    expect(rows[3]).toMatchObject({ 编号: '4', '开发强度（%）': null })
  })
  it('names columns so that none is lost, whatever they are called', () => {
    const file = path.join(dir, 'names.gpkg')
    const title = { zh: 'geom', en: 'geom' }
    const table = { ...UNITS_TABLE, columns: UNITS_TABLE.columns.map((column) => ({ ...column, unit: null, title })) }
    expect(writeUnitsGpkg(file, { ...joined, table })).toBe(4)
    expect(Object.keys(rowsOf(file, 'S01_byDistrict_polygon')[0] ?? {})).toEqual([
      'fid',
      'geom',
      '编号',
      '分区',
      'geom_2',
      'geom_3',
      'geom_4',
    ])
  })
  it('writes what stands behind each figure of a matrix', () => {
    const file = path.join(dir, 'flows.gpkg')
    const place = { table: 'transition', row: '01', column: '07' }
    const features = [
      { layer: 'landuse_plan', fid: 2, value: 25_000 },
      { layer: 'landuse_plan', fid: 99, value: 1 },
    ]
    expect(hasPlaces(FLOWS_TABLE)).toBe(false)
    expect(writeFiguresGpkg(file, { ...joined, table: FLOWS_TABLE }, [{ place, features }])).toBe(1)
    expect(rowsOf(file, 'S01_transition_polygon')).toMatchObject([
      { row: '01', row_title: '01 耕地', column: '07', column_title: '07 居住用地', plan_fid: 2, value_ha: 2.5 },
    ])
  })
})
