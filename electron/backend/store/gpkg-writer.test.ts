import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, describe, expect, it } from 'vitest'
import type { SourceGeometry, SourceValue } from '../formats/format.ts'
import { gpbDecoder } from './gpkg-geometry.ts'
import { LOCAL_CRS, type GpkgCrs } from './gpkg-schema.ts'
import { createGpkg, type GpkgTable } from './gpkg-writer.ts'

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'greenprint-gpkg-'))
afterAll(() => fs.rmSync(dir, { recursive: true }))

const hasOgrinfo = spawnSync('ogrinfo', ['--version']).status === 0
if (!hasOgrinfo) console.log('ogrinfo is not installed: its opinion of our GeoPackage is not asked')

const CGCS2000: GpkgCrs = {
  srsId: 4547,
  name: 'CGCS2000 / 3-degree Gauss-Kruger CM 114E',
  organization: 'EPSG',
  code: 4547,
  wkt:
    'PROJCS["CGCS2000 / 3-degree Gauss-Kruger CM 114E",GEOGCS["China Geodetic Coordinate System 2000",' +
    'DATUM["China_2000",SPHEROID["CGCS2000",6378137,298.257222101]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],' +
    'PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",114],' +
    'PARAMETER["scale_factor",1],PARAMETER["false_easting",500000],PARAMETER["false_northing",0],UNIT["metre",1]]',
}

const square = (x: number, y: number, size: number) => Float64Array.of(x, y, x + size, y, x + size, y + size, x, y + size, x, y)
const polygon = (...parts: Float64Array[][]): SourceGeometry => ({ kind: 'polygon', parts })
const parcels: GpkgTable = {
  table: 'landuse_plan',
  name: '规划用地',
  kind: 'polygon',
  multiPoint: false,
  fields: [
    { name: '用地"代码', type: 'text' },
    { name: 'area', type: 'number' },
    { name: 'gp_public', type: 'boolean' },
  ],
}

function writeSample(file: string, crs: GpkgCrs = CGCS2000, firstClass = '0701') {
  const gpkg = createGpkg(file, crs)
  const table = gpkg.addTable(parcels)
  table.add(polygon([square(500_000, 2_500_000, 100), square(500_010, 2_500_010, 10)]), [firstClass, 9900, true])
  table.add(polygon([square(500_200, 2_500_000, 50)], [square(500_300, 2_500_000, 50)]), [null, Number.NaN, false])
  const summary = table.finish()
  const points = gpkg.addTable({ table: 'centre', name: 'centre', kind: 'point', multiPoint: false, fields: [] })
  points.add({ kind: 'point', parts: [[Float64Array.of(500_000.5, 2_500_000)]] }, [])
  const pointSummary = points.finish()
  const record = { sourcePath: 'a.shp', sourceSha256: 'f'.repeat(64), sourceCrs: 'EPSG:4547', crs: 'EPSG:4547', encoding: 'GBK' }
  gpkg.finish([
    { role: 'landuse_plan', table: 'landuse_plan', name: '规划用地', kind: 'polygon', sha256: summary.sha256, ...record },
    { role: 'centre', table: 'centre', name: 'centre', kind: 'point', sha256: pointSummary.sha256, ...record },
  ])
  return summary
}

const sha256 = (file: string) => createHash('sha256').update(fs.readFileSync(file)).digest('hex')

