import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AttributeValue, Condition } from '#core/attributes/condition.ts'
import { featureCount, featureSet, featuresOf } from '#core/attributes/feature-set.ts'
import { readExpression } from '#core/attributes/expression.ts'
import type { AttributeLayer } from '#core/contract/attribute-procedures.ts'
import { connectClient, type Client } from '#core/contract/client.ts'
import { memoryPortPair } from '#core/contract/memory-port.ts'
import { AppError } from '#core/errors.ts'
import type { PlanId } from '#core/model/ids.ts'
import type { Plan, VectorLayer } from '#core/model/plan.ts'
import { createBackend, type Backend } from '../backend.ts'
import { launchNode } from '../launch-node.ts'
import { AttributeTable, type RowsAsked } from './attribute-table.ts'

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'greenprint-attributes-'))
let backend: Backend
let client: Client
let planId: PlanId
let layers: AttributeLayer[]

beforeAll(async () => {
  backend = await createBackend({
    catalogueDir: path.join(dir, 'catalogue'),
    host: 'test',
    launchChild: launchNode,
    resourcesDir: path.resolve(import.meta.dirname, '../../../resources'),
    temporary: true,
  })
  const [near, far] = memoryPortPair()
  backend.serve(far)
  client = connectClient(near)
  ;({ planId } = await client.call('sample.create', { parcels: 1000, seed: 1 }))
  layers = await client.call('attributes.layers', { planId })
}, 180_000)
afterAll(async () => {
  client.close()
  await backend.close()
  fs.rmSync(dir, { recursive: true })
})

const layerOf = (role: string): AttributeLayer => {
  const found = layers.find((layer) => layer.role === role)
  if (!found) throw new Error(`no layer ${role}`)
  return found
}
const rowsOf = (role: string, where = '') => ({ planId, layerId: layerOf(role).id, where, only: null })
const asked = (role: string, where = '') => ({ ...rowsOf(role, where), sort: [] })
const allRows = async (role: string, where = '') => {
  const rows: Record<string, AttributeValue>[] = []
  const { fields } = layerOf(role)
  for (;;) {
    const page = await client.call('attributes.page', { ...asked(role, where), offset: rows.length, limit: 500 })
    for (const { values } of page.rows) rows.push(Object.fromEntries(fields.map(({ key }, at) => [key, values[at] ?? null])))
    if (rows.length === page.matching) return rows
  }
}
const refused = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: unknown) => (error instanceof AppError ? [error.code, error.params] : String(error)),
  )

/** The same filter on one row, without any database: unknown is null. */
function meets(condition: Condition, row: Record<string, AttributeValue>): boolean | null {
  switch (condition.kind) {
    case 'all':
    case 'any': {
      const parts = condition.of.map((part) => meets(part, row))
      const decisive = condition.kind === 'any'
      if (parts.includes(decisive)) return decisive
      return parts.includes(null) ? null : !decisive
    }
    case 'not': {
      const inner = meets(condition.of, row)
      return inner === null ? null : !inner
    }
    case 'missing':
      return (row[condition.field] ?? null) === null
    default: {
      const value = row[condition.field] ?? null
      return value === null ? null : holds(condition, value)
    }
  }
}

function holds(condition: Extract<Condition, { kind: 'compare' | 'in' | 'between' | 'like' }>, value: string | number): boolean {
  if (condition.kind === 'in') return condition.values.includes(value)
  if (condition.kind === 'between') return value >= condition.from && value <= condition.to
  if (condition.kind === 'like') return String(value).includes(condition.pattern.replaceAll('%', ''))
  const { by, value: other } = condition
  const compared = { '=': value === other, '<>': value !== other, '<': value < other, '<=': value <= other }
  return by === '>' ? value > other : by === '>=' ? value >= other : compared[by]
}

