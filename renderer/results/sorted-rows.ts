import type { ShownRow } from '#core/tables/shown-table.ts'
import type { Lang } from '#core/text.ts'

/** Which column the rows follow; −1 is the rows' own title. */
export interface Sorting {
  column: number
  down: boolean
}

/** The rows in the order asked for: figures by size, words by the language, what is not known always last. Null keeps the table's order. */
export function sortedRows(rows: readonly ShownRow[], sorting: Sorting | null, lang: Lang): readonly ShownRow[] {
  if (sorting === null) return rows
  const { column, down } = sorting
  const collator = new Intl.Collator(lang === 'zh' ? 'zh-CN' : 'en-GB', { numeric: true })
  const sign = down ? -1 : 1
  const text = (row: ShownRow) => (column < 0 ? row.title : (row.texts[column] ?? ''))
  const compare = (a: ShownRow, b: ShownRow): number => {
    const [one, other] = [a.values[column] ?? null, b.values[column] ?? null]
    if (one !== null && other !== null) return sign * (one - other)
    if (one !== null || other !== null) return one === null ? 1 : -1
    return sign * collator.compare(text(a), text(b))
  }
  return rows.toSorted(compare)
}

/** The next order when a head is pressed: largest first for figures, then smallest, then the table's own. */
export function nextSorting(now: Sorting | null, column: number, numeric: boolean): Sorting | null {
  if (now?.column !== column) return { column, down: numeric }
  return now.down === numeric ? { column, down: !numeric } : null
}
