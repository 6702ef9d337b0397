import { crsWkt } from '#core/crs/crs.ts'

/** A zone in the middle of what the application reads; the place means nothing. */
export const REHEARSAL_CRS = 'EPSG:4547'
const [EAST_M, NORTH_M] = [470_000, 2_500_000]
const SIDE = 128
const STEP_M = 60
const CODES = ['0701', '0801', '0901', '1001', '1207', '1401']
/** Vertices along each edge of a parcel: about as many as those of a city. */
const PER_EDGE = 5
const RING_POINTS = 4 * PER_EDGE + 1

const HEADER_BYTES = 100
const CONTENT_BYTES = 48 + 16 * RING_POINTS
const FIELDS = [
  { name: 'BSM', type: 'N', width: 10 },
  { name: 'YDYHFLDM', type: 'C', width: 10 },
  { name: 'YDYHFLMC', type: 'C', width: 40 },
] as const
const ROW_BYTES = FIELDS.reduce((sum, { width }) => sum + width, 1)

/** A shapefile of made-up parcels, by extension: a lattice with crooked edges that neighbours share. */
export function rehearsalParcels(): Map<string, Buffer> {
  const count = SIDE * SIDE
  const shp = Buffer.alloc(HEADER_BYTES + count * (8 + CONTENT_BYTES))
  const shx = Buffer.alloc(HEADER_BYTES + count * 8)
  const head = tableHead(count)
  const dbf = Buffer.alloc(head.length + count * ROW_BYTES, ' ')
  dbf.set(head)
  for (let index = 0; index < count; index += 1) {
    const at = HEADER_BYTES + index * (8 + CONTENT_BYTES)
    shx.writeInt32BE(at / 2, HEADER_BYTES + 8 * index)
    shx.writeInt32BE(CONTENT_BYTES / 2, HEADER_BYTES + 8 * index + 4)
    shp.writeInt32BE(index + 1, at)
    shp.writeInt32BE(CONTENT_BYTES / 2, at + 4)
    writePolygon(shp, at + 8, index)
    writeRow(dbf, head.length + index * ROW_BYTES, index)
  }
  for (const file of [shp, shx]) {
    file.writeInt32BE(9994, 0)
    file.writeInt32BE(file.length / 2, 24)
    file.writeInt32LE(1000, 28)
    file.writeInt32LE(5, 32)
  }
  // Without codes, as most programs write it: the system is then looked for by its name.
  const prj = (crsWkt(REHEARSAL_CRS) ?? '').replaceAll(/,AUTHORITY\[[^\]]*\]/g, '')
  const texts = { '.prj': prj, '.cpg': 'UTF-8' }
  return new Map([
    ['.shp', shp],
    ['.shx', shx],
    ['.dbf', dbf],
    ...Object.entries(texts).map(([extension, text]) => [extension, Buffer.from(text)] as const),
  ])
}

function writePolygon(shp: Buffer, start: number, index: number): void {
  shp.writeInt32LE(5, start)
  shp.writeInt32LE(1, start + 36)
  shp.writeInt32LE(RING_POINTS, start + 40)
  const [column, row] = [index % SIDE, Math.floor(index / SIDE)]
  // Clockwise, as shapefiles have it.
  const corners = [0, 0, 1, 1, 0].map((x, at) => [column + x, row + (at === 1 || at === 2 ? 1 : 0)] as const)
  for (let point = 0; point < RING_POINTS; point += 1) {
    const [corner, step] = [Math.floor(point / PER_EDGE), (point % PER_EDGE) / PER_EDGE]
    const [fromX, fromY] = corners[corner] ?? [0, 0]
    const [toX, toY] = corners[corner + 1] ?? [fromX, fromY]
    const [x, y] = [fromX + (toX - fromX) * step, fromY + (toY - fromY) * step]
    shp.writeDoubleLE(place(EAST_M, x, Math.sin(9 * y)), start + 48 + 16 * point)
    shp.writeDoubleLE(place(NORTH_M, y, Math.sin(7 * x)), start + 56 + 16 * point)
  }
}

const place = (origin: number, cells: number, bend: number): number =>
  Math.round(1000 * (origin + STEP_M * (cells + 0.05 * bend))) / 1000

function tableHead(count: number): Buffer {
  const head = Buffer.alloc(32 + 32 * FIELDS.length + 1)
  head.set([3, 126, 1, 1])
  head.writeUInt32LE(count, 4)
  head.writeUInt16LE(head.length, 8)
  head.writeUInt16LE(ROW_BYTES, 10)
  for (const [at, { name, type, width }] of FIELDS.entries()) {
    head.write(name + type.padStart(12 - name.length, '\0'), 32 + 32 * at, 'latin1')
    head[32 + 32 * at + 16] = width
  }
  head[head.length - 1] = 0x0d
  return head
}

function writeRow(dbf: Buffer, start: number, index: number): void {
  const kind = index % CODES.length
  let at = start + 1
  for (const [field, { type, width }] of FIELDS.entries()) {
    const text = [String(index), CODES[kind] ?? '', `用地 ${kind}`][field] ?? ''
    dbf.write(type === 'N' ? text.padStart(width) : text, at)
    at += width
  }
}
