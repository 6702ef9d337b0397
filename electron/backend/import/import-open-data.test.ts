import fs from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Layer } from '#core/model/plan.ts'
import { numberAt } from '#core/geo/columns.ts'
import { areasM2 } from '#core/geo/measure.ts'
import { loadLayerColumns } from '../store/layer-columns.ts'
import { hasOgrinfo, importBench, manifestOf, ogrinfo } from './fixture-files.ts'

/** Open data that is not part of the project; figures computed by other programs lie beside it. */
const data = process.env.GREENPRINT_DATA ?? path.resolve(import.meta.dirname, '../../../../shared/data')
const singapore = path.join(data, 'singapore')
const beijing = path.join(data, 'beijing-hlg')
const has = (dir: string) => fs.existsSync(path.join(dir, 'EXPECTED.json'))
if (!has(singapore) || !has(beijing)) console.log('open data is not here: imports of Singapore and Beijing are not tested')

const expected = (dir: string) => JSON.parse(fs.readFileSync(path.join(dir, 'EXPECTED.json'), 'utf8')) as Record<string, never>
const bench = importBench({ confineToRoot: true })
afterAll(bench.remove)
const ofRole = (layers: readonly Layer[], role: string) => layers.find((layer) => layer.role === role)
const within = (value: number | null | undefined, reference: number, share: number) =>
  expect(Math.abs((value ?? NaN) / reference - 1)).toBeLessThan(share)

describe.skipIf(!has(singapore))('Singapore', () => {
  const manifest = manifestOf(
    [
      { role: 'green', path: 'nparks_parks.geojson' },
      { role: 'greenway', path: 'pcn.geojson' },
      { role: 'population', path: 'pop_sgp.gpkg', fields: { persons: 'pop_count', name: 'subzone_n' }, where: { year: 2020 } },
      { role: 'rail_station', path: 'lta_mrt_station_exit.geojson' },
      { role: 'water', path: 'osm_water.geojson' },
    ],
    { crs: 'EPSG:3414' },
  )

  it('has the areas and lengths that GEOS and PROJ give', async () => {
    const key = expected(singapore) as Record<string, number>
    const { plan, layers } = await bench.service.run(manifest, singapore, {
      signal: new AbortController().signal,
      progress: () => undefined,
    })
    const parks = ofRole(layers, 'green')
    expect(parks?.features).toBe(key.nparks_n)
    within(parks?.areaM2, (key.nparks_sum_km2 ?? NaN) * 1e6, 0.001)
    expect(parks?.notes.map(({ text }) => text.en).join()).toContain('Geometry of 2 features repaired')
    const connectors = ofRole(layers, 'greenway')
    expect(connectors?.features).toBe(key.pcn_n)
    within(connectors?.lengthM, (key.pcn_km ?? NaN) * 1000, 0.001)
    expect(ofRole(layers, 'rail_station')).toMatchObject({ features: key.mrt_exits, kind: 'point' })
    expect(
      ofRole(layers, 'water')
        ?.notes.map(({ text }) => text.en)
        .join(),
    ).toContain('1176 line features of the same layer do not fit')

    const subzones = ofRole(layers, 'population')
    if (!subzones) throw new Error('no population')
    const columns = loadLayerColumns(
      { gpkg: path.join(bench.plansDir, `${plan.gpkgSha256}.gpkg`), cacheDir: path.join(bench.dir, 'cache') },
      subzones,
      plan,
    )
    expect(columns.count).toBe(key.subzones)
    const persons = Array.from({ length: columns.count }, (_, i) => numberAt(columns, 'persons', i) ?? 0)
    expect(persons.reduce((sum, n) => sum + n, 0)).toBe(key.pop2020)
    within(
      areasM2(columns).reduce((sum, m2) => sum + m2, 0),
      (key.land_km2 ?? NaN) * 1e6,
      0.001,
    )
    const summary = ogrinfo(path.join(bench.plansDir, `${plan.gpkgSha256}.gpkg`))
    expect(summary).toContain(hasOgrinfo ? 'SVY21 / Singapore TM' : '')
  })
})

describe.skipIf(!has(beijing))('Huilongguan, Beijing', () => {
  const classes = {
    residential: '0701',
    feasible: '23',
    green_l: '1401',
    green_s: '1402',
    business: '0901',
    office: '0902',
    school: '0804',
    hospital_l: '0806',
    hospital_s: '0806',
    recreation: '0803',
  }
  const layers = [
    { role: 'landuse_base' as const, path: 'hlg_baseline_landuse_local.geojson', classes },
    { role: 'landuse_plan' as const, path: 'hlg_plan_landuse_local.geojson', classes },
    { role: 'road_network' as const, path: 'hlg_plan_roads_local.geojson' },
  ]
  const call = { signal: new AbortController().signal, progress: () => undefined }

  it('asks which system its coordinates are in', async () => {
    await expect(bench.service.run(manifestOf(layers), beijing, call)).rejects.toMatchObject({
      code: 'import.crs-unknown',
      params: { file: 'hlg_baseline_landuse_local.geojson', reason: { zh: expect.any(String) } },
    })
  })

  it('has the planar figures of other programs, once the manifest names metres without a place', async () => {
    const key = expected(beijing) as unknown as Record<string, { n: number; total_area_m2: number; road_length_m: number }>
    const { plan, layers: stored } = await bench.service.run(manifestOf(layers, { crs: 'LOCAL:metre' }), beijing, call)
    expect(plan.frame.kind).toBe('planar')
    for (const [role, name] of [
      ['landuse_base', 'hlg_baseline'],
      ['landuse_plan', 'hlg_plan'],
    ] as const) {
      expect(ofRole(stored, role)).toMatchObject({ features: key[name]?.n, unknownClasses: {} })
      within(ofRole(stored, role)?.areaM2, key[name]?.total_area_m2 ?? NaN, 1e-9)
    }
    within(ofRole(stored, 'road_network')?.lengthM, key.hlg_plan?.road_length_m ?? NaN, 1e-6)
  })
})
