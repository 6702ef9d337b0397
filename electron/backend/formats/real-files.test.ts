import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { AppError } from '#core/errors.ts'
import { readAll } from './fixture-writers.ts'

/** Odd files of public test suites, compared with what GDAL 3.6.2 makes of each. */
const folder = path.join(process.env.GREENPRINT_DATA ?? path.resolve(import.meta.dirname, '../../../../shared/data'), 'torture')
const isThere = existsSync(path.join(folder, 'GDAL_OPINION.tsv'))
if (!isThere) process.stderr.write(`skipped: no test data at ${folder} (set GREENPRINT_DATA)\n`)

interface Opinion {
  ok: boolean
  counts: number[]
}

function opinions(): Map<string, Opinion> {
  const found = new Map<string, Opinion>()
  for (const line of readFileSync(path.join(folder, 'GDAL_OPINION.tsv'), 'utf8').trim().split('\n').slice(1)) {
    const [file = '', status = '', , count = ''] = line.split('\t')
    const opinion = found.get(file) ?? { ok: status === 'OK', counts: [] }
    if (status === 'OK') opinion.counts.push(Number(count))
    found.set(file, opinion)
  }
  return found
}

/** Files on which we differ from GDAL on purpose, and why. */
const DIFFERENT: Record<string, string> = {
  'fiona/test_tin.shp': 'MultiPatch is refused',
  'qgis/multipatch.shp': 'MultiPatch is refused',
  'mapshaper/issues/384_invalid_json/sample1.json': 'text after the end of the JSON',
  'mapshaper/issues/invalid_coords/invalid_coordinates.shp': 'coordinates of -1.8e308',
  'mapshaper/issues/invalid_coords/invalid_coordinates.json': 'coordinates of -1.8e308',
  'mapshaper/shapefile/shplib/3dpoints.shp': 'damaged .shx: all 22 points of the .shp are read, GDAL reads 8',
  'pyogrio/curve.gpkg': 'curves are refused',
  'pyogrio/curvepolygon.gpkg': 'curves are refused',
  'pyogrio/multisurface.gpkg': 'curves are refused',
  'qgis/curved_polys.gpkg': 'curves are refused',
  'mapbox-geojson-fixtures/data/geometry/geometrycollection.geojson': 'collections of mixed kinds become one feature per kind',
  'mapbox-geojson-fixtures/data/geometry/geometrycollection-xyz.geojson':
    'collections of mixed kinds become one feature per kind',
}

/** GDAL counts the rows of the .dbf, and these have none; the shapes are there and are read, with a warning. */
const hasEmptyTable = (file: string): boolean => file.startsWith('postgis-loader/')

describe.skipIf(!isThere)('files of public test suites', () => {
  const suites = isThere
    ? globSync('**/*.{shp,gpkg,geojson,json,zip}', { cwd: folder }).map((file) => file.split(path.sep).join('/'))
    : []

  it('all end in data or in a typed error', async () => {
    let read = 0
    for (const file of suites) {
      try {
        await readAll(path.join(folder, file))
        read++
      } catch (error) {
        if (!(error instanceof AppError)) throw new Error(`untyped failure: ${file}`, { cause: error })
      }
    }
    expect(suites.length).toBeGreaterThan(900)
    expect(read).toBeGreaterThan(850)
  })

  it('hold as many features as GDAL says, where both read one layer', async () => {
    const ours: Record<string, number> = {}
    const theirs: Record<string, number> = {}
    for (const [file, { ok, counts }] of opinions()) {
      if (!ok || counts.length !== 1 || !/\.(shp|gpkg|geojson|json)$/.test(file) || file in DIFFERENT || hasEmptyTable(file))
        continue
      const read = await readAll(path.join(folder, file))
      ours[file] = read.reduce((sum, { features }) => sum + features.length, 0)
      theirs[file] = counts[0] ?? Number.NaN
    }
    expect(Object.keys(ours).length).toBeGreaterThan(200)
    expect(ours).toEqual(theirs)
  })

  it('in Chinese encodings read alike, whatever says so', async () => {
    const expected = JSON.parse(readFileSync(path.join(folder, 'derived-gbk/EXPECTED.json'), 'utf8')) as {
      all: { features: number; first_row: unknown[] }
    }
    const sets = globSync('derived-gbk/**/*.{shp,zip}', { cwd: folder })
    expect(sets.length).toBeGreaterThan(6)
    for (const file of sets) {
      const [read] = await readAll(path.join(folder, file))
      const { features = [], layer } = read ?? {}
      expect({ file, count: features.length, first: features[0]?.values }).toEqual({
        file,
        count: expected.all.features,
        first: expected.all.first_row,
      })
      expect(layer?.encoding.confidence).toBeGreaterThanOrEqual(0.8)
    }
  })
})