describe('GeoPackage of a plan', () => {
  it('is sound: integrity, index, foreign keys, extents', () => {
    const file = path.join(dir, 'sound.gpkg')
    const summary = writeSample(file)
    expect(summary).toMatchObject({ features: 2, box: [500_000, 2_500_000, 500_350, 2_500_100] })
    const db = new Database(file, { readonly: true })
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(db.prepare(`SELECT rtreecheck('rtree_landuse_plan_geom')`).pluck().get()).toBe('ok')
    expect(db.pragma('foreign_key_check')).toEqual([])
    expect(db.pragma('journal_mode', { simple: true })).toBe('delete')
    expect(db.pragma('application_id', { simple: true })).toBe(0x47504b47)
    expect(db.pragma('user_version', { simple: true })).toBe(10300)
    expect(db.prepare('SELECT min_x, max_y FROM gpkg_contents WHERE table_name = ?').get('landuse_plan')).toEqual({
      min_x: 500_000,
      max_y: 2_500_100,
    })
    expect(db.prepare('SELECT * FROM landuse_plan WHERE fid = 2').get()).toMatchObject({
      '用地"代码': null,
      area: null,
      gp_public: 0,
    })
    expect(db.prepare('SELECT role, encoding FROM greenprint_layers ORDER BY id').all()).toEqual([
      { role: 'landuse_plan', encoding: 'GBK' },
      { role: 'centre', encoding: 'GBK' },
    ])
    db.close()
  })

  it('has the same bytes and layer hashes for the same input, and others for another', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((name) => path.join(dir, `${name}.gpkg`)) as [string, string, string]
    const first = writeSample(a)
    const again = writeSample(b)
    const other = writeSample(c, CGCS2000, '0702')
    expect(sha256(b)).toBe(sha256(a))
    expect(again.sha256).toBe(first.sha256)
    expect(sha256(c)).not.toBe(sha256(a))
    expect(other.sha256).not.toBe(first.sha256)
  })

  it('gives back the geometry it was given, and refuses bytes that are not its own', () => {
    const file = path.join(dir, 'decode.gpkg')
    writeSample(file)
    const db = new Database(file, { readonly: true })
    const blobs = db.prepare('SELECT geom FROM landuse_plan ORDER BY fid').pluck().all() as Buffer[]
    db.close()
    const decode = gpbDecoder()
    const read = blobs.map((blob) => {
      const parts: number[][][] = []
      decode(blob, {
        part: () => parts.push([]),
        run: (xy, vertices) => parts.at(-1)?.push(Array.from(xy.subarray(0, vertices * 2))),
      })
      return parts
    })
    const plain = (...rings: Float64Array[]) => rings.map((ring) => Array.from(ring))
    expect(read).toEqual([
      [plain(square(500_000, 2_500_000, 100), square(500_010, 2_500_010, 10))],
      [plain(square(500_200, 2_500_000, 50)), plain(square(500_300, 2_500_000, 50))],
    ])
    const sink = { part: () => undefined, run: () => undefined }
    expect(() => decode(Buffer.from('nonsense'), sink)).toThrow(RangeError)
    expect(() => decode((blobs[0] as Buffer).subarray(0, 120), sink)).toThrow(RangeError)
  })

  it.skipIf(!hasOgrinfo)('opens in ogrinfo without a warning, also with metres that have no place on Earth', () => {
    for (const crs of [CGCS2000, LOCAL_CRS]) {
      const file = path.join(dir, `ogr${crs.srsId}.gpkg`)
      writeSample(file, crs)
      const run = spawnSync('ogrinfo', ['-ro', '-al', '-so', file], { encoding: 'utf8' })
      expect(run.stderr).toBe('')
      expect(run.stdout).toContain('Layer name: landuse_plan')
      expect(run.stdout).toContain('Feature Count: 2')
      expect(run.stdout).toContain(crs === CGCS2000 ? 'CGCS2000 / 3-degree Gauss-Kruger CM 114E' : 'Undefined Cartesian SRS')
      const found = execFileSync(
        'ogrinfo',
        ['-ro', '-spat', '500290', '2500000', '500310', '2500010', '-al', '-so', file, 'landuse_plan'],
        {
          encoding: 'utf8',
        },
      )
      expect(found).toContain('Feature Count: 1')
    }
  })

  it.skipIf(!hasOgrinfo)('can be edited by another tool: the index follows', () => {
    const file = path.join(dir, 'edited.gpkg')
    writeSample(file)
    const edit = spawnSync('ogrinfo', [file, '-sql', 'DELETE FROM landuse_plan WHERE fid = 2'], { encoding: 'utf8' })
    expect(edit.stderr).toBe('')
    const db = new Database(file, { readonly: true })
    expect(db.prepare('SELECT count(*) FROM rtree_landuse_plan_geom').pluck().get()).toBe(1)
    db.close()
  })
})

/** The values of a feature are stored by the type of their column, whatever the source's reader hands over. */
describe('values', () => {
  it.each<[SourceValue, string | number | null]>([
    ['12', 12],
    [Number.POSITIVE_INFINITY, null],
    ['no number', null],
    [true, 1],
  ])('%j becomes %j in a number column', (given, stored) => {
    const file = path.join(dir, `value-${String(given)}.gpkg`)
    const gpkg = createGpkg(file, CGCS2000)
    const table = gpkg.addTable({
      table: 't',
      name: 't',
      kind: 'point',
      multiPoint: true,
      fields: [{ name: 'n', type: 'number' }],
    })
    table.add({ kind: 'point', parts: [[Float64Array.of(1, 2)], [Float64Array.of(3, 4)]] }, [given])
    table.finish()
    gpkg.finish([])
    const db = new Database(file, { readonly: true })
    expect(db.prepare('SELECT n FROM t').pluck().get()).toBe(stored)
    db.close()
  })
})
