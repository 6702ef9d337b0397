import type Database from 'better-sqlite3'
import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'
import { quoted } from '../store/gpkg-schema.ts'

const MAX_LAYERS = 1000
const MAX_COLUMNS = 500

/** A table of the GeoPackage that can be read as a layer. */
export interface GpkgTableInfo {
  table: string
  geometryColumn: string | null
  /** What gpkg_geometry_columns declares, upper case ("MULTIPOLYGON", "GEOMETRY"); empty for attribute tables. */
  declaredType: string
  srs: { id: number; organization: string; code: number; definition: string | null } | null
  /** Integer primary key: the row's number as GIS programs show it. */
  key: string | null
  columns: { name: string; boolean: boolean }[]
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const whole = (value: unknown): number => (typeof value === 'number' && Number.isInteger(value) ? value : Number.NaN)

/** Names of ordinary tables, lower case → as written. Views and virtual tables are left out: they can run anything. */
function realTables(db: Database.Database): Map<string, string> {
  const rows = db.prepare<[], { name: unknown }>(`SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0`).all()
  return new Map(rows.map(({ name }) => [text(name).toLowerCase(), text(name)]))
}

function columnsOf(db: Database.Database, table: string): { name: string; type: string; pk: number; hidden: number }[] {
  const rows = db.pragma(`table_xinfo(${quoted(table)})`) as { name: unknown; type: unknown; pk: unknown; hidden: unknown }[]
  return rows.map((row) => ({
    name: text(row.name),
    type: text(row.type).toUpperCase(),
    pk: whole(row.pk),
    hidden: whole(row.hidden),
  }))
}

function srsOf(db: Database.Database, id: number): GpkgTableInfo['srs'] {
  const row = db
    .prepare<[number], Record<string, unknown>>(
      'SELECT srs_id, organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys WHERE srs_id = ?',
    )
    .get(id)
  if (!row) return null
  return {
    id,
    organization: text(row.organization),
    code: whole(row.organization_coordsys_id),
    definition: text(row.definition) || null,
  }
}

function describe(db: Database.Database, table: string, file: string, real: ReadonlyMap<string, string>): GpkgTableInfo {
  const columns = columnsOf(db, table)
  if (columns.length > MAX_COLUMNS) {
    throw new AppError('import.limit', { file, layer: table, what: bilingual('字段数', 'fields'), limit: MAX_COLUMNS })
  }
  const geometry = real.has('gpkg_geometry_columns')
    ? db
        .prepare<[string], Record<string, unknown>>(
          'SELECT column_name, geometry_type_name, srs_id FROM gpkg_geometry_columns WHERE table_name = ? COLLATE NOCASE',
        )
        .get(table)
    : undefined
  const wanted = text(geometry?.column_name).toLowerCase()
  const geometryColumn = columns.find(({ name }) => wanted !== '' && name.toLowerCase() === wanted)?.name ?? null
  const keys = columns.filter(({ pk }) => pk > 0)
  const key = keys.length === 1 && keys[0]?.type === 'INTEGER' ? keys[0].name : null
  return {
    table,
    geometryColumn,
    declaredType: text(geometry?.geometry_type_name).toUpperCase(),
    srs: geometryColumn !== null && real.has('gpkg_spatial_ref_sys') ? srsOf(db, whole(geometry?.srs_id)) : null,
    key,
    // hidden 2 and 3 are generated columns, whose expression would run when read
    columns: columns
      .filter(({ name, hidden, type }) => hidden === 0 && name !== geometryColumn && name !== key && type !== 'BLOB')
      .map(({ name, type }) => ({ name, boolean: type === 'BOOLEAN' })),
  }
}

/** The layers a GeoPackage registers, and the names of those that are not ordinary tables and so are not read. */
export function listTables(db: Database.Database, file: string): { tables: GpkgTableInfo[]; skipped: string[] } {
  const real = realTables(db)
  if (!real.has('gpkg_contents')) {
    throw new AppError('import.geopackage-broken', {
      file,
      problem: bilingual('没有 gpkg_contents 表，不是 GeoPackage', 'it has no gpkg_contents table, so it is not a GeoPackage'),
    })
  }
  const contents = db
    .prepare<[], { table_name: unknown }>(`SELECT table_name FROM gpkg_contents WHERE data_type IN ('features', 'attributes')`)
    .all()
  if (contents.length > MAX_LAYERS)
    throw new AppError('import.limit', { file, layer: null, what: bilingual('图层数', 'layers'), limit: MAX_LAYERS })
  const tables: GpkgTableInfo[] = []
  const skipped: string[] = []
  for (const row of contents) {
    const name = real.get(text(row.table_name).toLowerCase())
    if (name === undefined) skipped.push(text(row.table_name))
    else tables.push(describe(db, name, file, real))
  }
  return { tables, skipped }
}
