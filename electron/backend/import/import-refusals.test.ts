import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AppError, describeError } from '#core/errors.ts'
import type { Manifest } from '#core/model/manifest.ts'
import { box, importBench, manifestOf, writeGeoJson } from './fixture-files.ts'

const bench = importBench()
afterAll(bench.remove)

beforeAll(() => {
  const metres = (i: number) => [box(1000 + i * 10, 2000, 10)]
  const rows = [0, 1, 2].map((i) => ({ polygon: metres(i), properties: { code: '0701', year: 2020, note: 'a' } }))
  writeGeoJson(bench.source('local.geojson'), rows)
  writeGeoJson(bench.source('degrees.geojson'), [{ polygon: [box(114, 22.5, 0.01)], properties: { name: 'a' } }])
  writeGeoJson(bench.source('empty.geojson'), [])
  writeGeoJson(bench.source('nothing.geojson'), [
    {
      polygon: [
        [
          [1000, 0],
          [1001, 0],
          [1000, 0],
          [1000, 0],
        ],
      ],
    },
  ])
  writeGeoJson(bench.source('far.geojson'), [{ polygon: [box(100, 20, 0.01)] }, { polygon: [box(170, -40, 0.01)] }])
  writeGeoJson(bench.source('metres-as-degrees.geojson'), [{ polygon: [box(500_000, 2_500_000, 10)] }])
  fs.writeFileSync(bench.source('broken.geojson'), '{"type":"FeatureCollection","features":[')
  fs.writeFileSync(bench.source('text.txt'), 'no layers here')
  writeGeoJson(path.join(bench.dir, 'outside.geojson'), rows)
  fs.symlinkSync(path.join(bench.dir, 'outside.geojson'), bench.source('link.geojson'))
})

const local = { crs: 'LOCAL:metre' } as const
const landUse = { role: 'landuse_plan', path: 'local.geojson' } as const

const cases: [string, Manifest, { code: string; params: Record<string, unknown> }][] = [
  [
    'coordinates without a known system',
    manifestOf([{ role: 'green', path: 'local.geojson' }]),
    {
      code: 'import.crs-unknown',
      params: { file: 'local.geojson', layer: null, reason: { zh: expect.any(String), en: expect.any(String) } },
    },
  ],
  [
    'a system of the manifest in which the coordinates lie elsewhere',
    manifestOf([{ role: 'green', path: 'local.geojson' }], { crs: 'EPSG:4547' }),
    { code: 'import.crs-unknown', params: { file: 'local.geojson' } },
  ],
  [
    'a system that does not exist',
    manifestOf([{ ...landUse, crs: 'EPSG:999999' }]),
    { code: 'import.crs-unknown', params: { crs: 'EPSG:999999' } },
  ],
  [
    'metres said to be degrees',
    manifestOf([{ role: 'green', path: 'metres-as-degrees.geojson', crs: 'EPSG:4326' }]),
    { code: 'import.off-earth', params: { file: 'metres-as-degrees.geojson', row: 1, from: 'EPSG:4326' } },
  ],
  [
    'a local plane beside a place on Earth',
    manifestOf([landUse, { role: 'green', path: 'degrees.geojson' }], local),
    { code: 'import.local-plane', params: { from: 'EPSG:4326', file: 'degrees.geojson' } },
  ],
  [
    'a datum whose parameters are nobody’s to guess',
    manifestOf([{ role: 'green', path: 'degrees.geojson', crs: 'EPSG:4214' }], { crs: 'EPSG:4547' }),
    { code: 'import.datum-shift-needs-parameters', params: { from: 'EPSG:4214', file: 'degrees.geojson' } },
  ],
  [
    'layers too far apart',
    manifestOf([{ role: 'green', path: 'far.geojson' }]),
    { code: 'import.too-wide', params: { limitKm: 4000, layers: ['far'] } },
  ],
  [
    'a missing file',
    manifestOf([{ role: 'green', path: 'gone.shp' }]),
    { code: 'import.file-missing', params: { file: 'gone.shp' } },
  ],
  [
    'a path out of the folder',
    manifestOf([{ role: 'green', path: '../outside.geojson' }]),
    { code: 'import.path-outside', params: { file: '../outside.geojson' } },
  ],
  [
    'a link out of the folder',
    manifestOf([{ role: 'green', path: 'link.geojson' }]),
    { code: 'import.path-outside', params: { file: 'link.geojson' } },
  ],
  [
    'an unknown format',
    manifestOf([{ role: 'green', path: 'text.txt' }]),
    { code: 'import.unknown-format', params: { file: 'text.txt' } },
  ],
  [
    'a broken file',
    manifestOf([{ role: 'green', path: 'broken.geojson' }]),
    { code: 'import.json-broken', params: { file: 'broken.geojson' } },
  ],
  [
    'a layer that is not there',
    manifestOf([{ ...landUse, layer: 'roads' }], local),
    { code: 'import.layer-missing', params: { file: 'local.geojson', layer: 'roads' } },
  ],
  [
    'polygons as roads',
    manifestOf([{ role: 'road_network', path: 'local.geojson' }], local),
    {
      code: 'import.wrong-kind',
      params: { file: 'local.geojson', wanted: { zh: '线', en: 'line' }, found: { zh: '面', en: 'polygon' } },
    },
  ],
  [
    'a field that fields names wrongly',
    manifestOf([{ ...landUse, fields: { class: 'YDDM' } }], local),
    { code: 'import.field-unknown', params: { field: 'YDDM', key: 'fields', candidates: ['code', 'year', 'note'] } },
  ],
  [
    'a field that where names wrongly',
    manifestOf([{ ...landUse, where: { GHZT: '规划' } }], local),
    { code: 'import.field-unknown', params: { field: 'GHZT', key: 'where' } },
  ],
  [
    'an attribute that the role does not have',
    manifestOf([{ ...landUse, fields: { persons: 'code' } }], local),
    { code: 'import.attribute-unknown', params: { attribute: 'persons' } },
  ],
  [
    'a required field that nothing matches',
    manifestOf([{ role: 'population', path: 'local.geojson' }], local),
    { code: 'import.field-missing', params: { key: 'persons', candidates: ['code', 'year', 'note'] } },
  ],
  [
    'a class mapped to nothing',
    manifestOf([{ ...landUse, classes: { x: '9999' } }], local),
    { code: 'import.class-mapping-unknown', params: { value: 'x', code: '9999' } },
  ],
  [
    'a filter that nothing meets',
    manifestOf([{ ...landUse, where: { year: 1999 } }], local),
    { code: 'import.nothing-left', params: { file: 'local.geojson', cause: 'where' } },
  ],
  [
    'features without ground',
    manifestOf([{ role: 'green', path: 'nothing.geojson' }], local),
    { code: 'import.nothing-left', params: { file: 'nothing.geojson', cause: 'geometry' } },
  ],
]

