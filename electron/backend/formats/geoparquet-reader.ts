import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { parquetMetadataAsync, parquetReadObjects, parquetSchema, type AsyncBuffer, type FileMetaData } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'
import type { Note } from '#core/model/plan.ts'
import type { OpenedSource, OpenOptions, SourceLayer, SourceValue } from './format.ts'
import { cleanGeometry } from './geometry.ts'
import { decodeNative } from './geoparquet-geometry.ts'
import { checkPages } from './geoparquet-pages.ts'
import { geoColumnOf, geoParquetCrs, typedColumnOf, type GeoColumn } from './geoparquet-metadata.ts'
import { fileError, shownName } from './read-file.ts'
import { SpooledLayer, type FoundGeometry } from './spooled-layer.ts'
import { decodeWkb } from './wkb.ts'
import { wkbRefusal } from './wkb-refusal.ts'

/** Rows are decoded one row group at a time; a group this large is no city's. */
const MAX_GROUP_BYTES = 512 * 1024 * 1024
const MAX_ROWS = 5_000_000
/** Metadata at the end of a file: column statistics of many row groups at most. */
const MAX_METADATA_BYTES = 64 * 1024 * 1024

const broken = (file: string, zh: string, en: string, cause?: unknown): AppError =>
  new AppError('import.vector-broken', { file, layer: null, row: null, problem: bilingual(zh, en) }, { cause })

/** Bytes of a file on demand; what lies outside it is a damaged file. */
function fileBuffer(descriptor: number, shown: string): AsyncBuffer {
  const { size } = fstatSync(descriptor)
  return {
    byteLength: size,
    slice(start, end = size) {
      if (!(start >= 0 && end >= start && end <= size))
        throw broken(shown, '引用了文件之外的数据', 'it refers to bytes outside the file')
      const bytes = new Uint8Array(end - start)
      for (let at = 0; at < bytes.length;) {
        const read = readSync(descriptor, bytes, at, bytes.length - at, start + at)
        if (read === 0) throw new AppError('import.truncated', { file: shown, row: null })
        at += read
      }
      return bytes.buffer
    },
  }
}

/** The library reports damage as plain errors; they become one typed refusal. */
async function decoded<T>(shown: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof AppError || !(error instanceof Error)) throw error
    throw broken(shown, 'Parquet 数据损坏或不完整', 'its Parquet data is damaged or incomplete', error)
  }
}

async function readMetadata(file: AsyncBuffer, shown: string): Promise<FileMetaData> {
  if (file.byteLength < 12) throw new AppError('import.truncated', { file: shown, row: null })
  const tail = new DataView(await file.slice(file.byteLength - 8))
  if (tail.getUint32(4, true) !== 0x31524150)
    throw broken(
      shown,
      '文件末尾没有 Parquet 标记，文件可能不完整',
      'the Parquet mark at its end is missing; it may be incomplete',
    )
  if (tail.getUint32(0, true) > Math.min(MAX_METADATA_BYTES, file.byteLength - 8))
    throw broken(shown, '元数据长度无效', 'the length of its metadata is impossible')
  return decoded(shown, () => parquetMetadataAsync(file, { geoparquet: false }))
}

function plainValue(value: unknown): SourceValue {
  if (value === null || value === undefined) return null
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString().replace('T00:00:00.000Z', '')
  if (value instanceof Uint8Array) return null
  return JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner)) ?? null
}

/** Names of the top-level columns, in their order. */
function columnsOf(metadata: FileMetaData): string[] {
  const names: string[] = []
  let at = 1
  const skip = (): void => {
    const children = metadata.schema[at++]?.num_children ?? 0
    for (let left = children; left > 0 && at < metadata.schema.length; left--) skip()
  }
  while (at < metadata.schema.length) {
    names.push(metadata.schema[at]?.name ?? '')
    skip()
  }
  return names
}

/** Reads rows into a layer, group by group. */
class RowReader {
  readonly #shown: string
  readonly #layer: SpooledLayer
  readonly #geo: GeoColumn | null
  readonly #fields: readonly string[]
  #row = 0

  constructor(shown: string, layer: SpooledLayer, geo: GeoColumn | null, fields: readonly string[]) {
    this.#shown = shown
    this.#layer = layer
    this.#geo = geo
    this.#fields = fields
  }

