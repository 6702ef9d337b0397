import { globSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { AppError } from '#core/errors.ts'
import { FeatureSpool } from './feature-spool.ts'
import { options, readAll, scratch, square } from './fixture-writers.ts'
import type { OpenedSource } from './format.ts'
import { openGeoJsonStream } from './geojson-stream.ts'

const files = scratch()
afterAll(files.remove)

const read = (source: OpenedSource) => {
  const layers = source.layers.map((layer) => ({
    ...layer,
    features: [...layer.features()],
    again: [...layer.features()].length,
  }))
  source.close()
  return layers
}
const code = (run: () => unknown): string => {
  try {
    run()
    return 'read'
  } catch (error) {
    if (error instanceof AppError) return `${error.code} ${JSON.stringify(error.params)}`
    throw error
  }
}
const refusedAs = (error: unknown): string => {
  if (error instanceof AppError) return error.code
  throw error
}
const outcome = (run: () => ReturnType<typeof read>): unknown => {
  try {
    return run().map(({ features, crs }) => [features, crs])
  } catch (error) {
    return refusedAs(error)
  }
}
const feature = (name: string) => ({
  type: 'Feature',
  properties: { 名称: name },
  geometry: { type: 'Polygon', coordinates: [square(116, 39, 1)] },
})

describe('a large GeoJSON collection', () => {
  it('reads features wherever they stand, and the crs after them', () => {
    const collection = { bbox: [1, 2, 3, 4], features: [feature('a}]"\\'), feature('公园')], type: 'FeatureCollection' }
    const crs = { type: 'name', properties: { name: 'EPSG:4490' } }
    const file = files.write('late.geojson', `\uFEFF${JSON.stringify({ ...collection, crs }, null, 1)}\n`)
    const [layer] = read(openGeoJsonStream(file, options))
    expect(layer).toMatchObject({ kind: 'polygon', count: 2, again: 2, crs: { value: 'EPSG:4490' } })
    expect(layer?.features.map(({ values }) => values)).toEqual([['a}]"\\'], ['公园']])
  })

  it('reads GBK although its second bytes may look like brackets and backslashes', () => {
    const hidden = Buffer.from([0x95, 0x5c, 0x83, 0x7b, 0xb5, 0xd8]) // 昞{… as GBK: trail bytes are "\" and "{"
    const [before = '', after = ''] = JSON.stringify({ type: 'FeatureCollection', features: [feature('@')] }).split('@')
    const bytes = Buffer.concat([Buffer.from(before.replace('名称', 'n')), hidden, Buffer.from(after)])
    // Said by a person: three rare characters could as well be Japanese.
    const [layer] = read(openGeoJsonStream(files.write('gbk.geojson', bytes), { ...options, encoding: 'GBK' }))
    expect(layer?.features[0]?.values).toEqual([new TextDecoder('gbk').decode(hidden)])
  })

  it('says where it stops being JSON', () => {
    const text = `{"type":"FeatureCollection",\n"features":[\n${JSON.stringify(feature('a'))},\n{"type":}]}`
    expect(code(() => openGeoJsonStream(files.write('bad.geojson', text), options))).toBe(
      'import.json-broken {"file":"bad.geojson","line":4,"column":1}',
    )
  })

  it.each([
    '',
    '{',
    '[]',
    '{}',
    '{"type":"FeatureCollection"}',
    '{"features":[]}',
    '{"type":"FeatureCollection","features":[1]}',
  ])('refuses %s', (text) =>
    expect(code(() => openGeoJsonStream(files.write('odd.geojson', text), options))).toMatch(/^import\./),
  )

  it('keeps memory level: what does not fit in memory waits in a file that is removed', () => {
    const spool = new FeatureSpool(files.dir)
    const run = Float64Array.from({ length: 2000 }, (_, index) => index)
    for (let row = 1; row <= 2000; row++)
      spool.add({ row, kind: 'line', geometry: { kind: 'line', parts: [[run]] }, values: [row, `第${row}行`, null, true] })
    expect(globSync('greenprint-spool-*/features', { cwd: files.dir })).toHaveLength(1)
    let rows = 0
    let middle: Float64Array | undefined
    for (const { row, geometry, values } of spool.read()) {
      expect(row).toBe(++rows)
      expect(values[1]).toBe(`第${row}行`)
      if (row === 1500) middle = geometry?.parts[0]?.[0]
    }
    expect(rows).toBe(2000)
    expect(middle).toEqual(run)
    spool.close()
    expect(globSync('greenprint-spool-*', { cwd: files.dir })).toHaveLength(0)
  })

  it('agrees with the reader that holds everything (property)', async () => {
    const values = fc.oneof(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null))
    const features = fc.array(fc.dictionary(fc.string({ minLength: 1 }), values, { maxKeys: 4 }), { maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(features, fc.constantFrom(0, 1), async (list, indent) => {
        const all = list.map((properties) => ({ ...feature(''), properties }))
        const file = path.join(files.dir, 'both.geojson')
        writeFileSync(file, JSON.stringify({ type: 'FeatureCollection', features: all }, null, indent))
        const [whole] = await readAll(file)
        const [streamed] = read(openGeoJsonStream(file, options))
        expect(streamed?.fields).toEqual(whole?.layer.fields)
        expect(streamed?.features).toEqual(whole?.features)
      }),
      { numRuns: 60 },
    )
  })
})

describe('GeoJSON sequences', () => {
  const lines = [feature('a'), feature('b'), { type: 'Point', coordinates: [116, 39] }].map((item) => JSON.stringify(item))
  it.each([
    ['one.ndjson', `${lines.join('\n')}\n`],
    ['two.geojsonl', `\uFEFF${lines.join('\r\n\r\n')}`],
    ['three.geojsons', lines.map((line) => `\u001E${line}\n`).join('')],
    ['four.txt', lines.join('\n')],
  ])('%s holds three features of two kinds', async (name, text) => {
    const found = await readAll(files.write(name, text))
    expect(found.map(({ layer, features }) => [layer.kind, features.length])).toEqual([
      ['polygon', 2],
      ['point', 1],
    ])
  })

  it('refuses an empty one and a broken line', async () => {
    await expect(readAll(files.write('empty.ndjson', ' \n'))).rejects.toMatchObject({ code: 'import.no-layers' })
    await expect(readAll(files.write('cut.ndjson', `${lines[0]}\n{"type":`))).rejects.toMatchObject({
      code: 'import.json-broken',
      params: { line: 2 },
    })
  })
})

describe('TopoJSON', () => {
  const topology = {
    type: 'Topology',
    transform: { scale: [0.5, 0.5], translate: [100, 30] },
    objects: {
      parks: {
        type: 'GeometryCollection',
        geometries: [
          { type: 'Polygon', properties: { n: 1 }, arcs: [[0, 1]] },
          { type: null, properties: { n: 2 } },
        ],
      },
      stops: { type: 'Point', coordinates: [2, 2], properties: { name: 'A' } },
    },
    arcs: [
      [[0, 0], [4, 0], [0, 4]], // prettier-ignore
      [[4, 4], [-4, 0], [0, -4]], // prettier-ignore
    ],
  }

  it('puts shared, quantised arcs together', async () => {
    const found = await readAll(files.write('t.topojson', JSON.stringify(topology)))
    expect(found.map(({ layer }) => [layer.layer, layer.kind, layer.count, layer.extent])).toEqual([
      ['parks', 'polygon', 2, [100, 30, 102, 32]],
      ['stops', 'point', 1, [101, 31, 101, 31]],
    ])
    expect(found[0]?.features[0]?.geometry?.parts).toEqual([[Float64Array.of(100, 30, 102, 30, 102, 32, 100, 32, 100, 30)]])
  })

  it.each([
    { ...topology, arcs: null },
    { ...topology, arcs: [[]] },
    { ...topology, arcs: [[[0]]] },
    { ...topology, arcs: [topology.arcs[0]] },
    { ...topology, transform: { scale: [1] } },
    { ...topology, objects: { x: { type: 'Polygon', arcs: [[0.5]] } } },
    { ...topology, objects: { x: { type: 'LineString', arcs: [] } } },
    { ...topology, objects: { x: { type: 'Circle' } } },
    { ...topology, objects: {} },
  ])('refuses what it cannot be: %#', async (broken) => {
    await expect(readAll(files.write('x.topojson', JSON.stringify(broken)))).rejects.toBeInstanceOf(AppError)
  })
})

const folder = path.join(process.env.GREENPRINT_DATA ?? path.resolve(import.meta.dirname, '../../../../shared/data'), 'torture')
const isThere = existsSync(path.join(folder, 'fiona'))
if (!isThere) process.stderr.write(`skipped: no test data at ${folder} (set GREENPRINT_DATA)\n`)

describe.skipIf(!isThere)('files of public test suites', () => {
  it('stream to the same features as read whole', async () => {
    const collections = globSync('{fiona,turf,qgis,mapshaper,geopandas-overlay}/**/*.geojson', { cwd: folder }).filter((file) =>
      /"FeatureCollection"/.test(readFileSync(path.join(folder, file), 'latin1').slice(0, 300)),
    )
    let same = 0
    for (const file of collections) {
      const full = path.join(folder, file)
      const whole = await readAll(full).catch(refusedAs)
      const streamed = outcome(() => read(openGeoJsonStream(full, options)))
      expect(streamed, file).toEqual(
        typeof whole === 'string' ? whole : whole.map(({ features, layer }) => [features, layer.crs]),
      )
      same++
    }
    expect(same).toBeGreaterThan(150)
  })

  it('counts sequences and topologies', async () => {
    const counts: Record<string, number[]> = {}
    for (const file of ['trio.seq', 'sequence.txt', 'sequence-pp.txt', 'collection.txt', 'collection-pp.txt', 'example.topojson'])
      counts[file] = (await readAll(path.join(folder, 'fiona', file))).map(({ features }) => features.length)
    expect(counts).toEqual({
      'trio.seq': [1, 1, 1],
      'sequence.txt': [2],
      'sequence-pp.txt': [2],
      'collection.txt': [2],
      'collection-pp.txt': [2],
      'example.topojson': [1, 1, 1],
    })
  })
})
