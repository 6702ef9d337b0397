import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'
import type { GeometryKind } from '#core/model/roles.ts'
import type { ByteWindow } from './byte-window.ts'
import type { SourceGeometry } from './format.ts'
import { cleanGeometry, isCoordinate, newRun, type ExtentOf } from './geometry.ts'
import { ringsToParts } from './rings.ts'
import type { Tally } from './tally.ts'

/** ESRI Shapefile Technical Description (1998): shape types by their number modulo 10; 31 (MultiPatch) is not read. */
const KINDS: Record<number, GeometryKind> = { 1: 'point', 3: 'line', 5: 'polygon', 8: 'point' }
const NAMES: Record<number, string> = { 0: 'Null', 1: 'Point', 3: 'PolyLine', 5: 'Polygon', 8: 'MultiPoint', 31: 'MultiPatch' }

const HEADER_BYTES = 100
/** As of a GeoPackage; and no feature of a plan has 16 million points. */
const MAX_RECORDS = 5_000_000
const MAX_RECORD_BYTES = 256 * 2 ** 20

export const shapeTypeName = (type: number): string => {
  const name = NAMES[type === 31 ? 31 : type % 10] ?? `type ${type}`
  return type === 31 || type < 10 ? name : `${name}${type < 20 ? 'Z' : 'M'}`
}

export const kindOfShapeType = (type: number): GeometryKind | null =>
  [1, 3, 5, 8, 11, 13, 15, 18, 21, 23, 25, 28].includes(type) ? (KINDS[type % 10] ?? null) : null

export interface ShpFile {
  file: string
  window: ByteWindow
  /** Shape type of the header. */
  type: number
  kind: GeometryKind | null
  /** Where each record's content starts and how long it is, in file order. */
  offsets: Float64Array
  lengths: Uint32Array
  /** Bytes after the end that the header states; they are not read. */
  ignoredBytes: number
}

const broken = (file: string, row: number | null, zh: string, en: string): AppError =>
  new AppError('import.shapefile-broken', { file, row, problem: bilingual(zh, en) })

/** Reads the header and finds all records of a .shp, by its .shx where that is sound. @throws AppError `import.truncated`, `import.shapefile-broken` */
export function indexShp(window: ByteWindow, shx: ByteWindow | null, file: string): ShpFile {
  if (window.size < HEADER_BYTES) throw new AppError('import.truncated', { file, row: null })
  window.seek(0, HEADER_BYTES)
  const { view } = window
  if (view.getInt32(0) !== 9994)
    throw broken(file, null, '不是 .shp 文件（文件头不符）', 'it is not a .shp file (its header says otherwise)')
  const type = view.getInt32(32, true)
  const kind = kindOfShapeType(type)
  if (kind === null && type !== 0)
    throw new AppError('import.unsupported-geometry', { file, layer: null, row: 1, type: shapeTypeName(type) })
  const stated = view.getInt32(24) * 2
  if (stated < HEADER_BYTES) throw broken(file, null, '文件头中的长度无效', 'the length in its header is impossible')
  const listed = shx && recordsOfIndex(shx, window, file)
  const { offsets, lengths, end } = listed ?? recordsInOrder(window, Math.min(stated, window.size), file)
  if (!listed && stated > window.size) throw new AppError('import.truncated', { file, row: offsets.length + 1 })
  return { file, window, type, kind, offsets, lengths, ignoredBytes: window.size - end }
}

const tooMany = (file: string): AppError =>
  new AppError('import.limit', { file, layer: null, what: bilingual('要素数', 'features'), limit: MAX_RECORDS })

interface Records {
  offsets: Float64Array
  lengths: Uint32Array
  /** Where the last record ends. */
  end: number
}

