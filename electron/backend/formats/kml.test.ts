import { afterAll, describe, expect, it } from 'vitest'
import { encodeText } from './fixture-text.ts'
import { failureOf, readAll, scratch, zipBytes } from './fixture-writers.ts'

const files = scratch()
afterAll(files.remove)

const kml = (body: string, prolog = '<?xml version="1.0" encoding="UTF-8"?>'): string =>
  `${prolog}<kml xmlns="http://www.opengis.net/kml/2.2"><Document>${body}</Document></kml>`
const square = (x: number, y: number): string =>
  `<Polygon><outerBoundaryIs><LinearRing><coordinates>${x},${y},5 ${x + 1},${y},5 ${x + 1},${y + 1},5 ${x},${y + 1},5 ${x},${y},5</coordinates></LinearRing></outerBoundaryIs></Polygon>`
const placemark = (inside: string): string => `<Placemark>${inside}</Placemark>`
const point = placemark('<name>p</name><Point><coordinates>116.3,39.9</coordinates></Point>')

async function rowsOf(body: string): Promise<Record<string, unknown>[]> {
  const read = await readAll(files.write('rows.kml', kml(body)))
  return read.flatMap(({ layer, features }) =>
    features.map(({ values }) => Object.fromEntries(layer.fields.map(({ name }, index) => [name, values[index]]))),
  )
}

describe('KML attributes', () => {
  it('come from ExtendedData, typed by what they hold, codes untouched', async () => {
    const data =
      '<ExtendedData><Data name="YDDM"><value>0701</value></Data><Data name="MJ"><value>12.5</value></Data></ExtendedData>'
    const schema =
      '<ExtendedData><SchemaData schemaUrl="#s"><SimpleData name="YDMC">公园绿地</SimpleData><SimpleData name="MJ">3</SimpleData></SchemaData></ExtendedData>'
    expect(
      await rowsOf(placemark(`<name>a</name>${data}${square(116, 39)}`) + placemark(`<name>b</name>${schema}${square(117, 39)}`)),
    ).toEqual([
      { name: 'a', YDDM: '0701', MJ: 12.5, YDMC: null },
      { name: 'b', YDDM: null, MJ: 3, YDMC: '公园绿地' },
    ])
  })

  it.each([
    ['header cells', '<table><tr><th>YDDM</th><td>0701</td></tr><tr><th>name</th><td>x</td></tr></table>'],
    [
      'two plain cells',
      '<table border="1"><tr bgcolor="#D4E4F3"><td>YDDM</td><td>0701</td></tr><tr><td>name</td><td>x</td></tr></table>',
    ],
  ])('come out of HTML tables in the description (%s)', async (_, table) => {
    const body = placemark(`<name>a</name><description><![CDATA[${table}]]></description>${square(116, 39)}`)
    expect(await rowsOf(body)).toEqual([{ name: 'a', YDDM: '0701', description_name: 'x' }])
    const [read] = await readAll(files.write('html.kml', kml(body)))
    expect(read?.layer.notes.map(({ text }) => text.en).join()).toContain('HTML table')
  })

  it('keep a description that is no table', async () => {
    expect(await rowsOf(placemark(`<description>近期实施</description>${square(116, 39)}`))).toEqual([
      { description: '近期实施' },
    ])
  })
})

describe('KML layers', () => {
  it('are the folders, and without folders the file; heights are noted', async () => {
    const folder = (name: string, inside: string): string => `<Folder><name>${name}</name>${inside}</Folder>`
    const two = kml(folder('现状绿地', placemark(square(116, 39))) + folder('规划绿地', placemark(square(117, 39)) + point))
    const read = await readAll(files.write('folders.kml', two))
    expect(read.map(({ layer }) => [layer.layer, layer.kind, layer.count])).toEqual([
      ['现状绿地', 'polygon', 1],
      ['规划绿地', 'polygon', 1],
      ['规划绿地', 'point', 1],
    ])
    expect(read[0]?.layer.crs).toMatchObject({ value: 'EPSG:4326', confidence: 0.98 })
    expect(read[0]?.layer.notes.map(({ text }) => text.zh)).toContain('忽略了高程（Z）')
    const [alone] = await readAll(files.write('one.kml', kml(folder('x', point))))
    expect(alone?.layer.layer).toBeNull()
    const many = Array.from({ length: 50 }, (_, index) => folder(`f${index}`, point)).join('')
    const index = await readAll(files.write('many.kml', kml(many)))
    expect(index.map(({ layer }) => [layer.layer, layer.count, layer.fields.map(({ name }) => name)])).toEqual([
      [null, 50, ['name', 'folder']],
    ])
  })

  it('hold tracks, multi-geometries, sloppy coordinates and placemarks without a place', async () => {
    const track = '<gx:Track><when>2024-01-01</when><gx:coord>116 39 5</gx:coord><gx:coord>116.1 39.1 5</gx:coord></gx:Track>'
    const sloppy = '<LineString><coordinates>\n116 , 39  116.5,39.5,\n</coordinates></LineString>'
    const mixed = `<MultiGeometry><Point><coordinates>1,2</coordinates></Point>${square(3, 4)}</MultiGeometry>`
    const read = await readAll(
      files.write('odd.kml', kml([track, sloppy, mixed, '<name>nowhere</name>'].map(placemark).join(''))),
    )
    expect(read.map(({ layer, features }) => [layer.kind, features.map(({ row }) => row)])).toEqual([
      ['line', [1, 2, 4]],
      ['point', [3]],
      ['polygon', [3]],
    ])
    expect(read[0]?.features[1]?.geometry?.parts).toEqual([[Float64Array.of(116, 39, 116.5, 39.5)]])
  })
})