describe('the attribute table of a layer', () => {
  it('names every vector layer with its fields: the plan’s own, the measured ones and the source’s', () => {
    const named = layerOf('landuse_plan').fields.map(({ key, origin }) => `${key}/${origin}`)
    expect(named.slice(0, 4)).toEqual(['fid/plan', 'class/plan', 'name/plan', 'parcel/plan'])
    expect(named.filter((name) => name.endsWith('/measured'))).toEqual(['area/measured'])
    expect(named.indexOf('BSM/source')).toBe(named.indexOf('area/measured') + 1)
    expect(layerOf('road_network').fields.map(({ key }) => key)).toContain('length')
    expect(layerOf('park_entrance').fields.map(({ key }) => key)).not.toContain('area')
  })

  it('comes in pages that together are the whole layer, each feature once', async () => {
    const rows = await allRows('landuse_plan')
    expect(rows).toHaveLength(layerOf('landuse_plan').features)
    expect(new Set(rows.map(({ fid }) => fid)).size).toBe(rows.length)
  })

  it('has areas that add up to the layer’s own area, and sorts by them, largest first', async () => {
    const rows = await allRows('green')
    const { layers: stored } = await client.call('plans.get', { planId })
    const total = rows.reduce((sum, { area }) => sum + Number(area), 0)
    expect(total).toBeCloseTo(stored.find(({ role }) => role === 'green')?.areaM2 ?? 0, 3)
    const { rows: first } = await client.call('attributes.page', {
      ...asked('green'),
      sort: [{ field: 'area', down: true }],
      offset: 0,
      limit: 3,
    })
    const largest = rows.map(({ area }) => Number(area)).toSorted((a, b) => b - a)
    const at = layerOf('green').fields.findIndex(({ key }) => key === 'area')
    expect(first.map(({ values }) => values[at])).toEqual(largest.slice(0, 3))
  })

  it('puts what has no value last, whichever way it is sorted', async () => {
    const at = layerOf('landuse_plan').fields.findIndex(({ key }) => key === 'far')
    for (const down of [true, false]) {
      const page = await client.call('attributes.page', {
        ...asked('landuse_plan'),
        sort: [{ field: 'far', down }],
        offset: 0,
        limit: 5,
      })
      expect(page.rows.every(({ values }) => values[at] !== null)).toBe(true)
    }
  })

  it('sorts by several columns, the first before the others', async () => {
    const sort = [
      { field: 'class', down: true },
      { field: 'area', down: false },
    ]
    const { fields } = (await client.call('attributes.layers', { planId })).find(({ role }) => role === 'landuse_plan') ?? {
      fields: [],
    }
    const [classAt, areaAt] = ['class', 'area'].map((key) => fields.findIndex((field) => field.key === key))
    const { rows } = await client.call('attributes.page', { ...asked('landuse_plan'), sort, offset: 0, limit: 500 })
    const pairs = rows.map(({ values }) => [String(values[classAt ?? 0]), Number(values[areaAt ?? 0])] as const)
    const wanted = pairs.toSorted(([a, one], [b, other]) => (a === b ? one - other : a < b ? 1 : -1))
    expect(new Set(pairs.map(([code]) => code)).size).toBeGreaterThan(1)
    expect(pairs).toEqual(wanted)
  })

  it('finds the place of a feature in the order on screen, and nothing for one that is filtered out', async () => {
    const where = "class = '0301'"
    const sort = [{ field: 'area', down: true }]
    const { rows } = await client.call('attributes.page', { ...asked('landuse_plan', where), sort, offset: 4, limit: 1 })
    const fid = rows[0]?.fid ?? 0
    expect(await client.call('attributes.place', { ...asked('landuse_plan', where), sort, fid })).toBe(4)
    expect(await client.call('attributes.place', { ...asked('landuse_plan', "class = '0701'"), sort, fid })).toBeNull()
  })

  it('tells what a column comes to, also of what is filtered and of chosen features only', async () => {
    const rows = (await allRows('landuse_plan')).filter((row) => row['far'] !== null || row['class'] === '0301')
    expect(rows.length).toBeGreaterThan(10)
    const far = rows.flatMap((row) => (typeof row['far'] === 'number' ? [row['far']] : []))
    const told = await client.call('attributes.statistics', {
      ...rowsOf('landuse_plan', "far IS NOT NULL OR class = '0301'"),
      field: 'far',
    })
    expect(told).toMatchObject({ rows: rows.length, missing: rows.length - far.length, unique: new Set(far).size })
    expect(told.sum).toBeCloseTo(
      far.reduce((sum, value) => sum + value, 0),
      9,
    )
    expect(told.mean).toBeCloseTo((told.sum ?? 0) / far.length, 12)
    expect([told.min, told.max]).toEqual([Math.min(...far), Math.max(...far)])
    const few = await client.call('attributes.statistics', {
      ...rowsOf('landuse_plan'),
      only: featureSet([1, 2]),
      field: 'class',
    })
    expect(few).toMatchObject({ rows: 2, sum: null })
    expect(few.values.reduce((sum, { count }) => sum + count, 0)).toBe(2)
  })

  it('filters as the expression says, for any expression', async () => {
    const { fields } = layerOf('landuse_plan')
    const rows = await allRows('landuse_plan')
    const one = fc.oneof(
      fc
        .tuple(fc.constantFrom('=', '<>', '<', '>='), fc.double({ min: 0, max: 4, noNaN: true }))
        .map(([by, n]) => `far ${by} ${n.toFixed(1)}`),
      fc.constantFrom(
        "class = '0701'",
        "class IN ('0301', '0701')",
        "name CONTAINS '林'",
        'far IS NULL',
        'greenRatio IS NOT NULL',
      ),
      fc.tuple(fc.nat(3), fc.nat(6)).map(([low, high]) => `area BETWEEN ${low} ha AND ${high} ha`),
    )
    const { text } = fc.letrec<{ text: string }>((tie) => ({
      text: fc.oneof(
        { maxDepth: 3 },
        one,
        tie('text').map((inner) => `NOT (${inner})`),
        fc.tuple(tie('text'), fc.constantFrom('AND', 'OR'), tie('text')).map(([a, by, b]) => `(${a} ${by} ${b})`),
      ),
    }))
    await fc.assert(
      fc.asyncProperty(text, async (where) => {
        const condition = readExpression(where, fields)
        const expected = rows.filter((row) => condition !== null && meets(condition, row) === true).length
        const { matching } = await client.call('attributes.page', { ...asked('landuse_plan', where), offset: 0, limit: 0 })
        expect(matching).toBe(expected)
      }),
      { numRuns: 60 },
    )
  })

  it('refuses a filter that cannot be read, a field and a layer that are not there', async () => {
    expect(await refused(client.call('attributes.select', { planId, layerId: layerOf('green').id, where: 'nme = 1' }))).toEqual([
      'attributes.unknown-field',
      { field: 'nme', near: 'name' },
    ])
    const page = { ...asked('green'), offset: 0, limit: 1 }
    expect(await refused(client.call('attributes.page', { ...page, sort: [{ field: 'x"; --', down: true }] }))).toEqual([
      'attributes.unknown-field',
      { field: 'x"; --', near: null },
    ])
    expect(await refused(client.call('attributes.page', { ...page, layerId: 'no' as never }))).toEqual([
      'catalogue.not-found',
      { what: 'no' },
    ])
  })
})

