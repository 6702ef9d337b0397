import { Check } from 'lucide-react'
import { useEffect, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react'
import { featureSet, hasFeature, type FeatureSet, type SelectHow } from '#core/attributes/feature-set.ts'
import type { ArrangedColumn } from '#core/attributes/table-look.ts'
import type { AttributeLayer, AttributeRow } from '#core/contract/attribute-procedures.ts'
import { useClient } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import { useSettings } from '../settings/use-settings.ts'
import { useAttributes } from './attribute-store.ts'
import { cellText } from './cell-text.ts'
import { ROW_PX, useRowWindow } from './row-window.ts'
import { TableHeadings, widthStyle } from './table-headings.tsx'
import { usePages } from './use-pages.ts'
import type { TableArrangement } from './use-table-look.ts'
import type { TableAsked } from './use-table-read.ts'

const HEAD_PX = 30
const PAGE_STEP = 12
const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE_STEP, PageUp: -PAGE_STEP }

interface GridProps {
  layer: AttributeLayer
  table: TableArrangement
  asked: TableAsked
  matching: number
  selected: FeatureSet
  onSelectAll: () => void
  onFailed: (error: unknown) => void
}

/** The rows of a layer that are in sight, of any number: arrows walk them, space selects, Enter shows one on the map. */
export function AttributeGrid({ layer, table, asked, matching, selected, onSelectAll, onFailed }: GridProps) {
  const { t } = useWords()
  const client = useClient()
  const scroller = useRef<HTMLDivElement>(null)
  const { row: wish, select, zoomToSelection } = useAttributes()
  const [cursor, setCursor] = useState(0)
  const [anchor, setAnchor] = useState(0)
  const [moved, setMoved] = useState(0)
  const { first, end, abovePx, belowPx, bringIntoSight } = useRowWindow(scroller, matching, HEAD_PX)
  const rowAt = usePages(asked, first, end)
  const shown = table.columns.filter(({ isShown }) => isShown)
  const here = Math.min(cursor, Math.max(0, matching - 1))

  useEffect(() => {
    if (moved > 0) scroller.current?.querySelector<HTMLElement>('tr[data-cursor]')?.focus({ preventScroll: true })
  }, [moved, first])

  // A feature that was picked on the map is brought into sight.
  useEffect(() => {
    if (wish?.layerId !== asked.layerId) return
    let isWanted = true
    client.call('attributes.place', { ...asked, fid: wish.fid }).then(
      (place) => {
        if (!isWanted || place === null) return
        setCursor(place)
        setAnchor(place)
        bringIntoSight(place)
      },
      (error: unknown) => onFailed(error),
    )
    return () => {
      isWanted = false
    }
    // oxlint-disable-next-line react/exhaustive-deps -- only a new wish moves the table, not a new order
  }, [client, wish, asked.layerId])

  const choose = async (from: number, to: number, how: SelectHow) => {
    const [low, high] = [Math.min(from, to), Math.max(from, to)]
    const known = Array.from({ length: Math.min(high - low + 1, 500) }, (_, at) => rowAt(low + at))
    if (known.every((row): row is AttributeRow => row !== undefined)) {
      select([{ layerId: layer.id, features: featureSet(known.map(({ fid }) => fid)) }], how)
      return
    }
    try {
      const { rows } = await client.call('attributes.page', { ...asked, offset: low, limit: Math.min(500, high - low + 1) })
      select([{ layerId: layer.id, features: featureSet(rows.map(({ fid }) => fid)) }], how)
    } catch (error) {
      onFailed(error)
    }
  }
  const goTo = (row: number, isExtending: boolean) => {
    const next = Math.min(Math.max(0, matching - 1), Math.max(0, row))
    bringIntoSight(next)
    setCursor(next)
    setMoved((count) => count + 1)
    if (isExtending) void choose(anchor, next, 'replace')
    else setAnchor(next)
  }
  const show = (row: number) => {
    const fid = rowAt(row)?.fid
    if (fid === undefined) return
    select([{ layerId: layer.id, features: featureSet([fid]) }], 'replace')
    zoomToSelection()
  }
  const onKey = (event: KeyboardEvent) => {
    const step = STEPS[event.key]
    if (step !== undefined) goTo(here + step, event.shiftKey)
    else if (event.key === 'Home') goTo(0, event.shiftKey)
    else if (event.key === 'End') goTo(matching - 1, event.shiftKey)
    else if (event.key === ' ') void choose(here, here, 'toggle')
    else if (event.key === 'Enter') show(here)
    else if (event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey)) onSelectAll()
    else return
    event.preventDefault()
  }
  const onPress = (row: number, event: MouseEvent) => {
    const isMore = event.ctrlKey || event.metaKey
    setCursor(row)
    setMoved((count) => count + 1)
    if (event.shiftKey) void choose(anchor, row, isMore ? 'add' : 'replace')
    else {
      setAnchor(row)
      void choose(row, row, isMore ? 'toggle' : 'replace')
    }
  }
  return (
    <div className="attribute-scroll" ref={scroller}>
      <p id="attribute-keys" className="visually-hidden">
        {t('attributes.keys')}
      </p>
      <table
        className="attribute-table"
        // A grid in the sense of ARIA: arrows walk it.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role
        role="grid"
        aria-label={t('attributes.title')}
        aria-describedby="attribute-keys"
        aria-rowcount={matching + 1}
        aria-multiselectable
      >
        <TableHeadings layer={layer} table={table} />
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- hears the keys of its focused rows */}
        <tbody onKeyDown={onKey}>
          {abovePx > 0 && <tr aria-hidden style={{ height: abovePx }} />}
          {Array.from({ length: end - first }, (_, at) => {
            const index = first + at
            const row = rowAt(index)
            return (
              <Row
                key={index}
                columns={shown}
                row={row}
                index={index}
                isCursor={index === here}
                isSelected={row !== undefined && hasFeature(selected, row.fid)}
                onPress={(event) => onPress(index, event)}
                onShow={() => show(index)}
              />
            )
          })}
          {belowPx > 0 && <tr aria-hidden style={{ height: belowPx }} />}
        </tbody>
      </table>
    </div>
  )
}

interface RowProps {
  columns: readonly ArrangedColumn[]
  row: AttributeRow | undefined
  index: number
  isCursor: boolean
  isSelected: boolean
  onPress: (event: MouseEvent) => void
  onShow: () => void
}

function Row({ columns, row, index, isCursor, isSelected, onPress, onShow }: RowProps) {
  const { t, lang } = useWords()
  const { areaUnit } = useSettings()
  const words = { yes: t('attributes.yes'), no: t('attributes.no') }
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- keys are heard by the body of the table
    <tr
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      className={isSelected ? 'attribute-row picked' : 'attribute-row'}
      style={{ height: ROW_PX }}
      tabIndex={isCursor ? 0 : -1}
      {...(isCursor ? { 'data-cursor': true } : {})}
      onClick={onPress}
      onDoubleClick={onShow}
    >
      <td className="attribute-tick">{isSelected && <Check className="icon" aria-hidden />}</td>
      {columns.map((column) => (
        <td key={column.field.key} className={column.field.type === 'number' ? 'number' : undefined} style={widthStyle(column)}>
          {row === undefined ? '' : cellText(row.values[column.at] ?? null, column.field, areaUnit, lang, words)}
        </td>
      ))}
      <td className="attribute-rest" aria-hidden />
    </tr>
  )
}
