import { readdirSync } from 'node:fs'
import path from 'node:path'
import { wktOfMetadata } from '#core/crs/metadata-xml.ts'
import { recogniseFromWkt } from '#core/crs/recognise.ts'
import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'
import type { Guess } from '#core/model/inspection.ts'
import type { Note } from '#core/model/plan.ts'
import { dbfValue, decodeText, foreignTexts, isDeleted, openDbf, readableFields, type DbfFile } from './dbf.ts'
import { ByteDictionary } from './byte-dictionary.ts'
import { FileWindow, windowOf, type ByteWindow } from './byte-window.ts'
import { chosenEncoding, detectDbfEncoding } from './encoding.ts'
import { FieldProfile } from './field-profile.ts'
import type { Format, OpenedSource, OpenOptions, SourceFeature, SourceLayer, SourceRow, SourceValue } from './format.ts'
import { ExtentOf } from './geometry.ts'
import { fileError, fileSizeMb, readBytes, shownName } from './read-file.ts'
import { indexShp, readShape, recordType, shapeTypeName, surveyShape, type ShpFile } from './shp.ts'
import { Tally } from './tally.ts'

const TEXT_LIMIT_MB = 1
/** What Esri's programs write beside a set: the last word on its system where no .prj says it. */
const METADATA = '.shp.xml'
const METADATA_LIMIT_MB = 8
const MAX_CACHED_TEXTS = 50_000

/** Files of the set beside a .shp, by extension, whatever the case of their letters. */
export function siblings(shpPath: string): Map<string, string> {
  const stem = path.basename(shpPath, path.extname(shpPath)).toLowerCase()
  const found = new Map<string, string>()
  for (const name of readdirSync(path.dirname(shpPath))) {
    const extension = path.extname(name).toLowerCase()
    if (name.slice(0, name.length - extension.length).toLowerCase() === stem)
      found.set(extension, path.join(path.dirname(shpPath), name))
    if (name.toLowerCase() === `${stem}${METADATA}`) found.set(METADATA, path.join(path.dirname(shpPath), name))
  }
  return found
}

const note = (severity: Note['severity'], code: string, zh: string, en: string): Note => ({
  severity,
  code,
  text: bilingual(zh, en),
})

interface Table {
  dbf: DbfFile
  profiles: FieldProfile[]
  encoding: Guess<string | null>
  value: (row: number, column: number) => SourceValue
}

function openTable(window: ByteWindow, shown: string, cpg: string | null, chosen: string | null): Table {
  const dbf = openDbf(window, shown)
  const { label, guess } = chosen === null ? detectDbfEncoding(cpg, dbf.ldid, foreignTexts(dbf)) : chosenEncoding(shown, chosen)
  const decoder = new TextDecoder(label)
  const texts = new ByteDictionary<string>(MAX_CACHED_TEXTS)
  const decoded = (bytes: Buffer): string => decodeText(decoder, bytes)
  const decode = (bytes: Buffer, from: number, to: number): string => texts.get(bytes, from, to, decoded)
  const fields = readableFields(dbf)
  const profiles = uniqueNames(fields.map(({ nameBytes }) => decodeText(decoder, nameBytes).trim())).map(
    (name) => new FieldProfile(name),
  )
  const value = (row: number, column: number): SourceValue => {
    const field = fields[column]
    return field && row < dbf.rows ? dbfValue(dbf, row, field, decode) : null
  }
  return {
    dbf,
    profiles,
    encoding: guess,
    value,
  }
}

/** Two columns may carry the same cut-off name; the second gets a number, as GIS programs do. */
function uniqueNames(names: readonly string[]): string[] {
  const used = new Set<string>()
  return names.map((name) => {
    const plain = name === '' ? 'field' : name
    let unique = plain
    for (let count = 1; used.has(unique); count++) unique = `${plain}_${count}`
    used.add(unique)
    return unique
  })
}

interface Scan {
  count: number
  geometryTypes: Record<string, number>
  extent: ExtentOf
  tally: Tally
}

