import path from 'node:path'
import type Database from 'better-sqlite3'
import { recogniseFromGeoPackage } from '#core/crs/recognise.ts'
import { AppError, describeError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'
import type { Note } from '#core/model/plan.ts'
import type { GeometryKind } from '#core/model/roles.ts'
import { quoted } from '../store/gpkg-schema.ts'
import { FieldProfile } from './field-profile.ts'
import type { Format, OpenedSource, OpenOptions, SourceFeature, SourceGeometry, SourceLayer, SourceValue } from './format.ts'
import { listTables, type GpkgTableInfo } from './geopackage-tables.ts'
import { cleanGeometry, ExtentOf } from './geometry.ts'
import { shownName } from './read-file.ts'
import { Tally } from './tally.ts'
import { openUntrusted, sqliteError } from './untrusted-sqlite.ts'
import { wkbRefusal } from './wkb-refusal.ts'
import { decodeGpkgGeometry } from './wkb.ts'

const MAX_ROWS = 5_000_000
const DECLARED_KINDS: Record<string, GeometryKind> = {
  POINT: 'point',
  MULTIPOINT: 'point',
  LINESTRING: 'line',
  MULTILINESTRING: 'line',
  POLYGON: 'polygon',
  MULTIPOLYGON: 'polygon',
  CIRCULARSTRING: 'line',
  COMPOUNDCURVE: 'line',
  MULTICURVE: 'line',
  CURVEPOLYGON: 'polygon',
  MULTISURFACE: 'polygon',
}

interface DecodedRow {
  row: number
  type: string | null
  geometries: { kind: GeometryKind; geometry: SourceGeometry | null }[]
  values: SourceValue[]
}

function plainValue(value: unknown, boolean: boolean): SourceValue {
  if (typeof value === 'number') return boolean ? value !== 0 : Number.isFinite(value) ? value : null
  return typeof value === 'string' ? value : null
}

/** Reads one table; geometry problems carry file, layer and row. */
class TableReader {
  readonly #db: Database.Database
  readonly #info: GpkgTableInfo
  readonly #file: string

  constructor(db: Database.Database, info: GpkgTableInfo, file: string) {
    this.#db = db
    this.#info = info
    this.#file = file
  }

  *rows(tally: Tally): Generator<DecodedRow> {
    const { table, key, geometryColumn, columns } = this.#info
    const selected = [key ?? '', geometryColumn ?? '', ...columns.map(({ name }) => name)].map((name) =>
      name === '' ? 'NULL' : quoted(name),
    )
    try {
      let count = 0
      for (const cells of this.#db
        .prepare<[], unknown[]>(`SELECT ${selected.join(', ')} FROM ${quoted(table)}`)
        .raw()
        .iterate()) {
        if (++count > MAX_ROWS)
          throw new AppError('import.limit', {
            file: this.#file,
            layer: table,
            what: bilingual('要素数', 'features'),
            limit: MAX_ROWS,
          })
        const row = typeof cells[0] === 'number' ? cells[0] : count
        const values = columns.map(({ boolean }, index) => plainValue(cells[index + 2], boolean))
        yield { row, values, ...this.#geometries(cells[1], row, tally) }
      }
    } catch (error) {
      throw sqliteError(error, this.#file)
    }
  }

  #geometries(blob: unknown, row: number, tally: Tally): Pick<DecodedRow, 'type' | 'geometries'> {
    if (this.#info.geometryColumn === null) return { type: null, geometries: [] }
    if (!(blob instanceof Uint8Array)) {
      tally.withoutGeometry++
      tally.remember('withoutGeometry', row)
      return { type: null, geometries: [] }
    }
    try {
      const decoded = decodeGpkgGeometry(blob)
      tally.droppedZ ||= decoded.hasZ
      tally.droppedM ||= decoded.hasM
      if (decoded.wasCollection) tally.exploded++
      if (decoded.hadCurves) tally.stroked++
      const geometries = [...decoded.parts].map(([kind, parts]) => ({ kind, geometry: cleanGeometry(kind, parts, row, tally) }))
      return { type: decoded.type, geometries }
    } catch (error) {
      throw wkbRefusal(error, { file: this.#file, layer: this.#info.table, row })
    }
  }
}

interface KindScan {
  types: Record<string, number>
  count: number
  extent: ExtentOf
}

interface TableScan {
  kinds: Map<GeometryKind | null, KindScan>
  profiles: FieldProfile[]
  tally: Tally
  /** Why this layer cannot be imported; its counts end there. Other layers of the file are not affected. */
  failure: AppError | null
}

function scanTable(reader: TableReader, info: GpkgTableInfo, report: OpenOptions['report']): TableScan {
  const kinds = new Map<GeometryKind | null, KindScan>()
  const kindOf = (kind: GeometryKind | null): KindScan => {
    const known = kinds.get(kind) ?? { types: {}, count: 0, extent: new ExtentOf() }
    kinds.set(kind, known)
    return known
  }
  const result: TableScan = {
    kinds,
    profiles: info.columns.map(({ name }) => new FieldProfile(name)),
    tally: new Tally(),
    failure: null,
  }
  let count = 0
  try {
    for (const { type, geometries, values } of reader.rows(result.tally)) {
      for (const [index, value] of values.entries()) result.profiles[index]?.add(value)
      if (geometries.length === 0) kindOf(null).count++
      for (const { kind, geometry } of geometries) {
        const scan = kindOf(kind)
        scan.count++
        if (type !== null) scan.types[type] = (scan.types[type] ?? 0) + 1
        if (geometry) scan.extent.addGeometry(geometry)
      }
      if (++count % 10_000 === 0) report(count, count)
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    result.failure = error
  }
  return result
}

function* featuresOf(
  reader: TableReader,
  profiles: readonly FieldProfile[],
  kind: GeometryKind | null,
  takesRest: boolean,
): Iterable<SourceFeature> {
  for (const { row, geometries, values } of reader.rows(new Tally())) {
    const mine = geometries.find((item) => item.kind === kind)
    if (!mine && !(takesRest && geometries.length === 0)) continue
    yield { row, geometry: mine?.geometry ?? null, values: values.map((value, index) => profiles[index]?.conform(value) ?? null) }
  }
}

const failureNote = (failure: AppError): Note => {
  const zh = describeError(failure.toWire(), 'zh')
  const en = describeError(failure.toWire(), 'en')
  return {
    severity: 'warning',
    code: failure.code,
    text: bilingual(`此图层无法导入：${zh.cause}${zh.next}`, `This layer cannot be imported: ${en.cause} ${en.next}`),
  }
}

function layersOf(reader: TableReader, info: GpkgTableInfo, scan: TableScan): SourceLayer[] {
  const rest = scan.kinds.get(null)?.count ?? 0
  const kinds: (GeometryKind | null)[] = [...scan.kinds.keys()].filter((kind) => kind !== null)
  kinds.sort((a, b) => (scan.kinds.get(b)?.count ?? 0) - (scan.kinds.get(a)?.count ?? 0))
  if (kinds.length === 0) kinds.push(DECLARED_KINDS[info.declaredType] ?? null)
  const notes = [...scan.tally.notes(), ...(scan.failure ? [failureNote(scan.failure)] : [])]
  return kinds.map((kind, index) => {
    const part = scan.kinds.get(kind)
    const extent = part?.extent.value ?? null
    return {
      layer: info.table,
      kind,
      geometryTypes: part?.types ?? {},
      count: (kind === null ? 0 : (part?.count ?? 0)) + (index === 0 ? rest : 0),
      extent,
      fields: scan.profiles.map((profile) => profile.toField()),
      crs: recogniseFromGeoPackage(info.srs, extent),
      encoding: {
        value: 'UTF-8',
        confidence: 1,
        reason: bilingual('GeoPackage 的文字均为 Unicode', 'text in a GeoPackage is Unicode'),
      },
      notes: index === 0 ? notes : [],
      features: () => featuresOf(reader, scan.profiles, kind, index === 0),
    }
  })
}

const extraNotes = (skipped: readonly string[], hadUnsavedLog: boolean): Note[] => [
  ...skipped.map((name): Note => ({
    severity: 'warning',
    code: 'geopackage.not-a-table',
    params: { table: name },
    text: bilingual(
      `图层“${name}”不是普通表（视图、虚拟表或缺失），未读取`,
      `layer “${name}” is no ordinary table (a view, a virtual table or missing) and was not read`,
    ),
  })),
  ...(hadUnsavedLog
    ? [
        {
          severity: 'warning' as const,
          code: 'geopackage.unsaved-log',
          text: bilingual(
            '文件旁有未合并的 -wal 日志，其中的修改未读取；请在 GIS 软件中关闭该文件后重试',
            'a -wal log lay beside the file: its changes were not read. Close the file in the GIS and try again',
          ),
        },
      ]
    : []),
]

function openGeoPackage(file: string, options: OpenOptions): OpenedSource {
  const shown = shownName(file, options)
  const { db, hadUnsavedLog, close } = openUntrusted(file, shown, options.stagingDir)
  try {
    const { tables, skipped } = listTables(db, shown)
    const layers: SourceLayer[] = []
    let failure: AppError | null = null
    let readable = 0
    for (const info of tables) {
      const reader = new TableReader(db, info, shown)
      const scan = scanTable(reader, info, options.report)
      failure ??= scan.failure
      if (!scan.failure) readable++
      layers.push(...layersOf(reader, info, scan))
    }
    if (failure && readable === 0) throw failure
    const [first] = layers
    if (!first) throw new AppError('import.no-layers', { file: shown })
    first.notes.push(...extraNotes(skipped, hadUnsavedLog))
    return { layers, close }
  } catch (error) {
    close()
    throw sqliteError(error, shown)
  }
}

const isSqlite = (head: Uint8Array): boolean => Buffer.from(head.subarray(0, 15)).toString('latin1') === 'SQLite format 3'

/** OGC GeoPackage, read from a private copy. */
export const geopackage: Format = {
  id: 'geopackage',
  label: bilingual('GeoPackage', 'GeoPackage'),
  extensions: ['.gpkg'],
  recognises: (file, head) => path.extname(file).toLowerCase() === '.gpkg' || (path.extname(file) === '' && isSqlite(head)),
  open: openGeoPackage,
}
