import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  dbfBytes,
  gpkgBlob,
  pointShape,
  polygonShape,
  reversed,
  shpBytes,
  square,
  wkbOf,
  wkbPoint,
  wkbPolygon,
  wkbRun,
  writeGpkg,
  zipBytes,
  type GpkgFixtureLayer,
} from '#backend/formats/fixture-writers.ts'
import { vctText } from '#backend/formats/fixture-vct.ts'
import type { Format } from '#backend/formats/format.ts'
import { tiffBytes } from '#backend/formats/raster/fixture-tiff.ts'
import { readHead } from '#backend/formats/read-file.ts'
import { TEXT_SEEDS } from './text-seeds.ts'

/** A small good file, with the files of its set. */
export interface Seed {
  name: string
  /** Relative path → content. */
  files: ReadonlyMap<string, Buffer>
  /** The file or folder to open, relative. */
  open: string
}

const KB = 1024
const LARGEST_FILE = 64 * KB
const LARGEST_SET = 400 * KB
const SEEDS_PER_FORMAT = 10

const dataFolder = process.env.GREENPRINT_DATA ?? path.resolve(import.meta.dirname, '../../../shared/data')
/** Odd files of public test suites; used when they are there. */
export const tortureFolder = path.join(dataFolder, 'torture')

const feature = (properties: object | null, geometry: object | null) => ({ type: 'Feature', properties, geometry })
const collection = JSON.stringify({
  type: 'FeatureCollection',
  crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::4547' } },
  features: [
    feature({ YDYHFLDM: '0701', n: 1.5 }, { type: 'Polygon', coordinates: [square(500_000, 2_500_000, 10)] }),
    feature({ YDYHFLDM: '绿地', n: null }, { type: 'GeometryCollection', geometries: [{ type: 'Point', coordinates: [1, 2] }] }),
    feature(null, null),
  ],
})

const shapes = shpBytes(5, [polygonShape([square(0, 0, 100), reversed(square(10, 10, 20))]), polygonShape([square(200, 0, 100)])])
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

const plainRows = [
  { geom: gpkgBlob(wkbPolygon([square(5, 5, 10)])), name: 'a' },
  { geom: gpkgBlob(wkbPoint(1, 2)), name: 3 },
  { geom: null },
]
const curvedRows = [
  wkbOf(10, [wkbRun(8, [0, 0, 20, 0, 0, 0])]),
  wkbOf(12, [wkbOf(10, [wkbOf(9, [wkbRun(2, [0, 0, 20, 0]), wkbRun(8, [20, 0, 10, 10, 0, 0])])])]),
  wkbOf(11, [wkbRun(8, [0, 0, 5, 5, 9, 0])]),
].map((geom) => ({ geom: gpkgBlob(geom) }))

