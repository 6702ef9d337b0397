import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { AppError, describeError } from '#core/errors.ts'
import { rasterExtent } from '#core/geo/raster.ts'
import { scratch } from '../fixture-writers.ts'
import { tiffBytes } from './fixture-tiff.ts'
import { rasterFormatOf } from './raster-formats.ts'
import type { RasterSource } from './raster-format.ts'

const files = scratch()
afterAll(files.remove)
const torture = path.resolve(process.env['GREENPRINT_DATA'] ?? '../shared/data', 'torture')
const hasGdal = spawnSync('gdalinfo', ['--version']).status === 0

async function open(file: string): Promise<RasterSource> {
  const format = rasterFormatOf(file, path.basename(file))
  if (!format) throw new Error(`${file} is of no grid format`)
  return format.open(file, {})
}

async function cells(source: RasterSource, band = 1): Promise<number[]> {
  const all: number[] = []
  for await (const { firstRow, values } of source.strips(band)) {
    expect(firstRow * source.place.columns).toBe(all.length)
    for (const value of values) all.push(value)
  }
  return all
}

const written = (name: string, bytes: string | Uint8Array): string => {
  const file = files.write(name, '')
  writeFileSync(file, bytes)
  return file
}

const HEADER = 'ncols 3\nnrows 2\nxllcorner 500000\nyllcorner 2500000\ncellsize 10\nNODATA_value -9999\n'

describe('ASCII grids', () => {
  it('are read with their place, their empty cells and every way to write a number', async () => {
    const source = await open(written('a.asc', `${HEADER}1 -2.5 +3\n-9999 1e-3 .5\n`))
    expect(rasterExtent(source.place)).toEqual([500_000, 2_500_000, 500_030, 2_500_020])
    expect(source.noData).toBe(-9999)
    expect(await cells(source)).toEqual([1, -2.5, 3, NaN, Math.fround(0.001), 0.5])
  })

  it('may give the middle of the first cell, two cell sizes, capitals, other orders and line ends', async () => {
    const text = 'NROWS 1\r\nNCOLS 2\r\nYLLCENTER 5\r\nXLLCENTER 10\r\nDX 4\r\nDY 2\r\nNODATA_VALUE nan\r\n7 nan'
    const source = await open(written('b.asc', text))
    expect(source.place).toEqual({ columns: 2, rows: 1, leftX: 8, topY: 6, cellX: 4, cellY: 2 })
    expect(await cells(source)).toEqual([7, NaN])
  })

  it('take their system from the .prj beside them', async () => {
    const file = written('c.asc', `${HEADER}1 2 3 4 5 6`)
    writeFileSync(file.replace('.asc', '.prj'), 'PROJCS["x",AUTHORITY["EPSG","4547"]]')
    expect((await open(file)).crs.value).toBe('EPSG:4547')
  })

  it.each([
    ['too few cells', `${HEADER}1 2 3 4 5`, 'import.truncated'],
    ['too many cells', `${HEADER}1 2 3 4 5 6 7`, 'import.raster-broken'],
    ['a word among them', `${HEADER}1 2 three 4 5 6`, 'import.raster-broken'],
    ['a number that no cell can hold', `${HEADER}1 2 1e308 4 5 6`, 'import.raster-broken'],
    ['no size', 'ncols 3\nxllcorner 0\nyllcorner 0\ncellsize 1\n1 2 3', 'import.raster-broken'],
    ['a key twice', `ncols 3\n${HEADER}1`, 'import.raster-broken'],
    ['a negative size', HEADER.replace('ncols 3', 'ncols -3'), 'import.raster-broken'],
    ['a cell of no size', HEADER.replace('cellsize 10', 'cellsize 0'), 'import.raster-broken'],
    ['a corner beyond numbers', HEADER.replace('500000', '1e999'), 'import.raster-broken'],
    [
      'a size that no machine holds',
      HEADER.replace('ncols 3', 'ncols 99999999').replace('nrows 2', 'nrows 99999999'),
      'import.raster-broken',
    ],
    ['more cells than fit in memory', HEADER.replace('ncols 3', 'ncols 30000').replace('nrows 2', 'nrows 30000'), 'import.limit'],
  ])('refuse %s', async (_, text, code) => {
    const file = written('bad.asc', text)
    await expect(open(file).then(cells)).rejects.toMatchObject({ code })
  })

  it('are streamed across the edges of what is read at once', async () => {
    const columns = 1500
    const rows = Array.from({ length: 900 }, (_, row) =>
      Array.from({ length: columns }, (_v, column) => row + column / 8).join(' '),
    )
    const source = await open(
      written('big.asc', `ncols ${columns}\nnrows 900\nxllcorner 0\nyllcorner 0\ncellsize 1\n${rows.join('\n')}\n`),
    )
    const read = await cells(source)
    expect(read).toHaveLength(columns * 900)
    expect([read[0], read[columns + 8], read.at(-1)]).toEqual([0, 2, 899 + 1499 / 8])
  })
})

