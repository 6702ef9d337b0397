import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cancelSource } from '#core/contract/cancel.ts'
import { connectClient, type Client } from '#core/contract/client.ts'
import { memoryPortPair } from '#core/contract/memory-port.ts'
import type { OverlayInfo, OverlayView } from '#core/contract/overlay-procedures.ts'
import type { Input } from '#core/contract/procedures.ts'
import type { PlanId } from '#core/model/ids.ts'
import { createBackend, type Backend } from '../backend.ts'
import { launchNode } from '../launch-node.ts'

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'greenprint-overlay-desk-'))
const resourcesDir = path.resolve(import.meta.dirname, '../../../resources')
let backend: Backend
let client: Client
let planId: PlanId
let listed: OverlayInfo[]

beforeAll(async () => {
  const catalogueDir = path.join(dir, 'catalogue')
  backend = await createBackend({ catalogueDir, host: 'test', launchChild: launchNode, resourcesDir, temporary: true })
  const [near, far] = memoryPortPair()
  backend.serve(far)
  client = connectClient(near)
  ;({ planId } = await client.call('sample.create', { parcels: 1000, seed: 1 }))
  listed = await client.call('overlays.list', { planId })
}, 180_000)
afterAll(async () => {
  client.close()
  await backend.close()
  fs.rmSync(dir, { recursive: true })
})

const drawnParts = ({ outcome }: OverlayView) => (outcome.kind === 'drawn' ? outcome.parts : [])

async function exported(format: Input<'overlays.export'>['format'], overlays: string[], lang: 'zh' | 'en' = 'zh') {
  const file = path.join(dir, `${overlays.join('-')}-${lang}.${format}`)
  const target = backend.tokens.registerSave(file)
  await client.call('overlays.export', { planId, overlays, format, lang, target })
  return file
}

describe('overlays of the sample city', () => {
  it('say what they lack: the sample has no heat grid', () => {
    expect(listed.filter(({ lacks }) => lacks.length > 0).map(({ id, lacks }) => [id, lacks])).toEqual([['cooling', [['heat']]]])
  })

  it('are drawn, numbered and placed on the map, and come at once the second time', async () => {
    for (const { id, isSlow, lacks } of listed) {
      if (isSlow || lacks.length > 0) continue
      const view = await client.call('overlays.compute', { planId, overlay: id })
      const parts = drawnParts(view)
      expect(parts.length, `${id} ${JSON.stringify(view.outcome).slice(0, 200)}`).toBeGreaterThan(0)
      for (const { shape, classOf, rowOf, legend, list, boxesM, anchorsM, shapes } of parts) {
        expect([classOf.length, rowOf.length, shape.fid.length], id).toEqual([shapes, shapes, shapes])
        expect(Math.max(-1, ...classOf), id).toBeLessThan(legend.length)
        const rows = list?.rows.length ?? 0
        expect(Math.max(0, ...rowOf), id).toBeLessThanOrEqual(rows)
        expect([boxesM.length, anchorsM.length], id).toEqual([4 * rows, 2 * rows])
        for (let row = 0; row < rows; row += 1) {
          if (!rowOf.includes(row + 1)) continue
          const [left = NaN, bottom = NaN, right = NaN, top = NaN] = boxesM.subarray(4 * row, 4 * row + 4)
          const [x = NaN, y = NaN] = anchorsM.subarray(2 * row, 2 * row + 2)
          expect(x >= left && x <= right && y >= bottom && y <= top, `${id} row ${row + 1}`).toBe(true)
        }
      }
    }
    const again = await client.call('overlays.list', { planId })
    expect(again.filter(({ isReady, isSlow, lacks }) => !isReady && !isSlow && lacks.length === 0).map(({ id }) => id)).toEqual(
      [],
    )
  }, 120_000)

  it('give the same view from the cache as when drawn', async () => {
    const parameters = { wedgeWidthM: 80 }
    const first = await client.call('overlays.compute', { planId, overlay: 'gaps', parameters })
    expect(await client.call('overlays.compute', { planId, overlay: 'gaps', parameters })).toEqual(first)
    expect(first.parameters['wedgeWidthM']).toBe(80)
  })

  it('leave as GeoPackage with one table per part, numbers and columns in the reader’s language', async () => {
    const file = await exported('gpkg', ['gaps', 'gap-closer'])
    const db = new Database(file, { readonly: true })
    try {
      const tables = db.prepare<[], { table_name: string }>('SELECT table_name FROM gpkg_contents ORDER BY 1').all()
      expect(tables.map(({ table_name }) => table_name)).toEqual(
        expect.arrayContaining(['gaps_gaps', 'gaps_axes', 'gap_closer_missingLinks']),
      )
      const first = db.prepare<[], Record<string, unknown>>('SELECT * FROM gaps_gaps LIMIT 1').get()
      expect(first).toMatchObject({ 图上编号: 'W1', '长度（m）': expect.any(Number), 原因: expect.any(String) })
    } finally {
      db.close()
    }
  })

  it('leave as GeoJSON in degrees and as one CSV of all lists; every export is in the audit log', async () => {
    const file = await exported('geojson', ['gaps'], 'en')
    const { features } = JSON.parse(fs.readFileSync(file, 'utf8')) as GeoJSON.FeatureCollection
    const found = features.find(({ properties }) => properties?.['part'] === 'gaps')
    expect(found?.properties).toMatchObject({ overlay: 'gaps', Number: 'W1', 'Length (m)': expect.any(Number) })
    const gap = found?.geometry as GeoJSON.MultiLineString
    const [lon = 0, lat = 0] = gap.coordinates[0]?.[0] ?? []
    expect([lon > 70 && lon < 140, lat > 15 && lat < 55]).toEqual([true, true])
    const csv = fs.readFileSync(await exported('csv', ['gaps', 'gap-closer'], 'en'), 'utf8').split('\r\n')
    expect(csv[0]).toContain('Overlay,List')
    expect(csv.some((line) => line.includes('Gap closer'))).toBe(true)
    const { entries } = await client.call('audit.list', { before: null })
    expect(entries.filter(({ action }) => action === 'overlays.exported').length).toBeGreaterThanOrEqual(2)
  })

  it('can be stopped, and refuse what they do not know', async () => {
    const source = cancelSource()
    const asked = client.call(
      'overlays.compute',
      { planId, overlay: 'green-network', parameters: { minimumPatchHa: 1.5 } },
      { signal: source.signal },
    )
    source.abort()
    await expect(asked).rejects.toMatchObject({ code: 'request.cancelled' })
    await expect(client.call('overlays.compute', { planId, overlay: 'nothing' })).rejects.toMatchObject({
      code: 'overlays.unknown',
    })
    const wrong = { planId, overlay: 'gaps', parameters: { wedgeWidthM: 1 } }
    await expect(client.call('overlays.compute', wrong)).rejects.toMatchObject({ code: 'analysis.parameter-out-of-range' })
    const unknown = { planId, overlay: 'gaps', parameters: { width: 1 } }
    await expect(client.call('overlays.compute', unknown)).rejects.toMatchObject({ code: 'overlays.unknown-parameter' })
  })
})
