import { zipBytes } from '#backend/formats/fixture-writers.ts'

const point = (x: number, y: number) => ({
  type: 'Feature',
  properties: { 名称: '公园' },
  geometry: { type: 'Point', coordinates: [x, y] },
})

const topology = {
  type: 'Topology',
  transform: { scale: [0.5, 0.5], translate: [100, 30] },
  objects: {
    parks: { type: 'GeometryCollection', geometries: [{ type: 'Polygon', properties: { n: 1 }, arcs: [[0, -2]] }] },
    stop: { type: 'Point', coordinates: [2, 2] },
  },
  arcs: [
    [
      [0, 0],
      [4, 0],
      [0, 4],
    ],
    [
      [0, 0],
      [0, 4],
      [4, 0],
    ],
  ],
}

const city = `<core:CityModel xmlns:core="c" xmlns:gml="g" xmlns:urf="u"><gml:boundedBy><gml:Envelope srsName="http://www.opengis.net/def/crs/EPSG/0/6697" srsDimension="3"/></gml:boundedBy>
<core:cityObjectMember><urf:UseDistrict gml:id="a"><urf:function codeSpace="../../codelists/Z.xml">5</urf:function><urf:lod1MultiSurface><gml:MultiSurface><gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>35 139 0 35 139.1 0 35.1 139.1 0 35 139 0</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:MultiSurface></urf:lod1MultiSurface></urf:UseDistrict></core:cityObjectMember></core:CityModel>`

const sheet =
  '<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>经度</t></is></c><c r="C1" t="str"><v>纬度</v></c></row><row r="2"><c r="A2" s="1"><v>45292</v></c><c r="B2"><v>116.4</v></c><c r="C2"><v>39.9</v></c></row></sheetData></worksheet>'
const workbook = zipBytes(
  Object.entries({
    'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="公园" sheetId="1" r:id="rId1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="rId1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/sharedStrings.xml': '<sst><si><t>建成</t></si></sst>',
    'xl/styles.xml': '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
    'xl/worksheets/sheet1.xml': sheet,
  }).map(([name, text]) => ({ name, data: Buffer.from(text) })),
)

/** Small good files of the text, table and XML formats: format id → name and content. */
export const TEXT_SEEDS: Readonly<Record<string, readonly (readonly [name: string, content: string | Buffer])[]>> = {
  topojson: [['a.topojson', JSON.stringify(topology)]],
  'geojson-sequence': [
    ['a.ndjson', `${JSON.stringify(point(116, 39))}\n${JSON.stringify(point(117, 40))}\n`],
    ['a.geojsons', `\u001E${JSON.stringify(point(116, 39))}\n`],
  ],
  csv: [
    ['a.csv', '编号;名称;经度;纬度\n1;公园;116°23′17″E;39°54′20″N\n2;绿地;116,5;39,9\n'],
    ['b.tsv', 'id\twkt\n1\tPOLYGON((0 0,1 0,1 1,0 0))\n2\tCURVEPOLYGON(CIRCULARSTRING(0 0,1 1,2 0,1 -1,0 0))\n'],
  ],
  xlsx: [['a.xlsx', workbook]],
  citygml: [['a.gml', city]],
}
