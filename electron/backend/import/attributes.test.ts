import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, describe, expect, it } from 'vitest'
import type { Manifest } from '#core/model/manifest.ts'
import type { Layer, Note } from '#core/model/plan.ts'
import { gpbDecoder } from '../store/gpkg-geometry.ts'
import { box, importBench, manifestOf, writeGeoJson } from './fixture-files.ts'

const data = process.env.GREENPRINT_DATA ?? path.resolve(import.meta.dirname, '../../../../shared/data')
const gbk = path.join(data, 'torture/derived-gbk')
const taiwan = path.join(data, 'taiwan')
if (!fs.existsSync(gbk) || !fs.existsSync(taiwan)) console.log(`skipped: no test data at ${data} (set GREENPRINT_DATA)`)

const bench = importBench()
afterAll(bench.remove)
const call = { signal: new AbortController().signal, progress: () => undefined }

async function only(manifest: Manifest, root = bench.root): Promise<Layer> {
  const { layers } = await bench.service.run(manifest, root, call)
  const [layer] = layers
  if (!layer) throw new Error('no layer')
  return layer
}
const coded = (layer: Layer, code: string): Note | undefined => layer.notes.find((note) => note.code === code)

/** Planar area per value of a field, read back from the plan's own file. */
function planarByName(gpkg: string, table: string, field: string): Record<string, number> {
  const db = new Database(gpkg, { readonly: true })
  const decode = gpbDecoder()
  const areas: Record<string, number> = {}
  try {
    for (const [name, geom] of db.prepare(`SELECT "${field}", geom FROM "${table}"`).raw().iterate() as Iterable<
      [string, Buffer]
    >) {
      decode(geom, {
        part: () => undefined,
        run(xy, vertices) {
          let twice = 0
          for (let i = 0; i + 1 < vertices; i++)
            twice += (xy[2 * i] ?? 0) * (xy[2 * i + 3] ?? 0) - (xy[2 * i + 2] ?? 0) * (xy[2 * i + 1] ?? 0)
          areas[name] = (areas[name] ?? 0) + Math.abs(twice) / 2 // the plan has no holes
        },
      })
    }
  } finally {
    db.close()
  }
  return areas
}

describe('what attributes say of a layer', () => {
  const parcels = [
    { YDYHFLDM: '0701', YDYHFLMC: '城镇住宅用地', TBMJ: 1 },
    { YDYHFLDM: '1401', YDYHFLMC: '城镇住宅用地', TBMJ: 1 },
    { YDYHFLDM: '0901/0701', YDYHFLMC: '商业用地', TBMJ: 1.5 },
    { YDYHFLDM: '1401', YDYHFLMC: '公园绿地', TBMJ: 1 },
  ]
  it('tells codes that contradict their names, mixed uses and declared areas that are off', async () => {
    writeGeoJson(
      bench.source('GHYDYH.geojson'),
      parcels.map((properties, i) => ({ polygon: [box(500_000 + i * 200, 3_500_000, 100)], properties })),
      4549,
    )
    const layer = await only(manifestOf([{ role: 'landuse_plan', path: 'GHYDYH.geojson' }]))
    expect(coded(layer, 'class.code-name-mismatch')?.params).toMatchObject({
      features: 1,
      pairs: [{ value: '1401', name: '城镇住宅用地', named: '0701', rows: [2], count: 1 }],
    })
    expect(coded(layer, 'class.mixed')?.params).toMatchObject({ features: 1, values: [{ value: '0901/0701', code: '0901' }] })
    expect(coded(layer, 'area.declared-differs')?.params).toMatchObject({
      field: 'TBMJ',
      unit: 'ha',
      compared: 4,
      off: 1,
      rows: [3],
    })
  })

  it('counts codes of older classifications that are to be divided', async () => {
    writeGeoJson(
      bench.source('DLTB.geojson'),
      ['05H1', '05H1', '0101', '08H2'].map((DLBM, i) => ({
        polygon: [box(500_000 + i * 200, 3_500_000, 100)],
        properties: { DLBM },
      })),
      4549,
    )
    const layer = await only(manifestOf([{ role: 'landuse_base', path: 'DLTB.geojson' }]))
    const note = coded(layer, 'class.to-be-divided')
    expect(note?.text.zh).toContain('待细分：3 个要素')
    expect(note?.params).toMatchObject({
      features: 3,
      values: [
        { value: '05H1', code: '09', count: 2 },
        { value: '08H2', count: 1 },
      ],
    })
  })
})

