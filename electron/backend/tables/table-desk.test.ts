import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import readXlsxFile from 'read-excel-file/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectClient, type Client } from '#core/contract/client.ts'
import { cancelSource } from '#core/contract/cancel.ts'
import { memoryPortPair } from '#core/contract/memory-port.ts'
import type { Input } from '#core/contract/procedures.ts'
import type { Measurement } from '#core/model/measurement.ts'
import type { PlanId } from '#core/model/ids.ts'
import type { ResultTable } from '#core/model/result-table.ts'
import { createBackend, type Backend } from '../backend.ts'
import { launchNode } from '../launch-node.ts'

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'greenprint-table-desk-'))
const resourcesDir = path.resolve(import.meta.dirname, '../../../resources')
let backend: Backend
let client: Client
let planId: PlanId
let measurements: Measurement[]

beforeAll(async () => {
  backend = await createBackend({
    catalogueDir: path.join(dir, 'catalogue'),
    host: 'test',
    launchChild: launchNode,
    resourcesDir,
    temporary: true,
  })
  const [near, far] = memoryPortPair()
  backend.serve(far)
  client = connectClient(near)
  ;({ planId } = await client.call('sample.create', { parcels: 1000, seed: 1 }))
  await client.call('analysis.run', { planId })
  const [{ id: checklistId } = { id: '' }] = await client.call('checklists.list', {})
  measurements = (await client.call('reviews.open', { planId, checklistId })).measurements
}, 180_000)
afterAll(async () => {
  client.close()
  await backend.close()
  fs.rmSync(dir, { recursive: true })
})

const tableOf = (indicator: string, id: string): ResultTable => {
  const found = measurements.find((each) => each.id === indicator)?.tables?.find((table) => table.id === id)
  if (!found) throw new Error(`${indicator} has no table ${id}`)
  return found
}
const written = async (indicator: string, table: string, format: 'csv' | 'xlsx' | 'gpkg') => {
  const file = path.join(dir, `${indicator}-${table}.${format}`)
  const target = backend.tokens.registerSave(file)
  const answer = await client.call('analysis.exportTable', { planId, indicator, table, format, lang: 'zh', target })
  expect(answer).toMatchObject({ fileName: path.basename(file), download: null, sizeBytes: fs.statSync(file).size })
  return file
}

