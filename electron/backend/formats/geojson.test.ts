import { afterAll, describe, expect, it } from 'vitest'
import { encodeText } from './fixture-text.ts'
import { readAll, scratch, square } from './fixture-writers.ts'

const files = scratch()
afterAll(files.remove)

const feature = (geometry: unknown, properties: unknown = {}): unknown => ({ type: 'Feature', properties, geometry })
const collection = (features: readonly unknown[], extra: object = {}): string =>
  JSON.stringify({ type: 'FeatureCollection', ...extra, features })
const polygon = { type: 'Polygon', coordinates: [square(114, 23, 0.01)] }
const point = { type: 'Point', coordinates: [114, 23] }
const line = {
  type: 'LineString',
  coordinates: [
    [114, 23],
    [114.1, 23.1, 5],
  ],
}
let count = 0
const write = (content: string | Uint8Array): string => files.write(`file-${count++}.geojson`, content)
const failure = (content: string | Uint8Array): Promise<unknown> =>
  readAll(write(content)).then(
    () => 'read',
    (error: unknown) => error,
  )

describe('GeoJSON', () => {
  it('reads features with values in the order of the fields', async () => {
    const [read] = await readAll(write(collection([feature(polygon, { a: 1, b: 'x' }), feature(polygon, { b: null, c: true })])))
    expect(read?.layer).toMatchObject({
      layer: null,
      kind: 'polygon',
      count: 2,
      geometryTypes: { Polygon: 2 },
      extent: [114, 23, 114.01, 23.01],
    })
    expect(read?.layer.crs).toMatchObject({ value: 'EPSG:4326', confidence: 0.95 })
    expect(read?.layer.fields).toEqual([
      { name: 'a', type: 'number', samples: ['1'] },
      { name: 'b', type: 'text', samples: ['x'] },
      { name: 'c', type: 'boolean', samples: ['true'] },
    ])
    expect(read?.features.map(({ row, values }) => [row, ...values])).toEqual([
      [1, 1, 'x', null],
      [2, null, null, true],
    ])
  })

  it('reads a lone feature, a bare geometry, a byte-order mark, UTF-16 and GBK', async () => {
    const name = JSON.stringify(feature(point, { name: '公园' }))
    for (const content of [name, JSON.stringify(point), `\uFEFF${name}`, Buffer.from(`\uFEFF${name}`, 'utf16le')]) {
      const [read] = await readAll(write(content))
      expect(read?.layer).toMatchObject({ kind: 'point', count: 1 })
    }
    const gbk = Buffer.concat([
      Buffer.from('{"type":"Feature","geometry":null,"properties":{"n":"'),
      Buffer.from([0xb9, 0xab, 0xd4, 0xb0]),
      Buffer.from('"}}'),
    ])
    const [read] = await readAll(write(gbk))
    expect(read?.features[0]?.values).toEqual(['公园'])
    expect(read?.layer.encoding.value).toBe('GBK')
    expect(read?.layer.encoding.confidence, 'two characters prove little').toBeLessThan(0.6)
  })

  it('tells GBK, Big5 and Shift-JIS apart by what the strings look like, read in one piece or streamed', async () => {
    const words = ['城镇住宅用地', '公园绿地', '商业服务业用地', '城镇道路用地', '河流水面', '基本农田']
    const traditional = ['住宅區', '公園用地', '道路用地', '學校用地', '機關用地', '商業區']
    const japanese = ['第一種低層住居専用地域', '商業地域', '公園', '道路用地', 'その他の空地', '文教厚生用地']
    for (const [label, values] of [
      ['gbk', words],
      ['big5', traditional],
      ['shift_jis', japanese],
    ] as const) {
      const text = JSON.stringify({ type: 'FeatureCollection', features: values.map((n) => feature(point, { n })) })
      const topology = JSON.stringify({
        type: 'Topology',
        arcs: [],
        objects: {
          a: {
            type: 'GeometryCollection',
            geometries: values.map((n) => ({ type: 'Point', coordinates: [1, 2], properties: { n } })),
          },
        },
      })
      for (const file of [
        write(Buffer.from(encodeText(label, text))),
        files.write(`${label}.topojson`, Buffer.from(encodeText(label, topology))),
      ]) {
        const [read] = await readAll(file)
        expect(read?.features.map((one) => one.values[0])).toEqual(values)
        expect(read?.layer.encoding.value?.toLowerCase()).toBe(label)
        expect(read?.layer.encoding.confidence).toBeGreaterThan(0.6)
      }
    }
  })

  it('splits mixed kinds into layers and takes collections apart', async () => {
    const mixed = {
      type: 'GeometryCollection',
      geometries: [point, { type: 'GeometryCollection', geometries: [polygon, polygon] }],
    }
    const read = await readAll(
      write(collection([feature(line), feature(mixed, { n: 1 }), feature(polygon), feature(null, { n: 2 })])),
    )
    expect(read.map(({ layer }) => [layer.kind, layer.count])).toEqual([
      ['polygon', 3],
      ['line', 1],
      ['point', 1],
    ])
    expect(read[0]?.features.map(({ row, geometry }) => [row, geometry?.parts.length ?? 0])).toEqual([
      [2, 2],
      [3, 1],
      [4, 0],
    ])
    const notes = read[0]?.layer.notes.map(({ text }) => text.en) ?? []
    expect(notes.join()).toContain('1 features have no geometry (rows 4')
    expect(notes.join()).toContain('taken apart')
    expect(notes.join()).toContain('heights (Z)')
  })

  it('closes rings and drops runs that are too short, and says so', async () => {
    const open = {
      type: 'Polygon',
      coordinates: [
        square(114, 23, 1).slice(0, 4),
        [
          [114.1, 23.1],
          [114.2, 23.2],
        ],
      ],
    }
    const [read] = await readAll(write(collection([feature(open), feature({ type: 'LineString', coordinates: [[1, 1]] })])))
    expect(read?.features[0]?.geometry?.parts[0]).toHaveLength(1)
    expect(read?.features[0]?.geometry?.parts[0]?.[0]).toHaveLength(10)
    expect(read?.layer.notes.map(({ text }) => text.en).join()).toMatch(
      /rings or lines with too few points.*open rings were closed/s,
    )
  })

  it('expands attributes hidden in an HTML table', async () => {
    const html = (name: string, code: string): string =>
      `<center><table><tr><th colspan='2'><em>Attributes</em></th></tr><tr bgcolor=""> <th>NAME</th> <td>${name}</td> </tr><tr><th>CODE</th><td>${code}</td></tr></table></center>`
    const [read] = await readAll(
      write(
        collection([
          feature(point, { Name: 'kml_1', Description: html('A &amp; B', '007') }),
          feature(point, { Name: 'kml_2', Description: html('', '12') }),
        ]),
      ),
    )
    expect(read?.layer.fields.map(({ name }) => name)).toEqual(['Name', 'Description_NAME', 'CODE'])
    expect(read?.features.map(({ values }) => values)).toEqual([
      ['kml_1', 'A & B', '007'],
      ['kml_2', null, '12'],
    ])
    expect(read?.layer.notes.map(({ text }) => text.en).join()).toContain('hidden in an HTML table')
  })

  it('keeps nested values as text and hostile names as plain fields', async () => {
    const [read] = await readAll(
      write('{"type":"Feature","geometry":null,"properties":{"__proto__":"p","constructor":{"a":[1]}}}'),
    )
    expect(read?.layer.fields.map(({ name }) => name)).toEqual(['__proto__', 'constructor'])
    expect(read?.features[0]?.values).toEqual(['p', '{"a":[1]}'])
    expect(({} as Record<string, unknown>).p).toBeUndefined()
  })

  it('names the row of a bad coordinate and the place of bad JSON', async () => {
    expect(
      await failure(collection([feature(point), feature(point)]).replace(/114,23\](?!.*114,23)/, '1e400,23]')),
    ).toMatchObject({ code: 'import.bad-coordinate', params: { row: 2 } })
    expect(await failure('{"type":"FeatureCollection",\n"features":[NaN]}')).toMatchObject({
      code: 'import.json-broken',
      params: { line: 2, column: 13 },
    })
    expect(await failure('{"type":"FeatureCollection","features":[')).toMatchObject({
      code: 'import.json-broken',
      params: { line: 1, column: 41 },
    })
    expect(await failure('')).toMatchObject({ code: 'import.json-broken' })
  })

  it.each([
    '[]',
    '3',
    'null',
    '{"type":"Topology"}',
    '{"type":"FeatureCollection"}',
    collection([3]),
    collection([feature({ type: 'Cube' })]),
    collection([feature({ type: 'Point', coordinates: ['a', 1] })]),
    collection([feature({ type: 'Polygon', coordinates: 5 })]),
  ])('refuses what is not GeoJSON inside: %s', async (content) => {
    expect(await failure(content)).toMatchObject({ code: 'import.geojson-shape' })
  })

  it('survives nesting that would overflow a stack', async () => {
    const deepProperties = `{"type":"Feature","geometry":null,"properties":{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}}`
    expect(await failure(deepProperties)).toMatchObject({ code: 'import.geojson-shape' })
    const deepGeometry = `${'{"type":"GeometryCollection","geometries":['.repeat(5000)}${']}'.repeat(5000)}`
    expect(await failure(deepGeometry)).toMatchObject({ code: 'import.geojson-shape' })
  })
})
