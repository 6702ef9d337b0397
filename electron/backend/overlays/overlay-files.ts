import fs from 'node:fs'
import { AppError } from '#core/errors.ts'
import { crsInfo, makeTransform, type Transform } from '#core/crs/crs.ts'
import { fromFrame } from '#core/geo/frame.ts'
import type { OverlayFormat } from '#core/contract/overlay-procedures.ts'
import type { Plan } from '#core/model/plan.ts'
import type { ResultTable, TableColumn } from '#core/model/result-table.ts'
import type { Overlay, OverlayPart } from '#core/overlays/overlay.ts'
import { tableCsv } from '#core/tables/csv.ts'
import type { TableReader } from '#core/tables/shown-table.ts'
import { tableGrid } from '#core/tables/table-grid.ts'
import { bilingual, inLang } from '#core/text.ts'
import { gpkgCrs } from '../import/plan-crs.ts'
import { writeFileSafely, writeThrough, type WrittenFile } from '../memo/write-file.ts'
import { createGpkg } from '../store/gpkg-writer.ts'
import { frameToPlan } from '../store/topology-table.ts'
import { placedParts } from '../tables/flow-pieces.ts'
import { gpkgFields } from '../tables/table-gpkg.ts'

export interface DrawnOverlay {
  overlay: Overlay
  parts: readonly OverlayPart[]
}

interface Leaving {
  plan: Plan
  overlays: readonly DrawnOverlay[]
  reader: TableReader
}

/** Writes every shape (GeoPackage, GeoJSON) or every row of every list (CSV) of some overlays. */
export function writeOverlays(target: string, format: OverlayFormat, leaving: Leaving): WrittenFile | Promise<WrittenFile> {
  if (format === 'csv') return writeFileSafely(target, tableCsv(joinedList(leaving), leaving.reader))
  if (format === 'gpkg') return writeThrough(target, (file) => writeGpkg(file, leaving))
  return writeThrough(target, (file) => writeGeoJson(file, leaving))
}

type Cell = string | number | null

/** What is known of the shapes of a part: heads of columns, and the cells of one shape. */
function attributesOf({ legend, classOf, rowOf, list, labels }: OverlayPart, reader: TableReader) {
  const grid = list === null ? null : tableGrid({ ...list, closure: {} }, reader)
  const heads = [...HEADS.map((head) => inLang(head, reader.lang)), ...(grid?.head.slice(1) ?? [])]
  const numeric = [false, false, ...(grid?.numeric.slice(1) ?? [])]
  const cellsOf = (shape: number): Cell[] => {
    const row = (rowOf[shape] ?? 0) - 1
    const own = legend[classOf[shape] ?? 0]
    const number = labels[row] ?? null
    const cells = row >= 0 ? (grid?.rows[row]?.slice(1) ?? []) : []
    const rest = heads.slice(2).map((_, at) => cells[at] ?? null)
    return [number, own ? inLang(own.label, reader.lang) : null, ...rest]
  }
  return { heads, numeric, cellsOf }
}

const HEADS = [bilingual('图上编号', 'Number'), bilingual('类别', 'Class')]

/** One table per part, in the plan's own system. */
function writeGpkg(file: string, { plan, overlays, reader }: Leaving): void {
  const place = frameToPlan(plan)
  const writer = createGpkg(file, gpkgCrs(plan.crs))
  try {
    for (const { overlay, parts } of overlays) {
      for (const part of parts.filter(({ shapes }) => shapes.count > 0)) {
        const { heads, numeric, cellsOf } = attributesOf(part, reader)
        const table = writer.addTable({
          table: `${overlay.id}_${part.id}`.replace(/[^A-Za-z0-9_]/g, '_'),
          name: `${inLang(overlay.title, reader.lang)} · ${inLang(part.title, reader.lang)}`,
          kind: part.shapes.kind,
          multiPoint: true,
          fields: gpkgFields(heads, numeric),
        })
        for (let shape = 0; shape < part.shapes.count; shape += 1)
          table.add({ kind: part.shapes.kind, parts: placedParts(part.shapes, shape, place) }, cellsOf(shape))
        table.finish()
      }
    }
    writer.finish([])
  } catch (error) {
    writer.abandon()
    throw error
  }
}

