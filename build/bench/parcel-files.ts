import fs from 'node:fs'

/**
 * Parcels that tile a square city without gaps or overlaps: a jittered lattice whose shared edges carry the same crooked
 * vertices, on whole millimetres of CGCS2000 / 3-degree Gauss–Krüger, central meridian 114° E (EPSG:4547).
 */
const STEP_M = 60
const ORIGIN: readonly [number, number] = [470_000, 2_500_000]
const CLASSES = ['0701', '0702', '0801', '0804', '0901', '1001', '1207', '1401', '1402', '1403']
const NAMES = [
  '城镇住宅用地',
  '城镇社区服务设施用地',
  '机关团体用地',
  '教育用地',
  '商业用地',
  '工业用地',
  '城镇道路用地',
  '公园绿地',
  '防护绿地',
  '广场用地',
]
const PRJ =
  'PROJCS["CGCS2000_3_Degree_GK_CM_114E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",' +
  'SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],' +
  'PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],' +
  'PARAMETER["Central_Meridian",114.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'

type Pair = [x: number, y: number]

/** A number from −0.5 to 0.5 that depends on the place alone, so that neighbours agree on what they share. */
function jitter(i: number, j: number, salt: number): number {
  let hash = Math.imul(i + 1, 0x9e3779b1) ^ Math.imul(j + 1, 0x85ebca6b) ^ Math.imul(salt + 7, 0xc2b2ae35)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39)
  return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32 - 0.5
}

const onGrid = (metres: number): number => Math.round(metres * 1000) / 1000

function latticeOf(cells: number) {
  const isInner = (i: number) => i > 0 && i < cells
  const corner = (i: number, j: number): Pair => [
    ORIGIN[0] + STEP_M * (i + (isInner(i) ? 0.5 * jitter(i, j, 1) : 0)),
    ORIGIN[1] + STEP_M * (j + (isInner(j) ? 0.5 * jitter(i, j, 2) : 0)),
  ]
  /** From a corner to the next one right or up: the corner and four crooked vertices. */
  const edge = (i: number, j: number, up: boolean): Pair[] => {
    const [x, y] = corner(i, j)
    const [toX, toY] = up ? corner(i, j + 1) : corner(i + 1, j)
    return [0, 1, 2, 3, 4].map((at) => {
      const isStraight = at === 0 || (up ? !isInner(i) : !isInner(j))
      const bend = isStraight ? 0 : 0.08 * STEP_M * jitter(i, j, 10 + at + (up ? 5 : 0))
      return [onGrid(x + ((toX - x) * at) / 5 + (up ? bend : 0)), onGrid(y + ((toY - y) * at) / 5 + (up ? 0 : bend))]
    })
  }
  const backwards = (run: Pair[], [endX, endY]: Pair): Pair[] => [...run.slice(1), [onGrid(endX), onGrid(endY)] as Pair].reverse()
  /** Counter-clockwise and closed. */
  return (i: number, j: number): Pair[] => {
    const bottom = edge(i, j, false)
    const top = backwards(edge(i, j + 1, false), corner(i + 1, j + 1))
    const left = backwards(edge(i, j, true), corner(i, j + 1))
    return [...bottom, ...edge(i + 1, j, true), ...top, ...left, bottom[0] ?? [0, 0]]
  }
}

interface Parcel {
  id: number
  ring: Pair[]
  code: string
  name: string
}

function* parcels(count: number): Generator<Parcel> {
  const cells = Math.ceil(Math.sqrt(count))
  const ringOf = latticeOf(cells)
  for (let id = 0; id < count; id += 1) {
    const [i, j] = [id % cells, Math.floor(id / cells)]
    const kind = Math.floor((jitter(i >> 2, j >> 2, 40) + 0.5) * CLASSES.length)
    yield { id: id + 1, ring: ringOf(i, j), code: CLASSES[kind] ?? '', name: NAMES[kind] ?? '' }
  }
}

/** Collects pieces and writes them in megabytes: a million features must not be held. */
function chunked(file: string) {
  const descriptor = fs.openSync(file, 'w')
  let waiting: Buffer[] = []
  let bytes = 0
  const flush = () => {
    fs.writeSync(descriptor, Buffer.concat(waiting))
    waiting = []
    bytes = 0
  }
  return {
    add(piece: Buffer) {
      waiting.push(piece)
      bytes += piece.length
      if (bytes > 4 << 20) flush()
    },
    close(header?: Buffer) {
      flush()
      if (header) fs.writeSync(descriptor, header, 0, header.length, 0)
      fs.closeSync(descriptor)
    },
  }
}

