import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readAll, scratch } from './fixture-writers.ts'

const files = scratch()
afterAll(files.remove)

type Read = Awaited<ReturnType<typeof readAll>>
const shape = (read: Read) => read.map(({ layer, features }) => [layer.layer, layer.kind, features.length])
const notesOf = (read: Read): string => read.flatMap(({ layer }) => layer.notes.map(({ text }) => text.en)).join('\n')

const GPX = `<?xml version="1.0" encoding="UTF-8"?>
<gpx version="1.1"><wpt lat="39.9" lon="116.4"><ele>12.5</ele><name>入口 &amp; 出口</name></wpt>
<rte><name>R</name><rtept lat="1" lon="2"/><rtept lat="2" lon="3"/></rte>
<trk><name>T</name><trkseg><trkpt lat="1" lon="2"><ele>3</ele></trkpt><trkpt lat="1" lon="3"/><trkpt lat="x" lon="3"/></trkseg>
<trkseg><trkpt lat="5" lon="5"/><trkpt lat="6" lon="6"/></trkseg></trk></gpx>`

describe('GPX', () => {
  it('reads waypoints, routes and tracks as layers', async () => {
    const read = await readAll(files.write('a.gpx', GPX))
    expect(shape(read)).toEqual([
      ['waypoints', 'point', 1],
      ['routes', 'line', 1],
      ['tracks', 'line', 1],
    ])
    expect(read[0]?.features[0]).toMatchObject({ values: [12.5, '入口 & 出口'] })
    expect(read[2]?.features[0]?.geometry?.parts.map(([run]) => [...(run ?? [])])).toEqual([
      [2, 1, 3, 1],
      [5, 5, 6, 6],
    ])
    expect(read[0]?.layer.crs.value).toBe('EPSG:4326')
    expect(notesOf(read)).toMatch(/1 points whose place cannot be read/)
  })
})

describe('hostile XML', () => {
  const inGpx = (body: string): string => `<gpx>${body}</gpx>`
  it.each([
    ['doctype', `<!DOCTYPE gpx [<!ENTITY x SYSTEM "file:///etc/passwd">]><gpx><wpt lat="1" lon="1"><name>&x;</name></wpt></gpx>`],
    ['laughs', `<!DOCTYPE gpx [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${inGpx('&b;')}`],
    ['entity', inGpx('<wpt lat="1" lon="1"><name>&x;</name></wpt>')],
    ['deep', inGpx('<a>'.repeat(200) + '</a>'.repeat(200))],
    ['cut', inGpx('<wpt lat="1" lon="1">').slice(0, -10)],
    ['other', '<html><body/></html>'],
    ['mixed', '<gpx><wpt></gpx></wpt>'],
    ['bytes', '<gpx>\u0000</gpx>'],
  ])('is refused: %s', async (name, text) => {
    await expect(readAll(files.write(`${name}.gpx`, text))).rejects.toMatchObject({ code: 'import.xml-broken' })
  })
})

const ring = (points: string): string =>
  `<gml:exterior><gml:LinearRing><gml:posList>${points}</gml:posList></gml:LinearRing></gml:exterior>`
const polygon = (points: string): string =>
  `<gml:MultiSurface><gml:surfaceMember><gml:Polygon>${ring(points)}</gml:Polygon></gml:surfaceMember></gml:MultiSurface>`
const SQUARE = '35 139 0 35 139.01 0 35.01 139.01 0 35.01 139 0 35 139 0'
const city = (body: string, srs = 'http://www.opengis.net/def/crs/EPSG/0/6697'): string =>
  `<core:CityModel xmlns:core="c" xmlns:gml="g" xmlns:urf="u" xmlns:luse="l" xmlns:gen="n"><gml:boundedBy><gml:Envelope srsName="${srs}" srsDimension="3"/></gml:boundedBy>${body}</core:CityModel>`
const member = (body: string): string => `<core:cityObjectMember>${body}</core:cityObjectMember>`

