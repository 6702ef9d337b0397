import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { AppError } from '#core/errors.ts'
import { readAll, scratch } from './fixture-writers.ts'
import { decodeNative } from './geoparquet-geometry.ts'
import { geoColumnOf, geoParquetCrs } from './geoparquet-metadata.ts'
import { WkbError } from './wkb.ts'

const files = scratch()
afterAll(files.remove)

const p = (x: number, y: number, z?: number) => (z === undefined ? { x, y } : { x, y, z })
const ring = [p(0, 0), p(1, 0), p(1, 1), p(0, 0)]

describe('native encodings', () => {
  it.each([
    ['point', p(1, 2, 3), 'point', [[[1, 2]]]],
    ['point', { x: Number.NaN, y: Number.NaN }, 'point', [[]]],
    ['multipoint', [p(1, 2), p(3, 4)], 'point', [[[1, 2]], [[3, 4]]]],
    ['linestring', [p(1, 2), p(3, 4)], 'line', [[[1, 2, 3, 4]]]],
    ['multilinestring', [[p(1, 2), p(3, 4)], []], 'line', [[[1, 2, 3, 4]], [[]]]],
    ['polygon', [ring], 'polygon', [[[0, 0, 1, 0, 1, 1, 0, 0]]]],
    ['multipolygon', [[ring], [ring]], 'polygon', [[[0, 0, 1, 0, 1, 1, 0, 0]], [[0, 0, 1, 0, 1, 1, 0, 0]]]],
  ] as const)('%s', (encoding, value, kind, parts) => {
    const found = decodeNative(value, encoding).parts.get(kind)
    expect(found?.map((rings) => rings.map((run) => [...run]))).toEqual(parts)
  })

  it.each([
    ['point', null],
    ['point', { x: 'a', y: 1 }],
    ['linestring', p(1, 2)],
    ['polygon', [[{}]]],
    ['linestring', [p(Infinity, 2)]],
    ['circle', []],
  ])('refuses %s %j', (encoding, value) => expect(() => decodeNative(value, encoding)).toThrow(WkbError))
})

describe('geo metadata', () => {
  const geo = (column: object) =>
    geoColumnOf(JSON.stringify({ version: '1.1.0', primary_column: 'geometry', columns: { geometry: column } }))
  it('knows encoding, coverings and edges', () => {
    const covering = { bbox: { xmin: ['bbox', 'xmin'] } }
    expect(geo({ encoding: 'polygon', covering, edges: 'spherical' })).toMatchObject({
      encoding: 'polygon',
      isSpherical: true,
      coverings: new Set(['bbox']),
    })
    for (const text of [undefined, '', '[]', '{}', '{"columns":{}}', '{"columns":{"a":3}}', '{"columns":{"a":{"encoding":"x"}}}'])
      expect(geoColumnOf(text)).toBeNull()
  })

  it('means longitude and latitude without a CRS, and asks when it is null', () => {
    const box = [116, 39, 117, 40] as const
    expect(geoParquetCrs({ crs: undefined }, box)).toMatchObject({ value: 'EPSG:4326', confidence: 0.95 })
    expect(geoParquetCrs({ crs: null }, box).confidence).toBeLessThan(0.6)
    expect(geoParquetCrs({ crs: 'EPSG:4490' }, box).value).toBe('EPSG:4490')
    expect(geoParquetCrs({ crs: 'OGC:CRS84' }, box).value).toBe('EPSG:4326')
    expect(geoParquetCrs({ crs: undefined }, [500_000, 4_000_000, 500_100, 4_000_100]).value).toBeNull()
  })
})

const folder = path.join(process.env.GREENPRINT_DATA ?? path.resolve(import.meta.dirname, '../../../../shared/data'), 'torture')
const isThere = existsSync(path.join(folder, 'geoparquet'))
if (!isThere) process.stderr.write(`skipped: no test data at ${folder} (set GREENPRINT_DATA)\n`)

/** Features and kind of each file; independent reading by the names and notes of the suites. */
const COUNTS: Record<string, [string | null, number]> = {
  'example.parquet': ['polygon', 5],
  'nyc_boros.parquet': ['polygon', 1],
  'sample-zstd.parquet': ['point', 3],
  'list_field_values_file.parquet': [null, 5],
  'list_nested_struct_file.parquet': [null, 3],
}

describe.skipIf(!isThere)('GeoParquet files of public test suites', () => {
  const names = isThere ? globSync('**/*.parquet', { cwd: folder }) : []

  it('hold the same geometry in either encoding', async () => {
    const natives = names.filter((name) => name.endsWith('native.parquet'))
    expect(natives.length).toBe(12)
    for (const name of natives) {
      const [native, wkb] = [
        await readAll(path.join(folder, name)),
        await readAll(path.join(folder, name.replace('native', 'wkb'))),
      ]
      expect(
        native.map(({ features }) => features),
        name,
      ).toEqual(wkb.map(({ features }) => features))
      expect(native[0]?.features.length).toBeGreaterThan(2)
    }
  })

  it('have their counts and systems', async () => {
    const counts: typeof COUNTS = {}
    const systems: string[] = []
    for (const name of names.filter((file) => !file.includes('data-'))) {
      const [read] = await readAll(path.join(folder, name))
      if (path.basename(name) in COUNTS) counts[path.basename(name)] = [read?.layer.kind ?? null, read?.features.length ?? 0]
      else systems.push(`${path.basename(name)} ${read?.layer.kind} ${read?.layer.crs.value}`)
    }
    expect(counts).toEqual(COUNTS)
    expect(systems.toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
      'example-crs_vermont-4326_geo.parquet polygon EPSG:4326',
      'example-crs_vermont-crs84-auth-code.parquet polygon EPSG:4326',
      'example-crs_vermont-crs84-unknown.parquet polygon EPSG:4326',
      'example-crs_vermont-crs84-wkt2.parquet polygon EPSG:4326',
      'example-crs_vermont-crs84_geo.parquet polygon EPSG:4326',
      'example-crs_vermont-custom_geo.parquet polygon null',
      'example-crs_vermont-utm_geo.parquet polygon EPSG:32618',
    ])
  })

  it('end in data or a typed refusal wherever they are cut', async () => {
    const bytes = readFileSync(path.join(folder, 'geoparquet/data-polygon-encoding_wkb.parquet'))
    for (let length = 0; length < bytes.length; length += 13) {
      const failure = await readAll(files.write('cut.parquet', bytes.subarray(0, length))).then(
        () => null,
        (error: unknown) => error,
      )
      expect(failure, `cut at ${length}`).toBeInstanceOf(AppError)
    }
  })
})