describe.skipIf(!fs.existsSync(taiwan))('Taiwan', () => {
  it('official areas are planar and agree to 2e-7', async () => {
    for (const file of fs.readdirSync(taiwan).filter((name) => /^[A-Z]\d+\.json$/.test(name))) {
      const { features } = JSON.parse(fs.readFileSync(path.join(taiwan, file), 'utf8')) as { features: { properties: object }[] }
      for (const { properties } of features)
        for (const key of Object.keys(properties))
          if (key !== 'Shape_Area' && key !== '使用分') Reflect.deleteProperty(properties, key)
      const member = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::3826' } }
      fs.writeFileSync(bench.source('official.json'), JSON.stringify({ type: 'FeatureCollection', crs: member, features }))
      const layer = await only(manifestOf([{ role: 'other', path: 'official.json' }]))
      const note = coded(layer, 'area.declared-agrees') ?? coded(layer, 'area.declared-differs')
      const { basis, unit, compared, declaredM2, measuredM2 } = (note?.params ?? {}) as Record<string, number | string>
      expect([file, basis, unit]).toEqual([file, 'planar', 'm2'])
      expect(Number(compared)).toBeGreaterThan(70)
      expect(Math.abs(Number(declaredM2) / Number(measuredM2) - 1)).toBeLessThan(2e-7)
    }
  }, 120_000)
})

describe.skipIf(!fs.existsSync(gbk))('Chinese encodings and systems', () => {
  const key = fs.existsSync(gbk)
    ? (JSON.parse(fs.readFileSync(path.join(gbk, 'EXPECTED.json'), 'utf8')) as {
        all: { features: number; sum_area_m2: number; area_by_name: Record<string, number> }
      })
    : null
  /** What only a person can say of a file that names no system: the same for all of them. */
  const files = fs.existsSync(gbk) ? fs.readdirSync(gbk).filter((name) => name !== 'EXPECTED.json') : []

  it('all files are there', () => expect(files.length).toBe(13))

  it.each(files)(
    '%s holds the same 62 features, area and class names',
    async (file) => {
      const found = await bench.service.inspect([path.join(gbk, file)], gbk, call)
      const layer = found.files.flatMap(({ layers }) => layers).find(({ kind }) => kind === 'polygon')
      expect(found.files.flatMap(({ error }) => (error ? [error] : []))).toEqual([])
      expect(layer?.features).toBe(key?.all.features)
      expect(layer?.encoding.confidence).toBeGreaterThanOrEqual(0.6)
      const crs = layer && layer.crs.value !== null && layer.crs.confidence >= 0.6 ? layer.crs.value : 'EPSG:4548'
      const names = layer?.sourceFields.find(({ samples }) => samples.includes('居住用地'))?.name ?? 'YDYHFLMC'
      const manifest = manifestOf([{ role: 'landuse_plan', path: file, crs, fields: { class: names } }], {
        crs: crs === 'EPSG:4326' || crs === 'EPSG:4490' ? 'EPSG:4548' : crs,
      })
      const { plan, layers } = await bench.service.run(manifest, gbk, call)
      const [stored] = layers
      expect(stored?.features).toBe(key?.all.features)
      const areas = planarByName(path.join(bench.plansDir, `${plan.gpkgSha256}.gpkg`), stored?.table ?? '', names)
      const total = Object.values(areas).reduce((sum, areaM2) => sum + areaM2, 0)
      expect(Math.abs(total - (key?.all.sum_area_m2 ?? 0))).toBeLessThan(1)
      expect(Object.keys(areas).toSorted()).toEqual(Object.keys(key?.all.area_by_name ?? {}).toSorted())
      for (const [name, areaM2] of Object.entries(key?.all.area_by_name ?? {}))
        expect(Math.abs((areas[name] ?? 0) - areaM2)).toBeLessThan(1)
    },
    60_000,
  )
})
