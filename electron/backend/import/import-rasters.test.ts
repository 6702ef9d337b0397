import fs from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { makeTransform } from '#core/crs/crs.ts'
import { frameToGrid, valueAt } from '#core/geo/raster.ts'
import { zonalMeans } from '#core/geo/zonal.ts'
import { NO_CLASS } from '#core/contract/map-data.ts'
import { encodeText } from '../formats/fixture-text.ts'
import { zipBytes } from '../formats/fixture-writers.ts'
import { tiffBytes } from '../formats/raster/fixture-tiff.ts'
import { inspectPaths } from '../inspect/inspect.ts'
import { PlanMap } from '../map/plan-map.ts'
import { loadRaster } from '../store/gpkg-raster.ts'
import { loadLayerColumns } from '../store/layer-columns.ts'
import { box, hasOgrinfo, importBench, manifestOf, ogrinfo, writeGeoJson } from './fixture-files.ts'

const bench = importBench()
afterAll(bench.remove)

const COLUMNS = 600
const asc = (valueOf: (column: number, row: number) => number | string): string =>
  `ncols ${COLUMNS}\nnrows 500\nxllcorner 500000\nyllcorner 2500000\ncellsize 10\nNODATA_value -9999\n` +
  Array.from({ length: 500 }, (_, row) => Array.from({ length: COLUMNS }, (_v, column) => valueOf(column, row)).join(' ')).join(
    '\n',
  )

writeGeoJson(
  bench.source('plan.geojson'),
  [box(500_000, 2_500_000, 3000, 5000), box(503_000, 2_500_000, 3000, 5000)].map((ring, i) => ({
    polygon: [ring],
    properties: { YDYHFLDM: ['0701', '1401'][i] },
  })),
  4547,
)
fs.writeFileSync(
  bench.source('canopy.asc'),
  asc((column, row) => (row < 100 ? -9999 : column < 300 ? 0.25 : 0.75)),
)
fs.writeFileSync(
  bench.source('lst.tif'),
  tiffBytes({
    columns: 4,
    rows: 3,
    values: Float32Array.from({ length: 12 }, (_, i) => 30 + i),
    epsg: 4326,
    leftX: 114,
    topY: 22.65,
    cell: 0.02,
  }),
)
fs.writeFileSync(bench.source('only.zip'), zipBytes([{ name: 'a.tif', data: fs.readFileSync(bench.source('lst.tif')) }]))
const LAND = { role: 'landuse_plan', path: 'plan.geojson' } as const
const CANOPY = { role: 'canopy', path: 'canopy.asc', crs: 'EPSG:4547' } as const
const filesOf = (sha256: string) => ({
  gpkg: path.join(bench.plansDir, `${sha256}.gpkg`),
  cacheDir: path.join(bench.dir, 'cache'),
})