/** Records as the .shx lists them; null when it is damaged or does not fit the .shp, which then is read in order. */
function recordsOfIndex(shx: ByteWindow, shp: ByteWindow, file: string): Records | null {
  if (shx.size < HEADER_BYTES) return null
  const head = shx.seek(0, HEADER_BYTES)
  if (shx.view.getInt32(head) !== 9994 || shx.view.getInt32(head + 24) * 2 !== shx.size) return null
  const count = Math.floor((shx.size - HEADER_BYTES) / 8)
  if (count > MAX_RECORDS) throw tooMany(file)
  const records: Records = { offsets: new Float64Array(count), lengths: new Uint32Array(count), end: HEADER_BYTES }
  for (let record = 0; record < count; record++) {
    const at = shx.seek(HEADER_BYTES + 8 * record, 8)
    // Words of 16 bits, signed in the description; large files use the sign too.
    const offset = shx.view.getUint32(at) * 2
    const length = shx.view.getInt32(at + 4) * 2
    if (offset < HEADER_BYTES || length < 4 || offset + 8 + length > shp.size) return null
    const content = shp.seek(offset, 8)
    if (shp.view.getInt32(content + 4) * 2 !== length) return null
    records.offsets[record] = offset + 8
    records.lengths[record] = length
    records.end = Math.max(records.end, offset + 8 + length)
  }
  return records
}

function recordsInOrder(shp: ByteWindow, end: number, file: string): Records {
  const offsets: number[] = []
  const lengths: number[] = []
  let at = HEADER_BYTES
  while (at + 8 <= end) {
    const row = offsets.length + 1
    if (row > MAX_RECORDS) throw tooMany(file)
    const head = shp.seek(at, 8)
    const length = shp.view.getInt32(head + 4) * 2
    if (length < 4) throw broken(file, row, '记录长度无效', 'its record length is impossible')
    if (at + 8 + length > shp.size) throw new AppError('import.truncated', { file, row })
    offsets.push(at + 8)
    lengths.push(length)
    at += 8 + length
  }
  return { offsets: Float64Array.from(offsets), lengths: Uint32Array.from(lengths), end: at }
}

/** Copies points, which lie anywhere; a Float64Array needs alignment that the format does not give. */
function readPoints({ window: { view }, file }: ShpFile, offset: number, count: number, row: number): Float64Array {
  const run = newRun(count * 2)
  for (let at = 0; at < run.length; at++) {
    const value = view.getFloat64(offset + 8 * at, true)
    if (!isCoordinate(value)) throw new AppError('import.bad-coordinate', { file, layer: null, row })
    run[at] = value
  }
  return run
}

function readMultiPoint(shp: ShpFile, offset: number, length: number, row: number): Float64Array[][] {
  const count = length < 40 ? -1 : shp.window.view.getInt32(offset + 36, true)
  if (count < 0 || 40 + count * 16 > length)
    throw broken(shp.file, row, '点数与记录长度不符', 'its point count does not fit the record')
  return Array.from({ length: count }, (_, index) => [readPoints(shp, offset + 40 + index * 16, 1, row)])
}

function readRuns(shp: ShpFile, offset: number, length: number, row: number): Float64Array[] {
  const {
    window: { view },
    file,
  } = shp
  const parts = length < 44 ? -1 : view.getInt32(offset + 36, true)
  const points = length < 44 ? -1 : view.getInt32(offset + 40, true)
  if (parts < 0 || points < 0 || 44 + parts * 4 + points * 16 > length) {
    throw broken(file, row, '部件数或点数与记录长度不符', 'its part or point count does not fit the record')
  }
  const runs: Float64Array[] = []
  const start = offset + 44 + parts * 4
  for (let part = 0; part < parts; part++) {
    const from = view.getInt32(offset + 44 + part * 4, true)
    const to = part + 1 < parts ? view.getInt32(offset + 48 + part * 4, true) : points
    if (from < 0 || to < from || to > points) throw broken(file, row, '部件索引无效', 'its part index is impossible')
    runs.push(readPoints(shp, start + from * 16, to - from, row))
  }
  return runs
}

/** Shape type of one record, 0 for a null shape. */
export const recordType = (shp: ShpFile, record: number): number =>
  shp.window.view.getInt32(shp.window.seek(shp.offsets[record] ?? 0, 4), true)

interface OpenRecord {
  row: number
  type: number
  kind: GeometryKind
  /** Where its content begins in the window. */
  offset: number
  length: number
}