describe('result tables of the sample city', () => {
  it('open the parcels behind a flow, which add up to it', async () => {
    const table = tableOf('S02', 'transition')
    const [from, to] = ['01', '03']
    const column = table.columns.findIndex(({ key }) => key === to)
    const figure = table.rows.find(({ key }) => key === from)?.cells[column]
    const place = { table: table.id, row: from, column: to }
    const { features, total } = await client.call('analysis.featuresOf', { planId, indicator: 'S02', place })
    expect(features.length).toBeGreaterThan(0)
    expect(total).toBe(features.length)
    const sum = features.reduce((area, { value = 0 }) => area + value, 0)
    expect(Math.abs(sum - Number(figure))).toBeLessThan(1e-6 * Number(figure))
  })
  it('refuse what is not there in words of their own', async () => {
    const ask = (indicator: string, table: string, row: string, column?: string) =>
      client.call('analysis.featuresOf', { planId, indicator, place: { table, row, ...(column ? { column } : {}) } }).then(
        () => 'answered',
        (error: unknown) => (error as { code?: string }).code,
      )
    expect(await ask('S02', 'nothing', '01')).toBe('tables.not-found')
    expect(await ask('Z99', 'transition', '01')).toBe('tables.not-found')
    expect(await ask('S02', 'transition', 'nowhere')).toBe('tables.no-row')
    expect(await ask('S02', 'transition', '01', 'nowhere')).toBe('tables.no-row')
  })
  it('stop being looked for when asked to', async () => {
    const source = cancelSource()
    const place = { table: 'transition', row: '01', column: '03' }
    const asked = client.call(
      'analysis.featuresOf',
      { planId, indicator: 'S02', place },
      { signal: source.signal, onProgress: () => source.abort() },
    )
    await expect(asked).rejects.toMatchObject({ code: 'request.cancelled' })
  })
  it('leave with the same figures in every format', async () => {
    const table = tableOf('S01', 'byDistrict')
    const first = Number(table.rows[0]?.cells[0]) / 10_000
    const csv = fs.readFileSync(await written('S01', 'byDistrict', 'csv'), 'utf8').split('\r\n')
    expect(Number(csv[1]?.split(',')[2])).toBe(first)
    const [sheet] = await readXlsxFile(await written('S01', 'byDistrict', 'xlsx'))
    expect(sheet?.data[1]?.[2]).toBe(first)
    const db = new Database(await written('S01', 'byDistrict', 'gpkg'), { readonly: true })
    const rows = db.prepare<[], Record<string, unknown>>('SELECT * FROM S01_byDistrict_polygon').all()
    db.close()
    expect(rows).toHaveLength(table.rows.length)
    expect(Object.values(rows[0] ?? {})).toContain(first)
  })
  it('are in the audit log when they leave: who, what, which file', async () => {
    const file = await written('S01', 'byDistrict', 'csv')
    const { entries, intact } = await client.call('audit.list', { before: null })
    expect(intact).toBe(true)
    expect(entries[0]).toMatchObject({ action: 'table.exported', object: planId, result: 'ok' })
    const stored = new Database(path.join(dir, 'catalogue/catalogue.sqlite'), { readonly: true })
    const row = stored.prepare<[], { detail: string }>('SELECT detail FROM audit ORDER BY seq DESC LIMIT 1').get()
    stored.close()
    const fileSha256 = createHash('sha256').update(fs.readFileSync(file)).digest('hex')
    expect(JSON.parse(row?.detail ?? '')).toMatchObject({ indicator: 'S01', table: 'byDistrict', format: 'csv', fileSha256 })
  })
  it('of several states leave as CSV, and all together as a workbook', async () => {
    const target = (name: string) => backend.tokens.registerSave(path.join(dir, name))
    const asked: Pick<Input<'monitoring.export'>, 'planIds' | 'years' | 'lang'> = { planIds: [planId], years: [2030], lang: 'zh' }
    await client.call('monitoring.export', { ...asked, table: 'series', format: 'csv', target: target('series.csv') })
    const { tables } = await client.call('monitoring.series', { planIds: [planId], years: [2030] })
    const rows = fs.readFileSync(path.join(dir, 'series.csv'), 'utf8').split('\r\n')
    expect(rows[0]?.split(',').length).toBeGreaterThanOrEqual(tables[0]?.columns.length ?? 0)
    expect(rows[1]).toContain('2030 年')
    await client.call('monitoring.export', { ...asked, table: 'series', format: 'xlsx', target: target('all.xlsx') })
    const sheets = await readXlsxFile(path.join(dir, 'all.xlsx'))
    expect(sheets.map(({ data }) => data.length)).toEqual([2, (tables[1]?.rows.length ?? 0) + 1, expect.any(Number)])
    const { entries } = await client.call('audit.list', { before: null })
    expect(entries[0]).toMatchObject({ action: 'monitoring.exported', object: planId })
    const refused = client.call('monitoring.export', { ...asked, table: 'nothing', format: 'csv', target: target('no.csv') })
    await expect(refused).rejects.toMatchObject({ code: 'tables.not-found' })
  })
  it('leave a matrix with the ground of every flow, whose areas are the figures', async () => {
    const db = new Database(await written('S02', 'transition', 'gpkg'), { readonly: true })
    const flows = db
      .prepare<[], { row: string; column: string; ha: number }>(
        'SELECT row, "column", sum(area_ha) AS ha FROM S02_transition_polygon GROUP BY row, "column"',
      )
      .all()
    const extent = db
      .prepare<[], { min_x: number }>("SELECT min_x FROM gpkg_contents WHERE table_name = 'S02_transition_polygon'")
      .get()
    db.close()
    const table = tableOf('S02', 'transition')
    const found = new Map(flows.map(({ row, column, ha }) => [`${row} ${column}`, ha]))
    const figures = table.rows.flatMap(({ key, cells }) =>
      table.columns.flatMap((column, at) =>
        column.key === 'total' ? [] : [[`${key} ${column.key}`, Number(cells[at]) / 10_000] as const],
      ),
    )
    expect(figures.filter(([, ha]) => ha > 0).length).toBe(flows.length)
    for (const [key, ha] of figures) expect(Math.abs((found.get(key) ?? 0) - ha)).toBeLessThan(1e-6 * Math.max(1, ha))
    // In the plan's own system, a Gauss–Krüger zone.
    expect(extent?.min_x).toBeGreaterThan(100_000)
  })
  it('refuse to leave as an empty GeoPackage', async () => {
    const target = backend.tokens.registerSave(path.join(dir, 'trajectory.gpkg'))
    const asked = { planId, indicator: 'S02', table: 'trajectory', format: 'gpkg', lang: 'zh', target } as const
    await expect(client.call('analysis.exportTable', asked)).rejects.toMatchObject({ code: 'tables.no-places' })
    expect(fs.readdirSync(dir).filter((name) => name.includes('.tmp') || name.includes('trajectory'))).toEqual([])
  })
})
