import { ListFilter } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { useUi, type ItemFilter } from '../state/ui-store.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { Segmented } from '../ui/segmented.tsx'
import type { OpenReview } from '../workbench/use-review.ts'
import { ItemDetail } from './item-detail.tsx'
import { filterCounts, itemGroups, itemRows, type ItemGroup } from './item-list.ts'
import { ItemRowButton } from './item-row.tsx'
import { ReviewSummary } from './review-summary.tsx'
import { formatScore } from '../format/format.ts'

const FILTERS: readonly ItemFilter[] = ['all', 'open', 'overridden', 'gates']

function DimensionGroup({ group }: { group: ItemGroup }) {
  const { t, lang, say } = useWords()
  const { dimension, result, rows } = group
  const judged = rows.filter(({ result: { level } }) => level !== null).length
  return (
    <section className="dimension" aria-labelledby={`dimension-${dimension.id}`}>
      <header className="dimension-head">
        <h3 id={`dimension-${dimension.id}`}>{say(dimension.title)}</h3>
        <span className="quiet number">{t('checklist.judgedOf', { judged, all: rows.length })}</span>
        <span className="spacer" />
        <span className="dimension-score number">
          {typeof result?.score === 'number' ? formatScore(result.score, lang) : '–'}
        </span>
      </header>
      <ul>
        {rows.map((row) => (
          <ItemRowButton key={row.item.id} row={row} />
        ))}
      </ul>
    </section>
  )
}

function ItemListView({ review, cameFrom }: { review: OpenReview; cameFrom: string | null }) {
  const { t } = useWords()
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (cameFrom === null) return
    const row = list.current?.querySelector<HTMLElement>(`[data-item="${CSS.escape(cameFrom)}"]`)
    row?.focus()
    row?.scrollIntoView({ block: 'center' })
  }, [cameFrom])
  const filter = useUi((state) => state.filter)
  const setFilter = useUi((state) => state.setFilter)
  const counts = filterCounts(review.checklist, review.view)
  const groups = itemGroups(review.checklist, review.view, filter)
  return (
    <div className="panel-scroll" ref={list}>
      <ReviewSummary review={review} />
      <div className="filter-bar">
        <Segmented
          label={t('checklist.filter')}
          value={filter}
          segments={FILTERS.map((id) => ({
            id,
            label: (
              <>
                {t(`checklist.filter_${id}`)} <span className="number quiet">{counts[id]}</span>
              </>
            ),
          }))}
          onChange={setFilter}
        />
      </div>
      {groups.length === 0 && <EmptyState icon={ListFilter} title={t('checklist.noItems')} />}
      {groups.map((group) => (
        <DimensionGroup key={group.dimension.id} group={group} />
      ))}
    </div>
  )
}

/** The checklist: all items by dimension, or one of them in full. Coming back, the reader is where they left. */
export function ChecklistPanel({ review }: { review: OpenReview }) {
  const selected = useUi((state) => state.item)
  const filter = useUi((state) => state.filter)
  const row = itemRows(review.checklist, review.view).find(({ item }) => item.id === selected)
  const [cameFrom, setCameFrom] = useState<string | null>(null)
  if (selected !== null && selected !== cameFrom) setCameFrom(selected)
  if (!row) return <ItemListView review={review} cameFrom={cameFrom} />
  return <ItemDetail row={row} review={review} groups={itemGroups(review.checklist, review.view, filter)} />
}
