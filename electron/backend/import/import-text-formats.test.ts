import fs from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { importBench, manifestOf } from './fixture-files.ts'

/** Tables, CityGML, GeoParquet and GPX on their whole way into a plan; areas where an independent figure exists (not for GeoParquet). */
const data = process.env.GREENPRINT_DATA ?? path.resolve(import.meta.dirname, '../../../../shared/data')
const isThere = fs.existsSync(path.join(data, 'japan-plateau/EXPECTED.json'))
if (!isThere) process.stderr.write(`skipped: no test data at ${data} (set GREENPRINT_DATA)\n`)

const bench = importBench({ confineToRoot: true })
afterAll(bench.remove)
const call = { signal: new AbortController().signal, progress: () => undefined }
const read = (file: string) => JSON.parse(fs.readFileSync(path.join(data, file), 'utf8')) as Record<string, never>

describe.skipIf(!isThere)('imports through a manifest', () => {
  it('land use of Numazu (CityGML, latitude first) to a thousandth of its area', async () => {
    const { numazu_luse: key } = read('japan-plateau/EXPECTED.json') as Record<'numazu_luse', { n: number; ha: number }>
    const layer = {
      role: 'landuse_plan' as const,
      path: 'numazu-shi/udx/luse/523836_luse_6668_op.gml',
      fields: { class: 'class_name' },
      classes: { '道路用地（道路、駅前広場）': '1207' },
    }
    const { layers } = await bench.service.run(manifestOf([layer], { crs: 'EPSG:6676' }), path.join(data, 'japan-plateau'), call)
    expect(layers[0]).toMatchObject({ features: key.n, sourceCrs: 'EPSG:6668' })
    expect(Math.abs((layers[0]?.areaM2 ?? 0) / (key.ha * 10_000) - 1)).toBeLessThan(0.001)
  })

  it('the GBK table of land use to the square metre, once its plane is named', async () => {
    const layer = {
      role: 'landuse_plan' as const,
      path: '13_landuse_gbk_wkt.csv',
      fields: { class: '用地代码', name: '用地名称' },
    }
    const folder = path.join(data, 'torture/derived-gbk')
    const { layers } = await bench.service.run(manifestOf([layer], { crs: 'LOCAL:metre' }), folder, call)
    expect(layers[0]).toMatchObject({ features: 62, encoding: 'GBK', unknownClasses: {} })
    expect(layers[0]?.areaM2).toBeCloseTo(3_747_400, 3)
  })

  it('asks for the system of a table in metres', async () => {
    const layer = { role: 'other' as const, path: '13_landuse_gbk_wkt.csv' }
    const run = bench.service.run(manifestOf([layer]), path.join(data, 'torture/derived-gbk'), call)
    await expect(run).rejects.toMatchObject({ code: 'import.crs-unknown' })
  })

  it('GeoParquet and GPX', async () => {
    const manifest = manifestOf(
      [
        { role: 'green', path: 'mapshaper/geoparquet/nyc_boros.parquet' },
        { role: 'greenway', path: 'togeojson/blue_hills.gpx', layer: 'tracks' },
      ],
      { crs: 'EPSG:4326' },
    )
    const { layers } = await bench.service.run(manifest, path.join(data, 'torture'), call)
    expect(layers.map(({ role, features, kind }) => [role, kind, features])).toEqual([
      ['green', 'polygon', 1],
      ['greenway', 'line', 3],
    ])
  })
})
