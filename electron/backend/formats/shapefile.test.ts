import { afterAll, describe, expect, it } from 'vitest'
import { ASK_BELOW } from '#core/model/inspection.ts'
import { dbfBytes, nullShape, pointShape, polygonShape, readAll, reversed, scratch, shpBytes, square } from './fixture-writers.ts'

const files = scratch()
afterAll(files.remove)

/** 公园绿地, 居住用地 and 道路 in GBK. */
const GBK = {
  park: Buffer.from('b9abd4b0c2ccb5d8', 'hex'),
  homes: Buffer.from('bed3d7a1d3c3b5d8', 'hex'),
  field: Buffer.from('d3c3b5d8c3fbb3c6', 'hex'),
}
let count = 0

function writeSet(shp: Buffer, dbf: Buffer | null, extra: Record<string, string> = {}): string {
  const stem = `set-${count++}`
  if (dbf) files.write(`${stem}.dbf`, dbf)
  for (const [extension, content] of Object.entries(extra)) files.write(`${stem}.${extension}`, content)
  return files.write(`${stem}.shp`, shp)
}

const names = (...values: (Buffer | null)[]): Buffer =>
  dbfBytes(
    [{ name: GBK.field, length: 10 }],
    values.map((value) => (value === null ? null : [value])),
  )
const failure = (file: string): Promise<unknown> =>
  readAll(file).then(
    () => 'read',
    (error: unknown) => error,
  )

