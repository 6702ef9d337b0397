import { readableValue, UNITS, type AreaUnit, type UnitId } from '../model/units.ts'
import { inLang, type Bilingual, type Lang } from '../text.ts'

/** What one part of a measurement is called and how its value is read. Without `unit` a number is a plain one. */
export interface PartTitle extends Bilingual {
  unit?: UnitId
  /** What a text value means. */
  words?: Readonly<Record<string, Bilingual>>
  /** For a value that is a record of numbers, or a record of such records: what its keys mean. */
  names?: Readonly<Record<string, Bilingual>>
  /** What the columns of such a record hold, in order: the keys and then the figure. */
  heads?: readonly Bilingual[]
  /** For a value that is a list of objects: the columns to show, in this order. */
  columns?: Readonly<Record<string, PartTitle>>
}

/** Titles by key of `Measurement.details`. Keys without a title are for machines and are never shown to people. */
export type PartTitles = Readonly<Record<string, PartTitle>>

/** A measurement's parts in words: single figures first, then what only a table can say. */
export interface PartsInWords {
  facts: { key: string; title: string; text: string }[]
  /** `figures` says which columns hold numbers. */
  tables: { key: string; title: string; head: string[]; figures: boolean[]; rows: string[][] }[]
}

/** A table of the screen or the memo is for reading; everything stands in the review record. */
const MOST_ROWS = 40

/** Details as people read them, in the language and the area unit of the reader. Nothing untitled gets through. */
export function partsInWords(
  details: Readonly<Record<string, unknown>>,
  titles: PartTitles,
  lang: Lang,
  areaUnit: AreaUnit,
): PartsInWords {
  const parts: PartsInWords = { facts: [], tables: [] }
  const say = (title: Bilingual) => inLang(title, lang)
  const text = (value: unknown, title: PartTitle) => valueInWords(value, title, lang, areaUnit)
  for (const [key, title] of Object.entries(titles)) {
    const value = details[key]
    if (value === null || value === undefined) continue
    const head = { key, title: say(title) }
    if (title.columns && Array.isArray(value)) {
      const columns = Object.entries(title.columns)
      const rows = value.slice(0, MOST_ROWS).map((row) => columns.map(([id, column]) => text(field(row, id), column)))
      const heads = { head: columns.map(([, column]) => say(column)), figures: columns.map(([, { unit }]) => unit !== undefined) }
      if (rows.length > 0) parts.tables.push({ ...head, ...heads, rows })
    } else if (title.names && typeof value === 'object') {
      const rows = namedRows(value, title, lang).map(({ names, amount }) => [...names, text(amount, title)])
      const [first] = rows
      if (first === undefined) continue
      const heads = { head: (title.heads ?? []).map(say), figures: first.map((_, column) => column === first.length - 1) }
      parts.tables.push({ ...head, ...heads, rows: rows.slice(0, MOST_ROWS) })
    } else if (typeof value !== 'object') {
      parts.facts.push({ ...head, text: text(value, title) })
    }
  }
  return parts
}

const field = (row: unknown, key: string): unknown =>
  typeof row === 'object' && row !== null ? Object.entries(row).find(([name]) => name === key)?.[1] : undefined

const YES_NO = { true: { zh: '是', en: 'yes' }, false: { zh: '否', en: 'no' } } as const

function valueInWords(value: unknown, { unit, words }: PartTitle, lang: Lang, areaUnit: AreaUnit): string {
  if (typeof value === 'boolean') return inLang(YES_NO[`${value}`], lang)
  if (typeof value === 'string') return words?.[value] === undefined ? value : inLang(words[value], lang)
  if (typeof value !== 'number') return '—'
  if (unit === undefined) return String(value)
  return readableValue(value, unit !== 'm2' && UNITS[unit].base === 'm2' ? areaUnit : unit, lang)
}

/** Rows of a record, or of a record of records whose diagonal (what stays as it was) says nothing; the largest first. */
function namedRows(record: object, { names }: PartTitle, lang: Lang): { names: string[]; amount: number }[] {
  const name = (key: string) => {
    const known = names?.[key]
    return known === undefined ? key : inLang(known, lang)
  }
  return Object.entries(record)
    .flatMap(([key, value]: [string, unknown]) => {
      if (typeof value === 'number') return [{ names: [name(key)], amount: value }]
      if (typeof value !== 'object' || value === null) return []
      return Object.entries(value).flatMap(([inner, amount]: [string, unknown]) =>
        typeof amount === 'number' && inner !== key ? [{ names: [name(key), name(inner)], amount }] : [],
      )
    })
    .filter(({ amount }) => amount !== 0)
    .toSorted((a, b) => b.amount - a.amount)
}
