import { chmodSync, globSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, describe, expect, it } from 'vitest'
import {
  gpkgBlob,
  options,
  readAll,
  reversed,
  scratch,
  square,
  u32,
  wkbOf,
  wkbPoint,
  wkbPolygon,
  wkbRun,
  writeGpkg,
  type GpkgFixtureLayer,
} from './fixture-writers.ts'
import { openSource } from './index.ts'

const files = scratch()
afterAll(files.remove)

const parcel = gpkgBlob(wkbPolygon([square(500_000, 2_500_000, 100)]))
let count = 0
const write = (layers: readonly GpkgFixtureLayer[], sql = ''): string =>
  writeGpkg(path.join(files.dir, `file-${count++}.gpkg`), layers, sql)
const ringArea = (ring: Float64Array): number => {
  let twice = 0
  for (let at = 0; at + 3 < ring.length; at += 2)
    twice += (ring[at] ?? 0) * (ring[at + 3] ?? 0) - (ring[at + 2] ?? 0) * (ring[at + 1] ?? 0)
  return twice / 2
}
const failure = (file: string): Promise<unknown> =>
  readAll(file).then(
    () => 'read',
    (error: unknown) => error,
  )

describe('GeoPackage', () => {
  it('reads layers with quotes and Chinese in their names, in the row order of their keys', async () => {
    const read = await readAll(
      write([
        {
          table: '用"地',
          rows: [
            { geom: parcel, name: '居住' },
            { geom: null, name: null },
          ],
        },
      ]),
    )
    expect(read).toHaveLength(1)
    expect(read[0]?.layer).toMatchObject({
      layer: '用"地',
      kind: 'polygon',
      count: 2,
      extent: [500_000, 2_500_000, 500_100, 2_500_100],
    })
    expect(read[0]?.layer.crs).toMatchObject({ value: 'EPSG:4547', confidence: 0.98 })
    expect(read[0]?.features.map(({ row, values, geometry }) => [row, values[0], geometry !== null])).toEqual([
      [1, '居住', true],
      [2, null, false],
    ])
    expect(read[0]?.layer.notes.map(({ text }) => text.en).join()).toContain('1 features have no geometry (rows 2')
  })

  it('drops Z and M in every way WKB writes them', async () => {
    const iso = gpkgBlob(wkbPolygon([square(0, 0, 1)], 1003, 1))
    const both = gpkgBlob(wkbPolygon([square(0, 0, 1)], 3003, 2))
    const extended = gpkgBlob(wkbPolygon([square(0, 0, 1)], 0x8000_0003, 1))
    const [read] = await readAll(write([{ table: 'a', rows: [{ geom: iso }, { geom: both }, { geom: extended }] }]))
    for (const { geometry } of read?.features ?? []) expect([...(geometry?.parts[0]?.[0] ?? [])]).toEqual(square(0, 0, 1).flat())
    expect(read?.layer.notes.map(({ text }) => text.en)).toEqual(['heights (Z) were left out', 'measures (M) were left out'])
  })

  it('splits a mixed table by kind, both layers under its name', async () => {
    const read = await readAll(
      write([{ table: 'mixed', rows: [{ geom: parcel }, { geom: gpkgBlob(wkbPoint(1, 2)) }, { geom: parcel }] }]),
    )
    expect(read.map(({ layer, features }) => [layer.layer, layer.kind, layer.count, features.map(({ row }) => row)])).toEqual([
      ['mixed', 'polygon', 2, [1, 3]],
      ['mixed', 'point', 1, [2]],
    ])
  })

  it('makes curves straight in every way WKB writes them, and says so', async () => {
    const circle = wkbRun(8, [0, 0, 20, 0, 0, 0])
    const arch = wkbOf(9, [wkbRun(2, [0, 0, 20, 0]), wkbRun(8, [20, 0, 10, 10, 0, 0])])
    const surfaces = wkbOf(12, [
      wkbPolygon([reversed(square(0, 0, 100))]),
      wkbOf(10, [circle, wkbRun(2, [9, 0, 10, 1, 11, 0, 9, 0])]),
    ])
    const rows = [wkbOf(10, [circle]), wkbOf(10, [arch]), surfaces, wkbPolygon([reversed(square(0, 0, 100))])]
    const [read] = await readAll(write([{ table: 'curved', rows: rows.map((geom) => ({ geom: gpkgBlob(geom) })) }]))
    const areas = read?.features.map(({ geometry }) => geometry?.parts.flat().reduce((sum, ring) => sum + ringArea(ring), 0) ?? 0)
    const full = 100 * Math.PI
    // At most 2° of arc per piece: 180 pieces round a circle.
    const stroked = 100 * 90 * Math.sin(Math.PI / 90)
    expect(Math.abs(stroked - full)).toBeLessThan(0.001 * full)
    for (const [index, expected] of [stroked, stroked / 2, 10_000 + stroked - 1, 10_000].entries())
      expect(areas?.[index]).toBeCloseTo(expected, 6)
    expect(read?.layer.geometryTypes).toEqual({ CurvePolygon: 2, MultiSurface: 1, Polygon: 1 })
    expect(read?.layer.notes.map(({ text }) => text.en).join()).toContain('3 features hold curves')

    const lines = [circle, arch, wkbOf(11, [circle, wkbRun(2, [0, 0, 1, 0]), arch])]
    const [line] = await readAll(write([{ table: 'roads', rows: lines.map((geom) => ({ geom: gpkgBlob(geom) })) }]))
    expect(line?.features.map(({ geometry }) => geometry?.parts.map(([run]) => (run?.length ?? 0) / 2))).toEqual([
      [181],
      [92],
      [181, 2, 92],
    ])
  })

  it('refuses curves that are none, and more points than a file pays for, without hiding other layers', async () => {
    const arcs = wkbRun(
      8,
      Array.from({ length: 2 * 60_001 }, (_, index) => (index % 4 === 2 ? 2 : 0)),
    )
    const file = write([
      { table: 'good', rows: [{ geom: parcel }] },
      { table: 'curved', rows: [{ geom: parcel }, { geom: gpkgBlob(arcs) }] },
    ])
    const source = await openSource(file, options)
    const [good, curved] = source.layers
    expect([...(good?.features() ?? [])]).toHaveLength(1)
    expect(curved?.notes.map(({ text }) => text.en).join()).toContain('row 2')
    expect(() => [...(curved?.features() ?? [])]).toThrowError(
      expect.objectContaining({ code: 'import.limit', params: expect.objectContaining({ layer: 'curved' }) }),
    )
    source.close()
    for (const none of [wkbOf(9, [wkbPoint(0, 0)]), wkbOf(10, [wkbPolygon([square(0, 0, 1)])]), wkbRun(13, []), wkbRun(14, [])])
      expect(await failure(write([{ table: 'only', rows: [{ geom: gpkgBlob(none) }] }]))).toMatchObject({
        code: 'import.geometry-broken',
      })
    const nested = Array.from({ length: 20 }).reduce<Buffer>((inner) => wkbOf(9, [inner]), wkbRun(2, [0, 0, 1, 1]))
    expect(await failure(write([{ table: 'only', rows: [{ geom: gpkgBlob(nested) }] }]))).toMatchObject({
      code: 'import.geometry-broken',
    })
  })

  it('names the row of a broken or impossible geometry', async () => {
    const lies = gpkgBlob(Buffer.concat([Buffer.from([1]), u32(3), u32(0xffff_ffff)]))
    const nan = gpkgBlob(
      wkbPolygon([
        [
          [Number.NaN, 0],
          [0, 1],
          [1, 1],
          [Number.NaN, 0],
        ],
      ]),
    )
    for (const [geom, code] of [
      [lies, 'import.geometry-broken'],
      [nan, 'import.bad-coordinate'],
      [Buffer.from('not a geometry'), 'import.geometry-broken'],
      [gpkgBlob(wkbPoint(1, Number.POSITIVE_INFINITY)), 'import.bad-coordinate'],
    ] as const) {
      expect(await failure(write([{ table: 't', rows: [{ geom: parcel }, { geom }] }]))).toMatchObject({
        code,
        params: { layer: 't', row: 2 },
      })
    }
    const [empty] = await readAll(write([{ table: 't', rows: [{ geom: gpkgBlob(wkbPoint(Number.NaN, Number.NaN)) }] }]))
    expect(empty?.features[0]?.geometry).toBeNull()
  })

  it('reads ordinary tables only: no views, no virtual tables, no generated columns', async () => {
    const file = write(
      [{ table: 'real', rows: [{ geom: parcel, name: 'a' }] }],
      `CREATE VIEW endless AS WITH RECURSIVE c(x) AS (VALUES(1) UNION ALL SELECT x+1 FROM c) SELECT x, NULL AS geom FROM c;
       INSERT INTO gpkg_contents VALUES ('endless', 'features', 4547);
       CREATE VIRTUAL TABLE "tree" USING rtree(id, minx, maxx);
       INSERT INTO gpkg_contents VALUES ('tree', 'features', 4547);
       ALTER TABLE real ADD COLUMN loud TEXT GENERATED ALWAYS AS (upper(name)) VIRTUAL;`,
    )
    const read = await readAll(file)
    expect(read.map(({ layer }) => layer.layer)).toEqual(['real'])
    expect(read[0]?.layer.fields.map(({ name }) => name)).toEqual(['name'])
    expect(read[0]?.layer.notes.map(({ text }) => text.en).join()).toMatch(
      /“endless” is no ordinary table.*“tree” is no ordinary table/s,
    )
  })

  it('refuses a file whose own check would exhaust the machine', async () => {
    const sql = 'ALTER TABLE t ADD COLUMN bomb TEXT GENERATED ALWAYS AS (hex(zeroblob(900000000))) VIRTUAL'
    expect(await failure(write([{ table: 't', rows: [{ geom: parcel }] }], sql))).toMatchObject({
      code: 'import.geopackage-broken',
    })
  })

  it('reads a WAL file without its log, says what was left out, and leaves no copy behind', async () => {
    const file = write([{ table: 't', rows: [{ geom: parcel }] }])
    const db = new Database(file)
    db.pragma('journal_mode = WAL')
    db.exec('PRAGMA wal_autocheckpoint = 0; INSERT INTO t (name) VALUES (1)')
    const before = readFileSync(file)
    const staging = scratch()
    const source = await openSource(file, { ...options, stagingDir: staging.dir })
    expect(source.layers[0]).toMatchObject({ count: 1 })
    expect(source.layers[0]?.notes.map(({ text }) => text.en).join()).toContain('-wal log')
    expect(readdirSync(staging.dir)).toHaveLength(1)
    source.close()
    expect(readdirSync(staging.dir)).toHaveLength(0)
    expect(readFileSync(file).equals(before)).toBe(true)
    db.close()
    staging.remove()
  })

  it('reads a read-only file through a copy of its own, and leaves the file as it is', async () => {
    const file = write([{ table: 't', rows: [{ geom: parcel }] }])
    chmodSync(file, 0o444)
    const staging = scratch()
    const source = await openSource(file, { ...options, stagingDir: staging.dir })
    const copies = globSync('**/copy.sqlite', { cwd: staging.dir })
    // Its header may have to be changed, and not everybody is the administrator that tests often run as.
    expect(copies.map((name) => statSync(path.join(staging.dir, name)).mode & 0o777)).toEqual([0o600])
    expect(source.layers.map(({ count: features }) => features)).toEqual([1])
    source.close()
    expect(statSync(file).mode & 0o777).toBe(0o444)
    staging.remove()
  })

  it('refuses what is no GeoPackage', async () => {
    const plain = path.join(files.dir, 'plain.gpkg')
    new Database(plain).exec('CREATE TABLE a (b)').close()
    expect(await failure(plain)).toMatchObject({ code: 'import.geopackage-broken' })
    const text = path.join(files.dir, 'text.gpkg')
    writeFileSync(text, 'this is not a database, but long enough to be looked at twice')
    expect(await failure(text)).toMatchObject({ code: 'import.geopackage-broken' })
    expect(await failure(files.write('empty.gpkg', ''))).toMatchObject({ code: 'import.geopackage-broken' })
    expect(await failure(path.join(files.dir, 'absent.gpkg'))).toMatchObject({ code: 'import.file-missing' })
    expect(await failure(write([]))).toMatchObject({ code: 'import.no-layers' })
  })
})