describe('Shapefile geometry', () => {
  it('sorts rings into parts by orientation and containment', async () => {
    const shape = polygonShape([
      square(0, 0, 100),
      square(200, 0, 100),
      reversed(square(210, 10, 20)),
      reversed(square(10, 10, 20)),
      square(15, 15, 5),
    ])
    const [read] = await readAll(writeSet(shpBytes(5, [shape]), null))
    expect(read?.features[0]?.geometry?.parts.map((rings) => rings.map((ring) => [ring[0], ring.length / 2]))).toEqual([
      [
        [0, 5],
        [10, 5],
      ],
      [
        [200, 5],
        [210, 5],
      ],
      [[15, 5]],
    ])
    expect(read?.layer).toMatchObject({ kind: 'polygon', count: 1, extent: [0, 0, 300, 100], geometryTypes: { Polygon: 1 } })
    expect(read?.layer.notes.map(({ text }) => text.en).join()).toContain('no .dbf file')
  })

  it('goes by nesting when every ring is counter-clockwise, and counts orphan holes', async () => {
    const nested = polygonShape([reversed(square(0, 0, 100)), reversed(square(10, 10, 20)), reversed(square(12, 12, 5))])
    const orphan = polygonShape([square(0, 0, 10), reversed(square(50, 50, 5))])
    const [read] = await readAll(writeSet(shpBytes(5, [nested, orphan]), null))
    expect(read?.features.map(({ geometry }) => geometry?.parts.map((rings) => rings.length))).toEqual([
      [2, 1],
      [1, 1],
    ])
    expect(read?.layer.notes.map(({ text }) => text.en).join()).toContain('1 holes lie in no shell')
  })

  it('reads points with Z and M, null shapes and multipoints', async () => {
    const [points] = await readAll(writeSet(shpBytes(11, [pointShape(1, 2, 11, [9, 8]), nullShape()]), null))
    expect(points?.features.map(({ geometry }) => geometry?.parts[0]?.[0]?.join() ?? null)).toEqual(['1,2', null])
    expect(points?.layer.notes.map(({ text }) => text.en).join()).toMatch(/no geometry \(rows 2.*heights/s)
    const multi = Buffer.alloc(40 + 32)
    multi.writeInt32LE(8, 0)
    multi.writeInt32LE(2, 36)
    for (const [index, value] of [1, 2, 3, 4].entries()) multi.writeDoubleLE(value, 40 + index * 8)
    const [several] = await readAll(writeSet(shpBytes(8, [multi]), null))
    expect(several?.features[0]?.geometry?.parts).toHaveLength(2)
  })

  it('names the row where a file breaks off or lies', async () => {
    const shp = shpBytes(5, [polygonShape([square(0, 0, 1)]), polygonShape([square(5, 5, 1)])])
    expect(await failure(writeSet(shp.subarray(0, shp.length - 20), null))).toMatchObject({
      code: 'import.truncated',
      params: { row: 2 },
    })
    expect(await failure(writeSet(shp.subarray(0, 60), null))).toMatchObject({ code: 'import.truncated', params: { row: null } })
    const nan = polygonShape([square(0, 0, 1)])
    nan.writeDoubleLE(Number.NaN, 48)
    expect(await failure(writeSet(shpBytes(5, [polygonShape([square(0, 0, 1)]), nan]), null))).toMatchObject({
      code: 'import.bad-coordinate',
      params: { row: 2 },
    })
    const counts = polygonShape([square(0, 0, 1)])
    counts.writeInt32LE(1_000_000, 40)
    expect(await failure(writeSet(shpBytes(5, [counts]), null))).toMatchObject({
      code: 'import.shapefile-broken',
      params: { row: 1 },
    })
    expect(await failure(writeSet(Buffer.alloc(200), null))).toMatchObject({ code: 'import.shapefile-broken' })
    expect(await failure(writeSet(shpBytes(31, [nullShape()]), null))).toMatchObject({ code: 'import.unsupported-geometry' })
  })
})

describe('Shapefile attributes', () => {
  const two = shpBytes(1, [pointShape(1, 2), pointShape(3, 4)])

  it('reads GBK without .cpg, with its reason and a preview', async () => {
    const [read] = await readAll(writeSet(two, names(GBK.park, GBK.homes)))
    expect(read?.layer.encoding.value).toBe('GBK')
    expect(read?.layer.encoding.confidence).toBeGreaterThan(ASK_BELOW)
    expect(read?.layer.encoding.reason.zh).toContain('GBK')
    expect(read?.layer.fields).toEqual([{ name: '用地名称', type: 'text', samples: ['公园绿地', '居住用地'] }])
  })

  it('believes .cpg and the language byte only when the text is valid in them', async () => {
    const [declared] = await readAll(writeSet(two, names(GBK.park, GBK.homes), { cpg: 'GBK' }))
    expect(declared?.layer.encoding).toMatchObject({ value: 'GBK', confidence: 0.98 })
    const [driver] = await readAll(writeSet(two, dbfBytes([{ name: GBK.field, length: 10 }], [[GBK.park], [GBK.homes]], 0x4d)))
    expect(driver?.layer.encoding).toMatchObject({ value: 'GBK', confidence: 0.9 })
    const [lied] = await readAll(writeSet(two, names(GBK.park, GBK.homes), { cpg: 'UTF-8' }))
    expect(lied?.layer.encoding).toMatchObject({ value: 'GBK', doubt: { code: 'encoding.declared-wrong' } })
    expect(lied?.features[0]?.values).toEqual(['公园绿地'])
  })

  it('knows UTF-8, Western text and the encoding that was chosen', async () => {
    const utf8 = dbfBytes([{ name: Buffer.from('NAME'), length: 12 }], [[Buffer.from('公园绿地')], [Buffer.from('Café')]])
    const [read] = await readAll(writeSet(two, utf8))
    expect(read?.layer.encoding.value).toBe('UTF-8')
    const western = dbfBytes(
      [{ name: Buffer.from('NAME'), length: 12 }],
      [[Buffer.from('Caf\u00e9 bar', 'latin1')], [Buffer.from('Z\u00fcrich', 'latin1')]],
    )
    const [latin] = await readAll(writeSet(two, western))
    expect(latin?.layer.encoding.value).toBe('windows-1252')
    expect(latin?.layer.encoding.confidence).toBeLessThan(ASK_BELOW)
    expect(latin?.features[1]?.values).toEqual(['Zürich'])
    const file = writeSet(two, names(GBK.park, GBK.homes))
    expect((await readAll(file, 'GB18030'))[0]?.layer.encoding).toMatchObject({ value: 'GB18030', confidence: 1 })
    await expect(readAll(file, 'klingon')).rejects.toMatchObject({
      code: 'import.encoding-unknown',
      params: { encoding: 'klingon' },
    })
  })

  it('leaves no broken mark where a name was cut inside a character', async () => {
    const cut = dbfBytes([{ name: Buffer.from('NAME'), length: 7 }], [[Buffer.from('公园绿')], [Buffer.from('a')]])
    expect((await readAll(writeSet(two, cut)))[0]?.features[0]?.values).toEqual(['公园'])
  })

  it('skips deleted rows together with their shapes', async () => {
    const [read] = await readAll(writeSet(two, names(null, GBK.homes)))
    expect(read?.features.map(({ row, geometry }) => [row, geometry?.parts[0]?.[0]?.[0]])).toEqual([[2, 3]])
    expect(read?.layer.notes.map(({ text }) => text.en).join()).toContain('1 rows marked as deleted')
  })

  it('reads numbers, logicals and dates, and nothing for what is no number', async () => {
    const fields = ['N', 'L', 'D'].map((type, index) => ({ name: Buffer.from(`F${index}`), length: type === 'D' ? 8 : 5, type }))
    const rows = [
      ['12.5', 'T', '20200131'],
      ['*****', '?', '        '],
    ].map((row) => row.map((value) => Buffer.from(value)))
    const [read] = await readAll(writeSet(two, dbfBytes(fields, rows)))
    expect(read?.features.map(({ values }) => values)).toEqual([
      [12.5, true, '2020-01-31'],
      [null, null, null],
    ])
  })

  it('says when rows and shapes differ in number, and when the table breaks off', async () => {
    const [read] = await readAll(writeSet(two, names(GBK.park)))
    expect(read?.layer.notes.map(({ text }) => text.en).join()).toContain('attributes may be misplaced')
    const dbf = names(GBK.park, GBK.homes)
    expect(await failure(writeSet(two, dbf.subarray(0, dbf.length - 4)))).toMatchObject({
      code: 'import.truncated',
      params: { row: 2 },
    })
  })
})
