import { closeSync, openSync, writeSync } from 'node:fs'
import Database from 'better-sqlite3'
import type { StoredField } from '#core/attributes/fields.ts'
import { MOST_SHEET_ROWS } from '#core/contract/attribute-procedures.ts'
import { AppError } from '#core/errors.ts'
import type { Plan, VectorLayer } from '#core/model/plan.ts'
import { UNITS } from '#core/model/units.ts'
import { csvRow } from '#core/tables/csv.ts'
import { inLang, type Lang } from '#core/text.ts'
import { decodeGpkgGeometry } from '../formats/wkb.ts'
import { gpkgCrs } from '../import/plan-crs.ts'
import { writeFileSafely, writeThrough, type WrittenFile } from '../memo/write-file.ts'
import { createGpkg } from '../store/gpkg-writer.ts'
import { quoted } from '../store/gpkg-schema.ts'
import { gpkgFields } from '../tables/table-gpkg.ts'
import type { Step } from '../worker-answers.ts'
import type { AttributeTable, RowsAsked } from './attribute-table.ts'

/** A table on its way out. */
export interface LeavingTable {
  plan: Plan
  layer: VectorLayer
  /** The plan's GeoPackage. */
  source: string
  table: AttributeTable
  /** The columns that are wanted, in their order. */
  fields: readonly StoredField[]
  rows: RowsAsked
  lang: Lang
  target: string
  /** Hears how far the rows are; throws when the file is not wanted any more. */
  step: Step
}

const PIECE = 5000
const BOM = '\ufeff'
const WIDTH = 18

const headOf = ({ fields, lang }: LeavingTable): string[] =>
  fields.map(({ key, label, unit, origin }) => {
    const words = origin === 'source' ? key : `${inLang(label, lang)} [${key}]`
    return unit === null ? words : `${words} (${UNITS[unit].label[lang]})`
  })

/** Writes the rows some thousand at a time, so that memory does not grow with the table. */
export function writeCsv(leaving: LeavingTable): WrittenFile {
  return writeThrough(leaving.target, (file) => {
    const handle = openSync(file, 'wx')
    try {
      writeSync(handle, BOM + csvRow(headOf(leaving)))
      for (const piece of leaving.table.pieces(leaving, PIECE))
        writeSync(handle, piece.map(({ values }) => csvRow(values)).join(''))
    } finally {
      closeSync(handle)
    }
  })
}

/** One sheet with typed cells and no formula. @throws AppError `attributes.too-many-rows` */
export async function writeXlsx(leaving: LeavingTable): Promise<WrittenFile> {
  const { table, rows, target, layer } = leaving
  const { matching } = table.page(rows, 0, 0)
  if (matching > MOST_SHEET_ROWS) throw new AppError('attributes.too-many-rows', { count: matching, most: MOST_SHEET_ROWS })
  const { xlsxBytes } = await import('../tables/xlsx.ts')
  const { plainCell } = await import('#core/tables/workbook.ts')
  const head = headOf(leaving)
  const grid = [head, ...[...table.pieces(leaving, PIECE)].flatMap((piece) => piece.map(({ values }) => values.map(plainCell)))]
  const sheet = { name: layer.role.slice(0, 31), rows: grid, head: true, totals: 0, widths: head.map(() => WIDTH) }
  return writeFileSafely(target, await xlsxBytes([sheet]))
}

/** The features themselves in the plan's own system, each with its columns. */
export function writeGpkg(leaving: LeavingTable): WrittenFile {
  const { plan, layer, source, table, target } = leaving
  const fields = gpkgFields(
    headOf(leaving),
    leaving.fields.map(({ type }) => type !== 'text'),
  )
  return writeThrough(target, (file) => {
    const stored = new Database(source, { readonly: true, fileMustExist: true })
    const writer = createGpkg(file, gpkgCrs(plan.crs))
    try {
      const shape = stored.prepare<[number], { geom: Buffer | null }>(`SELECT geom FROM ${quoted(layer.table)} WHERE fid = ?`)
      const own = { table: layer.table, name: layer.name, kind: layer.kind, multiPoint: true, fields }
      const written = writer.addTable(own)
      for (const piece of table.pieces(leaving, PIECE)) {
        for (const { fid, values } of piece) {
          const blob = shape.get(fid)?.geom
          const parts = blob ? decodeGpkgGeometry(blob).parts.get(layer.kind) : undefined
          if (parts) written.add({ kind: layer.kind, parts }, values)
        }
      }
      written.finish()
      writer.finish([])
    } catch (error) {
      writer.abandon()
      throw error
    } finally {
      stored.close()
    }
  })
}
