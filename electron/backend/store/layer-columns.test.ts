import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { numberAt, textAt } from '#core/geo/columns.ts'
import { equalAreaFrame, planarFrame } from '#core/geo/frame.ts'
import { areasM2 } from '#core/geo/measure.ts'
import { crsInfo, crsWkt, makeTransform } from '#core/crs/crs.ts'
import { createGpkg } from './gpkg-writer.ts'
import { LOCAL_CRS } from './gpkg-schema.ts'
import { columnsFile, loadLayerColumns, type LayerSource } from './layer-columns.ts'

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'greenprint-columns-'))
afterAll(() => fs.rmSync(dir, { recursive: true }))

const square = (x: number, y: number, size: number) => Float64Array.of(x, y, x, y + size, x + size, y + size, x + size, y, x, y)

function writePlan(name: string, crs: string, at: [number, number]) {
  const gpkg = path.join(dir, `${name}.gpkg`)
  const code = Number(crs.slice(5))
  const writer = createGpkg(
    gpkg,
    crs.startsWith('EPSG') ? { srsId: code, name: crs, organization: 'EPSG', code, wkt: crsWkt(crs) ?? '' } : LOCAL_CRS,
  )
  const fields = [
    { name: 'YDDM', type: 'text' as const },
    { name: 'gp_class', type: 'text' as const },
    { name: 'gp_far', type: 'number' as const },
    { name: 'gp_isPublic', type: 'boolean' as const },
  ]
  const table = writer.addTable({ table: 'landuse_plan', name: 'Land use', kind: 'polygon', multiPoint: false, fields })
  const [x, y] = at
  table.add({ kind: 'polygon', parts: [[square(x, y, 100), square(x + 10, y + 10, 10)]] }, ['R2', '0701', 1.5, true])
  table.add({ kind: 'polygon', parts: [[square(x + 100, y, 100)], [square(x + 300, y, 50)]] }, ['?', null, null, false])
  const { sha256 } = table.finish()
  writer.finish([])
  const layer: LayerSource = { role: 'landuse_plan', name: 'Land use', kind: 'polygon', table: 'landuse_plan', sha256 }
  return { gpkg, layer }
}

describe('columns of a layer', () => {
  it('are millimetres of a planar frame, oriented, with our attributes by our names', () => {
    const { gpkg, layer } = writePlan('local', 'LOCAL:metre', [1000, 2000])
    const plan = { crs: 'LOCAL:metre', frame: planarFrame(1000, 2000) }
    const columns = loadLayerColumns({ gpkg, cacheDir: path.join(dir, 'cache-a') }, layer, plan)
    expect(columns).toMatchObject({ count: 2, kind: 'polygon', role: 'landuse_plan', sha256: layer.sha256 })
    expect([...columns.fid]).toEqual([1, 2])
    expect([...columns.featureOff]).toEqual([0, 1, 3])
    expect([...columns.partOff]).toEqual([0, 2, 3, 4])
    expect(Array.from(columns.partBox.subarray(0, 4))).toEqual([0, 0, 100_000, 100_000])
    expect(Array.from(columns.xy.subarray(0, 6))).toEqual([0, 0, 100_000, 0, 100_000, 100_000])
    expect([...areasM2(columns)]).toEqual([9900, 12_500])
    expect([textAt(columns, 'class', 0), textAt(columns, 'class', 1)]).toEqual(['0701', undefined])
    expect([numberAt(columns, 'far', 0), numberAt(columns, 'far', 1), numberAt(columns, 'isPublic', 0)]).toEqual([
      1.5,
      undefined,
      1,
    ])
    expect(Object.keys(columns.attributes)).toEqual(['class', 'far', 'isPublic'])
    expect(columns.xy.buffer).toBeInstanceOf(SharedArrayBuffer)
  })

  it('have ellipsoidal areas: the same ground stored in two systems', () => {
    const zone = writePlan('zone', 'EPSG:4547', [500_000, 2_500_000])
    const [lon, lat] = makeTransform('EPSG:4547', 'EPSG:4490')(500_100, 2_500_050)
    const ellipsoid = crsInfo('EPSG:4547')
    const frame = equalAreaFrame(lon, lat, ellipsoid?.semiMajorM ?? 0, ellipsoid?.inverseFlattening ?? 0)
    const columns = loadLayerColumns({ gpkg: zone.gpkg, cacheDir: path.join(dir, 'cache-b') }, zone.layer, {
      crs: 'EPSG:4547',
      frame,
    })
    // On the central meridian (scale 1) the plane and the ellipsoid agree closely.
    expect(areasM2(columns)[0]).toBeCloseTo(9900, 0)
  })

  it('come back from the cache as they were, also to shared memory', () => {
    const { gpkg, layer } = writePlan('cached', 'LOCAL:metre', [0, 0])
    const plan = { crs: 'LOCAL:metre', frame: planarFrame(0, 0) }
    const files = { gpkg, cacheDir: path.join(dir, 'cache-c') }
    const built = loadLayerColumns(files, layer, plan)
    fs.renameSync(gpkg, `${gpkg}.away`)
    const cached = loadLayerColumns(files, layer, plan)
    expect(cached).toEqual(built)
    expect(cached.xy.buffer).toBeInstanceOf(SharedArrayBuffer)
    expect(fs.readdirSync(files.cacheDir)).toEqual([path.basename(columnsFile(files.cacheDir, layer.sha256, plan))])
  })

  it('are rebuilt, with a word in the log, when the cache is damaged anywhere', () => {
    const { gpkg, layer } = writePlan('damaged', 'LOCAL:metre', [0, 0])
    const plan = { crs: 'LOCAL:metre', frame: planarFrame(0, 0) }
    const warnings: string[] = []
    const files = {
      gpkg,
      cacheDir: path.join(dir, 'cache-d'),
      log: { write: (_level: string, event: string) => void warnings.push(event) },
    }
    const built = loadLayerColumns(files, layer, plan)
    const file = columnsFile(files.cacheDir, layer.sha256, plan)
    const sound = fs.readFileSync(file)
    const damages = [sound.subarray(0, 5), sound.subarray(0, sound.length - 8), Buffer.alloc(100)]
    for (let at = 8; at < sound.length; at += 37) {
      const flipped = Buffer.from(sound)
      flipped[at] = (flipped[at] ?? 0) ^ 0x10
      damages.push(flipped)
    }
    for (const [done, bytes] of damages.entries()) {
      fs.writeFileSync(file, bytes)
      expect(loadLayerColumns(files, layer, plan)).toEqual(built)
      expect(warnings).toHaveLength(done + 1)
      expect(fs.readFileSync(file)).toEqual(sound)
    }
  })

  it('do not depend on the cache: where it cannot be written the layer still loads', () => {
    const { gpkg, layer } = writePlan('no-cache', 'LOCAL:metre', [0, 0])
    const cacheDir = path.join(dir, 'a-file')
    fs.writeFileSync(cacheDir, '')
    const warnings: string[] = []
    const plan = { crs: 'LOCAL:metre', frame: planarFrame(0, 0) }
    expect(
      loadLayerColumns({ gpkg, cacheDir, log: { write: (_level, event) => void warnings.push(event) } }, layer, plan).count,
    ).toBe(2)
    expect(warnings.join()).toBe('columns-cache.not-written')
  })
})