describe('KML from anywhere', () => {
  it('follows no link and says so', async () => {
    const body = `<NetworkLink><Link><href>http://127.0.0.1:9/x.kml</href></Link></NetworkLink><GroundOverlay><Icon><href>\\\\host\\share\\a.png</href></Icon></GroundOverlay>${point}`
    const [read] = await readAll(files.write('links.kml', kml(body)))
    const notes = read?.layer.notes.map(({ text }) => text.en).join()
    expect(notes).toContain('1 network links were not opened')
    expect(notes).toContain('1 picture overlays')
  })

  it('refuses a DOCTYPE, open tags, and coordinates that are none, with the place', async () => {
    const bomb = '<!DOCTYPE kml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    expect(await failureOf(files.write('bomb.kml', kml(`<name>&b;</name>${point}`, bomb)))).toMatchObject({
      code: 'import.xml-broken',
    })
    const cut = kml(point).slice(0, -20)
    expect(await failureOf(files.write('cut.kml', cut))).toMatchObject({ code: 'import.xml-broken' })
    const bad = placemark('<Point><coordinates>a,b</coordinates></Point>')
    expect(await failureOf(files.write('bad.kml', kml(point + bad)))).toMatchObject({
      code: 'import.bad-coordinate',
      params: { row: 2 },
    })
    const deep = '<Folder>'.repeat(200) + point + '</Folder>'.repeat(200)
    expect(await failureOf(files.write('deep.kml', kml(deep)))).toMatchObject({ code: 'import.xml-broken' })
  })

  it('reads the encoding that it is in', async () => {
    const said = kml(placemark(`<name>居住用地规划</name>${square(116, 39)}`), '<?xml version="1.0" encoding="GB2312"?>')
    const [declared] = await readAll(files.write('gb.kml', encodeText('gbk', said)))
    expect(declared?.layer.encoding.value).toBe('GBK')
    expect(declared?.features[0]?.values).toEqual(['居住用地规划'])
    const lied = kml(placemark(`<name>居住用地规划与公园绿地</name>${square(116, 39)}`))
    const [found] = await readAll(files.write('lied.kml', encodeText('gbk', lied)))
    expect(found?.features[0]?.values).toEqual(['居住用地规划与公园绿地'])
  })
})

describe('KMZ', () => {
  it('is read by its main document, under the budgets of archives', async () => {
    const other = kml(placemark('<name>other</name>'))
    const kmz = zipBytes([
      { name: 'files/a.kml', data: Buffer.from(other) },
      { name: 'doc.kml', data: Buffer.from(kml(point)) },
      { name: 'icon.png', data: Buffer.from('x') },
    ])
    const [read] = await readAll(files.write('plan.kmz', kmz))
    expect(read?.features[0]?.values).toEqual(['p'])
    expect(read?.layer.notes.map(({ text }) => text.en).join()).toContain('only its main document “doc.kml” was read')
    const bomb = zipBytes([{ name: 'doc.kml', data: Buffer.alloc(30 * 1024 * 1024, 0x20) }])
    expect(await failureOf(files.write('bomb.kmz', bomb))).toMatchObject({ code: 'import.archive-refused' })
    const empty = zipBytes([{ name: 'a.txt', data: Buffer.from('x') }])
    expect(await failureOf(files.write('empty.kmz', empty))).toMatchObject({ code: 'import.no-layers' })
    expect(await failureOf(files.write('no.kmz', 'no zip'))).toMatchObject({ code: 'import.archive-refused' })
  })
})
