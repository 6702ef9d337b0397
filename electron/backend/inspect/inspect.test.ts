import { existsSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ASK_BELOW, type InspectedLayer, type Inspection } from '#core/model/inspection.ts'
import { dbfBytes, polygonShape, scratch, shpBytes, square } from '../formats/fixture-writers.ts'
import { inspectPaths } from './inspect.ts'
import { readManifest } from './manifest-file.ts'

const files = scratch()
afterAll(files.remove)

const manifest = { greenprint: 'plan-manifest/1', name: 'Qinglan', layers: [{ role: 'green', path: 'parks.geojson' }] }
const layersOf = (inspection: Inspection): InspectedLayer[] => inspection.files.flatMap(({ layers }) => layers)

describe('inspectPaths', () => {
  const shp = shpBytes(5, [polygonShape([square(532_000, 2_545_000, 50)]), polygonShape([square(532_050, 2_545_000, 50)])])
  files.write('GHYDYH.shp', shp)
  files.write(
    'GHYDYH.dbf',
    dbfBytes([{ name: Buffer.from('YDYHFLDM'), length: 6 }], [[Buffer.from('0701')], [Buffer.from('1401')]]),
  )
  files.write('broken.shp', shp.subarray(0, 150))
  files.write('old.dwg', 'AC1032')
  files.write('readme.txt', 'hello')
  files.write('plan.json', JSON.stringify(manifest))

  it('looks into a folder, and one bad file never hides the good ones', async () => {
    const inspection = await inspectPaths([files.dir], files.dir)
    expect(inspection.files.map(({ path: file, error, layers }) => [file, error?.code ?? null, layers.length])).toEqual([
      ['GHYDYH.shp', null, 1],
      ['broken.shp', 'import.truncated', 0],
      ['old.dwg', 'import.dwg', 0],
      ['plan.json', null, 0],
    ])
    expect(inspection.manifest).toMatchObject({ name: 'Qinglan' })
  })

  it('describes a layer with role, fields and class preview', async () => {
    const reports: string[] = []
    const [layer] = layersOf(
      await inspectPaths([path.join(files.dir, 'GHYDYH.shp'), path.join(files.dir, 'GHYDYH.dbf')], files.dir, (_, file) =>
        reports.push(file ?? ''),
      ),
    )
    expect(layer).toMatchObject({
      path: 'GHYDYH.shp',
      layer: null,
      format: 'shapefile',
      kind: 'polygon',
      features: 2,
      extent: [532_000, 2_545_000, 532_100, 2_545_050],
    })
    expect(layer?.crs).toMatchObject({ value: null, confidence: 0 })
    expect(layer?.role.value).toBe('landuse_plan')
    expect(layer?.fields.value).toEqual({ class: 'YDYHFLDM' })
    expect(layer?.classes).toEqual([
      { source: '0701', count: 1, code: '0701' },
      { source: '1401', count: 1, code: '1401' },
    ])
    expect(reports).toContain('GHYDYH.shp')
  })

  it('says that a chosen file is missing or of no known format', async () => {
    const inspection = await inspectPaths([path.join(files.dir, 'absent.shp'), path.join(files.dir, 'readme.txt')], files.dir)
    expect(inspection.files.map(({ path: file, error }) => [file, error?.code])).toEqual([
      ['absent.shp', 'import.file-missing'],
      ['readme.txt', 'import.unknown-format'],
    ])
  })

  it('takes no manifest when two are found', async () => {
    const other = scratch()
    for (const name of ['a.json', 'b.json']) other.write(name, JSON.stringify(manifest))
    const found = await inspectPaths([other.dir], other.dir)
    expect(found.manifest).toBeNull()
    expect(found.files.map(({ error }) => error)).toEqual([
      { code: 'import.manifest-ambiguous', params: { file: 'a.json', others: ['b.json'] } },
      { code: 'import.manifest-ambiguous', params: { file: 'b.json', others: ['a.json'] } },
    ])
    other.remove()
  })
})