describe('a plan with grids', () => {
  it('keeps them in their own cells and systems, with totals, in a file that GDAL likes; twice the same', async () => {
    const manifest = manifestOf([LAND, CANOPY, { role: 'heat', path: 'lst.tif' }], { crs: 'EPSG:4547' })
    const { plan, layers } = await bench.run(manifest)
    const [, canopy, heat] = layers
    expect(canopy).toMatchObject({ kind: 'raster', role: 'canopy', features: 600 * 400, lengthM: null, sourceCrs: 'EPSG:4547' })
    expect(canopy?.raster).toMatchObject({ columns: 600, rows: 500, min: 0.25, max: 0.75, mean: 0.5, noDataShare: 0.2 })
    const plainM2 = 600 * 400 * 100
    expect(Math.abs((canopy?.areaM2 ?? 0) / plainM2 - 1)).toBeLessThan(2e-4)
    expect(canopy?.areaM2).not.toBe(plainM2)
    expect(heat).toMatchObject({ features: 12, sourceCrs: 'EPSG:4326', raster: { crs: 'EPSG:4326', mean: 35.5 } })
    expect(heat?.notes.map(({ code }) => code)).toContain('raster.own-crs')
    const files = filesOf(plan.gpkgSha256)
    expect(hasOgrinfo ? ogrinfo(files.gpkg) : 'Layer name: landuse_plan').toContain('Layer name: landuse_plan')
    const again = await bench.run(manifest)
    expect(again.plan.gpkgSha256).toBe(plan.gpkgSha256)
    expect(again.layers.map(({ sha256 }) => sha256)).toEqual(layers.map(({ sha256 }) => sha256))

    const grid = loadRaster(files, { table: 'canopy' })
    expect(grid.values.buffer).toBeInstanceOf(SharedArrayBuffer)
    expect([valueAt(grid, 500_005, 2_500_005), valueAt(grid, 505_995, 2_503_995), valueAt(grid, 500_005, 2_504_995)]).toEqual([
      0.25,
      0.75,
      NaN,
    ])
    const land = layers[0]
    if (!land) throw new Error('no land use')
    const zones = loadLayerColumns(files, land, plan)
    const { mean, cells } = zonalMeans(zones, grid, frameToGrid(plan.frame, makeTransform('EPSG:4490', 'EPSG:4547')))
    expect([...mean].map((value) => Number(value.toFixed(9)))).toEqual([0.25, 0.75])
    expect([...cells]).toEqual([300 * 400, 300 * 400])
  })

  it('is drawn: every pixel carries the step of the cell beneath it', async () => {
    const { plan, layers } = await bench.run(manifestOf([LAND, CANOPY], { crs: 'EPSG:4547' }))
    const map = new PlanMap(plan, layers, filesOf(plan.gpkgSha256))
    const canopy = map.setup().layers.find(({ role }) => role === 'canopy')
    expect(canopy).toMatchObject({ kind: 'raster', features: 240_000 })
    expect(canopy?.legend.map(({ features }) => features)).toEqual([0, 0, 0, 120_000, 0, 120_000])
    const { classes, sizePx } = map.rasterTile(canopy?.id ?? '', 0, 0, 0)
    const seen = Map.groupBy(classes, (step) => step)
    expect([...seen.keys()].toSorted((a, b) => a - b)).toEqual([3, 5, NO_CLASS])
    expect(classes).toHaveLength(sizePx ** 2)
    const drawn = (seen.get(3)?.length ?? 0) / (seen.get(5)?.length ?? 1)
    expect(Math.abs(drawn - 1)).toBeLessThan(0.02)
    const [left, bottom] = plan.extent
    const found = map.identify(left + 100, bottom + 100, 1).find(({ role }) => role === 'canopy')
    expect(found).toMatchObject({ attributes: [{ value: '0.25' }] })
    expect(found?.areaM2).toBeCloseTo(100, 1)
    const cell = map.features(canopy?.id ?? '', [found?.fid ?? 0])
    expect([cell.kind, cell.xyM.length, [...cell.ringOff]]).toEqual(['polygon', 10, [0, 5]])
  })

  it('may hold nothing but a grid', async () => {
    const { plan, layers } = await bench.run(manifestOf([CANOPY]))
    expect(plan.crs).toBe('EPSG:4547')
    expect(layers).toHaveLength(1)
    expect(plan.extent[2] - plan.extent[0]).toBeCloseTo(6000, -1)
  })

  it('finds them in a folder and in a zip with GBK names, by name and band, and inspect tells them so', async () => {
    fs.mkdirSync(bench.source('grids/heat'), { recursive: true })
    fs.copyFileSync(bench.source('lst.tif'), bench.source('grids/heat/lst.tif'))
    const folder = await bench.run(manifestOf([{ role: 'heat', path: 'grids' }], { crs: 'EPSG:4326' }))
    expect(folder.layers[0]).toMatchObject({ kind: 'raster', features: 12, raster: { mean: 35.5 } })

    fs.writeFileSync(
      bench.source('grids.zip'),
      zipBytes([
        {
          name: Buffer.concat([Buffer.from('data/'), Buffer.from(encodeText('gbk', '地表温度.tif'))]),
          data: fs.readFileSync(bench.source('lst.tif')),
        },
        { name: 'canopy.asc', data: fs.readFileSync(bench.source('canopy.asc')) },
        { name: 'plan.geojson', data: fs.readFileSync(bench.source('plan.geojson')) },
      ]),
    )
    const manifest = manifestOf(
      [
        { role: 'landuse_plan', path: 'grids.zip', layer: 'plan' },
        { role: 'heat', path: 'grids.zip', layer: '地表温度#1' },
        { ...CANOPY, path: 'grids.zip', layer: 'canopy' },
      ],
      { crs: 'EPSG:4547' },
    )
    const { layers } = await bench.run(manifest)
    expect(layers.map(({ role, kind, features }) => [role, kind, features])).toEqual([
      ['landuse_plan', 'polygon', 2],
      ['heat', 'raster', 12],
      ['canopy', 'raster', 240_000],
    ])
    const { files } = await inspectPaths([bench.source('grids.zip')], bench.root)
    expect(files[0]?.layers.map(({ layer, kind, format }) => [layer, kind, format])).toEqual([
      ['plan', 'polygon', 'geojson'],
      ['地表温度', 'raster', 'geotiff'],
      ['canopy', 'raster', 'ascii-grid'],
    ])
    const only = await inspectPaths([bench.source('only.zip')], bench.root)
    expect(only.files[0]).toMatchObject({ error: null, layers: [{ layer: 'a', kind: 'raster' }] })
  })

  it.each([
    ['two in one folder without a name', { role: 'heat', path: '.' }, 'import.layer-ambiguous'],
    ['one that is not in the zip', { role: 'heat', path: 'only.zip', layer: 'b' }, 'import.layer-missing'],
    ['a band that a grid in a zip does not have', { role: 'heat', path: 'only.zip', layer: 'a#2' }, 'import.raster-band'],
    ['features where a grid is meant', { role: 'canopy', path: 'plan.geojson' }, 'import.wrong-kind'],
    ['a grid where features are meant', { role: 'green', path: 'canopy.asc' }, 'import.wrong-kind'],
    ['a band that is not there', { role: 'heat', path: 'lst.tif', layer: '2' }, 'import.raster-band'],
    ['only empty cells', { role: 'canopy', path: 'empty.asc', crs: 'EPSG:4547' }, 'import.raster-empty'],
    ['a system that nobody names', { role: 'raster', path: 'placeless.asc' }, 'import.crs-unknown'],
  ] as const)('refuses %s', async (_, layer, code) => {
    fs.writeFileSync(
      bench.source('empty.asc'),
      asc(() => -9999),
    )
    fs.writeFileSync(bench.source('placeless.asc'), 'ncols 1\nnrows 1\nxllcorner 5\nyllcorner 900000\ncellsize 1\n1\n')
    await expect(bench.run(manifestOf([{ ...layer }]))).rejects.toMatchObject({ code })
  })

  it('is told by inspect', async () => {
    const { files } = await inspectPaths([bench.source('canopy.asc'), bench.source('lst.tif')], bench.root)
    expect(files.map(({ layers }) => layers[0])).toMatchObject([
      {
        kind: 'raster',
        format: 'ascii-grid',
        features: 300_000,
        role: { value: 'canopy' },
        raster: { columns: 600, bands: 1, noData: -9999 },
      },
      { kind: 'raster', format: 'geotiff', features: 12, role: { value: 'heat' }, crs: { value: 'EPSG:4326' } },
    ])
  })
})
