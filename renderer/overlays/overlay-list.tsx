import { useEffect, useMemo, useRef } from 'react'
import { ListBox, ListBoxItem, ListLayout, Text, Virtualizer } from 'react-aria-components'
import type { OverlayPartView } from '#core/contract/overlay-procedures.ts'
import { tableAsRows, UNKNOWN, type TableReader } from '#core/tables/shown-table.ts'
import { useWords } from '../i18n/use-words.ts'

/** Every row is of one height (its name, and two lines for the rest), so that only rows in sight need to exist. */
const ROW_PX = 64
const MOST_ROWS_IN_SIGHT = 7

interface OverlayListProps {
  part: OverlayPartView
  reader: TableReader
  /** From 1; null for none. */
  chosen: number | null
  onChoose: (row: number) => void
}

interface Item {
  id: number
  title: string
  main: string
  more: string
}

/** The shapes of a part as people read them: number, name, its first figure, and the others below. The arrow keys walk along. */
export function OverlayList({ part, reader, chosen, onChoose }: OverlayListProps) {
  const { t, say } = useWords()
  const box = useRef<HTMLDivElement>(null)
  const { list } = part
  const items = useMemo(() => (list === null ? [] : itemsOf(list, reader)), [list, reader])
  useEffect(() => {
    const element = box.current
    if (element === null || chosen === null) return
    const top = (chosen - 1) * ROW_PX
    const isInSight = top >= element.scrollTop && top + ROW_PX <= element.scrollTop + element.clientHeight
    if (!isInSight) element.scrollTo({ top: Math.max(0, top - 2 * ROW_PX) })
  }, [chosen])
  if (list === null) return null
  if (items.length === 0) return <p className="quiet overlay-words">{t('overlays.emptyList')}</p>
  return (
    <Virtualizer layout={ListLayout} layoutOptions={{ rowHeight: ROW_PX }}>
      <ListBox
        ref={box}
        className="overlay-list"
        style={{ height: Math.min(items.length, MOST_ROWS_IN_SIGHT) * ROW_PX }}
        aria-label={say(list.title)}
        items={items}
        selectionMode="single"
        selectionBehavior="replace"
        selectedKeys={chosen === null ? [] : [chosen]}
        onSelectionChange={(keys) => {
          const [row] = keys === 'all' ? [] : [...keys]
          if (row !== undefined) onChoose(Number(row))
        }}
        onAction={(row) => onChoose(Number(row))}
      >
        {({ id, title, main, more }: Item) => (
          <ListBoxItem id={id} className="overlay-item" textValue={title}>
            {/* All of it is the name: what is seen is what is read aloud. */}
            <Text slot="label" className="overlay-item-name">
              <span className="overlay-number number">{part.labels[id - 1]}</span>
              <span className="overlay-name">{title}</span>
              <span className="overlay-figure number">{main}</span>
              <span className="overlay-more quiet" title={more}>
                {more}
              </span>
            </Text>
          </ListBoxItem>
        )}
      </ListBox>
    </Virtualizer>
  )
}

function itemsOf(list: NonNullable<OverlayPartView['list']>, reader: TableReader): Item[] {
  const { columns, rows } = tableAsRows(list, reader)
  const first = columns.findIndex(({ unit }) => unit !== null)
  return rows.map(({ title, texts }, at) => {
    const said = columns.map(({ unitLabel }, index) => withUnit(texts[index] ?? '', unitLabel))
    const others = columns.flatMap((column, index) => (index === first ? [] : [`${column.title} ${said[index]}`]))
    return { id: at + 1, title, main: first < 0 ? '' : (said[first] ?? ''), more: others.join(' · ') }
  })
}

const withUnit = (text: string, label: string): string =>
  label === '' || text === UNKNOWN ? text : label === '%' ? `${text}%` : `${text} ${label}`
