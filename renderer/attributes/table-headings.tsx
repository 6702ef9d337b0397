import { ArrowDown, ArrowUp } from 'lucide-react'
import { useRef, useState, type KeyboardEvent, type PointerEvent, type RefObject } from 'react'
import { withColumnAt, withSort, withWidth, type ArrangedColumn } from '#core/attributes/table-look.ts'
import { useWords } from '../i18n/use-words.ts'
import type { TableArrangement } from './use-table-look.ts'

const WIDTH_STEP_PX = 16

/** A chosen width holds for the heading and the cells below it. */
export const widthStyle = ({ widthPx }: ArrangedColumn) =>
  widthPx === null ? undefined : { width: widthPx, minWidth: widthPx, maxWidth: widthPx }

/** The headings: a press sorts (with Shift: by one more), dragging or Alt+arrow moves, the edge or Alt+Shift+arrow changes the width. */
export function TableHeadings({ layer, table }: { layer: { fields: readonly { key: string }[] }; table: TableArrangement }) {
  const { t } = useWords()
  const [dragged, setDragged] = useState<string | null>(null)
  const [over, setOver] = useState<string | null>(null)
  const moveTo = (key: string, target: string) => {
    const place = table.columns.findIndex(({ field }) => field.key === target)
    if (place >= 0) table.change((look) => withColumnAt(look, layer.fields, key, place))
  }
  const shown = table.columns.filter(({ isShown }) => isShown)
  return (
    <thead>
      <tr>
        <th scope="col" className="attribute-tick" aria-label={t('attributes.onlySelected')} />
        {shown.map((column, rank) => (
          <Heading
            key={column.field.key}
            column={column}
            table={table}
            isTarget={over === column.field.key && dragged !== null && dragged !== over}
            onDrag={setDragged}
            onOver={setOver}
            onDrop={() => {
              if (dragged !== null) moveTo(dragged, column.field.key)
              setDragged(null)
            }}
            onMove={(by) => {
              const target = shown[rank + by]
              if (target) moveTo(column.field.key, target.field.key)
            }}
          />
        ))}
        <td className="attribute-rest" aria-hidden />
      </tr>
    </thead>
  )
}

interface HeadingProps {
  column: ArrangedColumn
  table: TableArrangement
  isTarget: boolean
  onDrag: (key: string | null) => void
  onOver: (key: string | null) => void
  onDrop: () => void
  onMove: (by: -1 | 1) => void
}

function Heading({ column, table, isTarget, onDrag, onOver, onDrop, onMove }: HeadingProps) {
  const { t, say } = useWords()
  const cell = useRef<HTMLTableCellElement>(null)
  const { key, label, origin, type } = column.field
  const words = say(label)
  const rank = table.sort.findIndex(({ field }) => field === key)
  const down = table.sort[rank]?.down ?? null
  const Icon = down ? ArrowDown : ArrowUp
  const widthNow = () => column.widthPx ?? cell.current?.offsetWidth ?? 0
  const onKey = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (by === 0 || !event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    if (event.shiftKey) table.change((look) => withWidth(look, key, widthNow() + by * WIDTH_STEP_PX))
    else onMove(by)
  }
  return (
    <th
      ref={cell}
      scope="col"
      className={`${type === 'number' ? 'number ' : ''}from-${origin}${isTarget ? ' drop-here' : ''}`}
      style={widthStyle(column)}
      aria-sort={down === null ? 'none' : down ? 'descending' : 'ascending'}
      draggable
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move'
        event.dataTransfer.setData('text/plain', words)
        onDrag(key)
      }}
      onDragEnd={() => onDrag(null)}
      onDragOver={(event) => {
        event.preventDefault()
        onOver(key)
      }}
      onDrop={(event) => {
        event.preventDefault()
        event.stopPropagation()
        onDrop()
      }}
    >
      <button
        type="button"
        title={`${t('attributes.sort', { column: words })} · ${key}`}
        aria-keyshortcuts="Alt+ArrowLeft Alt+ArrowRight Alt+Shift+ArrowLeft Alt+Shift+ArrowRight"
        onClick={(event) => table.change((look) => withSort(look, key, event.shiftKey))}
        onKeyDown={onKey}
      >
        <span className="attribute-heading">{words}</span>
        {down !== null && <Icon className="icon" aria-hidden />}
        {table.sort.length > 1 && rank >= 0 && (
          <span className="attribute-rank" aria-label={t('attributes.sortRank', { rank: rank + 1 })}>
            {rank + 1}
          </span>
        )}
      </button>
      <Edge cell={cell} onWidth={(widthPx) => table.change((look) => withWidth(look, key, widthPx))} />
    </th>
  )
}

/** The right edge of a heading: dragged for a width. Its other way is Alt+Shift+arrow on the heading, and the dialog of columns. */
function Edge({ cell, onWidth }: { cell: RefObject<HTMLTableCellElement | null>; onWidth: (widthPx: number) => void }) {
  const start = useRef<{ x: number; widthPx: number } | null>(null)
  const onMove = (event: PointerEvent) => {
    if (start.current) onWidth(start.current.widthPx + event.clientX - start.current.x)
  }
  return (
    <span
      className="attribute-edge"
      aria-hidden
      draggable
      onDragStart={(event) => {
        event.preventDefault()
        event.stopPropagation()
      }}
      onPointerDown={(event) => {
        event.preventDefault()
        event.currentTarget.setPointerCapture(event.pointerId)
        start.current = { x: event.clientX, widthPx: cell.current?.offsetWidth ?? 0 }
      }}
      onPointerMove={onMove}
      onPointerUp={() => (start.current = null)}
      onPointerCancel={() => (start.current = null)}
    />
  )
}
