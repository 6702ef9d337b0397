import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, describe, expect, it } from 'vitest'
import type { Layer } from '#core/model/plan.ts'
import { decodeGpkgGeometry } from '../formats/wkb.ts'
import { box, importBench, manifestOf, ogrinfo, writeGeoJson } from './fixture-files.ts'

const bench = importBench()
afterAll(bench.remove)

const parcel = (x: number, y: number, size = 100) => ({ polygon: [box(x, y, size)], properties: { code: '0701' } })
const block = Array.from({ length: 25 }, (_, i) => parcel(500_000 + 100 * (i % 5), 2_500_000 + 100 * Math.floor(i / 5)))
const manifest = manifestOf([{ role: 'landuse_plan', path: 'land.geojson', fields: { class: 'code' } }], { crs: 'EPSG:4547' })
const noteOf = (layer: Layer | undefined, code: string) => layer?.notes.find((note) => note.code === code)

async function imported(features: Parameters<typeof writeGeoJson>[1]) {
  writeGeoJson(bench.source('land.geojson'), features, 4547)
  const { plan, layers } = await bench.run(manifest)
  return { layer: layers[0], file: path.join(bench.plansDir, `${plan.gpkgSha256}.gpkg`) }
}

interface Row {
  layer: string
  kind: string
  area_m2: number
  covers: number
  features: string
  geom: Buffer
}

function rowsOf(file: string): Row[] {
  const db = new Database(file, { readonly: true })
  try {
    return db.prepare('SELECT * FROM greenprint_topology ORDER BY fid').all() as Row[]
  } finally {
    db.close()
  }
}

describe('overlaps and gaps of an imported tiling layer', () => {
  it('are notes with area and place, and a layer of the GeoPackage', async () => {
    const holed = block.filter((_, i) => i !== 12)
    const { layer, file } = await imported([...holed, parcel(500_350, 2_500_050, 20)])
    const overlap = noteOf(layer, 'topology.overlaps')
    const gap = noteOf(layer, 'topology.gaps')
    // Ellipsoidal areas: at this place of the zone the plane is true to a few parts in a million.
    expect(overlap).toMatchObject({ severity: 'warning', params: { count: 1, features: [4, 25] } })
    expect(overlap?.params?.areaM2).toBeCloseTo(400, 1)
    expect(overlap?.params?.box).toEqual([500_350, 2_500_050, 500_370, 2_500_070])
    expect(gap?.params?.areaM2).toBeCloseTo(10_000, 0)
    expect(gap?.params?.point).toEqual([500_250, 2_500_250])
    expect(gap?.text.zh).toContain('空隙')
    const totals = noteOf(layer, 'topology.totals')?.params as Record<string, number>
    expect(totals.hullM2).toBeCloseTo(250_000, -1)
    expect(Math.abs(totals.unexplainedM2 ?? NaN)).toBeLessThan(1e-4)
    expect(totals.parcelsM2).toBe(layer?.areaM2)

    const rows = rowsOf(file)
    expect(rows).toMatchObject([
      { layer: 'landuse_plan', kind: 'gap', covers: 0, features: '' },
      { layer: 'landuse_plan', kind: 'overlap', covers: 2, features: '4 25' },
    ])
    expect([...(decodeGpkgGeometry(rows[1]?.geom ?? Buffer.alloc(0)).parts.get('polygon')?.[0]?.[0] ?? [])].length).toBe(10)
    expect(ogrinfo(file)).toMatch(/^$|Layer name: greenprint_topology/)
  })

  it('a layer without fault is said to be so, and the file has no such table', async () => {
    const { layer, file } = await imported(block)
    expect(noteOf(layer, 'topology.clean')?.params).toMatchObject({ overlapM2: 0, gapM2: 0 })
    expect(() => rowsOf(file)).toThrow('no such table')
  })

  it('layers that need not tile the ground are not asked', async () => {
    writeGeoJson(bench.source('parks.geojson'), [parcel(500_000, 2_500_000), parcel(500_050, 2_500_000)], 4547)
    const { layers } = await bench.run(manifestOf([{ role: 'green', path: 'parks.geojson' }], { crs: 'EPSG:4547' }))
    expect(layers[0]?.notes.filter(({ code }) => code?.startsWith('topology'))).toEqual([])
  })
})
