import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { AppError, describeError } from '#core/errors.ts'
import {
  dbfBytes,
  gpkgBlob,
  pointShape,
  polygonShape,
  readAll,
  reversed,
  scratch,
  shpBytes,
  square,
  wkbPoint,
  wkbPolygon,
  writeGpkg,
  zipBytes,
} from './fixture-writers.ts'

/**
 * Every prefix of small good files. However a file is cut, reading ends in data or in a typed error whose sentences can be shown;
 * any other throw fails the test. Other damage is the fuzzer's (`build/fuzz`).
 */

const files = scratch()
afterAll(files.remove)

const geojson = Buffer.from(
  JSON.stringify({
    type: 'FeatureCollection',
    crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::4547' } },
    features: [
      {
        type: 'Feature',
        properties: { YDYHFLDM: '0701', n: 1.5 },
        geometry: { type: 'Polygon', coordinates: [square(500_000, 2_500_000, 10)] },
      },
      {
        type: 'Feature',
        properties: { YDYHFLDM: '绿地', n: null },
        geometry: { type: 'GeometryCollection', geometries: [{ type: 'Point', coordinates: [1, 2] }] },
      },
      { type: 'Feature', properties: null, geometry: null },
    ],
  }),
)
const polygons = shpBytes(5, [
  polygonShape([square(0, 0, 100), reversed(square(10, 10, 20))]),
  polygonShape([square(200, 0, 100)]),
])
const table = dbfBytes(
  [
    { name: Buffer.from('NAME'), length: 8 },
    { name: Buffer.from('N'), length: 5, type: 'N' },
  ],
  [
    [Buffer.from('绿地'), Buffer.from('  1.5')],
    [Buffer.from('b'), Buffer.from('    2')],
  ],
)
const zip = zipBytes([
  { name: 'a.shp', data: shpBytes(1, [pointShape(1, 2)]) },
  { name: 'b.geojson', data: geojson },
])
const gpkg = readFileSync(
  writeGpkg(path.join(files.dir, 'seed.gpkg'), [
    {
      table: 'parcels',
      rows: [
        { geom: gpkgBlob(wkbPolygon([square(5, 5, 10)])), name: 'a' },
        { geom: gpkgBlob(wkbPoint(1, 2)), name: 3 },
        { geom: null },
      ],
    },
  ]),
)

/** The first thing wrong with data that was read: nothing but finite numbers may come out. */
function nonsense(read: Awaited<ReturnType<typeof readAll>>): string | undefined {
  for (const { layer, features } of read) {
    if (!(layer.extent ?? []).every(Number.isFinite)) return 'extent'
    const bad = features.find(({ geometry }) =>
      geometry?.parts.some((rings) => rings.some((ring) => !ring.every(Number.isFinite))),
    )
    if (bad) return `row ${bad.row}`
  }
  return undefined
}

/** Reads a broken file and says what came of it; an untyped failure, nonsense, or an error without a next step throws. */
async function outcome(name: string, parts: Record<string, Buffer>, what: string): Promise<'read' | 'refused'> {
  let chosen = ''
  for (const [extension, bytes] of Object.entries(parts)) chosen = files.write(`${name}.${extension}`, bytes)
  try {
    const wrong = nonsense(await readAll(chosen))
    if (wrong === undefined) return 'read'
    throw new Error(`impossible numbers in ${wrong}: ${what}`)
  } catch (error) {
    if (!(error instanceof AppError)) throw new Error(`untyped failure: ${what}`, { cause: error })
    const { cause, next } = describeError(error.toWire(), 'zh')
    if (cause.length > 2000 || next === '') throw new Error(`unreadable message: ${what}`, { cause: error })
    return 'refused'
  }
}

describe('truncated files', () => {
  it.each([
    ['GeoJSON', 1, geojson, (bytes: Buffer) => ({ geojson: bytes })],
    ['.shp', 1, polygons, (bytes: Buffer) => ({ dbf: table, shp: bytes })],
    ['.dbf', 1, table, (bytes: Buffer) => ({ dbf: bytes, shp: polygons })],
    ['zip', 1, zip, (bytes: Buffer) => ({ zip: bytes })],
    ['GeoPackage', 13, gpkg, (bytes: Buffer) => ({ gpkg: bytes })],
  ] as const)('every prefix of a %s is read or refused', async (name, step, seedFile, parts) => {
    const seen = { read: 0, refused: 0 }
    for (let length = 0; length < seedFile.length; length += step) {
      seen[await outcome(`cut-${name}`, parts(seedFile.subarray(0, length)), `${name} cut at ${length}`)]++
    }
    expect(seen.refused).toBeGreaterThan(0)
    expect(await outcome(`whole-${name}`, parts(seedFile), name)).toBe('read')
  })

  it('never passes a cut .shp off as a whole one', async () => {
    for (let length = 0; length < polygons.length; length++) {
      expect(await outcome('cut', { shp: polygons.subarray(0, length) }, `cut at ${length}`)).toBe('refused')
    }
  })
})