/** A refused import leaves nothing behind, and its error has a whole sentence in both languages. */
describe('refused, with file and reason', () => {
  it.each(cases)('%s', async (_, manifest, { code, params }) => {
    const error = await bench.run(manifest).then(
      () => undefined,
      (reason: unknown) => reason,
    )
    expect(error).toBeInstanceOf(AppError)
    expect(bench.left()).toEqual([])
    const wire = (error as AppError).toWire()
    expect(wire).toMatchObject({ code, params })
    for (const lang of ['zh', 'en'] as const)
      for (const sentence of Object.values(describeError(wire, lang))) expect(sentence).not.toMatch(/undefined|null|\[object/)
  })

  it('an empty layer', async () => {
    await expect(bench.run(manifestOf([{ role: 'green', path: 'empty.geojson' }], local))).rejects.toBeInstanceOf(AppError)
  })

  it('but a person’s own manifest may name files outside its folder', async () => {
    const open = importBench({ confineToRoot: false })
    writeGeoJson(path.join(open.dir, 'outside.geojson'), [{ polygon: [box(1000, 2000, 10)] }])
    const { layers } = await open.run(manifestOf([{ role: 'green', path: '../outside.geojson' }], local))
    expect(layers[0]?.areaM2).toBe(100)
    open.remove()
  })

  it('and then neither plan nor stored file tells the folders of this machine', async () => {
    const open = importBench({ confineToRoot: false })
    const file = path.join(open.dir, 'outside.geojson')
    writeGeoJson(file, [{ polygon: [box(1000, 2000, 10)] }])
    const { plan, layers } = await open.run(manifestOf([{ role: 'green', path: file }], local))
    expect([plan.manifest.layers[0]?.path, layers[0]?.sourcePath]).toEqual(['outside.geojson', 'outside.geojson'])
    expect(JSON.stringify({ plan, layers })).not.toContain(path.basename(open.dir))
    expect(fs.readFileSync(path.join(open.plansDir, `${plan.gpkgSha256}.gpkg`)).includes(path.basename(open.dir))).toBe(false)
    open.remove()
  })

  it('and numbers in where equal the texts that write them', async () => {
    const own = importBench()
    writeGeoJson(own.source('a.geojson'), [
      { polygon: [box(1000, 0, 10)], properties: { year: '2020', kind: 1 } },
      { polygon: [box(2000, 0, 10)], properties: { year: '2021', kind: 1 } },
    ])
    const { layers } = await own.run(
      manifestOf([{ role: 'green', path: 'a.geojson', where: { year: 2020, kind: ['1', '2'] } }], local),
    )
    expect(layers[0]?.features).toBe(1)
    own.remove()
  })
})
