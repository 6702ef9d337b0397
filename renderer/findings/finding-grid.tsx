import { ArrowDown, ArrowUp, Check } from 'lucide-react'
import { memo, useCallback, useEffect, useRef, useState, type KeyboardEvent } from 'react'
import type { FindingId } from '#core/model/ids.ts'
import type { Finding } from '#core/review/finding.ts'
import type { FindingColumn, FindingGrouping, FindingRow } from '#core/review/finding-rows.ts'
import { useWords } from '../i18n/use-words.ts'
import { ROW_PX, useWindow } from '../results/use-window.ts'
import { Checkbox } from '../ui/fields.tsx'
import { COLUMN_PX, FindingCell } from './finding-cells.tsx'
import { useFindings } from './findings-store.ts'
import { openFinding, type TableLine } from './use-finding-rows.ts'

interface GridProps {
  lines: readonly TableLine[]
  listed: readonly FindingRow[]
  columns: readonly FindingColumn[]
  groupTitle: (grouping: FindingGrouping, key: string) => string
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 12, PageUp: -12 }
const FIGURES: ReadonlySet<FindingColumn> = new Set(['number', 'round', 'replies'])

/** The next finding from a line on: heads of groups are stepped over. */
function nextRow(lines: readonly TableLine[], from: number, step: number): number {
  const towards = Math.sign(step)
  let at = Math.min(lines.length - 1, Math.max(0, from + step))
  while (lines[at]?.kind === 'group' && at + towards >= 0 && at + towards < lines.length) at += towards
  return lines[at]?.kind === 'row' ? at : from
}

/** Findings as a table that only holds the rows in sight: arrows walk it, space picks, Enter opens. */
export function FindingGrid({ lines, listed, columns, groupTitle }: GridProps) {
  const { t } = useWords()
  const scroller = useRef<HTMLDivElement>(null)
  const { opened, picked, grouping, pick } = useFindings()
  const [cursor, setCursor] = useState(0)
  const [moved, setMoved] = useState(0)
  const { first, end, abovePx, belowPx } = useWindow(scroller, lines.length)
  const here = lines[cursor]?.kind === 'row' ? cursor : nextRow(lines, Math.min(cursor, lines.length - 1), 1)

  useEffect(() => {
    if (moved > 0) scroller.current?.querySelector<HTMLElement>('tr[data-cursor]')?.focus()
  }, [moved])

  const toggle = useCallback((id: FindingId) => {
    const next = new Set(useFindings.getState().picked)
    if (!next.delete(id)) next.add(id)
    useFindings.getState().pick(next)
  }, [])
  const open = useCallback((at: number, finding: Finding) => {
    setCursor(at)
    openFinding(finding)
  }, [])
  const goTo = (line: number) => {
    const box = scroller.current
    const top = line * ROW_PX
    if (box && (top < box.scrollTop || top + 3 * ROW_PX > box.scrollTop + box.clientHeight))
      box.scrollTo({ top: Math.max(0, top - 3 * ROW_PX) })
    setCursor(line)
    setMoved((count) => count + 1)
  }
  const onKey = (event: KeyboardEvent) => {
    const step = STEPS[event.key]
    const line = lines[here]
    if (step !== undefined) goTo(nextRow(lines, here, step))
    else if (event.key === 'Home') goTo(nextRow(lines, -1, 1))
    else if (event.key === 'End') goTo(nextRow(lines, lines.length, -1))
    else if (event.key === ' ' && line?.kind === 'row') toggle(line.row.finding.id)
    else if (event.key === 'Enter' && line?.kind === 'row') openFinding(line.row.finding)
    else if (event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey)) pick(listed.map(({ finding }) => finding.id))
    else return
    event.preventDefault()
  }
  const all = listed.length > 0 && listed.every(({ finding }) => picked.has(finding.id))
  const widths = columns.map((column) => (column === 'text' ? undefined : COLUMN_PX[column]))
  const leastPx = 34 + columns.reduce((sum, column) => sum + COLUMN_PX[column], 0)
  return (
    <div className="finding-scroll" ref={scroller}>
      <table
        className="finding-table"
        style={{ minWidth: leastPx }}
        // A grid in the sense of ARIA: arrows walk it.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role
        role="grid"
        aria-label={t('findings.title')}
        aria-rowcount={lines.length + 1}
        aria-multiselectable
      >
        <colgroup>
          <col style={{ width: 34 }} />
          {columns.map((column, at) => (
            <col key={column} style={{ width: widths[at] }} />
          ))}
        </colgroup>
        <Head columns={columns} all={all} onAll={() => pick(all ? [] : listed.map(({ finding }) => finding.id))} />
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- hears the keys of its focused row */}
        <tbody onKeyDown={onKey}>
          {abovePx > 0 && <tr aria-hidden style={{ height: abovePx }} />}
          {lines.slice(first, end).map((line, index) => {
            const at = first + index
            if (line.kind === 'group')
              return (
                <tr key={`group ${line.key}`} className="finding-group" aria-rowindex={at + 2}>
                  <th scope="rowgroup" colSpan={columns.length + 1}>
                    {groupTitle(grouping, line.key)} <span className="quiet number">{line.count}</span>
                  </th>
                </tr>
              )
            const { finding } = line.row
            return (
              <Row
                key={finding.id}
                row={line.row}
                columns={columns}
                index={at}
                isHere={at === here}
                isOpened={finding.id === opened}
                isPicked={picked.has(finding.id)}
                onFocus={setCursor}
                onPick={toggle}
                onOpen={open}
              />
            )
          })}
          {belowPx > 0 && <tr aria-hidden style={{ height: belowPx }} />}
        </tbody>
      </table>
    </div>
  )
}

