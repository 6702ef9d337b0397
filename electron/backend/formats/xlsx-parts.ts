import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'
import type { SourceValue } from './format.ts'
import { readXml } from './xml-reader.ts'

/** Texts of all cells together; Excel keeps each different one once. */
const MAX_SHARED_CHARACTERS = 128 * 1024 * 1024
/** As many columns as a table may have fields. */
const MAX_COLUMNS = 2000
/** Number formats of the program itself that show dates or times. Source: ECMA-376 part 1, 18.8.30. */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)
const DAY_MS = 86_400_000
/** Excel's day 0, chosen so that days from 1 March 1900 on are right (it believes in 29 February 1900). */
const EPOCH_1900 = Date.UTC(1899, 11, 30)
const EPOCH_1904 = Date.UTC(1904, 0, 1)

/** A part of a workbook, unpacked. */
export interface Part {
  path: string
  shown: string
}

const read = (
  part: Part,
  open: (name: string, attributes: Readonly<Record<string, string>>) => void,
  close: (name: string, text: string) => void,
): void => readXml({ ...part, label: 'utf-8' }, { open, close })

/** Sheets of a workbook in their order, and how it counts days. */
export function readWorkbook(part: Part): { sheets: { name: string; relation: string }[]; is1904: boolean } {
  const sheets: { name: string; relation: string }[] = []
  let is1904 = false
  read(
    part,
    (element, { name = '', id = '', date1904 }) => {
      if (element === 'sheet') sheets.push({ name, relation: id })
      if (element === 'workbookPr') is1904 = date1904 === '1' || date1904 === 'true'
    },
    () => undefined,
  )
  return { sheets, is1904 }
}

/** Id of each relation → the worksheet that it means, as a path below `xl/`; others are left out. */
export function readRelations(part: Part): Map<string, string> {
  const targets = new Map<string, string>()
  read(
    part,
    (element, { Id = '', Type = '', Target = '' }) => {
      if (element === 'Relationship' && Type.endsWith('/worksheet'))
        targets.set(Id, Target.replace(/^\/?xl\//, '').replace(/^\.\//, ''))
    },
    () => undefined,
  )
  return targets
}

/** The shared texts of a workbook; phonetic readings are left out. @throws AppError `import.limit` */
export function readSharedStrings(part: Part): string[] {
  const strings: string[] = []
  let own = ''
  let characters = 0
  let phonetic = 0
  read(
    part,
    (element) => {
      if (element === 'si') own = ''
      if (element === 'rPh') phonetic++
    },
    (element, text) => {
      if (element === 'rPh') phonetic--
      if (element === 't' && phonetic === 0) own += text
      if (element !== 'si') return
      characters += own.length
      if (characters > MAX_SHARED_CHARACTERS) {
        const what = bilingual('单元格文字的字符数', 'characters in its cells')
        throw new AppError('import.limit', { file: part.shown, layer: null, what, limit: MAX_SHARED_CHARACTERS })
      }
      strings.push(own)
    },
  )
  return strings
}

const showsDate = (code: string): boolean => /[ymdhs年月日时分秒]/i.test(code.replace(/"[^"]*"|\\.|\[[^\]]*\]|_.|\*./g, ''))

/** For each cell style whether it shows a date. */
export function readDateStyles(part: Part): boolean[] {
  const formats = new Map<number, string>()
  const styles: boolean[] = []
  let inCellStyles = false
  read(
    part,
    (element, { numFmtId = '0', formatCode = '' }) => {
      const id = Number(numFmtId)
      if (element === 'numFmt') formats.set(id, formatCode)
      if (element === 'cellXfs') inCellStyles = true
      if (element === 'xf' && inCellStyles) styles.push(formats.has(id) ? showsDate(formats.get(id) ?? '') : isBuiltInDate(id))
    },
    (element) => {
      if (element === 'cellXfs') inCellStyles = false
    },
  )
  return styles
}

/** A day number as ISO text: a date, a date with its time, or a time alone; null when no calendar has it. */
export function dateOf(serial: number, is1904: boolean): string | null {
  const day = !is1904 && serial > 0 && serial < 60 ? serial + 1 : serial
  const ms = Math.round(((is1904 ? EPOCH_1904 : EPOCH_1900) + day * DAY_MS) / 1000) * 1000
  if (serial < 0 || serial > 2_958_466) return null
  const text = new Date(ms).toISOString()
  if (serial < 1) return text.slice(11, 19)
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 19)
}

/** "AB12" → 27. */
function columnOf(reference: string, next: number): number {
  const letters = /^[A-Z]{1,4}/i.exec(reference)?.[0].toUpperCase()
  if (letters === undefined) return next
  let column = 0
  for (let at = 0; at < letters.length; at++) column = column * 26 + letters.charCodeAt(at) - 64
  return column - 1
}

export interface Book {
  strings: readonly string[]
  dateStyles: readonly boolean[]
  is1904: boolean
}

function cellValue(type: string, text: string, style: number, book: Book): SourceValue {
  switch (type) {
    case 's':
      return book.strings[Number(text)] ?? null
    case 'b':
      return text.trim() === '1'
    case 'e':
      return null
    case 'str':
    case 'inlineStr':
    case 'd':
      return text
    default: {
      const value = Number(text)
      if (text.trim() === '' || !Number.isFinite(value)) return null
      return book.dateStyles[style] ? dateOf(value, book.is1904) : value
    }
  }
}

/** The rows of one sheet, as their cells were last computed; formulas are never evaluated. @throws AppError `import.limit` */
export function readSheet(part: Part, book: Book, add: (row: number, cells: SourceValue[]) => void): void {
  let row = 0
  let cells: SourceValue[] = []
  let column = -1
  let cell = { type: 'n', style: 0, text: '', phonetic: false }
  read(
    part,
    (element, { r, t = 'n', s = '0' }) => {
      if (element === 'row') {
        row = r === undefined ? row + 1 : Number(r)
        cells = []
        column = -1
      } else if (element === 'c') {
        column = columnOf(r ?? '', column + 1)
        cell = { type: t, style: Number(s), text: '', phonetic: false }
        if (column >= MAX_COLUMNS) {
          const what = bilingual('列数', 'columns')
          throw new AppError('import.limit', { file: part.shown, layer: null, what, limit: MAX_COLUMNS })
        }
      } else if (element === 'rPh') cell.phonetic = true
    },
    (element, text) => {
      if (element === 'v' || (element === 't' && !cell.phonetic)) cell.text += text
      else if (element === 'rPh') cell.phonetic = false
      else if (element === 'c') {
        while (cells.length < column) cells.push(null)
        cells[column] = cellValue(cell.type, cell.text, cell.style, book)
      } else if (element === 'row' && cells.some((value) => value !== null && value !== '')) add(row, cells)
    },
  )
}