describe('GeoTIFFs', () => {
  const values = Float32Array.of(1, 2, 3, -9999, 5, 6)

  it('are read with place, system, empty cells, scale and offset', async () => {
    const metadata =
      '<GDALMetadata><Item name="S" sample="0" role="scale">0.5</Item><Item name="O" sample="0" role="offset">10</Item></GDALMetadata>'
    const file = written(
      'a.tif',
      tiffBytes({
        columns: 3,
        rows: 2,
        values,
        epsg: 4547,
        leftX: 500_000,
        topY: 2_500_020,
        cell: 10,
        noData: '-9999',
        metadata,
      }),
    )
    const source = await open(file)
    expect(rasterExtent(source.place)).toEqual([500_000, 2_500_000, 500_030, 2_500_020])
    expect(source.crs).toMatchObject({ value: 'EPSG:4547' })
    expect(source.crs.reason.zh).toContain('GeoTIFF')
    expect(await cells(source)).toEqual([10.5, 11, 11.5, NaN, 12.5, 13])
    expect(source.notes.map(({ code }) => code)).toContain('raster.scaled')
  })

  it('take an infinite cell for one without a value', async () => {
    const endless = Float32Array.of(1, Infinity, -Infinity, 4)
    const file = written(
      'endless.tif',
      tiffBytes({ columns: 2, rows: 2, values: endless, epsg: 4547, leftX: 0, topY: 20, cell: 10 }),
    )
    expect(await cells(await open(file))).toEqual([1, NaN, NaN, 4])
  })

  it('may begin in the south, or give the middle of a cell', async () => {
    const base = { columns: 3, rows: 2, values, epsg: 4547, cell: 10 }
    const flipped = await open(written('s.tif', tiffBytes({ ...base, matrix: [10, 0, 0, 500_000, 0, 10, 0, 2_500_000] })))
    expect(rasterExtent(flipped.place)).toEqual([500_000, 2_500_000, 500_030, 2_500_020])
    expect(await cells(flipped)).toEqual([-9999, 5, 6, 1, 2, 3])
    const point = await open(written('p.tif', tiffBytes({ ...base, leftX: 500_005, topY: 2_500_015, isPoint: true })))
    expect(rasterExtent(point.place)).toEqual([500_000, 2_500_000, 500_030, 2_500_020])
  })

  it('without a place are refused unless a world file lies beside them; rotated ones always', async () => {
    const file = written('w.tif', tiffBytes({ columns: 3, rows: 2, values }))
    await expect(open(file)).rejects.toMatchObject({ code: 'import.raster-no-place' })
    writeFileSync(file.replace('.tif', '.tfw'), '10\n0\n0\n-10\n500005\n2500015\n')
    expect(rasterExtent((await open(file)).place)).toEqual([500_000, 2_500_000, 500_030, 2_500_020])
    const rotated = tiffBytes({ columns: 3, rows: 2, values, matrix: [10, 1, 0, 500_000, 1, -10, 0, 2_500_000] })
    await expect(open(written('r.tif', rotated))).rejects.toMatchObject({ code: 'import.raster-rotated' })
  })

  it('however damaged, end in cells or in a typed error that can be shown', async () => {
    const good = tiffBytes({
      columns: 3,
      rows: 2,
      values,
      epsg: 4547,
      leftX: 500_000,
      topY: 2_500_020,
      cell: 10,
      noData: '-9999',
    })
    const ascii = Buffer.from(`${HEADER}1 2 3 4 5 6\n`)
    const said: string[] = []
    let seed = 7
    const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below
    for (let mutant = 0; mutant < 400; mutant++) {
      const bytes = Buffer.from(mutant % 4 === 0 ? ascii : good)
      for (let i = 0; i <= random(3); i++) bytes[random(bytes.length)] = random(256)
      const cut = mutant % 5 === 0 ? bytes.subarray(0, random(bytes.length)) : bytes
      const file = written(mutant % 4 === 0 ? 'm.asc' : 'm.tif', cut)
      if (!rasterFormatOf(file, 'm')) continue
      try {
        const source = await open(file)
        await cells(source)
        source.close()
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        said.push(describeError(error.toWire(), 'zh').title)
      }
    }
    expect(said.length).toBeGreaterThan(50)
    expect(said).not.toContain('')
  })
})

