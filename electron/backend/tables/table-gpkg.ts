import Database from 'better-sqlite3'
import type { EvidenceFeature } from '#core/model/measurement.ts'
import type { Layer } from '#core/model/plan.ts'
import type { ResultTable, TablePlace } from '#core/model/result-table.ts'
import { UNITS } from '#core/model/units.ts'
import { tableGrid } from '#core/tables/table-grid.ts'
import type { TableReader } from '#core/tables/shown-table.ts'
import { inLang } from '#core/text.ts'
import { createGpkg, type GpkgField, type GpkgWriter } from '../store/gpkg-writer.ts'
import type { GpkgCrs } from '../store/gpkg-schema.ts'
import { storedShapes } from '../store/stored-shapes.ts'
import type { FlowPiece } from './flow-pieces.ts'

const KINDS = ['polygon', 'line', 'point'] as const
const MOST_NAME = 60

/** The features behind one figure. */
export interface PlacedFeatures {
  place: TablePlace
  features: readonly EvidenceFeature[]
}

interface TableGpkg {
  table: ResultTable
  indicator: string
  layers: readonly Layer[]
  /** The plan's GeoPackage. */
  source: string
  crs: GpkgCrs
  reader: TableReader
}

/** True where every row that has figures is about one feature of its own. */
export const hasPlaces = ({ rows }: ResultTable): boolean => rows.some(({ place }) => place !== undefined)

/**
 * Writes a table joined to the features that its rows are about, in the plan's CRS: one feature per row with every column, figures
 * unrounded in the unit that the column's name says. Returns how many features were written; rows without a place are left out.
 */
export function writeUnitsGpkg(file: string, input: TableGpkg): number {
  const { table, indicator, reader } = input
  const grid = tableGrid(table, reader)
  const fields = gpkgFields(grid.head, grid.numeric)
  const placed = table.rows.flatMap(({ place }, at) =>
    place ? [{ layer: place.layer, fid: place.fid, cells: grid.rows[at] ?? [] }] : [],
  )
  return written(file, input, (writer, database) =>
    addTables(writer, `${indicator}_${table.id}`, fields, (kind) =>
      storedShapes(database, input.layers, kind, placed).map(({ feature, parts }) => ({ parts, values: feature.cells })),
    ),
  )
}

/**
 * Writes the features behind every figure of a table: whole features (parcels), each as often as it stands behind a figure, with
 * the figure's row and column and how much of the feature counts there. Returns how many were written.
 */
export function writeFiguresGpkg(file: string, input: TableGpkg, figures: readonly PlacedFeatures[]): number {
  const { table, indicator, reader } = input
  const { lang, areaUnit } = reader
  const rowTitles = new Map(table.rows.map(({ key, title }) => [key, inLang(title, lang)]))
  const columnTitles = new Map(table.columns.map(({ key, title }) => [key, inLang(title, lang)]))
  const isArea = table.columns.some(({ unit }) => unit !== null && UNITS[unit].base === 'm2')
  const fields = gpkgFields(
    ['row', 'row_title', 'column', 'column_title', 'layer', 'plan_fid', isArea ? `value_${areaUnit}` : 'value', 'note'],
    [false, false, false, false, false, true, true, false],
  )
  const named = figures.flatMap(({ place, features }) => features.map((feature) => ({ ...feature, place })))
  return written(file, input, (writer, database) =>
    addTables(writer, `${indicator}_${table.id}`, fields, (kind) =>
      storedShapes(database, input.layers, kind, named).map(({ feature: { place, layer, fid, value, note }, parts }) => ({
        parts,
        values: [
          place.row,
          rowTitles.get(place.row) ?? null,
          place.column ?? null,
          columnTitles.get(place.column ?? '') ?? null,
          layer,
          fid,
          value === undefined ? null : isArea ? value / UNITS[areaUnit].toBase : value,
          note?.[lang] ?? null,
        ],
      })),
    ),
  )
}

/**
 * Writes the ground behind a matrix of land use: every piece of a base-year and a planned parcel whose flow stands in the table, with
 * both parcels and its exact area. Returns how many were written.
 */
export function writePiecesGpkg(file: string, input: TableGpkg, pieces: readonly FlowPiece[]): number {
  const { table, indicator, reader } = input
  const { lang, areaUnit } = reader
  const titles = new Map([...table.columns, ...table.rows].map(({ key, title }) => [key, inLang(title, lang)]))
  const filled = new Set(
    table.rows.flatMap(({ key, cells }) =>
      table.columns.flatMap((column, at) => (Number(cells[at] ?? 0) > 0 ? [`${key} ${column.key}`] : [])),
    ),
  )
  const fields = gpkgFields(
    ['row', 'row_title', 'column', 'column_title', 'base_fid', 'plan_fid', `area_${areaUnit}`],
    [false, false, false, false, true, true, true],
  )
  const rows = pieces
    .filter(({ row, column }) => filled.has(`${row} ${column}`))
    .map(({ row, column, areaM2, baseFid, planFid, parts }) => {
      const names = [row, titles.get(row) ?? null, column, titles.get(column) ?? null]
      return { parts, values: [...names, baseFid, planFid, areaM2 / UNITS[areaUnit].toBase] }
    })
  return written(file, input, (writer) =>
    addTables(writer, `${indicator}_${table.id}`, fields, (kind) => (kind === 'polygon' ? rows : [])),
  )
}

function written(
  file: string,
  { source, crs }: TableGpkg,
  add: (writer: GpkgWriter, database: Database.Database) => number,
): number {
  const database = new Database(source, { readonly: true })
  const writer = createGpkg(file, crs)
  try {
    const count = add(writer, database)
    writer.finish([])
    return count
  } catch (error) {
    writer.abandon()
    throw error
  } finally {
    database.close()
  }
}

interface Row {
  parts: Float64Array[][]
  values: readonly (string | number | null)[]
}

/** One GeoPackage table per kind of geometry that occurs. */
function addTables(
  writer: GpkgWriter,
  name: string,
  fields: readonly GpkgField[],
  rowsOf: (kind: (typeof KINDS)[number]) => Row[],
): number {
  let count = 0
  for (const kind of KINDS) {
    const rows = rowsOf(kind)
    if (rows.length === 0) continue
    const title = `${name}_${kind}`
    const table = writer.addTable({ table: title.replace(/[^A-Za-z0-9_]/g, '_'), name: title, kind, multiPoint: true, fields })
    for (const { parts, values } of rows) table.add({ kind, parts }, values)
    table.finish()
    count += rows.length
  }
  return count
}

/** Names of columns: the heads as people read them, unique and none of those that every table has. */
export function gpkgFields(heads: readonly string[], numeric: readonly boolean[]): GpkgField[] {
  const taken = new Set(['fid', 'geom'])
  return heads.map((head, at) => {
    const plain =
      head
        .replace(/[\p{Cc}"'`;\\]/gu, ' ')
        .trim()
        .slice(0, MOST_NAME)
        .toWellFormed() || `column_${at + 1}`
    let name = plain
    for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${plain}_${number}`
    taken.add(name.toLowerCase())
    return { name, type: numeric[at] === true ? 'number' : 'text' }
  })
}
