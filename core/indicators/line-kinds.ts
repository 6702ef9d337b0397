import type { LayerColumns } from '../geo/columns.ts'
import { perGeometry } from '../geo/edited.ts'
import { lengthsM } from '../geo/measure.ts'
import { formatValue } from '../model/units.ts'
import type { ResultTable, TableColumn } from '../model/result-table.ts'
import type { Bilingual } from '../text.ts'
import { totalOf } from './amounts.ts'

/** Length of every line in m, measured once for as long as its geometry lives. Read only. */
export const lineLengths: (lines: LayerColumns) => Float64Array = perGeometry(lengthsM)

/** A length as people read it, for notes of evidence. */
export const kilometres = (lengthM: number): Bilingual => ({
  zh: formatValue(lengthM, 'km', 'zh'),
  en: formatValue(lengthM, 'km', 'en'),
})

export const lengthColumn = (key: string, zh: string, en: string): TableColumn => ({ key, title: { zh, en }, unit: 'km' })

/** Kinds of lines, by key and title, and the kind of every line. */
export interface LineKinds<K extends string> {
  titles: Readonly<Record<K, Bilingual>>
  kindOf: (line: number) => K
}

/** Length by kind as a table whose rows add up to all lines; `more` adds columns of other lengths of the same lines. */
export function lengthsByKind<K extends string>(
  lines: LayerColumns,
  { titles, kindOf }: LineKinds<K>,
  head: Pick<ResultTable, 'id' | 'title' | 'rowTitle'>,
  more: readonly { column: TableColumn; amounts: Float64Array }[] = [],
): ResultTable {
  const whole = lineLengths(lines)
  const rows = (Object.keys(titles) as K[]).map((key) => {
    const isKind = (line: number) => kindOf(line) === key
    const [length, ...others] = [whole, ...more.map(({ amounts }) => amounts)].map((amounts) => totalOf(amounts, isKind))
    return { key, title: titles[key], cells: [length ?? 0, ...others] }
  })
  return {
    ...head,
    kind: 'classes',
    columns: [lengthColumn('lengthM', '长度', 'Length'), ...more.map(({ column }) => column)],
    rows,
    closure: { lengthM: { sum: rows.reduce((sum, { cells }) => sum + (cells[0] ?? 0), 0), whole: totalOf(whole) } },
  }
}
