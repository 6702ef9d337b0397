import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { angleOf, numberOf } from './coordinate-text.ts'
import { encodeText } from './fixture-text.ts'
import { readAll, scratch } from './fixture-writers.ts'
import { decodeWkt, WktError } from './wkt-geometry.ts'

const files = scratch()
afterAll(files.remove)

const notesOf = (read: Awaited<ReturnType<typeof readAll>>): string =>
  read.flatMap(({ layer }) => layer.notes.map(({ text }) => text.en)).join('\n')
const point = (read: Awaited<ReturnType<typeof readAll>>, at = 0): number[] => [
  ...(read[0]?.features[at]?.geometry?.parts[0]?.[0] ?? []),
]

describe('coordinates as people write them', () => {
  it.each([
    ['39°54′20″N', 39 + 54 / 60 + 20 / 3600],
    [`39°54'20.5"S`, -(39 + 54 / 60 + 20.5 / 3600)],
    ['116-23-17', 116 + 23 / 60 + 17 / 3600],
    ['116:23:17', 116 + 23 / 60 + 17 / 3600],
    ['1 5 30.6', 1 + 5 / 60 + 30.6 / 3600],
    ['北纬39度54分20秒', 39 + 54 / 60 + 20 / 3600],
    ['东经116°23′', 116 + 23 / 60],
    ['W116.5°', -116.5],
    ['-33 52 10', -(33 + 52 / 60 + 10 / 3600)],
    ['39º54’20”', 39 + 54 / 60 + 20 / 3600],
  ])('%s is an angle', (text, degrees) => expect(angleOf(text)).toBeCloseTo(degrees, 9))

  it.each(['', '116.5', '12', '39°61′', '2020-05-02', '一百', '39°54′20″NN', '400°'])('%s is none', (text) =>
    expect(angleOf(text)).toBeNull(),
  )

  it.each([
    ['4436500.5', false, 4436500.5],
    ['4,436,500.5', false, 4436500.5],
    ["4'436'500", false, 4436500],
    ['4436500,5', true, 4436500.5],
    ['4.436.500,5', true, 4436500.5],
    ['１１６．５', false, 116.5],
    ['4436500,5', false, null],
    ['1e3', false, 1000],
    ['ten', true, null],
  ])('%s (decimal comma: %s)', (text, decimalComma, value) => expect(numberOf(text, { decimalComma })).toBe(value))

  it('survives a round trip through degrees, minutes and seconds (property)', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 179 }),
        fc.integer({ min: 0, max: 59 }),
        fc.integer({ min: 0, max: 5999 }),
        (d, m, hundredths) => {
          const s = hundredths / 100
          const value = d + m / 60 + s / 3600
          for (const text of [`${d}°${m}′${s}″E`, `${d}-${m}-${s}`, `${d} ${m} ${s}`, `东经${d}度${m}分${s}秒`])
            expect(angleOf(text)).toBeCloseTo(value, 9)
        },
      ),
    )
  })
})

/** Whether a text is read or refused as WKT; any other failure is thrown. */
function outcome(text: string): string {
  try {
    decodeWkt(text)
    return 'read'
  } catch (error) {
    if (error instanceof WktError) return 'refused'
    throw error
  }
}