function geopackageBytes(rows: GpkgFixtureLayer['rows']): Buffer {
  const dir = mkdtempSync(path.join(tmpdir(), 'greenprint-seed-'))
  try {
    return readFileSync(writeGpkg(path.join(dir, 'seed.gpkg'), [{ table: 'parcels', rows }]))
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

const single = (open: string, content: string | Buffer): Seed => ({
  name: 'own',
  files: new Map([[open, Buffer.from(content as string)]]),
  open,
})

const KML = `<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder><name>公园</name>
<Placemark><name>a</name><description><![CDATA[<table><tr><td>LEVEL</td><td>4</td></tr></table>]]></description>
<ExtendedData><Data name="n"><value>1</value></Data></ExtendedData>
<Polygon><outerBoundaryIs><LinearRing><coordinates>116,39,0 117,39,0 117,40,0 116,39,0</coordinates></LinearRing></outerBoundaryIs></Polygon>
</Placemark><Placemark><Point><coordinates>116.5,39.5</coordinates></Point></Placemark></Folder></Document></kml>`

const GPX = `<?xml version="1.0"?><gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1"><wpt lat="39.9" lon="116.4"><name>a</name></wpt>
<trk><name>t</name><trkseg><trkpt lat="39.9" lon="116.4"/><trkpt lat="39.8" lon="116.5"/></trkseg></trk></gpx>`

const GML = `<?xml version="1.0" encoding="UTF-8"?><ogr:FeatureCollection xmlns:ogr="http://ogr.maptools.org/" xmlns:gml="http://www.opengis.net/gml">
<gml:featureMember><ogr:a fid="a.0"><ogr:geometryProperty><gml:Polygon srsName="EPSG:4326"><gml:outerBoundaryIs><gml:LinearRing>
<gml:coordinates>0,0 1,0 1,1 0,0</gml:coordinates></gml:LinearRing></gml:outerBoundaryIs></gml:Polygon></ogr:geometryProperty><ogr:n>1</ogr:n></ogr:a></gml:featureMember>
</ogr:FeatureCollection>`

/** One closed polyline and a text. */
const DXF = [0, 'SECTION', 2, 'ENTITIES', 0, 'LWPOLYLINE', 8, '0', 90, 3, 70, 1, 10, 0, 20, 0, 10, 9, 20, 0, 10, 9, 20, 9]
  .concat([0, 'TEXT', 8, '0', 10, 1, 20, 1, 40, 2, 1, 'park', 0, 'ENDSEC', 0, 'EOF'])
  .join('\n')

const vctSample = (generation: 2 | 3, areas: 'lines' | 'coordinates'): string =>
  vctText({
    generation,
    areas,
    polygons: [
      { values: ['0701', '居住', '1.5'], rings: [square(38_500_000, 2_500_000, 100), square(38_500_010, 2_500_010, 5)] },
    ],
    lines: [{ values: ['', '', ''], run: [[38_500_000, 2_500_000], [38_500_001, 2_500_000]] }], // prettier-ignore
    points: [{ values: ['', '', ''], place: [38_500_000, 2_500_000] }],
    labels: [{ text: '公园', place: [38_500_000, 2_500_000] }],
  })

const MIF = `Version 300
Charset "Neutral"
Delimiter ","
CoordSys Earth Projection 1, 104
Columns 1
  NAME Char(20)
Data

Point 116.4 39.9
`

/** Seeds of our own for each format id; formats that are not named here need files in the torture folder. */
const OWN: Readonly<Record<string, () => Seed[]>> = {
  shapefile: () => [
    {
      name: 'own',
      files: new Map([
        ['a.shp', shapes],
        ['a.dbf', table],
        ['a.cpg', Buffer.from('UTF-8')],
      ]),
      open: 'a.shp',
    },
  ],
  geojson: () => [single('a.geojson', collection)],
  geopackage: () => [single('a.gpkg', geopackageBytes(plainRows)), single('curves.gpkg', geopackageBytes(curvedRows))],
  kml: () => [single('a.kml', KML)],
  gpx: () => [single('a.gpx', GPX)],
  gml: () => [single('a.gml', GML)],
  dxf: () => [single('a.dxf', DXF)],
  dwg: () => [single('a.dwg', 'AC1032\0\0\0\0\0')],
  vct: () => [
    single('a.vct', vctSample(3, 'lines')),
    single('b.vct', vctSample(2, 'lines')),
    single('c.vct', vctSample(2, 'coordinates')),
  ],
  mapinfo: () => [
    {
      name: 'own',
      files: new Map([
        ['a.mif', Buffer.from(MIF)],
        ['a.mid', Buffer.from('"公园"\n')],
      ]),
      open: 'a.mif',
    },
  ],
  geotiff: () => [
    single(
      'a.tif',
      tiffBytes({
        columns: 4,
        rows: 3,
        values: Float32Array.from({ length: 12 }, (_, i) => i),
        epsg: 4547,
        leftX: 500_000,
        topY: 3_400_000,
        cell: 10,
      }),
    ),
  ],
  'ascii-grid': () => [
    single('a.asc', 'ncols 3\nnrows 2\nxllcorner 0\nyllcorner 0\ncellsize 10\nNODATA_value -9999\n1 2 3\n4 -9999 6\n'),
  ],
  zip: () => [
    single(
      'a.zip',
      zipBytes([
        { name: 'a.shp', data: shpBytes(1, [pointShape(1, 2)]) },
        { name: 'b.geojson', data: Buffer.from(collection) },
      ]),
    ),
  ],
}

function* walk(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const full = path.join(folder, entry.name)
    if (entry.isDirectory() && /\.gdb$/i.test(entry.name)) yield full
    else if (entry.isDirectory()) yield* walk(full)
    else if (entry.isFile()) yield full
  }
}

/** The file and what belongs to it: a folder's files, or the files beside it that share its stem. */
function seedOf(file: string): Seed | null {
  const isFolder = statSync(file).isDirectory()
  const folder = isFolder ? file : path.dirname(file)
  const stem = path.parse(file).name.toLowerCase()
  const members = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .filter((name) => isFolder || name === path.basename(file) || path.parse(name).name.toLowerCase() === stem)
  const size = members.reduce((sum, name) => sum + statSync(path.join(folder, name)).size, 0)
  if (size > LARGEST_SET || members.length === 0) return null
  const open = path.basename(file)
  const files = new Map(members.map((name) => [isFolder ? `${open}/${name}` : name, readFileSync(path.join(folder, name))]))
  return { name: path.relative(tortureFolder, file), files, open }
}

const isSmall = (file: string): boolean => {
  const stat = statSync(file)
  return stat.isDirectory() || (stat.size > 0 && stat.size <= LARGEST_FILE)
}

/** Evenly spread over what there is, so that no one suite gives them all. */
function spread<T>(all: readonly T[], wanted: number): T[] {
  return all.filter((_, index) => Math.floor((index * wanted) / all.length) !== Math.floor(((index - 1) * wanted) / all.length))
}

/** What the fuzzer needs to know of a reader, of features or of a grid. */
export type FuzzedFormat = Pick<Format, 'id' | 'recognises'>

/** Seeds of every format of the list: our own small ones, and up to ten files of public test suites each. */
export function seedsOf(formats: readonly FuzzedFormat[]): Map<string, Seed[]> {
  const files = new Map<string, string[]>(formats.map(({ id }) => [id, []]))
  if (existsSync(tortureFolder)) {
    for (const file of walk(tortureFolder)) {
      if (!isSmall(file)) continue
      const head = statSync(file).isDirectory() ? Buffer.alloc(0) : readHead(file, file)
      const format = formats.find((candidate) => candidate.recognises(file, head))
      if (format) files.get(format.id)?.push(file)
    }
  }
  return new Map(
    formats.map(({ id }) => {
      const theirs = spread(files.get(id) ?? [], SEEDS_PER_FORMAT).flatMap((file) => seedOf(file) ?? [])
      const texts = (TEXT_SEEDS[id] ?? []).map(([name, content]) => single(name, content))
      return [id, [...(OWN[id]?.() ?? []), ...texts, ...theirs]]
    }),
  )
}
