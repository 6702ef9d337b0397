import { afterAll, describe, expect, it } from 'vitest'
import { encodeText } from './fixture-text.ts'
import { failureOf, readAll, scratch } from './fixture-writers.ts'

const files = scratch()
afterAll(files.remove)

const gml = (members: string, prolog = '<?xml version="1.0" encoding="UTF-8"?>'): string =>
  `${prolog}\n<FeatureCollection xmlns="http://www.opengis.net/gml" xmlns:p="urn:plan" xmlns:gml="http://www.opengis.net/gml" xmlns:xlink="http://www.w3.org/1999/xlink">${members}</FeatureCollection>`
const member = (inside: string): string => `<gml:featureMember><p:parcel>${inside}</p:parcel></gml:featureMember>`
const polygon = (srs: string, positions: string): string =>
  `<p:geom><gml:Polygon srsName="${srs}"><gml:exterior><gml:LinearRing><gml:posList>${positions}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></p:geom>`
const degrees = '39 116 39 117 40 117 40 116 39 116'

describe('GML', () => {
  it('keeps codes as text and puts longitude first, as the system says', async () => {
    const text = gml(
      member(`<p:YDDM>0701</p:YDDM><p:MJ>12.5</p:MJ>${polygon('urn:ogc:def:crs:EPSG::4490', degrees)}`) +
        member(`<p:YDDM>1401</p:YDDM><p:MJ>3</p:MJ>${polygon('urn:ogc:def:crs:EPSG::4490', degrees)}`),
    )
    const [read] = await readAll(files.write('a.gml', text))
    expect(read?.layer).toMatchObject({
      layer: null,
      kind: 'polygon',
      count: 2,
      extent: [116, 39, 117, 40],
      crs: { value: 'EPSG:4490' },
    })
    expect(read?.layer.fields.map(({ name, type }) => [name, type])).toEqual([
      ['YDDM', 'text'],
      ['MJ', 'number'],
    ])
    expect(read?.features.map(({ row, values }) => [row, ...values])).toEqual([
      [1, '0701', 12.5],
      [2, '1401', 3],
    ])
  })

  it('strokes arcs and says how', async () => {
    const arc =
      '<p:geom><gml:Curve srsName="EPSG:4547"><gml:segments><gml:Arc><gml:posList>0 0 1 1 2 0</gml:posList></gml:Arc></gml:segments></gml:Curve></p:geom>'
    const [read] = await readAll(files.write('arc.gml', gml(member(arc))))
    const run = read?.features[0]?.geometry?.parts[0]?.[0] ?? new Float64Array()
    expect(run.length).toBeGreaterThan(100)
    for (let at = 0; at < run.length; at += 2) expect(Math.hypot((run[at] ?? 0) - 1, run[at + 1] ?? 0)).toBeCloseTo(1, 9)
    expect(read?.layer.notes.map(({ text }) => text.zh).join()).toContain('已离散为折线')
  })

  it('reads the encoding that it is in', async () => {
    const text = gml(
      member(`<p:name>居住用地规划</p:name>${polygon('EPSG:4490', degrees)}`),
      '<?xml version="1.0" encoding="GBK"?>',
    )
    const [read] = await readAll(files.write('gbk.gml', encodeText('gbk', text)))
    expect(read?.features[0]?.values).toEqual(['居住用地规划'])
    expect(read?.layer.encoding.value).toBe('GBK')
  })

  it('fetches nothing: links stay links, document types are refused', async () => {
    const linked = '<p:geom xlink:href="http://127.0.0.1:9/a.gml#x"/><p:doc xlink:href="file:///etc/passwd"/><p:n>1</p:n>'
    const [read] = await readAll(files.write('link.gml', gml(member(linked) + member(polygon('EPSG:4490', degrees)))))
    expect(JSON.stringify(read?.features)).not.toContain('root:')
    const bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    expect(await failureOf(files.write('bomb.gml', gml(member('<p:n>&a;</p:n>'), bomb)))).toMatchObject({
      code: 'import.xml-broken',
    })
    expect(await failureOf(files.write('cut.gml', gml(member(polygon('EPSG:4490', degrees))).slice(0, -40)))).toMatchObject({
      code: 'import.vector-broken',
    })
  })
})
