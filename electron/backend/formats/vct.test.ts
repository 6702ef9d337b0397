import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { ringsAreaM2 } from '../import/declared-area.ts'
import { encodeText } from './fixture-text.ts'
import { vctText, type VctSample } from './fixture-vct.ts'
import { failureOf, readAll, reversed, scratch, square } from './fixture-writers.ts'

const files = scratch()
afterAll(files.remove)

const X = 38_500_000
const Y = 2_500_000
const parcels = [
  { values: ['0701', '城镇住宅用地', '9600'], rings: [square(X, Y, 100), reversed(square(X + 10, Y + 10, 20))] },
  { values: ['1401', '公园绿地', '400'], rings: [square(X + 10, Y + 10, 20)] },
  { values: ['1207', '城镇道路用地', ''], rings: [square(X + 200, Y, 10), square(X + 300, Y, 10)] },
]
const sample = (generation: 2 | 3, more: Partial<VctSample> = {}): VctSample => ({
  generation,
  areas: 'lines',
  polygons: parcels,
  ...more,
})
let named = 0
const write = (text: string): string => files.write(`plan-${named++}.vct`, Buffer.from(encodeText('gbk', text)))
const read = (given: VctSample) => readAll(write(vctText(given)))
const codes = (found: Awaited<ReturnType<typeof readAll>>): (string | undefined)[] =>
  found.flatMap(({ layer }) => layer.notes.map(({ code }) => code))

describe('VCT exchange files', () => {
  const ways = [
    [2, 'lines', true],
    [2, 'lines', false],
    [2, 'coordinates', true],
    [3, 'lines', true],
    [3, 'lines', false],
    [3, 'coordinates', false],
  ] as const
  it.each(ways)(
    'generation %i, areas by %s, number of the object before its attributes: %s',
    async (generation, areas, numberBefore) => {
      const [layer, ...others] = await read(sample(generation, { areas, numberBefore }))
      expect(others).toEqual([])
      expect(layer?.layer).toMatchObject({ layer: 'ZXCQGHYDYH', kind: 'polygon', count: 3 })
      expect(layer?.layer.crs.value).toBe('EPSG:4526')
      expect(layer?.layer.encoding.value).toMatch(/GB/)
      expect(layer?.layer.fields.map(({ name, type }) => [name, type])).toEqual([
        ['BSM', 'number'],
        ['YDYHFLDM', 'text'],
        ['YDYHFLMC', 'text'],
        ['MJ', 'number'],
        ['YSDM', 'text'],
      ])
      expect(layer?.features.map(({ values }) => values.slice(1))).toEqual([
        ['0701', '城镇住宅用地', 9600, '2090020620'],
        ['1401', '公园绿地', 400, '2090020620'],
        ['1207', '城镇道路用地', null, '2090020620'],
      ])
      expect(layer?.features.map(({ geometry }) => ringsAreaM2(geometry?.parts ?? []))).toEqual([9600, 400, 200])
      expect(layer?.features.map(({ geometry }) => geometry?.parts.map((rings) => rings.length))).toEqual([[2], [1], [1, 1]])
    },
  )

  it.each([2, 3] as const)('lines, points and labels of generation %i', async (generation) => {
    const found = await read({
      generation,
      areas: 'lines',
      lines: [{ values: ['', '滨江廊道', ''], run: [[X, Y], [X + 5, Y], [X + 5, Y + 5]] }], // prettier-ignore
      points: [{ values: ['', '控制点', ''], place: [X + 1, Y + 2] }],
      labels: [{ text: '人民公园', place: [X + 3, Y + 4] }],
    })
    expect(found.map(({ layer }) => [layer.layer, layer.kind, layer.count])).toEqual([
      ['CLKZD', 'point', 1],
      ['STLD', 'line', 1],
      ['ZJ', 'point', 1],
    ])
    expect(found[1]?.features[0]?.geometry?.parts).toEqual([[Float64Array.of(X, Y, X + 5, Y, X + 5, Y + 5)]])
    expect(found[2]?.features[0]).toMatchObject({
      geometry: { parts: [[Float64Array.of(X + 3, Y + 4)]] },
      values: ['2001010200', '人民公园'],
    })
  })

  it('any rectangles with any holes come back with their areas, in every way of writing (property)', async () => {
    const block = fc.record({
      x: fc.integer({ min: 0, max: 1000 }),
      size: fc.integer({ min: 30, max: 90 }),
      holes: fc.integer({ min: 0, max: 9 }),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(block, { minLength: 1, maxLength: 6 }),
        fc.constantFrom(...ways),
        async (blocks, [generation, areas]) => {
          const polygons = blocks.map(({ x, size, holes }, row) => ({
            values: ['0701', '宅', ''],
            rings: [
              square(X + x, Y + row * 100, size),
              ...Array.from({ length: holes }, (_, at) => square(X + x + 1 + at * 3, Y + row * 100 + 1, 2)),
            ],
          }))
          const [layer] = await read({ generation, areas, polygons })
          expect(layer?.features.map(({ geometry }) => ringsAreaM2(geometry?.parts ?? []))).toEqual(
            blocks.map(({ size, holes }) => size * size - holes * 4),
          )
        },
      ),
      { numRuns: 40 },
    )
  })

  it('says what it had to leave out or to assume, with lines of the file', async () => {
    const text = vctText(sample(3))
    const lost = await readAll(write(text.replace(/\r\n1,-2,0,3,-4/, '\r\n1,-2,0,3,-99')))
    expect(codes(lost)).toContain('vct.line-missing')
    expect(lost[0]?.features[0]?.geometry).toBeNull()
    const turned = await readAll(write(text.replace(/\r\n1,-2,0,3,-4/, '\r\n1,2,0,3,-4')))
    expect(codes(turned)).toContain('vct.line-turned')
    expect(ringsAreaM2(turned[0]?.features[0]?.geometry?.parts ?? [])).toBe(9600)
    const open = await readAll(write(text.replace(/\r\n1,-2,0,3,-4/, '\r\n1,-4,0,3,-2')))
    expect(codes(open)).toContain('vct.ring-open')
    const odd = await readAll(write(text.replace(',9600', ',9600,more')))
    expect(codes(odd)).toContain('vct.row-odd')
    expect(odd[0]?.layer.notes.every(({ code }) => code !== undefined)).toBe(true)
  })

  it.each([
    ['no header', 'FeatureCodeBegin\nFeatureCodeEnd', 'import.vector-broken'],
    ['an end that is missing', vctText(sample(3)).split('PolygonEnd')[0] ?? '', 'import.truncated'],
    ['a curve', vctText(sample(3)).replace('\r\n1\r\n1\r\n11\r\n', '\r\n1\r\n1\r\n12\r\n'), 'import.vct-unsupported'],
    ['an area made of areas', vctText(sample(3)).replace('\r\n21\r\n', '\r\n22\r\n'), 'import.vct-unsupported'],
    ['an offset', vctText(sample(3, { head: { Offset: '1000,0' } })), 'import.vct-unsupported'],
    ['records of nodes', vctText(sample(2, { head: { Topo: '2' } })), 'import.vct-unsupported'],
    ['a count that is text', vctText(sample(2)).replace('\r\n3\r\n', '\r\nthree\r\n'), 'import.vector-broken'],
    ['a count without end', vctText(sample(2)).replace('\r\n3\r\n', '\r\n99999999999\r\n'), 'import.limit'],
  ])('refuses %s', async (_, text, code) => {
    const failure = await failureOf(write(text))
    expect(failure).toMatchObject({ code })
  })

  it('names the line of what it refuses', async () => {
    const text = vctText(sample(3)).replace('\r\n21\r\n', '\r\n22\r\n')
    const line = text.split('\r\n').indexOf('22') + 1
    expect(await failureOf(write(text))).toMatchObject({ params: { line } })
  })
})

