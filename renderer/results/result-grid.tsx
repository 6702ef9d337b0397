import { ArrowDown, ArrowUp } from 'lucide-react'
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import type { ChartPlace } from '#core/charts/chart.ts'
import { columnHead, TOTAL_WORDS, type ShownRow, type ShownTable } from '#core/tables/shown-table.ts'
import { useWords } from '../i18n/use-words.ts'
import { nextSorting, sortedRows, type Sorting } from './sorted-rows.ts'
import { ROW_PX, useWindow } from './use-window.ts'

interface GridProps {
  table: ShownTable
  /** The figure whose features are shown. */
  opened: ChartPlace | null
  onOpen: (place: ChartPlace) => void
}

/** Where the keyboard is: row in the order shown; column −1 is the row's title. */
interface Cursor {
  row: number
  column: number
}

const STEPS: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
  PageDown: [15, 0],
  PageUp: [-15, 0],
}

/** A result table: sorted by its heads, walked with the arrow keys, every figure opens its features. Sums stay in sight. */
export function ResultGrid({ table, opened, onOpen }: GridProps) {
  const { t, lang } = useWords()
  const scroller = useRef<HTMLDivElement>(null)
  const [sorting, setSorting] = useState<Sorting | null>(null)
  const [cursor, setCursor] = useState<Cursor>({ row: 0, column: -1 })
  const [moved, setMoved] = useState(0)
  const rows = useMemo(() => sortedRows(table.rows, sorting, lang), [table, sorting, lang])
  const { first, end, abovePx, belowPx, isLong } = useWindow(scroller, rows.length)

  useEffect(() => {
    if (moved > 0) scroller.current?.querySelector<HTMLElement>('[data-cursor]')?.focus()
  }, [moved])

  const onKey = (event: KeyboardEvent) => {
    const step = STEPS[event.key]
    if (step) {
      event.preventDefault()
      const within = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value))
      const row = within(cursor.row + step[0], 0, rows.length - 1)
      if (isLong) scroller.current?.scrollTo({ top: Math.max(0, (row - 4) * ROW_PX) })
      setCursor({ row, column: within(cursor.column + step[1], -1, table.columns.length - 1) })
      setMoved((count) => count + 1)
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      const row = rows[cursor.row]
      if (row) onOpen(placeOf(table, row, cursor.column))
    }
  }
  return (
    <div className="result-scroll" ref={scroller}>
      <p id="result-hint" className="visually-hidden">
        {t('results.openHint')}
      </p>
      <table
        className={isLong ? 'result-table long' : 'result-table'}
        // A grid in the sense of ARIA: arrows walk it.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role
        role="grid"
        aria-label={table.title}
        aria-describedby="result-hint"
        aria-rowcount={rows.length + 1}
      >
        <Head table={table} sorting={sorting} onSort={setSorting} />
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- hears the keys of its focused cells */}
        <tbody onKeyDown={onKey}>
          {abovePx > 0 && <tr aria-hidden style={{ height: abovePx }} />}
          {rows.slice(first, end).map((row, at) => (
            <Row
              key={row.key}
              table={table}
              row={row}
              index={first + at}
              indented={sorting === null}
              cursor={cursor.row === first + at ? cursor.column : null}
              opened={opened?.row === row.key ? opened : null}
              onPress={(column) => {
                setCursor({ row: first + at, column })
                onOpen(placeOf(table, row, column))
              }}
            />
          ))}
          {belowPx > 0 && <tr aria-hidden style={{ height: belowPx }} />}
        </tbody>
        <Totals table={table} />
      </table>
    </div>
  )
}

/** Only figures have features of their own; a word or a title stands for its whole row. */
const placeOf = ({ columns }: ShownTable, { key, values }: ShownRow, column: number): ChartPlace => {
  const name = columns[column]?.key
  return name === undefined || (values[column] ?? null) === null ? { row: key } : { row: key, column: name }
}

function Head({
  table,
  sorting,
  onSort,
}: {
  table: ShownTable
  sorting: Sorting | null
  onSort: (sorting: Sorting | null) => void
}) {
  const { t, lang } = useWords()
  const head = (column: number, words: string, numeric: boolean) => {
    const down = sorting?.column === column ? sorting.down : null
    const Icon = down ? ArrowDown : ArrowUp
    return (
      <th
        key={column}
        scope="col"
        className={numeric ? 'number' : undefined}
        aria-sort={down === null ? 'none' : down ? 'descending' : 'ascending'}
      >
        <button
          type="button"
          className="result-head"
          title={t('results.sort', { column: words })}
          onClick={() => onSort(nextSorting(sorting, column, numeric))}
        >
          {words}
          {down !== null && <Icon className="icon" aria-hidden />}
        </button>
      </th>
    )
  }
  return (
    <thead>
      <tr>
        {head(-1, table.rowTitle, false)}
        {table.columns.map((column, at) => head(at, columnHead(column, lang), column.unit !== null))}
      </tr>
    </thead>
  )
}

interface RowProps {
  table: ShownTable
  row: ShownRow
  index: number
  indented: boolean
  cursor: number | null
  opened: ChartPlace | null
  onPress: (column: number) => void
}

function Row({ table, row, index, indented, cursor, opened, onPress }: RowProps) {
  /** One cell of the table takes the tab key, arrows reach the others. */
  const reach = (column: number) => (cursor === column ? { tabIndex: 0, 'data-cursor': true } : { tabIndex: -1 })
  const openedAt = opened === null ? null : table.columns.findIndex(({ key }) => key === opened.column)
  return (
    <tr aria-rowindex={index + 2} className={opened ? 'opened' : undefined}>
      {/* Enter and Space are heard by the body of the table. */}
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events */}
      <th
        scope="row"
        {...reach(-1)}
        className={openedAt === -1 ? 'opened' : undefined}
        onClick={() => onPress(-1)}
        style={indented && row.depth > 0 ? { paddingLeft: `${10 + 16 * row.depth}px` } : undefined}
      >
        {row.colour !== null && <span className="result-swatch" style={{ background: row.colour }} aria-hidden />}
        {row.title}
      </th>
      {row.texts.map((text, column) => {
        const kind =
          table.columns[column]?.unit === null ? 'words' : (row.values[column] ?? 0) === 0 ? 'number nothing' : 'number'
        return (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- heard by the body of the table
          <td
            key={table.columns[column]?.key}
            {...reach(column)}
            className={openedAt === column ? `${kind} opened` : kind}
            onClick={() => onPress(column)}
          >
            {text}
          </td>
        )
      })}
    </tr>
  )
}

function Totals({ table }: { table: ShownTable }) {
  const { lang } = useWords()
  if (table.totals.length === 0) return null
  return (
    <tfoot>
      {table.totals.map(({ kind, texts }) => (
        <tr key={kind} className={kind}>
          <th scope="row">{TOTAL_WORDS[kind][lang]}</th>
          {texts.map((text, column) => (
            <td key={table.columns[column]?.key} className="number">
              {text}
            </td>
          ))}
        </tr>
      ))}
    </tfoot>
  )
}