describe.skipIf(!existsSync(torture))('grids that others test with (skipped without the shared data)', () => {
  const outcome = async (file: string): Promise<unknown> => {
    try {
      const source = await open(path.join(torture, file))
      const read = (await cells(source)).filter((value) => !Number.isNaN(value))
      source.close()
      return [source.place.columns, source.place.rows, read.length, source.crs.confidence >= 0.6 ? source.crs.value : null]
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      return error.code
    }
  }
  it.each([
    ['qgis/tenbytenraster.asc', [10, 10, 100, null]],
    ['qgis/checker360by180.asc', [24, 12, 288, null]],
    ['qgis/zonalstatistics/edge_problem.asc', [4, 3, 12, 'EPSG:4326']],
    ['qgis/raster/band1_int16_noct_epsg4326.tif', [10, 10, 81, 'EPSG:4326']],
    ['qgis/raster/band3_float32_noct_epsg4326.tif', [10, 10, 81, 'EPSG:4326']],
    ['qgis/raster/byte.tif', [20, 20, 400, 'EPSG:26711']],
    ['qgis/raster/byte_with_nan_nodata.tif', [1, 1, 1, 'EPSG:26711']],
    ['qgis/raster/dem.tif', [373, 350, 130_550, 'EPSG:4326']],
    ['qgis/raster/float1-16.tif', [4, 4, 16, 'EPSG:4326']],
    ['qgis/raster/gtiff_tags.tif', 'import.raster-no-place'],
    ['qgis/raster/int_raster_with_scale.tif', [8, 7, 56, null]],
    ['qgis/raster/rgb_with_mask.tif', 'import.raster-no-place'],
    ['qgis/raster/scale0ingdal23.tif', [1, 1, 1, null]],
    ['qgis/raster/scaleoffset.tif', [10, 10, 100, null]],
    ['qgis/raster/with_color_table.tif', 'import.raster-no-place'],
    ['qgis/zonalstatistics/raster.tif', [16, 14, 120, 'EPSG:23030']],
    ['mapshaper/geotiff/wgs84-geographic-epsg4326.tif', [2, 2, 4, 'EPSG:4326']],
  ])('%s', async (file, expected) => expect(await outcome(file)).toEqual(expected))

  it.skipIf(!hasGdal)('mean the same to GDAL (skipped without gdalinfo)', async () => {
    for (const name of ['qgis/raster/dem.tif', 'qgis/zonalstatistics/raster.tif', 'qgis/raster/float1-16.tif']) {
      const file = path.join(torture, name)
      const copy = written(`gdal-${path.basename(name)}`, readFileSync(file))
      const said = JSON.parse(execFileSync('gdalinfo', ['-json', '-stats', copy], { encoding: 'utf8' })) as {
        bands: { mean: number; scale?: number; offset?: number }[]
      }
      const [band] = said.bands
      const read = (await cells(await open(file))).filter((value) => !Number.isNaN(value))
      const mean = read.reduce((sum, value) => sum + value, 0) / read.length
      const wanted = (band?.mean ?? NaN) * (band?.scale ?? 1) + (band?.offset ?? 0)
      expect(Math.abs(mean - wanted), name).toBeLessThanOrEqual(1e-3 + Math.abs(wanted) * 1e-4)
    }
  })
})