/** Makes a record readable and checks that it is what the file says; null for a null shape. @throws AppError naming file and row */
function openRecord(shp: ShpFile, record: number, tally: Tally): OpenRecord | null {
  const row = record + 1
  const length = shp.lengths[record] ?? 0
  if (length > MAX_RECORD_BYTES) {
    const what = bilingual('单个要素的字节数', 'bytes of one feature')
    throw new AppError('import.limit', { file: shp.file, layer: null, what, limit: MAX_RECORD_BYTES })
  }
  const offset = shp.window.seek(shp.offsets[record] ?? 0, length)
  const type = shp.window.view.getInt32(offset, true)
  if (type === 0) {
    tally.withoutGeometry++
    tally.remember('withoutGeometry', row)
    return null
  }
  const kind = kindOfShapeType(type)
  if (kind === null)
    throw new AppError('import.unsupported-geometry', { file: shp.file, layer: null, row, type: shapeTypeName(type) })
  if (kind !== shp.kind)
    throw broken(
      shp.file,
      row,
      `几何类型 ${shapeTypeName(type)} 与文件头不一致`,
      `its type ${shapeTypeName(type)} is not the file's`,
    )
  if (type >= 11 && type <= 18) tally.droppedZ = true
  if (type >= 21) tally.droppedM = true
  return { row, type, kind, offset, length }
}

/** The geometry of record `record` (0-based), null for null shapes. @throws AppError naming file and row */
export function readShape(shp: ShpFile, record: number, tally: Tally): SourceGeometry | null {
  const open = openRecord(shp, record, tally)
  return open && shapeOf(shp, open, tally)
}

function shapeOf(shp: ShpFile, open: OpenRecord, tally: Tally): SourceGeometry | null {
  const { row, type, kind, offset, length } = open
  const plain = plainRing(shp, open)
  if (plain) return { kind, parts: [[readPoints(shp, plain[0], (plain[1] - plain[0]) / 16, row)]] }
  if (type % 10 === 1) {
    if (length < 20) throw broken(shp.file, row, '记录过短', 'its record is too short')
    return cleanGeometry('point', [[readPoints(shp, offset + 4, 1, row)]], row, tally)
  }
  if (type % 10 === 8) return cleanGeometry('point', readMultiPoint(shp, offset, length, row), row, tally)
  const runs = readRuns(shp, offset, length, row)
  const parts = kind === 'polygon' ? ringsToParts(runs, row, tally) : runs.map((run) => [run])
  return cleanGeometry(kind, parts, row, tally)
}

/** What `readShape` would count and refuse, and the extent, without keeping the coordinates. @throws AppError naming file and row */
export function surveyShape(shp: ShpFile, record: number, tally: Tally, extent: ExtentOf): void {
  const open = openRecord(shp, record, tally)
  if (!open || surveyPlainRing(shp, open, extent)) return
  const geometry = shapeOf(shp, open, tally)
  if (geometry) extent.addGeometry(geometry)
}

const FEWEST_RING_POINTS = 4

/** Where the points of a polygon of one ring begin and end, as nearly all are; null for anything else, whatever is wrong with it. */
function plainRing({ window: { view } }: ShpFile, { kind, offset, length }: OpenRecord): [start: number, end: number] | null {
  if (kind !== 'polygon' || length < 48 || view.getInt32(offset + 36, true) !== 1) return null
  const points = view.getInt32(offset + 40, true)
  if (points < FEWEST_RING_POINTS || 48 + points * 16 > length || view.getInt32(offset + 44, true) !== 0) return null
  const [start, end] = [offset + 48, offset + 48 + points * 16]
  const isClosed =
    view.getFloat64(start, true) === view.getFloat64(end - 16, true) &&
    view.getFloat64(start + 8, true) === view.getFloat64(end - 8, true)
  return isClosed ? [start, end] : null
}

function surveyPlainRing(shp: ShpFile, open: OpenRecord, extent: ExtentOf): boolean {
  const points = plainRing(shp, open)
  if (!points) return false
  const { view } = shp.window
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let at = points[0]; at < points[1]; at += 16) {
    const x = view.getFloat64(at, true)
    const y = view.getFloat64(at + 8, true)
    if (!isCoordinate(x) || !isCoordinate(y)) return false
    if (x < minX) minX = x
    if (x > maxX) maxX = x
    if (y < minY) minY = y
    if (y > maxY) maxY = y
  }
  extent.addBox(minX, minY, maxX, maxY)
  return true
}