/** Reads everything once: what is wrong is known before anything is imported. */
function scan(shp: ShpFile, table: Table | null, report: OpenOptions['report']): Scan {
  const types = new Map<number, number>()
  const result: Scan = { count: 0, geometryTypes: {}, extent: new ExtentOf(), tally: new Tally() }
  for (let record = 0; record < shp.offsets.length; record++) {
    if (table && record < table.dbf.rows && isDeleted(table.dbf, record)) {
      result.tally.deletedRows++
      continue
    }
    const type = recordType(shp, record)
    types.set(type, (types.get(type) ?? 0) + 1)
    surveyShape(shp, record, result.tally, result.extent)
    if (table) addRow(table, record)
    result.count++
    if (record % 10_000 === 0) report(record, shp.offsets.length)
  }
  for (const [type, count] of types) {
    const name = shapeTypeName(type)
    result.geometryTypes[name] = (result.geometryTypes[name] ?? 0) + count
  }
  return result
}

/** A field of a .dbf gives values of one type only, so that most are settled after few rows. */
function addRow({ profiles, value }: Table, record: number): void {
  for (let column = 0; column < profiles.length; column++) {
    const profile = profiles[column]
    if (profile && !profile.isSettled) profile.add(value(record, column))
  }
}

function* readRows(shp: ShpFile, table: Table, columns: readonly number[] | undefined): Iterable<SourceRow> {
  const { dbf, profiles } = table
  const wanted = columns ?? profiles.map((_, column) => column)
  for (let record = 0; record < shp.offsets.length; record++) {
    if (record < dbf.rows && isDeleted(dbf, record)) continue
    const values: SourceValue[] = profiles.map(() => null)
    for (const column of wanted) values[column] = profiles[column]?.conform(table.value(record, column)) ?? null
    yield { row: record + 1, values }
  }
}

function conformedValues({ profiles, value }: Table, record: number): SourceValue[] {
  const values: SourceValue[] = []
  for (let column = 0; column < profiles.length; column++) {
    values.push((profiles[column] as FieldProfile).conform(value(record, column)))
  }
  return values
}

function* readFeatures(shp: ShpFile, table: Table | null): Iterable<SourceFeature> {
  const unused = new Tally()
  for (let record = 0; record < shp.offsets.length; record++) {
    if (table && record < table.dbf.rows && isDeleted(table.dbf, record)) continue
    const values = table ? conformedValues(table, record) : []
    yield { row: record + 1, geometry: readShape(shp, record, unused), values }
  }
}

function setNotes(shp: ShpFile, table: Table | null): Note[] {
  const notes: Note[] = []
  if (!table)
    notes.push(
      note('warning', 'shapefile.no-table', '缺少 .dbf 文件，没有属性', 'there is no .dbf file, so there are no attributes'),
    )
  else if (table.dbf.rows !== shp.offsets.length) {
    notes.push(
      note(
        'warning',
        'shapefile.rows-differ',
        `.dbf 有 ${table.dbf.rows} 行，而 .shp 有 ${shp.offsets.length} 个图形，属性可能错位`,
        `the .dbf has ${table.dbf.rows} rows but the .shp has ${shp.offsets.length} shapes: attributes may be misplaced`,
      ),
    )
  }
  if (shp.ignoredBytes > 0) {
    notes.push(
      note(
        'warning',
        'shapefile.bytes-ignored',
        `.shp 末尾有 ${shp.ignoredBytes} 字节不属于任何记录，已忽略`,
        `${shp.ignoredBytes} bytes at the end of the .shp belong to no record and were ignored`,
      ),
    )
  }
  return notes
}

