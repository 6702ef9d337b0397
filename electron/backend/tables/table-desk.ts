import type { FigureFeatures } from '#core/contract/table-procedures.ts'
import type { CallContext, ExportedFile, Input } from '#core/contract/procedures.ts'
import { AppError } from '#core/errors.ts'
import { INDICATORS } from '#core/indicators/index.ts'
import type { PlanId } from '#core/model/ids.ts'
import type { EvidenceFeature, Measurement } from '#core/model/measurement.ts'
import type { ResultTable, TablePlace } from '#core/model/result-table.ts'
import { tableCsv } from '#core/tables/csv.ts'
import type { TableReader } from '#core/tables/shown-table.ts'
import { tableWorkbook } from '#core/tables/workbook.ts'
import { bilingual, inLang, type Lang } from '#core/text.ts'
import type { Actor } from '#db/actor.ts'
import type { Catalogue } from '#db/catalogue.ts'
import type { AnalysisService, CataloguedPlan } from '../analysis/analysis-service.ts'
import type { FileTokens } from '../backend.ts'
import { exportFile } from '../export-file.ts'
import { exportName } from '../export-name.ts'
import { gpkgCrs } from '../import/plan-crs.ts'
import { writeFileSafely, writeThrough, type WrittenFile } from '../memo/write-file.ts'
import { classDigits } from './flow-pieces.ts'
import { hasPlaces, writeFiguresGpkg, writePiecesGpkg, writeUnitsGpkg } from './table-gpkg.ts'
import { xlsxBytes } from './xlsx.ts'

export interface TableDesk {
  /** @throws AppError `tables.*`, `request.cancelled` */
  featuresOf(input: Input<'analysis.featuresOf'>, call: CallContext): Promise<FigureFeatures>
  /** @throws AppError `tables.*`, `import.files-gone`, `memo.cannot-write`, `request.cancelled` */
  exportTable(input: Input<'analysis.exportTable'>, call: CallContext): Promise<ExportedFile>
}

interface DeskDependencies {
  catalogue: Catalogue
  tokens: FileTokens
  analyses: Pick<AnalysisService, 'featuresOf' | 'flowPieces'>
  gpkgPath: (sha256: string) => string
  actor: () => Actor
}

/** A screen can list and light this many; more are a part of the map and not a list. */
const MOST_FEATURES = 2000

interface Found {
  plan: CataloguedPlan
  measurement: Measurement
  table: ResultTable
}

