import { inChosenSigns } from '../model/digit-signs.ts'
import type { ResultTable, TableColumn } from '../model/result-table.ts'
import { readableValue, UNITS, type UnitId } from '../model/units.ts'
import { shownUnit, type TableReader } from '../tables/shown-table.ts'
import { inDrawn, type Bilingual } from '../text.ts'

/** A column of figures with where its cells stand and the unit that a reader sees. */
export interface FigureColumn extends TableColumn {
  at: number
  shown: UnitId
}

/** The columns that hold figures to be drawn. */
export const figureColumns = ({ columns }: ResultTable, { areaUnit }: TableReader): FigureColumn[] =>
  columns.flatMap((column, at) => {
    const shown = shownUnit(column, areaUnit)
    return shown === null || column.drawn === 'not' ? [] : [{ ...column, at, shown }]
  })

/** The first column's kind of figures and every other column of the same kind: what may share an axis. */
export function sameUnit(columns: readonly FigureColumn[]): FigureColumn[] {
  const [first] = columns
  return columns.filter(({ shown }) => first !== undefined && UNITS[shown].base === UNITS[first.shown].base)
}

/** A figure with its unit, as a reader of the language writes it. */
export const valueWords = (value: number, unit: UnitId, { lang }: TableReader): string => readableValue(value, unit, lang)

/** A figure of an axis: short, without its unit. */
export function axisNumber(value: number, { lang }: TableReader): string {
  const number = new Intl.NumberFormat(lang === 'zh' ? 'zh-CN' : 'en-GB', { maximumSignificantDigits: 4 }).format(value)
  return inChosenSigns(number).replace(/^-/, '−')
}

/** Two things in the reader's language. */
export const picked = ({ lang }: TableReader, zh: string, en: string): string => (lang === 'zh' ? zh : en)

/** Words in the drawing itself: where it says both languages, the English stands below the Chinese, or behind it. */
export const drawnWords = (reader: TableReader, text: Bilingual, between?: string): string =>
  inDrawn(text, reader.drawnLang ?? reader.lang, between)

/** Whether a drawing says its words in two languages, and needs twice the room for them. */
export const isTwofold = ({ drawnLang }: TableReader): boolean => drawnLang === 'both'

/** Words in the drawing, each language in at most so many characters, one below the other. */
export const drawnShort = (reader: TableReader, { zh, en }: Bilingual, most: { zh: number; en: number }): string =>
  drawnWords(reader, { zh: shortened(zh, most.zh), en: shortened(en, most.en) }, '\n')

/** "a、b、c" or "a, b, c". */
export const joined = (parts: readonly string[], { lang }: TableReader): string => parts.join(lang === 'zh' ? '、' : ', ')

/** At most so many characters, with a mark that some are missing. */
export const shortened = (text: string, most: number): string => {
  const letters = Array.from(text)
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join('')}…`
}