/** A GeoJSON file with the old `crs` member. */
export function writeGeoJsonParcels(file: string, count: number): void {
  const out = chunked(file)
  out.add(
    Buffer.from(
      '{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4547"}},"features":[\n',
    ),
  )
  for (const { id, ring, code, name } of parcels(count)) {
    const properties = { BSM: id, YDYHFLDM: code, YDYHFLMC: name, XZQMC: '青岚区', JZMJ: id % 977 }
    const feature = { type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: [ring] } }
    out.add(Buffer.from(`${id === 1 ? '' : ',\n'}${JSON.stringify(feature)}`))
  }
  out.add(Buffer.from('\n]}\n'))
  out.close()
}

const FIELDS: readonly (readonly [name: string, type: string, width: number])[] = [
  ['BSM', 'N', 10],
  ['YDYHFLDM', 'C', 10],
  ['YDYHFLMC', 'C', 40],
  ['XZQMC', 'C', 20],
  ['JZMJ', 'N', 12],
]

/** A shapefile set, UTF-8, with its .prj, .cpg and .shx. */
export function writeShapefileParcels(stem: string, count: number): void {
  const [shp, shx, dbf] = [chunked(`${stem}.shp`), chunked(`${stem}.shx`), chunked(`${stem}.dbf`)]
  shp.add(Buffer.alloc(100))
  shx.add(Buffer.alloc(100))
  dbf.add(dbfHeader(count))
  const all = [Infinity, Infinity, -Infinity, -Infinity]
  let words = 50
  for (const { id, ring, code, name } of parcels(count)) {
    const body = shapeOf(ring.toReversed(), all)
    const head = Buffer.alloc(8)
    head.writeInt32BE(id, 0)
    head.writeInt32BE(body.length / 2, 4)
    shp.add(head)
    shp.add(body)
    const index = Buffer.alloc(8)
    index.writeInt32BE(words, 0)
    index.writeInt32BE(body.length / 2, 4)
    shx.add(index)
    words += 4 + body.length / 2
    dbf.add(rowOf([String(id), code, name, '青岚区', String(id % 977)]))
  }
  shp.close(shpHeader(words, all))
  shx.close(shpHeader(50 + count * 4, all))
  dbf.close()
  fs.writeFileSync(`${stem}.prj`, PRJ)
  fs.writeFileSync(`${stem}.cpg`, 'UTF-8')
}

function shapeOf(ring: readonly Pair[], all: number[]): Buffer {
  const body = Buffer.alloc(48 + ring.length * 16)
  const box = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [at, [x, y]] of ring.entries()) {
    body.writeDoubleLE(x, 48 + at * 16)
    body.writeDoubleLE(y, 56 + at * 16)
    grow(box, [x, y, x, y])
  }
  grow(all, box)
  body.writeInt32LE(5, 0)
  for (const [at, edge] of box.entries()) body.writeDoubleLE(edge, 4 + at * 8)
  body.writeInt32LE(1, 36)
  body.writeInt32LE(ring.length, 40)
  return body
}

function grow(box: number[], [minX = 0, minY = 0, maxX = 0, maxY = 0]: readonly number[]): void {
  box[0] = Math.min(box[0] ?? 0, minX)
  box[1] = Math.min(box[1] ?? 0, minY)
  box[2] = Math.max(box[2] ?? 0, maxX)
  box[3] = Math.max(box[3] ?? 0, maxY)
}

function shpHeader(words: number, box: readonly number[]): Buffer {
  const header = Buffer.alloc(100)
  header.writeInt32BE(9994, 0)
  header.writeInt32BE(words, 24)
  header.writeInt32LE(1000, 28)
  header.writeInt32LE(5, 32)
  for (const [at, edge] of box.entries()) header.writeDoubleLE(edge, 36 + at * 8)
  return header
}

const rowBytes = FIELDS.reduce((sum, [, , width]) => sum + width, 1)

function dbfHeader(count: number): Buffer {
  const header = Buffer.alloc(32 + 32 * FIELDS.length + 1)
  header.set([3, 126, 1, 1])
  header.writeUInt32LE(count, 4)
  header.writeUInt16LE(header.length, 8)
  header.writeUInt16LE(rowBytes, 10)
  for (const [at, [name, type, width]] of FIELDS.entries()) {
    header.write(name + type.padStart(12 - name.length, '\0'), 32 + 32 * at, 'latin1')
    header[32 + 32 * at + 16] = width
  }
  header[header.length - 1] = 0x0d
  return header
}

function rowOf(values: readonly string[]): Buffer {
  const row = Buffer.alloc(rowBytes, ' ')
  let at = 1
  for (const [index, [, type, width]] of FIELDS.entries()) {
    const text = values[index] ?? ''
    row.write(type === 'N' ? text.padStart(width) : text, at)
    at += width
  }
  return row
}
