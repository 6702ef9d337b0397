import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, describe, expect, it } from 'vitest'
import { LOCAL_CRS } from '../store/gpkg-schema.ts'
import { createGpkg } from '../store/gpkg-writer.ts'
import { crsWkt, makeTransform } from '#core/crs/crs.ts'
import { box, gbk, hasOgrinfo, importBench, manifestOf, ogrinfo, writeGeoJson, writeShapefile } from './fixture-files.ts'

const bench = importBench()
afterAll(bench.remove)

const stored = <T>(sha256: string, sql: string): T[] => {
  const db = new Database(path.join(bench.plansDir, `${sha256}.gpkg`), { readonly: true })
  try {
    return db.prepare<[], T>(sql).all()
  } finally {
    db.close()
  }
}

describe('what an import makes of real files', () => {
  it('brings two systems into the plan’s own, measures on the ellipsoid, and writes a file that GDAL likes', async () => {
    const toDegrees = makeTransform('EPSG:4547', 'EPSG:4490')
    const parcels = [box(500_000, 2_500_000, 200), box(500_200, 2_500_000, 200, 100)]
    writeGeoJson(
      bench.source('plan.geojson'),
      parcels.map((ring, i) => ({
        polygon: [ring.map(([x, y]) => toDegrees(x, y))],
        properties: { YDYHFLDM: ['0701', '1401'][i], RJL: ['1.5', '不详'][i], fid: i },
      })),
      4490,
    )
    const gpkg = createGpkg(bench.source('roads.gpkg'), {
      srsId: 4547,
      name: 'CGCS2000',
      organization: 'EPSG',
      code: 4547,
      wkt: crsWkt('EPSG:4547') ?? '',
    })
    const roads = gpkg.addTable({
      table: 'dl',
      name: 'dl',
      kind: 'line',
      multiPoint: false,
      fields: [{ name: 'NAME', type: 'text' }],
    })
    roads.add({ kind: 'line', parts: [[Float64Array.of(500_000, 2_500_000, 500_300, 2_500_400)]] }, ['中山路'])
    roads.finish()
    gpkg.finish([])

    const { plan, layers } = await bench.run(
      manifestOf(
        [
          { role: 'landuse_plan', path: 'plan.geojson', fields: { far: 'RJL' } },
          { role: 'road_network', path: 'roads.gpkg', layer: 'dl' },
        ],
        { crs: 'EPSG:4547', nameZh: '测试', city: { name: 'Q', kind: 'large', population: 1000 }, planLevel: 'unit' },
      ),
    )
    expect(plan).toMatchObject({ crs: 'EPSG:4547', name: 'Test plan', nameZh: '测试', cityKind: 'large', planLevel: 'unit' })
    expect(plan.frame).toMatchObject({ kind: 'equal-area', lonDeg: expect.closeTo(114, 1), semiMajorM: 6_378_137 })
    expect(plan.extent[2] - plan.extent[0]).toBeCloseTo(400, 0)
    const [landUse, road] = layers
    expect(landUse).toMatchObject({ planId: plan.id, role: 'landuse_plan', kind: 'polygon', table: 'landuse_plan', features: 2 })
    expect(landUse?.areaM2).toBeCloseTo(60_000, -1)
    expect(landUse).toMatchObject({ lengthM: null, sourceCrs: 'EPSG:4490', sourcePath: 'plan.geojson', unknownClasses: {} })
    expect(road?.lengthM).toBeCloseTo(500, 1)
    expect(landUse?.notes.map(({ text }) => text.en).join('\n')).toContain('class ← YDYHFLDM')
    expect(landUse?.notes.map(({ text }) => text.en).join('\n')).toContain('1 value of “RJL” could not be understood')
    const rows = stored<Record<string, unknown>>(plan.gpkgSha256, 'SELECT * FROM landuse_plan ORDER BY fid')
    expect(rows).toMatchObject([
      { YDYHFLDM: '0701', RJL: '1.5', source_fid: 0, gp_class: '0701', gp_far: 1.5 },
      { YDYHFLDM: '1401', RJL: '不详', gp_class: '1401', gp_far: null },
    ])
    expect(stored(plan.gpkgSha256, 'SELECT role, source_crs, crs FROM greenprint_layers')).toEqual([
      { role: 'landuse_plan', source_crs: 'EPSG:4490', crs: 'EPSG:4547' },
      { role: 'road_network', source_crs: 'EPSG:4547', crs: 'EPSG:4547' },
    ])
    const summary = ogrinfo(path.join(bench.plansDir, `${plan.gpkgSha256}.gpkg`))
    expect(summary).toContain(hasOgrinfo ? 'Layer name: road_network' : '')
  })

  it('reads a shapefile in GBK, maps classes, filters, and counts what it does not know', async () => {
    const texts = ['二类居住用地', '公园绿地', '神秘用地', '神秘用地', '现状']
    writeShapefile(
      bench.source('ghyd'),
      texts.map((_, i) => box(38_500_000 + i * 100, 2_500_000, 100)),
      { name: gbk('用地名称'), values: texts.map(gbk) },
      null,
      'GBK',
    )
    const { plan, layers } = await bench.run(
      manifestOf([
        {
          role: 'landuse_plan',
          path: 'ghyd.shp',
          crs: 'EPSG:4526',
          fields: { class: '用地名称' },
          classes: { 二类居住用地: '070102' },
          where: { 用地名称: ['二类居住用地', '公园绿地', '神秘用地'] },
        },
      ]),
    )
    expect(plan.crs).toBe('EPSG:4526')
    expect(layers[0]).toMatchObject({ features: 4, encoding: expect.stringMatching(/gb/i), unknownClasses: { 神秘用地: 2 } })
    expect(layers[0]?.notes.map(({ text }) => text.zh).join()).toContain('采用 5 个要素中的 4 个')
    const codes = stored<{ gp_class: string | null }>(plan.gpkgSha256, 'SELECT gp_class FROM landuse_plan ORDER BY fid')
    expect(codes.map(({ gp_class }) => gp_class)).toEqual(['070102', '1401', null, null])
  })

  it('repairs a bow-tie, leaves out what is nothing, and tells both', async () => {
    writeGeoJson(bench.source('parks.geojson'), [
      {
        polygon: [
          [
            [1000, 1000],
            [1010, 1010],
            [1010, 1000],
            [1000, 1010],
            [1000, 1000],
          ],
        ],
        properties: { name: 'bow' },
      },
      { polygon: [box(1020, 1000, 10)], properties: { name: 'fine' } },
      {
        polygon: [
          [
            [1050, 1000],
            [1060, 1000],
            [1050, 1000],
            [1050, 1000],
          ],
        ],
        properties: { name: 'flat' },
      },
      { properties: { name: 'nowhere' } },
    ])
    const { plan, layers } = await bench.run(manifestOf([{ role: 'green', path: 'parks.geojson' }], { crs: 'LOCAL:metre' }))
    expect(plan.frame).toMatchObject({ kind: 'planar' })
    expect(layers[0]).toMatchObject({ features: 2, areaM2: 150 })
    const repairs = stored(
      plan.gpkgSha256,
      'SELECT feature_fid, source_row, reason, area_delta_m2 FROM greenprint_repairs ORDER BY id',
    )
    expect(repairs).toMatchObject([
      { feature_fid: 1, source_row: 1, reason: 'invalid', area_delta_m2: 50 },
      { feature_fid: null, source_row: 3 },
    ])
    const notes = layers[0]?.notes.map(({ text }) => text.en).join('\n')
    expect(notes).toContain(
      '1 feature repaired: row 1; area changed by +50.00 m² in all'.replace('1 feature', 'Geometry of 1 feature'),
    )
    expect(notes).toContain('degenerate geometry (no area, length or usable coordinate) left out: row 3')
    expect(notes).toContain('1 feature without geometry left out: row 4')
  })

  it('keeps clusters of points, and stores one layer per kind that fits', async () => {
    const cluster = {
      type: 'MultiPoint',
      coordinates: [
        [1001, 1001],
        [1002, 1002],
      ],
    }
    const features = [
      { type: 'Feature', properties: { homes: 1 }, geometry: cluster },
      { type: 'Feature', properties: { homes: 2 }, geometry: { type: 'Polygon', coordinates: [box(1000, 1000, 5)] } },
    ]
    fs.writeFileSync(bench.source('mixed.geojson'), JSON.stringify({ type: 'FeatureCollection', features }))
    const { plan, layers } = await bench.run(
      manifestOf(
        [
          { role: 'rail_station', path: 'mixed.geojson' },
          { role: 'centre', path: 'mixed.geojson' },
        ],
        { crs: 'LOCAL:metre' },
      ),
    )
    expect(layers.map(({ role, kind }) => `${role} ${kind}`).toSorted()).toEqual([
      'centre point',
      'rail_station point',
      'rail_station polygon',
    ])
    expect(layers.map(({ table }) => table).toSorted()).toEqual(['centre', 'rail_station', 'rail_station_2'])
    const types = stored<{ geometry_type_name: string }>(plan.gpkgSha256, 'SELECT geometry_type_name FROM gpkg_geometry_columns')
    expect(types.map((row) => row.geometry_type_name).toSorted()).toEqual(['MULTIPOINT', 'MULTIPOINT', 'MULTIPOLYGON'])
    const centre = layers.find(({ role }) => role === 'centre')
    expect(centre?.notes.map(({ text }) => text.en).join()).toContain('1 polygon feature of the same layer do not fit')
  })

  it('takes its own GeoPackage back as it was', async () => {
    const gpkg = createGpkg(bench.source('own.gpkg'), LOCAL_CRS)
    const fields = [{ name: 'gp_class', type: 'text' as const }]
    const table = gpkg.addTable({ table: 'landuse_plan', name: 'x', kind: 'polygon', multiPoint: false, fields })
    table.add({ kind: 'polygon', parts: [[Float64Array.from(box(0, 0, 10).flat())]] }, ['0701'])
    table.finish()
    gpkg.finish([])
    const { plan } = await bench.run(
      manifestOf([{ role: 'landuse_plan', path: 'own.gpkg', layer: 'landuse_plan' }], { crs: 'LOCAL:metre' }),
    )
    expect(stored(plan.gpkgSha256, 'SELECT source_gp_class, gp_class FROM landuse_plan')).toEqual([
      { source_gp_class: '0701', gp_class: '0701' },
    ])
  })
})