describe('the system of a VCT', () => {
  const crsOf = async (generation: 2 | 3, head: Record<string, string>, polygons = parcels) =>
    (await read({ generation, areas: 'lines', polygons, head }))[0]?.layer.crs

  it('is the zone that the header states, held against the coordinates', async () => {
    expect(await crsOf(3, {})).toMatchObject({ value: 'EPSG:4526' })
    const plain = parcels.map((parcel) => ({
      ...parcel,
      rings: parcel.rings.map((ring) => ring.map(([x, y]) => [x - 38_000_000, y] as const)),
    }))
    expect(await crsOf(3, { Parameters: '114,1,500000,0,3,38' }, plain)).toMatchObject({ value: 'EPSG:4547' })
    expect(await crsOf(2, {}, plain)).toMatchObject({ value: 'EPSG:4547' })
    expect(await crsOf(2, {})).toMatchObject({ value: 'EPSG:4526' })
    const mismatch = await crsOf(3, { Parameters: '114,1,500000,0,3,38' })
    expect(mismatch?.doubt?.code).toBe('crs.prefix-mismatch')
  })

  it('follows the ellipsoid, by name or by figures', async () => {
    expect((await crsOf(2, { Spheroid: '1980西安坐标系' }))?.value).toBe('EPSG:2362')
    expect((await crsOf(3, { Spheroid: 'IAG75,6378140,298.257' }))?.value).toBe('EPSG:2362')
    expect((await crsOf(3, { Spheroid: 'CGCS2000,6378140,298.257' }))?.confidence).toBeLessThan(0.6)
  })

  it.each([
    ['an unknown ellipsoid', { Spheroid: '自定义' }],
    ['unknown parameters', { Parameters: '1,2,3' }],
    ['another projection', { Projection: '兰勃特' }],
    ['another unit', { XYUnit: 'K' }],
  ])('is asked for with %s', async (_, head) => expect((await crsOf(3, head))?.confidence).toBeLessThan(0.6))

  it('exchanges coordinates that the header says begin with north', async () => {
    const north = parcels.map((parcel) => ({
      ...parcel,
      rings: parcel.rings.map((ring) => ring.map(([x, y]) => [y, x] as const)),
    }))
    const [layer] = await read({
      generation: 3,
      areas: 'lines',
      polygons: north,
      head: { XAxisDirection: 'N', YAxisDirection: 'E' },
    })
    expect(layer?.layer.crs.value).toBe('EPSG:4526')
    expect(codes(layer ? [layer] : [])).toContain('vct.north-first')
  })
})