  add(record: Record<string, unknown>): void {
    const row = ++this.#row
    const found = this.#geo ? this.#geometry(record[this.#geo.name], this.#geo.encoding, row) : []
    this.#layer.add(
      row,
      found,
      this.#fields.map((name) => [name, plainValue(record[name])] as const),
    )
  }

  #geometry(value: unknown, encoding: string, row: number): FoundGeometry[] {
    const { tally } = this.#layer
    if (value === null || value === undefined) {
      this.#layer.withoutGeometry(row)
      return []
    }
    try {
      if (encoding === 'WKB' && !(value instanceof Uint8Array))
        throw new AppError('import.geometry-broken', { file: this.#shown, layer: null, row })
      const geometry = value instanceof Uint8Array ? decodeWkb(value) : decodeNative(value, encoding)
      tally.droppedZ ||= geometry.hasZ
      tally.droppedM ||= geometry.hasM
      if (geometry.wasCollection) tally.exploded++
      if (geometry.hadCurves) tally.stroked++
      const { type } = geometry
      return [...geometry.parts].map(([kind, parts]) => ({ kind, type, geometry: cleanGeometry(kind, parts, row, tally) }))
    } catch (error) {
      throw wkbRefusal(error, { file: this.#shown, layer: null, row })
    }
  }
}

function notesOf(geo: GeoColumn | null): Note[] {
  const note = (severity: Note['severity'], code: string, zh: string, en: string): Note => ({
    severity,
    code,
    text: bilingual(zh, en),
  })
  if (!geo)
    return [
      note(
        'warning',
        'table.no-geometry',
        '没有 geo 元数据，只有属性，不能作为图层导入',
        'there is no geo metadata: attributes only, which cannot be a layer',
      ),
    ]
  const notes: Note[] = []
  if (geo.isSpherical)
    notes.push(
      note(
        'info',
        'geoparquet.spherical',
        '边按大圆定义，已按直线读取',
        'edges are defined on the sphere; they were read as straight',
      ),
    )
  if (geo.others.length > 0) {
    const list = geo.others.join(', ')
    notes.push(
      note('warning', 'geoparquet.other-columns', `其他几何列未读取：${list}`, `other geometry columns were not read: ${list}`),
    )
  }
  return notes
}

/** How deep a column lies below lists and what may be missing, as its levels count it. */
function levelsOf(metadata: FileMetaData, path: readonly string[]): { maxRepetition: number; maxDefinition: number } {
  let { children } = parquetSchema(metadata)
  let [maxRepetition, maxDefinition] = [0, 0]
  for (const name of path) {
    const next = children.find(({ element }) => element.name === name)
    if (!next) throw new RangeError(`column ${path.join('.')} is not in the schema`)
    if (next.element.repetition_type === 'REPEATED') maxRepetition++
    if (next.element.repetition_type !== 'REQUIRED') maxDefinition++
    children = next.children
  }
  return { maxRepetition, maxDefinition }
}

/** Looks at all pages that will be decoded. Throws RangeError for what they cannot hold. */
async function checkGroup(
  file: AsyncBuffer,
  metadata: FileMetaData,
  group: FileMetaData['row_groups'][number],
  wanted: readonly string[],
): Promise<void> {
  for (const { meta_data: meta } of group.columns) {
    if (!meta || !wanted.includes(meta.path_in_schema[0] ?? '')) continue
    const start = Number(meta.dictionary_page_offset ?? meta.data_page_offset)
    const bytes = new Uint8Array(await file.slice(start, start + Number(meta.total_compressed_size)))
    const unpack = meta.codec === 'UNCOMPRESSED' ? undefined : compressors[meta.codec]
    if (!unpack && meta.codec !== 'UNCOMPRESSED') continue // the library refuses it by name
    const column = { values: Number(meta.num_values), rows: Number(group.num_rows), unpack }
    checkPages(bytes, { ...column, ...levelsOf(metadata, meta.path_in_schema) }, { bytes: MAX_GROUP_BYTES })
  }
}

async function readLayers(file: AsyncBuffer, layer: SpooledLayer, shown: string, options: OpenOptions): Promise<SourceLayer[]> {
  const metadata = await readMetadata(file, shown)
  const geo = geoColumnOf(metadata.key_value_metadata?.find(({ key }) => key === 'geo')?.value) ?? typedColumnOf(metadata)
  const hidden = new Set(geo ? [geo.name, ...geo.others, ...geo.coverings] : [])
  const columns = columnsOf(metadata)
  const fields = columns.filter((name) => !hidden.has(name))
  if (geo && !columns.includes(geo.name)) throw broken(shown, '缺少几何列', 'its geometry column is missing')
  layer.declare(fields)
  layer.notes.push(...notesOf(geo))
  const reader = new RowReader(shown, layer, geo, fields)
  const wanted = geo ? [geo.name, ...fields] : fields
  let rowStart = 0
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows)
    const bytes = group.columns.reduce((sum, { meta_data: meta }) => sum + Number(meta?.total_uncompressed_size ?? 0), 0)
    if (bytes > MAX_GROUP_BYTES) {
      const what = bilingual('单个行组的字节数', 'bytes in one row group')
      throw new AppError('import.limit', { file: shown, layer: null, what, limit: MAX_GROUP_BYTES })
    }
    if (rowEnd > MAX_ROWS) {
      const what = bilingual('要素数', 'features')
      throw new AppError('import.limit', { file: shown, layer: null, what, limit: MAX_ROWS })
    }
    await decoded(shown, () => checkGroup(file, metadata, group, wanted))
    const range = { rowStart, rowEnd, columns: wanted }
    const parsers = { geometryFromBytes: (raw: Uint8Array) => raw, geographyFromBytes: (raw: Uint8Array) => raw }
    const rows = await decoded(shown, () =>
      parquetReadObjects({ file, metadata, ...range, compressors, utf8: false, geoparquet: false, parsers }),
    )
    for (const row of rows) reader.add(row)
    rowStart = rowEnd
    options.report(rowStart, Number(metadata.num_rows))
  }
  const encoding = {
    value: 'UTF-8',
    confidence: 1,
    reason: bilingual('Parquet 的文字均为 Unicode', 'text in Parquet is Unicode'),
  }
  return layer.toLayers({ crs: geoParquetCrs(geo ?? { crs: null }, layer.extent), encoding })
}

/** Reads a file into a spool, row group by row group. @throws AppError `import.*` */
export async function openGeoParquet(file: string, options: OpenOptions): Promise<OpenedSource> {
  const shown = shownName(file, options)
  const layer = new SpooledLayer({ file: shown, layer: null, stagingDir: options.stagingDir })
  let descriptor: number | null = null
  try {
    descriptor = openSync(file, 'r')
    const layers = await readLayers(fileBuffer(descriptor, shown), layer, shown, options)
    return { layers, close: () => layer.close() }
  } catch (error) {
    layer.close()
    throw fileError(error, shown)
  } finally {
    if (descriptor !== null) closeSync(descriptor)
  }
}