/** One collection, longitude and latitude of WGS 84 as the format asks; the overlay and the part are among the properties. */
function writeGeoJson(file: string, { plan, overlays, reader }: Leaving): void {
  const place = frameToWgs84(plan)
  const handle = fs.openSync(file, 'w')
  try {
    fs.writeSync(handle, '{"type":"FeatureCollection","features":[')
    let before = '\n'
    for (const { overlay, parts } of overlays) {
      for (const part of parts) {
        const { heads, cellsOf } = attributesOf(part, reader)
        for (let shape = 0; shape < part.shapes.count; shape += 1) {
          const cells = cellsOf(shape)
          const own = Object.fromEntries(heads.map((head, at) => [head, cells[at] ?? null]))
          const properties = { overlay: overlay.id, part: part.id, ...own }
          const geometry = geometryOf(part.shapes.kind, placedParts(part.shapes, shape, place))
          fs.writeSync(handle, `${before}${JSON.stringify({ type: 'Feature', properties, geometry })}`)
          before = ',\n'
        }
      }
    }
    fs.writeSync(handle, '\n]}\n')
  } finally {
    fs.closeSync(handle)
  }
}

/** Millimetres of the frame → degrees. @throws AppError `import.local-plane` for a plan without a place on Earth */
function frameToWgs84({ crs, frame }: Plan): Transform {
  if (frame.kind === 'planar') throw new AppError('import.local-plane', { from: crs, to: WGS84 })
  const toEarth = fromFrame(frame)
  const info = crsInfo(crs)
  const shift = makeTransform(info?.kind === 'geographic' ? crs : (info?.base ?? WGS84), WGS84)
  // the seventh decimal is a centimetre, as RFC 7946 advises
  return (x, y) => shift(...toEarth(x / 1000, y / 1000)).map((degrees) => Math.round(degrees * 1e7) / 1e7) as [number, number]
}

const WGS84 = 'EPSG:4326'

function geometryOf(kind: OverlayPart['shapes']['kind'], parts: readonly (readonly Float64Array[])[]) {
  const run = (flat: Float64Array) => Array.from({ length: flat.length / 2 }, (_, at) => [flat[2 * at], flat[2 * at + 1]])
  if (kind === 'polygon') return { type: 'MultiPolygon', coordinates: parts.map((rings) => rings.map(run)) }
  if (kind === 'line') return { type: 'MultiLineString', coordinates: parts.flatMap((runs) => runs.map(run)) }
  return { type: 'MultiPoint', coordinates: parts.flatMap((runs) => runs.flatMap(run)) }
}

/** All lists as one: columns of the same name and unit are one column. */
function joinedList({ overlays }: Leaving): ResultTable {
  const columns = new Map<string, TableColumn>()
  const nameOf = ({ title, unit }: TableColumn) => `${title.en} ${unit ?? ''}`
  const lists = overlays.flatMap(({ overlay, parts }) =>
    parts.flatMap(({ list, labels }) => (list === null ? [] : [{ overlay, list, labels }])),
  )
  for (const { list } of lists) for (const column of list.columns) columns.set(nameOf(column), column)
  return {
    id: 'overlays',
    kind: 'list',
    title: bilingual('专题图清单', 'Lists of overlays'),
    rowTitle: bilingual('名称', 'Name'),
    columns: [
      { key: 'overlay', title: bilingual('专题图', 'Overlay'), unit: null },
      { key: 'list', title: bilingual('清单', 'List'), unit: null },
      ...columns.values(),
    ],
    rows: lists.flatMap(({ overlay, list, labels }) =>
      list.rows.map(({ title, cells }, at) => ({
        key: labels[at] ?? String(at + 1),
        title,
        cells: [
          overlay.title,
          list.title,
          ...[...columns.keys()].map((name) => cells[list.columns.findIndex((own) => nameOf(own) === name)] ?? null),
        ],
      })),
    ),
  }
}