/** Result tables on their way out: to the map as features, to a file as rows. Reads only what was measured and stored. */
export function createTableDesk({ catalogue, tokens, analyses, gpkgPath, actor }: DeskDependencies): TableDesk {
  const find = (planId: PlanId, indicator: string, tableId: string): Found => {
    const plan = { plan: catalogue.plans.get(planId), layers: catalogue.layers.ofPlan(planId) }
    const measurements = catalogue.measurements.ofPlan(planId)
    if (measurements.length === 0) throw new AppError('tables.not-measured', { plan: plan.plan.name })
    const measurement = measurements.find(({ id }) => id === indicator)
    const table = measurement?.tables?.find(({ id }) => id === tableId)
    if (!measurement || !table) throw new AppError('tables.not-found', { indicator, table: tableId })
    return { plan, measurement, table }
  }

  /** From the indicator where it can tell; a row about one feature is at least that one. */
  const featuresAt = ({ plan, measurement }: Found, places: TablePlace[], call: CallContext): Promise<EvidenceFeature[][]> =>
    analyses.featuresOf(plan, { indicator: measurement.id, parameters: measurement.parameters, places }, call)

  const written = async (
    found: Found,
    input: Input<'analysis.exportTable'>,
    target: string,
    call: CallContext,
  ): Promise<WrittenFile> => {
    const { plan, measurement, table } = found
    const reader = { lang: input.lang, areaUnit: catalogue.settings.get().areaUnit }
    if (input.format === 'csv') return writeFileSafely(target, tableCsv(table, reader))
    if (input.format === 'xlsx')
      return writeFileSafely(target, await xlsxBytes(tableWorkbook(table, originOf(plan, measurement, reader), reader)))
    const source = gpkgPath(plan.plan.gpkgSha256)
    const joined = { table, indicator: measurement.id, layers: plan.layers, source, crs: gpkgCrs(plan.plan.crs), reader }
    const noPlaces = new AppError('tables.no-places', { table: inLang(table.title, input.lang) })
    const withFeatures = (write: (file: string) => number) =>
      writeThrough(target, (file) => {
        // An empty file would look like an export that found nothing wrong.
        if (write(file) === 0) throw noPlaces
      })
    if (hasPlaces(table)) return withFeatures((file) => writeUnitsGpkg(file, joined))
    const digits = classDigits(measurement.id, table)
    if (digits !== null) {
      const pieces = await analyses.flowPieces(plan, digits, call)
      return withFeatures((file) => writePiecesGpkg(file, joined, pieces))
    }
    const places = figuresOf(table)
    if (places.length === 0 || !canTell(measurement.id)) throw noPlaces
    const features = await featuresAt(found, places, call)
    const placed = places.map((place, at) => ({ place, features: features[at] ?? [] }))
    return withFeatures((file) => writeFiguresGpkg(file, joined, placed))
  }

  return {
    async featuresOf({ planId, indicator, place }, call) {
      const found = find(planId, indicator, place.table)
      const row = rowOf(found.table, place)
      const own = row.place ? [{ layer: row.place.layer, fid: row.place.fid }] : []
      if (!canTell(indicator)) {
        if (own.length > 0) return { features: own, total: own.length }
        throw new AppError('tables.no-features', { indicator, table: place.table })
      }
      const [features = []] = await featuresAt(found, [place], call)
      const told = features.length > 0 ? features : own
      return { features: told.slice(0, MOST_FEATURES), total: told.length }
    },
    async exportTable(input, call) {
      const found = find(input.planId, input.indicator, input.table)
      const { name, nameZh } = found.plan.plan
      const fileName = exportName(nameZh ?? name, `${input.indicator}-${input.table}.${input.format}`)
      const { indicator, table, format, target } = input
      const detail = { format, indicator, table }
      const leaving = { target, fileName, action: 'table.exported', object: input.planId, detail }
      return exportFile({ catalogue, tokens, actor }, leaving, call, (file) => written(found, input, file, call))
    },
  }
}

const canTell = (indicator: string): boolean => INDICATORS.find(({ id }) => id === indicator)?.featuresOf !== undefined

function rowOf({ id, rows, columns }: ResultTable, place: TablePlace): ResultTable['rows'][number] {
  const row = rows.find(({ key }) => key === place.row)
  if (row === undefined) throw new AppError('tables.no-row', { table: id, row: place.row })
  if (place.column !== undefined && !columns.some(({ key }) => key === place.column))
    throw new AppError('tables.no-row', { table: id, row: place.column })
  return row
}

/** Every figure that is not nothing: each cell of a matrix, each row of anything else. */
function figuresOf({ id, kind, rows, columns }: ResultTable): TablePlace[] {
  if (kind !== 'flows') return rows.map(({ key }) => ({ table: id, row: key }))
  return rows.flatMap(({ key, cells }) =>
    columns.flatMap((column, at) =>
      typeof cells[at] === 'number' && cells[at] !== 0 ? [{ table: id, row: key, column: column.key }] : [],
    ),
  )
}

function originOf({ plan }: CataloguedPlan, measurement: Measurement, { lang }: TableReader) {
  const title = INDICATORS.find(({ id }) => id === measurement.id)?.title ?? bilingual(measurement.id, measurement.id)
  return { plan: nameIn(plan, lang), indicator: { id: measurement.id, title }, measurement }
}

const nameIn = ({ name, nameZh }: CataloguedPlan['plan'], lang: Lang): string => (lang === 'zh' ? (nameZh ?? name) : name)
