import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { crsWkt } from '#core/crs/crs.ts'
import {
  gpkgBlob,
  options,
  pointShape,
  readAll,
  scratch,
  shpBytes,
  wkbPoint,
  writeGpkg,
  zipBytes,
  type ZipItem,
} from './fixture-writers.ts'
import { openSource } from './index.ts'
import { ZIP_BUDGET } from './unpack.ts'

const files = scratch()
afterAll(files.remove)

const shp = shpBytes(1, [pointShape(114, 23)])
const geojson = Buffer.from('{"type":"Point","coordinates":[114,23]}')
/** "用地规划.shp" in GBK. */
const gbkName = Buffer.from('d3c3b5d8b9e6bbae2e736870', 'hex')
let count = 0
const write = (items: readonly ZipItem[]): string => files.write(`file-${count++}.zip`, zipBytes(items))
const failure = (file: string): Promise<unknown> =>
  readAll(file).then(
    () => 'read',
    (error: unknown) => error,
  )

describe('zip archives', () => {
  it('opens sets, GeoPackages and GeoJSON under their own names, GBK or UTF-8', async () => {
    const gpkg = readFileSync(
      writeGpkg(path.join(files.dir, 'inner.gpkg'), [{ table: 'stations', rows: [{ geom: gpkgBlob(wkbPoint(1, 2)) }] }]),
    )
    const read = await readAll(
      write([
        { name: gbkName, data: shp },
        { name: 'deep/公园.geojson', data: geojson },
        { name: 'deep/data.gpkg', data: gpkg },
        { name: 'readme.txt', data: Buffer.from('x') },
      ]),
    )
    expect(read.map(({ layer }) => [layer.layer, layer.format, layer.count])).toEqual([
      ['用地规划', 'shapefile', 1],
      ['公园', 'geojson', 1],
      ['data/stations', 'geopackage', 1],
    ])
  })

  it('keeps sets of the same name in different folders apart', async () => {
    const read = await readAll(
      write([
        { name: 'base/land.shp', data: shp },
        { name: 'plan/land.shp', data: shp },
      ]),
    )
    expect(read.map(({ layer }) => layer.layer)).toEqual(['base/land.shp', 'plan/land.shp'])
  })

  it('shows errors under the name inside the archive, and one bad member does not hide the good ones', async () => {
    expect(await failure(write([{ name: gbkName, data: shp.subarray(0, 110) }]))).toMatchObject({
      code: 'import.truncated',
      params: { file: '用地规划.shp' },
    })
    const [read] = await readAll(
      write([
        { name: 'bad.shp', data: shp.subarray(0, 110) },
        { name: 'good.geojson', data: geojson },
      ]),
    )
    expect(read?.layer.layer).toBe('good')
    expect(read?.layer.notes.map(({ text }) => text.en).join()).toContain('“bad.shp” ends in the middle of row 1')
  })

  it.each(['../evil.shp', '..\\evil.shp', '/etc/evil.shp', 'C:\\evil.shp', 'a/../../evil.shp', 'a\u0000.shp'])(
    'refuses the name %j',
    async (name) => {
      expect(await failure(write([{ name: Buffer.from(name), data: shp }]))).toMatchObject({
        code: 'import.archive-refused',
        params: { entry: name.replaceAll('\\', '/') },
      })
    },
  )

  it.each<[string, ZipItem[]]>([
    ['a bomb', [{ name: 'bomb.geojson', data: Buffer.alloc(ZIP_BUDGET.ratioFromBytes + 1_000_000) }]],
    ['a wrong sum', [{ name: 'a.shp', data: shp, crc: 1 }]],
    ['a lie about size', [{ name: 'a.shp', data: shp, declaredSize: 5 }]],
    [
      'two entries of one name',
      [
        { name: 'a.shp', data: shp },
        { name: 'A.SHP', data: shp },
      ],
    ],
  ])('refuses %s', async (_, items) => {
    expect(await failure(write(items))).toMatchObject({ code: 'import.archive-refused' })
  })

  it('does not open archives in archives', async () => {
    const inner = zipBytes([{ name: 'a.shp', data: shp }])
    expect(await failure(write([{ name: 'inner.zip', data: inner }]))).toMatchObject({
      code: 'import.archive-refused',
      params: { entry: 'inner.zip' },
    })
    const [read] = await readAll(
      write([
        { name: 'inner.zip', data: inner },
        { name: 'b.shp', data: shp },
      ]),
    )
    expect(read?.layer.notes.map(({ text }) => text.en).join()).toContain('“inner.zip” inside the archive is an archive too')
  })

  it('knows the system of a set from its metadata, where no .prj says it', async () => {
    const xml = Buffer.from('<metadata><projcsn Sync="TRUE">CGCS2000_3_Degree_GK_CM_117E</projcsn></metadata>')
    const places = shpBytes(1, [pointShape(500_000, 4_400_000)])
    const [read] = await readAll(
      write([
        { name: 'land.shp', data: places },
        { name: 'land.shp.xml', data: xml },
      ]),
    )
    expect(read?.layer.crs).toMatchObject({ value: 'EPSG:4548' })
    expect(read?.layer.crs.reason.en).toContain('.shp.xml')
    const prj = { name: 'land.prj', data: Buffer.from(crsWkt('EPSG:4547') ?? '') }
    const [own] = await readAll(write([{ name: 'land.shp', data: places }, { name: 'land.shp.xml', data: xml }, prj]))
    expect(own?.layer.crs.value).toBe('EPSG:4547')
  })

  it('opens a KMZ in a zip, for it is a document, but not one that is packed to be a bomb', async () => {
    const kml = Buffer.from(
      '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>公园</name><Point><coordinates>116,39</coordinates></Point></Placemark></Document></kml>',
    )
    const kmz = zipBytes([{ name: 'doc.kml', data: kml }])
    const read = await readAll(write([{ name: '交付/公园.kmz', data: kmz }]))
    expect(read.map(({ layer, features }) => [layer.layer, layer.format, features.length])).toEqual([['公园', 'kml', 1]])
    const bomb = write([{ name: 'a.kmz', data: Buffer.alloc(ZIP_BUDGET.ratioFromBytes + 1_000_000) }])
    expect(await failure(bomb)).toMatchObject({ code: 'import.archive-refused', params: { entry: 'a.kmz' } })
  })

  it('removes what it unpacked, also after a failure', async () => {
    const staging = scratch()
    const file = write([{ name: 'a.shp', data: shp }])
    const source = await openSource(file, { ...options, stagingDir: staging.dir })
    expect(readdirSync(staging.dir)).toHaveLength(1)
    source.close()
    const bad = write([{ name: 'a.shp', data: shp, crc: 1 }])
    await expect(openSource(bad, { ...options, stagingDir: staging.dir })).rejects.toMatchObject({
      code: 'import.archive-refused',
    })
    expect(readdirSync(staging.dir)).toHaveLength(0)
    staging.remove()
  })
})

describe('folders', () => {
  it('open as one source with a layer per file', async () => {
    const folder = path.join(files.dir, 'plan')
    mkdirSync(folder)
    files.write('plan/roads.shp', shp)
    files.write('plan/parks.geojson', geojson)
    files.write('plan/notes.pdf', 'x')
    const read = await readAll(folder)
    expect(read.map(({ layer }) => [layer.layer, layer.format])).toEqual([
      ['parks', 'geojson'],
      ['roads', 'shapefile'],
    ])
  })

  it('and unknown files say what they are', async () => {
    expect(await failure(files.write('plan.dgn', 'x'))).toMatchObject({
      code: 'import.unknown-format',
      params: { file: 'plan.dgn' },
    })
  })
})
