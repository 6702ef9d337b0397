import { useEffect, useMemo, useRef } from 'react'
import { ListBox, ListBoxItem, ListLayout, Text, Virtualizer } from 'react-aria-components'
import type { OverlayPartView } from '#core/contract/overlay-procedures.ts'
import { columnHead, tableAsRows, type TableReader } from '#core/tables/shown-table.ts'
import { useWords } from '../i18n/use-words.ts'

/** Every row is two lines high, so that only rows in sight need to exist. */
const ROW_PX = 48
const MOST_ROWS_IN_SIGHT = 9

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
            <span className="overlay-number number">{`${part.prefix}${id}`}</span>
            <Text slot="label" className="overlay-name">
              {title}
            </Text>
            <span className="overlay-figure number">{main}</span>
            <Text slot="description" className="overlay-more quiet">
              {more}
            </Text>
          </ListBoxItem>
        )}
      </ListBox>
    </Virtualizer>
  )
}

function itemsOf(list: NonNullable<OverlayPartView['list']>, reader: TableReader): Item[] {
  const { columns, rows } = tableAsRows(list, reader)
  const isFigure = columns.map(({ unit }) => unit !== null)
  const first = isFigure.indexOf(true)
  const between = reader.lang === 'zh' ? '：' : ' '
  return rows.map(({ title, texts }, at) => {
    const figure = first < 0 ? '' : `${texts[first] ?? ''}${unitOf(columns[first]?.unitLabel)}`
    const others = columns.flatMap((column, index) =>
      index === first
        ? []
        : [`${isFigure[index] ? columnHead(column, reader.lang) : column.title}${between}${texts[index] ?? ''}`],
    )
    return { id: at + 1, title, main: figure, more: others.join(' · ') }
  })
}

const unitOf = (label: string | undefined): string =>
  label === undefined || label === '' ? '' : label === '%' ? '%' : ` ${label}`