function openShapefile(file: string, options: OpenOptions): OpenedSource {
  const shown = shownName(file, options)
  const set = setOf(file, shown)
  const shownSibling = (extension: string): string => `${shown.slice(0, shown.length - path.extname(shown).length)}${extension}`
  const textOf = (extension: string): string | null => {
    const sibling = set.get(extension)
    if (sibling === undefined) return null
    // Metadata may carry a picture: then it says nothing, instead of refusing the layer.
    if (extension === METADATA && fileSizeMb(sibling, shownSibling(extension)) > METADATA_LIMIT_MB) return null
    const limitMb = extension === METADATA ? METADATA_LIMIT_MB : TEXT_LIMIT_MB
    return readBytes(sibling, shownSibling(extension), limitMb).toString('utf8')
  }
  const windows: FileWindow[] = []
  const close = () => {
    for (const window of windows.splice(0)) window.close()
  }
  const windowOn = (extension: string): FileWindow | null => {
    const sibling = extension === '.shp' ? file : set.get(extension)
    if (sibling === undefined) return null
    const window = new FileWindow(sibling, extension === '.shp' ? shown : shownSibling(extension))
    windows.push(window)
    return window
  }
  try {
    return { layers: [readLayer(windowOn, textOf, { shown, shownTable: shownSibling('.dbf'), options })], close }
  } catch (error) {
    close()
    throw error
  }
}

/** The layer of a set whose files, by extension, are in memory. */
export function shapefileInMemory(set: ReadonlyMap<string, Buffer>, shown: string): SourceLayer {
  const windowOn = (extension: string) => {
    const bytes = set.get(extension)
    return bytes ? windowOf(bytes) : null
  }
  const textOf = (extension: string) => set.get(extension)?.toString('utf8') ?? null
  return readLayer(windowOn, textOf, { shown, shownTable: shown, options: { encoding: null, report: () => undefined } })
}

function readLayer(
  windowOn: (extension: string) => ByteWindow | null,
  textOf: (extension: string) => string | null,
  { shown, shownTable, options }: { shown: string; shownTable: string; options: OpenOptions },
): SourceLayer {
  const main = windowOn('.shp')
  if (!main) throw new AppError('import.file-missing', { file: shown })
  const shp = indexShp(main, windowOn('.shx'), shown)
  const dbf = windowOn('.dbf')
  const table = dbf && openTable(dbf, shownTable, textOf('.cpg'), options.encoding)
  const { count, geometryTypes, extent, tally } = scan(shp, table, options.report)
  return {
    layer: null,
    kind: shp.kind,
    geometryTypes,
    count,
    extent: extent.value,
    fields: table?.profiles.map((profile) => profile.toField()) ?? [],
    crs: recogniseFromWkt(
      [
        { source: '.prj', text: textOf('.prj') },
        { source: '.qpj', text: textOf('.qpj') },
        { source: METADATA, text: byMetadata(textOf) },
      ],
      extent.value,
    ),
    encoding: table?.encoding ?? { value: null, confidence: 1, reason: bilingual('没有属性表', 'there is no attribute table') },
    notes: [...setNotes(shp, table), ...tally.notes()],
    features: () => readFeatures(shp, table),
    ...(table ? { rows: (columns) => readRows(shp, table, columns) } : {}),
  }
}

/** Only asked where nothing else names the system: metadata is often older than its data. */
function byMetadata(textOf: (extension: string) => string | null): string | null {
  if ((textOf('.prj') ?? textOf('.qpj') ?? '').trim() !== '') return null
  const text = textOf(METADATA)
  return text === null ? null : wktOfMetadata(text)
}

function setOf(file: string, shown: string): Map<string, string> {
  try {
    return siblings(file)
  } catch (error) {
    throw fileError(error, shown)
  }
}

/** ESRI Shapefile: a set of files picked by its .shp. */
export const shapefile: Format = {
  id: 'shapefile',
  label: bilingual('Shapefile（.shp 整套文件）', 'Shapefile (.shp set)'),
  extensions: ['.shp'],
  sidecars: ['.shx', '.dbf', '.prj', '.qpj', '.cpg'],
  recognises: (file) => path.extname(file).toLowerCase() === '.shp',
  open: openShapefile,
}
