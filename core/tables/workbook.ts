import { textWidth } from '../map/svg.ts'
import type { Measurement } from '../model/measurement.ts'
import type { ResultTable } from '../model/result-table.ts'
import { inLang, type Bilingual } from '../text.ts'
import { cleanText } from './safe-text.ts'
import { tableAsRows, type TableReader } from './shown-table.ts'
import { tableGrid, type GridCell } from './table-grid.ts'

/** One sheet of a workbook before any library sees it: typed cells, no formulas, a name that every program takes. */
export interface SheetPlan {
  name: string
  rows: GridCell[][]
  /** First row is a head and stays on screen. */
  head: boolean
  /** The last rows that are sums. */
  totals: number
  /** Width of each column in characters. */
  widths: number[]
}

/** What a workbook says about where its figures come from. */
export interface TableOrigin {
  plan: string
  indicator: { id: string; title: Bilingual }
  measurement: Pick<Measurement, 'version' | 'method' | 'basis' | 'notes' | 'quality'>
}

const MOST_CELL_CHARACTERS = 32_767
const LONGEST_NAME = 31
const WIDEST = 60

/** A name that spreadsheets accept: no forbidden character, no apostrophe at an end, at most 31 characters, never the reserved one. */
export function sheetName(wanted: string, taken: readonly string[] = []): string {
  const plain = cleanText(wanted)
    .replace(/[[\]:*?/\\\r\n\t]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/^'+|'+$/gu, '')
  const usable = plain === '' || plain.toLowerCase() === 'history' ? `_${plain}` : plain
  const used = new Set(taken.map((name) => name.toLowerCase()))
  for (let number = 1; ; number++) {
    const end = number === 1 ? '' : ` ${number}`
    const name = cutTo(usable, LONGEST_NAME - end.length).replace(/'+$/u, '') + end
    if (!used.has(name.toLowerCase())) return name
  }
}

/** At most so many UTF-16 units, never half a character. */
const cutTo = (text: string, length: number): string =>
  text
    .slice(0, length)
    .toWellFormed()
    .replace(/\ufffd$/u, '')
    .trim()

/** A table and, on a second sheet, what a reader must know of it. */
export function tableWorkbook(table: ResultTable, origin: TableOrigin, reader: TableReader): SheetPlan[] {
  const { lang } = reader
  const grid = tableGrid(table, reader)
  const title = sheetName(`${origin.indicator.id} ${inLang(table.title, lang)}`)
  const rows = [grid.head, ...grid.rows].map((row) => row.map(plainCell))
  const about = aboutRows(table, origin, reader).map((row) => row.map(plainCell))
  return [
    { name: title, rows, head: true, totals: grid.totals, widths: widthsOf(rows) },
    { name: sheetName(lang === 'zh' ? '说明' : 'About', [title]), rows: about, head: false, totals: 0, widths: widthsOf(about) },
  ]
}

/** Text as a workbook holds it: whole characters, nothing that XML forbids, no longer than a cell. Typed as text, so never a formula. */
export function plainCell(cell: GridCell): GridCell {
  if (typeof cell !== 'string') return cell
  return cutTo(cleanText(cell), MOST_CELL_CHARACTERS)
}

function aboutRows(table: ResultTable, { plan, indicator, measurement }: TableOrigin, reader: TableReader): GridCell[][] {
  const { lang } = reader
  const say = (zh: string, en: string) => (lang === 'zh' ? zh : en)
  const { remarks } = tableAsRows(table, reader)
  const { quality } = measurement
  return [
    [say('方案', 'Plan'), plan],
    [say('指标', 'Indicator'), `${indicator.id} ${inLang(indicator.title, lang)}`],
    [say('版本', 'Version'), measurement.version],
    [say('方法', 'Method'), inLang(measurement.method, lang)],
    [say('量算', 'Measured'), inLang(BASIS[measurement.basis], lang)],
    ...(quality?.seenShare === undefined ? [] : [[say('可见数据占比', 'Share of data seen'), quality.seenShare]]),
    ...(quality?.proxies ?? []).map((proxy) => [say('替代数据', 'Stand-in'), inLang(proxy, lang)]),
    ...measurement.notes.map((note) => [say('注', 'Note'), inLang(note, lang)]),
    ...remarks.map((remark) => [say('合计说明', 'About the sums'), remark]),
  ]
}

const BASIS: Record<Measurement['basis'], Bilingual> = {
  ellipsoidal: { zh: '椭球面面积', en: 'on the ellipsoid' },
  planar: { zh: '平面面积', en: 'in the plane' },
}

/** In characters of a spreadsheet's usual type: a Chinese one takes two. */
const widthOf = (cell: GridCell): number => (cell === null ? 0 : typeof cell === 'number' ? 12 : Math.ceil(textWidth(cell, 2)))

function widthsOf(rows: readonly GridCell[][]): number[] {
  const columns = rows.reduce((most, row) => Math.max(most, row.length), 0)
  return Array.from({ length: columns }, (_, at) =>
    Math.min(WIDEST, Math.max(8, rows.reduce((most, row) => Math.max(most, widthOf(row[at] ?? null)), 0) + 2)),
  )
}