function Head({ columns, all, onAll }: { columns: readonly FindingColumn[]; all: boolean; onAll: () => void }) {
  const { t } = useWords()
  const { sorting, setSorting } = useFindings()
  return (
    <thead>
      <tr aria-rowindex={1}>
        <th className="finding-tick">
          <Checkbox label={t('findings.pickAll')} isSelected={all} onChange={onAll} />
        </th>
        {columns.map((column) => {
          const isSorted = sorting.column === column
          const Icon = sorting.down ? ArrowDown : ArrowUp
          return (
            <th key={column} scope="col" aria-sort={isSorted ? (sorting.down ? 'descending' : 'ascending') : 'none'}>
              <button
                type="button"
                className="result-head"
                onClick={() => setSorting({ column, down: isSorted ? !sorting.down : false })}
              >
                {t(`findings.column_${column}`)}
                {isSorted && <Icon className="icon" aria-hidden />}
              </button>
            </th>
          )
        })}
      </tr>
    </thead>
  )
}

interface RowProps {
  row: FindingRow
  columns: readonly FindingColumn[]
  index: number
  isHere: boolean
  isOpened: boolean
  isPicked: boolean
  onFocus: (index: number) => void
  onPick: (id: FindingId) => void
  onOpen: (index: number, finding: Finding) => void
}

/** Rendered again only when something of it changed: while the table scrolls, most of its rows stay. */
const Row = memo(function FindingLine({ row, columns, index, isHere, isOpened, isPicked, onFocus, onPick, onOpen }: RowProps) {
  const { t } = useWords()
  const { finding } = row
  const classes = ['finding-row', isOpened && 'opened', finding.withdrawn && 'withdrawn', isPicked && 'picked']
  return (
    // Enter and Space are heard by the body of the table.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <tr
      className={classes.filter(Boolean).join(' ')}
      aria-rowindex={index + 2}
      aria-selected={isPicked}
      tabIndex={isHere ? 0 : -1}
      {...(isHere ? { 'data-cursor': true } : {})}
      onFocus={() => onFocus(index)}
      onClick={() => onOpen(index, finding)}
    >
      {/* The row says that it is selected, and Space selects it: the tick is for the pointer only. */}
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- heard by the body of the table */}
      <td
        className="finding-tick"
        title={t('findings.pickOne', { number: finding.number })}
        onClick={(event) => {
          event.stopPropagation()
          onPick(finding.id)
        }}
      >
        <span className="checkbox" {...(isPicked ? { 'data-selected': true } : {})}>
          <span className="box" aria-hidden>
            <Check className="icon" strokeWidth={3.5} />
          </span>
        </span>
      </td>
      {columns.map((column) => (
        <td
          key={column}
          className={FIGURES.has(column) ? `number column-${column}` : `column-${column}`}
          title={titleOf(row, column)}
        >
          <FindingCell row={row} column={column} />
        </td>
      ))}
    </tr>
  )
})

/** Words that may be cut off are whole in the tooltip. */
const titleOf = ({ finding }: FindingRow, column: FindingColumn): string | undefined =>
  column === 'text' || column === 'action' ? finding[column] : undefined