describe('selecting and searching', () => {
  it('takes what meets an expression, and what touches a box', async () => {
    const { features } = await client.call('attributes.select', {
      planId,
      layerId: layerOf('landuse_plan').id,
      where: "class = '0701'",
    })
    const { matching } = await client.call('attributes.page', { ...asked('landuse_plan', "class = '0701'"), offset: 0, limit: 0 })
    expect(featureCount(features)).toBe(matching)
    // Only these, in the table's own order, summed up and as a file: what the filter gives by itself.
    const chosen = { ...asked('landuse_plan'), only: features, sort: [{ field: 'area', down: true }] }
    const filtered = { ...asked('landuse_plan', "class = '0701'"), sort: chosen.sort }
    const some = { offset: 3, limit: 40 }
    expect(await client.call('attributes.page', { ...chosen, ...some })).toEqual(
      await client.call('attributes.page', { ...filtered, ...some }),
    )
    const first = featuresOf(features)[0] ?? 0
    expect(await client.call('attributes.place', { ...chosen, fid: first })).toBe(
      await client.call('attributes.place', { ...filtered, fid: first }),
    )
    const { sum } = await client.call('attributes.statistics', { ...rowsOf('landuse_plan'), only: features, field: 'area' })
    const byFilter = { ...rowsOf('landuse_plan', filtered.where), field: 'area' }
    expect(sum).toBe((await client.call('attributes.statistics', byFilter)).sum)
    const { extent } = await client.call('map.setup', { planId })
    const [minX, minY, maxX, maxY] = extent
    const box = [minX, minY, maxX, minY, maxX, maxY, minX, maxY]
    const layerIds = [layerOf('green').id, layerOf('park_entrance').id]
    const whole = await client.call('attributes.selectWithin', { planId, layerIds, xyM: box, mode: 'inside' })
    expect(whole.map(({ features: inside }) => featureCount(inside))).toEqual([
      layerOf('green').features,
      layerOf('park_entrance').features,
    ])
    const nowhere = await client.call('attributes.selectWithin', {
      planId,
      layerIds,
      xyM: box.map((at) => at + 1e6),
      mode: 'touching',
    })
    expect(nowhere).toEqual([])
  })

  it('finds features by any text, with the field that holds it, and no sign means anything but itself', async () => {
    const found = await client.call('attributes.search', { planId, text: '公园', limit: 20 })
    expect(found.length).toBeGreaterThan(0)
    expect(found.length).toBeLessThanOrEqual(20)
    expect(found.every(({ value }) => value.includes('公园'))).toBe(true)
    expect(await client.call('attributes.search', { planId, text: '%_%', limit: 20 })).toEqual([])
  })
})