describe('readManifest', () => {
  it.each([
    [{ ...manifest, colour: 'green' }, 'colour'],
    [{ ...manifest, layers: [{ role: 'green', path: 'a', fields: { name: 3 } }] }, 'layers[0].fields.name'],
    [{ ...manifest, layers: [{ role: 'lawn', path: 'a' }] }, 'layers[0].role'],
    [{ ...manifest, layers: [{ role: 'green', path: 'a', crz: 'EPSG:4547' }] }, 'layers[0].crz'],
    [{ ...manifest, crs: 'CGCS2000' }, 'crs'],
    [{ ...manifest, greenprint: 'plan-manifest/9' }, 'greenprint'],
  ])('names the wrong key of %#', async (content, key) => {
    const file = files.write('wrong.json', JSON.stringify(content))
    expect(() => readManifest(file)).toThrowError(
      expect.objectContaining({ code: 'import.manifest-invalid', params: expect.objectContaining({ file: 'wrong.json', key }) }),
    )
    const [entry] = (await inspectPaths([file], files.dir)).files
    expect(entry?.error?.code).toBe('import.manifest-invalid')
  })
})

const data = process.env.GREENPRINT_DATA ?? path.resolve(import.meta.dirname, '../../../../shared/data')
const isThere = existsSync(path.join(data, 'singapore'))
if (!isThere) process.stderr.write(`skipped: no test data at ${data} (set GREENPRINT_DATA)\n`)

describe.skipIf(!isThere)('real plans', () => {
  it('Singapore: counts, roles and hidden attributes', async () => {
    const inspection = await inspectPaths([path.join(data, 'singapore')], data)
    const layers = layersOf(inspection)
    const counts = Object.fromEntries(
      layers.map(({ path: file, kind, features }) => [`${path.basename(file)} ${kind}`, features]),
    )
    expect(counts).toMatchObject({
      'nparks_parks.geojson polygon': 461,
      'pcn.geojson line': 878,
      'lta_mrt_station_exit.geojson point': 474,
      'pop_sgp.gpkg polygon': 664,
      'sg_rail.geojson point': 726,
    })
    for (const { crs } of layers.filter(({ kind }) => kind !== null)) expect(crs).toMatchObject({ value: 'EPSG:4326' })
    const roles = Object.fromEntries(
      layers.filter(({ role }) => role.confidence >= ASK_BELOW).map(({ path: file, role }) => [path.basename(file), role.value]),
    )
    expect(roles).toMatchObject({
      'nparks_parks.geojson': 'green',
      'pcn.geojson': 'greenway',
      'pop_sgp.gpkg': 'population',
      'lta_mrt_station_exit.geojson': 'rail_station',
    })
    const exits = layers.find(({ path: file }) => file.endsWith('lta_mrt_station_exit.geojson'))
    expect(exits?.sourceFields.map(({ name }) => name)).toEqual(['Name', 'STATION_NA', 'EXIT_CODE', 'INC_CRC', 'FMEL_UPD_D'])
    expect(inspection.files.filter(({ error }) => error).map(({ path: file }) => file)).toEqual([])
  })

  it('Beijing: local metres without a CRS are a question', async () => {
    for (const { crs } of layersOf(await inspectPaths([path.join(data, 'beijing-hlg')], data))) {
      expect(crs).toMatchObject({ value: null, confidence: 0 })
      expect(crs.reason.en).toMatch(/coordinates up to \d+ are not degrees/)
    }
  })

  it('Huizhou: a .prj that says degrees over metres is flagged with the likely systems', async () => {
    const [land] = layersOf(await inspectPaths([path.join(data, 'huizhou-wrong-prj/land.shp')], data))
    expect(land?.crs).toMatchObject({ value: 'EPSG:4547', doubt: { code: 'crs.metres-as-degrees' } })
    expect(land?.crs.confidence).toBeLessThan(ASK_BELOW)
    expect(land?.crs.reason.zh).toContain('惠州')
    expect(land?.fixes?.[0]).toMatchObject({ problem: 'crs.metres-as-degrees', change: { crs: 'EPSG:4547' } })
    expect(land?.features).toBe(79)
  })

  it('Taiwan: the old crs member holds', async () => {
    const layers = layersOf(await inspectPaths([path.join(data, 'taiwan')], data))
    expect(layers.map(({ features }) => features)).toEqual([259, 79, 569, 386, 790, 577])
    for (const { crs } of layers) expect(crs).toMatchObject({ value: 'EPSG:3826', confidence: 0.97 })
  })
})