describe('WKT', () => {
  it.each([
    ['POINT(1 2)', 'point', 1],
    ['pointz (1 2 3)', 'point', 1],
    ['POINT ZM (1 2 3 4)', 'point', 1],
    ['MULTIPOINT(1 2, 3 4)', 'point', 2],
    ['MULTIPOINT((1 2), EMPTY, (3 4))', 'point', 3],
    ['LINESTRING(0 0,1 1)', 'line', 1],
    ['POLYGON((0 0,1 0,1 1,0 0),(0.1 0.1,0.2 0.1,0.2 0.2,0.1 0.1))', 'polygon', 1],
    ['SRID=4547;MULTIPOLYGON(((0 0,1 0,1 1,0 0)))', 'polygon', 1],
    ['CURVEPOLYGON(COMPOUNDCURVE((0 0,2 0),CIRCULARSTRING(2 0,1 1,0 0)))', 'polygon', 1],
    ['MULTISURFACE(CURVEPOLYGON(CIRCULARSTRING(0 0,1 1,2 0,1 -1,0 0)),((0 0,1 0,1 1,0 0)))', 'polygon', 2],
    ['TRIANGLE((0 0,1 0,1 1,0 0))', 'polygon', 1],
  ] as const)('%s', (text, kind, parts) => expect(decodeWkt(text).parts.get(kind)).toHaveLength(parts))

  it('makes arcs of straight pieces and says so', () => {
    const { parts, hadCurves } = decodeWkt('CIRCULARSTRING(0 0,1 1,2 0)')
    expect(hadCurves).toBe(true)
    const run = parts.get('line')?.[0]?.[0] ?? new Float64Array()
    expect(run.length).toBeGreaterThan(100)
    for (let at = 0; at < run.length; at += 2) expect(Math.hypot((run[at] ?? 0) - 1, run[at + 1] ?? 0)).toBeCloseTo(1, 9)
  })

  it.each([
    '',
    'POINT',
    'POINT(1)',
    'POINT(1 2',
    'POINT(1 2) x',
    'POINT(1 2 3 4 5)',
    'TIN(((0 0)))',
    'POLYGON(0 0,1 1)',
    'POINT(1e999 2)',
    `${'GEOMETRYCOLLECTION('.repeat(40)}POINT(1 2)`,
  ])('is refused: %s', (text) => expect(() => decodeWkt(text)).toThrow(WktError))

  it('never fails in another way (property)', () => {
    const piece = fc.constantFrom(
      'POINT',
      'MULTI',
      'POLYGON',
      '(',
      ')',
      ',',
      ' 1 2',
      '3',
      'Z',
      'EMPTY',
      'CIRCULARSTRING',
      'COMPOUNDCURVE',
      '-',
      'e5',
      '.',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        expect(outcome(pieces.join(''))).toMatch(/^(read|refused)$/)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('text tables', () => {
  it('in GBK with Chinese names and DMS', async () => {
    const text =
      '编号;名称;经度;纬度\r\n1;中心公园;116°23′17″E;39°54′20″N\r\n2;滨河绿地;116-24-00;39-55-00\r\n3;待定公园;;\r\n4;错误;x;y\r\n'
    const read = await readAll(files.write('公园.csv', encodeText('gbk', text)))
    expect(read[0]?.layer).toMatchObject({ kind: 'point', count: 4, encoding: { value: expect.stringMatching(/^GB/) as string } })
    expect(point(read)[0]).toBeCloseTo(116.388_055, 5)
    expect(read[0]?.features[1]?.values[1]).toBe('滨河绿地')
    expect(read[0]?.layer.crs).toMatchObject({ value: 'EPSG:4490', confidence: 0.55 })
    expect(notesOf(read)).toMatch(/semicolon/)
    expect(notesOf(read)).toMatch(/1 rows have no coordinates \(rows 4/)
    expect(notesOf(read)).toMatch(/of 1 rows cannot be read \(rows 5/)
  })

  it('asks for the system of metres and notices that X points north', async () => {
    const read = await readAll(files.write('survey.csv', '点号,X坐标,Y坐标\nA1,4436500.5,442500.25\nA2,4436600,442600\n'))
    expect(point(read)).toEqual([442_500.25, 4_436_500.5])
    expect(read[0]?.layer.crs.value).toBeNull()
    expect(notesOf(read)).toMatch(/northings/)
  })

  it('lets the .prj beside it decide', async () => {
    const prj =
      'PROJCS["CGCS2000_3_Degree_GK_CM_117E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",117.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'
    files.write('with.prj', prj)
    const read = await readAll(files.write('with.csv', 'id,x,y\n1,442500,4436500\n'))
    expect(read[0]?.layer.crs.value).toBe('EPSG:4548')
    expect(point(read)).toEqual([442_500, 4_436_500])
    files.write('turned.prj', prj)
    const turned = await readAll(files.write('turned.csv', 'id,x,y\n1,4436500,442500\n'))
    expect(turned[0]?.layer.crs.value).toBe('EPSG:4548')
    expect(point(turned)).toEqual([442_500, 4_436_500])
    expect(notesOf(turned)).toMatch(/only the other way round/)
  })

  it('exchanges latitude and longitude only when it is certain', async () => {
    const certain = await readAll(files.write('certain.csv', 'lon,lat\n39.9,116.4\n40.1,116.5\n'))
    expect(point(certain)).toEqual([116.4, 39.9])
    expect(notesOf(certain)).toMatch(/exceed 90/)
    const doubtful = await readAll(files.write('doubtful.csv', 'lon,lat\n43.8,87.6\n'))
    expect(point(doubtful)).toEqual([43.8, 87.6])
    expect(doubtful[0]?.layer.crs.confidence).toBeLessThan(0.6)
    expect(notesOf(doubtful)).toMatch(/please check/)
  })

  it('reads titles above the header, the decimal comma, duplicates and .csvt', async () => {
    files.write('t.csvt', '"String","Real","Real","Real","String"')
    const text = '公园清单;;;;\nid;x;y;面积;面积\n01;442500,5;4436500,25;1,5;007\n02;442600;4436600;;\n'
    const read = await readAll(files.write('t.csv', text))
    const [layer] = read
    expect(layer?.layer.fields.map(({ name, type }) => `${name}:${type}`)).toEqual([
      'id:text',
      'x:number',
      'y:number',
      '面积:number',
      '面积_2:text',
    ])
    expect(layer?.features[0]?.values).toEqual(['01', 442_500.5, 4_436_500.25, 1.5, '007'])
    expect(point(read)).toEqual([442_500.5, 4_436_500.25])
  })

  it('warns of web-map coordinates', async () => {
    const [read] = await readAll(files.write('web.csv', 'gcj_lng,gcj_lat\n116.4,39.9\n'))
    expect(read?.layer.crs).toMatchObject({ value: null, confidence: 0 })
  })

  it('reads hexadecimal WKB, and takes a .txt only with coordinates in it', async () => {
    const hex = '0101000000000000000000f03f0000000000000040'
    expect(point(await readAll(files.write('hex.csv', `id,geom\n1,${hex}\n`)))).toEqual([1, 2])
    expect(point(await readAll(files.write('p.txt', 'id\tlon\tlat\n1\t10\t20\n2\t11\t21\n')))).toEqual([10, 20])
    await expect(readAll(files.write('readme.txt', 'Dear reader,\nhello, and\nthank you, for\n'))).rejects.toMatchObject({
      code: 'import.unknown-format',
    })
  })

  it.each([
    ['empty.csv', '', 'import.no-layers'],
    ['quote.csv', 'a,b\n"1,2\n3,4\n', 'import.vector-broken'],
  ])('refuses %s', async (name, text, code) => {
    await expect(readAll(files.write(name, text))).rejects.toMatchObject({ code })
  })

  it('goes beyond the rows it looks at first', async () => {
    const rows = Array.from({ length: 5000 }, (_, at) => `${at},${100 + at / 1e4},${30 + at / 1e4}`)
    const [read] = await readAll(files.write('many.csv', `id,lon,lat\n${rows.join('\n')}\n`))
    expect(read?.features).toHaveLength(5000)
    expect(read?.features.at(-1)).toMatchObject({ row: 5001, values: [4999, 100.4999, 30.4999] })
  })
})

const folder = path.join(process.env.GREENPRINT_DATA ?? path.resolve(import.meta.dirname, '../../../../shared/data'), 'torture')
const isThere = existsSync(path.join(folder, 'GDAL_OPINION.tsv'))
if (!isThere) process.stderr.write(`skipped: no test data at ${folder} (set GREENPRINT_DATA)\n`)

describe.skipIf(!isThere)('tables of public test suites', () => {
  it('have as many rows as GDAL says', async () => {
    const ours: Record<string, number> = {}
    const theirs: Record<string, number> = {}
    for (const line of readFileSync(path.join(folder, 'GDAL_OPINION.tsv'), 'utf8').split('\n')) {
      const [file = '', status, , count] = line.split('\t')
      if (status !== 'OK' || !/\.(csv|tsv)$/.test(file) || DIFFERENT.has(file)) continue
      const read = await readAll(path.join(folder, file))
      theirs[file] = Number(count)
      ours[file] = new Set(read.flatMap(({ features }) => features.map(({ row }) => row))).size
    }
    expect(Object.keys(ours).length).toBeGreaterThan(12)
    expect(ours).toEqual(theirs)
  })

  it('keep the land use of the GBK table', async () => {
    const [read] = await readAll(path.join(folder, 'derived-gbk/13_landuse_gbk_wkt.csv'))
    expect(read?.layer).toMatchObject({ kind: 'polygon', count: 62 })
    expect(read?.layer.fields.map(({ name }) => name)).toEqual(['编号', '用地代码', '用地名称', '面积'])
    expect(read?.features[0]?.values).toEqual([1, '0701', '居住用地', 170_025])
  })
})

/** Where we differ from GDAL on purpose: it takes the first row for a header although it holds a geometry. */
const DIFFERENT = new Set(['qgis/relates_data.csv', 'qgis/wkt_data.csv'])