describe('CityGML', () => {
  it('turns the axes, keeps codes and adds their words', async () => {
    mkdirSync(path.join(files.dir, 'x/udx/urf'), { recursive: true })
    mkdirSync(path.join(files.dir, 'x/codelists'), { recursive: true })
    const entry =
      '<gml:dictionaryEntry><gml:Definition><gml:description>第1種住居地域</gml:description><gml:name>05</gml:name></gml:Definition></gml:dictionaryEntry>'
    writeFileSync(
      path.join(files.dir, 'x/codelists/Zones.xml'),
      `<gml:Dictionary xmlns:gml="g"><gml:name>Zones</gml:name>${entry}</gml:Dictionary>`,
    )
    const body = `<urf:UseDistrict gml:id="a"><urf:function codeSpace="../../codelists/Zones.xml">05</urf:function><urf:floorAreaRate>2</urf:floorAreaRate>
      <gen:stringAttribute name="備考"><gen:value>良</gen:value></gen:stringAttribute><urf:city codeSpace="../../codelists/Missing.xml">14130</urf:city>
      <urf:lod1MultiSurface>${polygon(SQUARE)}</urf:lod1MultiSurface></urf:UseDistrict>`
    const file = path.join(files.dir, 'x/udx/urf/a.gml')
    writeFileSync(file, city(member(body)))
    const read = await readAll(file)
    expect(shape(read)).toEqual([['UseDistrict', 'polygon', 1]])
    expect(read[0]?.layer.extent).toEqual([139, 35, 139.01, 35.01])
    expect(read[0]?.layer.crs.value).toBe('EPSG:6668')
    const names = read[0]?.layer.fields.map(({ name }) => name) ?? []
    const values = Object.fromEntries(names.map((name, at) => [name, read[0]?.features[0]?.values[at]]))
    expect(values).toEqual({
      gml_id: 'a',
      function: '05',
      function_name: '第1種住居地域',
      floorAreaRate: 2,
      備考: '良',
      city: '14130',
    })
    expect(notesOf(read)).toMatch(/Missing\.xml/)
    expect(notesOf(read)).toMatch(/latitude \(north\) first/)
  })

  it('never follows a codeSpace out of its folders', async () => {
    writeFileSync(
      path.join(files.dir, 'secret.xml'),
      '<d><Definition><name>1</name><description>secret</description></Definition></d>',
    )
    const space = (codeSpace: string): string =>
      city(
        member(
          `<urf:UseDistrict><urf:function codeSpace="${codeSpace}">1</urf:function><urf:lod1MultiSurface>${polygon(SQUARE)}</urf:lod1MultiSurface></urf:UseDistrict>`,
        ),
      )
    for (const codeSpace of [
      '../secret.xml',
      path.join(files.dir, 'secret.xml'),
      `file://${files.dir}/secret.xml`,
      'http://example.org/secret.xml',
      '..\\secret.xml',
    ]) {
      const read = await readAll(files.write('space.gml', space(codeSpace)))
      expect(read[0]?.features[0]?.values).toEqual(['1'])
    }
  })

  it('takes the coarsest outline, and says what has none', async () => {
    const two = `<luse:LandUse><luse:lod2MultiSurface>${polygon(SQUARE)}</luse:lod2MultiSurface><luse:lod1MultiSurface>${polygon(SQUARE)}${''}</luse:lod1MultiSurface></luse:LandUse>`
    const body = `<luse:LandUse><luse:lod1Solid><gml:Solid>${polygon(SQUARE)}</gml:Solid></luse:lod1Solid></luse:LandUse>`
    const read = await readAll(files.write('lod.gml', city(member(two) + member(body))))
    expect(shape(read)).toEqual([['LandUse', 'polygon', 2]])
    expect(read[0]?.features.map(({ geometry }) => geometry?.parts.length ?? 0)).toEqual([1, 0])
    expect(notesOf(read)).toMatch(/three-dimensional bodies/)
  })

  it.each([
    [
      'numbers',
      city(member(`<urf:U><urf:lod1MultiSurface>${polygon('1 2 x')}</urf:lod1MultiSurface></urf:U>`)),
      'import.bad-coordinate',
    ],
    [
      'triples',
      city(member(`<urf:U><urf:lod1MultiSurface>${polygon('1 2 3 4')}</urf:lod1MultiSurface></urf:U>`)),
      'import.bad-coordinate',
    ],
    [
      'huge',
      city(member(`<urf:U><urf:lod1MultiSurface>${polygon('1e99 2 3')}</urf:lod1MultiSurface></urf:U>`)),
      'import.bad-coordinate',
    ],
    ['nothing', city(''), 'import.no-layers'],
    ['doctype', city('').replace('<core', '<!DOCTYPE x><core'), 'import.xml-broken'],
  ])('refuses %s', async (name, text, code) => {
    await expect(readAll(files.write(`${name}.gml`, text))).rejects.toMatchObject({ code })
  })
})

const data = process.env.GREENPRINT_DATA ?? path.resolve(import.meta.dirname, '../../../../shared/data')
const isThere = existsSync(path.join(data, 'japan-plateau'))
if (!isThere) process.stderr.write(`skipped: no test data at ${data} (set GREENPRINT_DATA)\n`)

describe.skipIf(!isThere)('real files', () => {
  it('of Japanese cities have the counts of their source note, and words for their codes', async () => {
    const expected: Record<string, number> = {}
    const found: Record<string, number> = {}
    for (const line of readFileSync(path.join(data, 'japan-plateau/SOURCE.txt'), 'utf8').split('\n')) {
      const [, file = '', theme = '', count = ''] = /^- (\S+\.gml) \[(\w+)\] n=(\d+) /.exec(line) ?? []
      if (existsSync(path.join(data, 'japan-plateau', file)) && file !== '') expected[`${file} ${theme}`] = Number(count)
    }
    for (const file of globSync('japan-plateau/**/*.gml', { cwd: data })) {
      for (const { layer, features } of await readAll(path.join(data, file))) {
        found[`${path.relative('japan-plateau', file).split(path.sep).join('/')} ${layer.layer}`] = features.length
        expect(layer).toMatchObject({ kind: 'polygon', crs: { value: 'EPSG:6668' } })
      }
    }
    expect(Object.keys(found).length).toBeGreaterThan(15)
    expect(found).toEqual(expected)
    const [land] = await readAll(path.join(data, 'japan-plateau/numazu-shi/udx/luse/523836_luse_6668_op.gml'))
    expect(land?.layer.fields.find(({ name }) => name === 'class_name')?.samples).toContain('道路用地（道路、駅前広場）')
  })

  it('of GPX have as many waypoints, routes and tracks as GDAL says', async () => {
    const theirs: Record<string, number> = {}
    const ours: Record<string, number> = {}
    for (const line of readFileSync(path.join(data, 'torture/GDAL_OPINION.tsv'), 'utf8').split('\n')) {
      const [file = '', status, layer = '', count] = line.split('\t')
      if (status === 'OK' && file.endsWith('.gpx') && /^(waypoints|routes|tracks)$/.test(layer) && Number(count) > 0)
        theirs[`${file} ${layer}`] = Number(count)
    }
    for (const file of globSync('**/*.gpx', { cwd: path.join(data, 'torture') }))
      for (const { layer, features } of await readAll(path.join(data, 'torture', file)))
        ours[`${file.split(path.sep).join('/')} ${layer.layer}`] = features.length
    expect(ours).toEqual(theirs)
  })
})
