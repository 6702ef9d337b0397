import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { parse } from 'csv-parse/sync'
import readXlsxFile from 'read-excel-file/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectClient, type Client } from '#core/contract/client.ts'
import { cancelSource } from '#core/contract/cancel.ts'
import { memoryPortPair } from '#core/contract/memory-port.ts'
import type { Input } from '#core/contract/procedures.ts'
import type { PlanId } from '#core/model/ids.ts'
import { DEFAULT_CHOICE } from '#core/opportunity/choice.ts'
import type { OpportunityReport } from '#core/opportunity/report.ts'
import { createBackend, type Backend } from '../backend.ts'
import { launchNode } from '../launch-node.ts'

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'greenprint-opportunity-'))
const catalogueDir = path.join(dir, 'catalogue')
const resourcesDir = path.resolve(import.meta.dirname, '../../../resources')
let backend: Backend
let client: Client
let planId: PlanId
let found: OpportunityReport

async function open(): Promise<void> {
  backend = await createBackend({ catalogueDir, host: 'test', launchChild: launchNode, resourcesDir, temporary: true })
  const [near, far] = memoryPortPair()
  backend.serve(far)
  client = connectClient(near)
}

async function close(): Promise<void> {
  client.close()
  await backend.close()
}

beforeAll(async () => {
  await open()
  ;({ planId } = await client.call('sample.create', { parcels: 1500, seed: 1 }))
}, 180_000)
afterAll(async () => {
  await close()
  fs.rmSync(dir, { recursive: true })
})

const exported = async (format: Input<'opportunity.export'>['format'], lang: 'zh' | 'en' = 'zh') => {
  const file = path.join(dir, `cards-${lang}.${format}`)
  const { sha256 } = await client.call('opportunity.export', { planId, format, lang, target: backend.tokens.registerSave(file) })
  return { file, sha256 }
}

describe('score cards of the sample city', { timeout: 120_000 }, () => {
  it('are none to export or show before they are computed', async () => {
    expect(await client.call('opportunity.last', { planId })).toBeNull()
    await expect(exported('csv')).rejects.toMatchObject({ code: 'opportunity.not-computed' })
  })

  it('can be cancelled, and nothing is kept of it', async () => {
    const source = cancelSource()
    const running = client.call('opportunity.find', { planId, choice: DEFAULT_CHOICE }, { signal: source.signal })
    source.abort()
    await expect(running).rejects.toMatchObject({ code: 'request.cancelled' })
    expect(await client.call('opportunity.last', { planId })).toBeNull()
  })

  it('are found with progress, and kept with their choice over a restart', async () => {
    const labels: string[] = []
    const onProgress = ({ label }: { label: { en: string } }) => void labels.push(label.en)
    const choice = { ...DEFAULT_CHOICE, cut: 0.45, weighting: { kind: 'equal' as const } }
    found = await client.call('opportunity.find', { planId, choice }, { onProgress })
    expect(labels.at(-1)).toBe('Finding and scoring areas')
    const far = found.cards.find(({ title }) => title.zh === '远郊文旅新城')
    expect(far).toMatchObject({ kind: 'submitted', verdict: 'gate' })
    expect(far?.redLines.length).toBeGreaterThan(0)
    expect(found.shapes.fid).toHaveLength(found.cards.length)
    await close()
    await open()
    expect(await client.call('opportunity.last', { planId })).toEqual(found)
  })

  it('leave as a table that spreadsheets read, with the weights beside it', async () => {
    const rows = parse(fs.readFileSync((await exported('csv')).file, 'utf8'), { bom: true })
    expect(rows).toHaveLength(found.cards.length + 1)
    expect(rows[0]).toContain('未过的条件')
    const sheets = await readXlsxFile((await exported('xlsx', 'en')).file)
    expect(sheets.map(({ data }) => data.length)).toEqual([found.cards.length + 1, expect.any(Number)])
    expect(JSON.stringify(sheets[1]?.data)).toContain('Weights: Concentration of stock land')
  })

  it('leave as polygons in the plan’s own system, as large as the cards say', async () => {
    const { file } = await exported('gpkg')
    const database = new Database(file, { readonly: true })
    const names = database
      .prepare<[], { name: string }>("SELECT name FROM pragma_table_info('opportunity_cards')")
      .all()
      .map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['geom', '地区', '方法']))
    const { count } = database.prepare<[], { count: number }>('SELECT count(*) AS count FROM opportunity_cards').get() ?? {}
    expect(count).toBe(found.cards.length)
    const crs = database.prepare<[], { id: number }>('SELECT srs_id AS id FROM gpkg_geometry_columns').get()
    const { plan } = await client.call('plans.get', { planId })
    expect(`EPSG:${crs?.id}`).toBe(plan.crs)
    database.close()
  })

  it('are in the audit log when they leave: who, what, which file', async () => {
    const { sha256 } = await exported('csv', 'en')
    const { entries, intact } = await client.call('audit.list', { before: null })
    expect(intact).toBe(true)
    expect(entries[0]).toMatchObject({ action: 'opportunity.exported', object: planId, result: 'ok' })
    const stored = new Database(path.join(catalogueDir, 'catalogue.sqlite'), { readonly: true })
    const row = stored.prepare<[], { detail: string }>('SELECT detail FROM audit ORDER BY seq DESC LIMIT 1').get()
    stored.close()
    expect(row?.detail).toContain(sha256)
  })
})