describe('a scan that nobody waits for any more', () => {
  const scan = (sort: string) => ({ ...asked('landuse_plan'), sort: [{ field: sort, down: true }], offset: 0, limit: 1 })

  it('is not begun when it was called off while it waited its turn, and the next question is answered', async () => {
    const off = new AbortController()
    const first = client.call('attributes.page', scan('area'))
    const second = refused(client.call('attributes.page', scan('name'), { signal: off.signal }))
    off.abort()
    expect((await second)?.[0]).toBe('request.cancelled')
    expect((await first).matching).toBe(layerOf('landuse_plan').features)
    expect((await client.call('attributes.page', scan('name'))).matching).toBe(layerOf('landuse_plan').features)
  })

  it('ends at its next step, and tells how far it is before', () => {
    const gpkg = fs.readdirSync(path.join(dir, 'catalogue/plans')).find((name) => name.endsWith('.gpkg')) ?? ''
    const db = new Database(path.join(dir, 'catalogue/plans', gpkg), { readonly: true })
    const plan = { plan: {} as Plan, layer: { role: 'landuse_plan', kind: 'polygon', table: 'landuse_plan' } as VectorLayer }
    const table = new AttributeTable(db, plan.plan, plan.layer, { gpkg: '', cacheDir: '', log: () => undefined } as never)
    const shares: number[] = []
    const sorted: RowsAsked = { where: '', only: null, sort: [{ field: 'class', down: false }] }
    expect(table.page(sorted, 0, 0, (share) => shares.push(share)).matching).toBeGreaterThan(100)
    expect([shares[0], shares.length > 1, shares.every((share) => share >= 0 && share < 1)]).toEqual([0, true, true])
    const stop = () => {
      throw new AppError('request.cancelled', { procedure: 'attributes' })
    }
    const other: RowsAsked = { ...sorted, where: "class <> 'x'" }
    expect(() => table.page(other, 0, 0, stop)).toThrow('request.cancelled')
    expect(() => table.statistics(other, 'class', stop)).toThrow('request.cancelled')
    db.close()
  })
})

describe('the table as a file', () => {
  it('holds every row that the screen shows, in its order, in the reader’s words', async () => {
    const file = path.join(dir, 'green.csv')
    const target = backend.tokens.registerSave(file)
    const where = 'parkLevel >= 2'
    const answer = await client.call('attributes.export', {
      ...asked('green', where),
      sort: [{ field: 'area', down: true }],
      lang: 'zh',
      target,
    })
    expect(answer).toMatchObject({ fileName: 'green.csv', download: null, sizeBytes: fs.statSync(file).size })
    const lines = fs.readFileSync(file, 'utf8').split('\r\n')
    const { matching, rows } = await client.call('attributes.page', {
      ...asked('green', where),
      sort: [{ field: 'area', down: true }],
      offset: 0,
      limit: 1,
    })
    expect(lines).toHaveLength(matching + 2)
    expect(lines[0]).toContain('面积（量算） [area] (m²)')
    expect(lines[1]?.split(',')[0]).toBe(String(rows[0]?.fid))
  })
  it('has the columns that are asked for, in their order, and refuses one that it does not know', async () => {
    const file = path.join(dir, 'two-columns.csv')
    const leaving = { ...asked('green'), lang: 'en' as const }
    const target = backend.tokens.registerSave(file)
    await client.call('attributes.export', { ...leaving, columns: ['area', 'name'], target })
    expect(fs.readFileSync(file, 'utf8').split('\r\n')[0]).toMatch(/^\ufeffArea \(measured\) \[area\] \(m²\),[^,]+ \[name\]$/)
    const unknown = { ...leaving, columns: ['castle'], target: backend.tokens.registerSave(path.join(dir, 'none.csv')) }
    expect(await refused(client.call('attributes.export', unknown))).toMatchObject([
      'attributes.unknown-field',
      { field: 'castle' },
    ])
    expect(fs.existsSync(path.join(dir, 'none.csv'))).toBe(false)
  })
})
