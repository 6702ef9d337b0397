import fs from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { crsWkt, makeTransform } from '#core/crs/crs.ts'
import { box, gbk, hasOgrinfo, importBench, manifestOf, ogrinfo, writeShapefile } from './fixture-files.ts'

const bench = importBench()
afterAll(bench.remove)
const call = { signal: new AbortController().signal, progress: () => undefined }
const data = process.env.GREENPRINT_DATA ?? path.resolve(import.meta.dirname, '../../../../shared/data')
const boroughs = path.join(data, 'nyc/nybb_16a.zip')
if (!fs.existsSync(boroughs)) console.log(`skipped: no test data at ${data} (set GREENPRINT_DATA)`)

describe("a city's own projection", () => {
  it('is read from its .prj, measured on the ellipsoid, and stored so that a GIS knows it', async () => {
    const code = 'PROJ:EPSG:4490 +proj=tmerc +lat_0=0 +lon_0=114.25 +k=1 +x_0=800000 +y_0=-2000000 +units=m'
    const [x, y] = makeTransform('EPSG:4490', code)(114.26, 23.01).map(Math.round)
    const rings = [box(x ?? 0, y ?? 0, 1000)]
    const field = { name: Buffer.from('YDYHFLMC'), values: [gbk('公园绿地')] }
    writeShapefile(
      bench.source('park'),
      rings,
      field,
      (crsWkt(code) ?? '').replace(/PROJCS\["[^"]*"/, 'PROJCS["City plane"'),
      'GBK',
    )
    const manifest = manifestOf([{ role: 'landuse_plan', path: 'park.shp', fields: { class: 'YDYHFLMC' } }])
    const { plan, layers } = await bench.service.run(manifest, bench.root, call)
    expect(plan.crs).toBe(code)
    expect(layers[0]?.crsReason.zh).toContain('没有 EPSG 代码')
    // One square kilometre, one kilometre from the central meridian: the projection is true to a millionth there.
    expect(Math.abs((layers[0]?.areaM2 ?? 0) / 1e6 - 1)).toBeLessThan(2e-6)
    const summary = ogrinfo(path.join(bench.plansDir, `${plan.gpkgSha256}.gpkg`))
    expect(summary).toContain(hasOgrinfo ? 'Longitude of natural origin",114.25' : '')
  }, 60_000)
})

describe.skipIf(!fs.existsSync(boroughs))('the boroughs of New York, in US survey feet', () => {
  it('have their area in square metres', async () => {
    const manifest = manifestOf([{ role: 'admin', path: 'nybb_16a.zip' }])
    const { plan, layers } = await bench.service.run(manifest, path.dirname(boroughs), call)
    expect([plan.crs, layers[0]?.features]).toEqual(['EPSG:2263', 5])
    // Shape_Area sums to 8.43e9 square feet; the cone's scale differs from one by less than 1e-4 here.
    const declaredFt2 = [1_623_820_000, 3_045_210_000, 1_937_480_000, 636_471_000, 1_186_930_000].reduce(
      (sum, ft2) => sum + ft2,
      0,
    )
    expect(Math.abs((layers[0]?.areaM2 ?? 0) / (declaredFt2 * (1200 / 3937) ** 2) - 1)).toBeLessThan(1e-3)
  }, 60_000)
})
