import { ArrowLeft, ChevronDown, ChevronUp, MessageSquarePlus, OctagonAlert, TriangleAlert } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { openFinding } from '../findings/use-finding-rows.ts'
import { useUi } from '../state/ui-store.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { isReadOnly } from '../findings/review-lock.tsx'
import { ItemAttachments } from '../scoring/item-attachments.tsx'
import { ItemPast } from '../history/item-past.tsx'
import { LevelBadge, useLevelName } from '../ui/level-badge.tsx'
import type { OpenReview } from '../workbench/use-review.ts'
import { Benchmarks } from './benchmarks.tsx'
import { EntryForm } from './entry-form.tsx'
import { EvidenceList } from './evidence-list.tsx'
import { neighbours, type ItemGroup, type ItemRow } from './item-list.ts'
import { FlipSection } from './flip-section.tsx'
import { Measured } from './measured.tsx'
import { Thresholds } from './thresholds.tsx'

interface ItemDetailProps {
  row: ItemRow
  review: OpenReview
  groups: readonly ItemGroup[]
}

function DetailBar({ row, groups }: Pick<ItemDetailProps, 'row' | 'groups'>) {
  const { t } = useWords()
  const select = useUi((state) => state.selectItem)
  const { previous, next } = neighbours(groups, row.item.id)
  return (
    <div className="detail-bar">
      <Button look="bare" size="small" onPress={() => select(null)}>
        <ArrowLeft className="icon" aria-hidden />
        {t('checklist.backToList')}
      </Button>
      <span className="spacer" />
      <IconButton
        size="small"
        data-item-step="previous"
        label={t('checklist.previous')}
        isDisabled={previous === null}
        onPress={() => select(previous)}
      >
        <ChevronUp className="icon" />
      </IconButton>
      <IconButton
        size="small"
        data-item-step="next"
        label={t('checklist.next')}
        isDisabled={next === null}
        onPress={() => select(next)}
      >
        <ChevronDown className="icon" />
      </IconButton>
    </div>
  )
}

function DetailHead({ row }: { row: ItemRow }) {
  const { t, say } = useWords()
  const { item, result } = row
  const levelName = useLevelName()(result.level, result.applicable)
  return (
    <header className="detail-head">
      <LevelBadge level={result.level} applicable={result.applicable} size={36} />
      <div>
        <h3>
          <span className="number">{item.id}</span> {say(item.title)}
        </h3>
        <p className="row row-wrap">
          <span className="quiet">{levelName}</span>
          {item.gate && (
            <span className="chip warn">
              <OctagonAlert className="icon" aria-hidden />
              {t('checklist.gate')}
            </span>
          )}
          {result.entry && (
            <span className="chip info">{t(result.source === 'document' ? 'checklist.documented' : 'checklist.overridden')}</span>
          )}
          <span className="chip">{t('checklist.weight', { weight: item.weight })}</span>
        </p>
      </div>
    </header>
  )
}

function RelatedFindings({ row, review }: Pick<ItemDetailProps, 'row' | 'review'>) {
  const { t } = useWords()
  const draft = useUi((state) => state.draftFinding)
  const related = review.view.findings.filter(({ item, withdrawn }) => item === row.item.id && !withdrawn)
  const evidence = (row.measurement?.evidence ?? []).map(({ layer, fid }) => ({ layer, fid }))
  return (
    <section className="detail-part">
      <h4>{t('checklist.findingsHere')}</h4>
      {related.map((finding) => (
        <p key={finding.id} className="row related">
          <span className="chip number">{t('findings.number', { number: finding.number })}</span>
          <Button look="link" onPress={() => openFinding(finding)}>
            {finding.text}
          </Button>
        </p>
      ))}
      {!isReadOnly(review) && (
        <div>
          <Button size="small" onPress={() => draft({ kind: 'new', item: row.item.id, evidence })}>
            <MessageSquarePlus className="icon" aria-hidden />
            {t('checklist.addFinding')}
          </Button>
        </div>
      )}
      {isReadOnly(review) && related.length === 0 && <p className="quiet">{t('common.none')}</p>}
    </section>
  )
}

/** One item in full: question, number, levels, proof, and the reviewer's own judgement. */
export function ItemDetail({ row, review, groups }: ItemDetailProps) {
  const { t, say } = useWords()
  const { item, result } = row
  const isLocked = isReadOnly(review)
  const page = useRef<HTMLDivElement>(null)
  useEffect(() => {
    page.current?.scrollTo({ top: 0 })
    // The row that was pressed is gone with its list: the focus would fall out of the panel.
    if (document.activeElement === document.body) page.current?.focus()
  }, [item.id])
  return (
    <>
      <DetailBar row={row} groups={groups} />
      <div className="panel-scroll detail" ref={page} tabIndex={-1}>
        <DetailHead row={row} />
        <p className="detail-question">{say(item.question)}</p>
        {result.notApplicableReason && <p className="notice">{say(result.notApplicableReason)}</p>}
        {row.isStale && (
          <p className="notice warn">
            <TriangleAlert className="icon" aria-hidden />
            {t('scoring.staleItem')}
          </p>
        )}
        <Measured row={row} />
        <Benchmarks item={item} checklist={review.checklist.id} measurement={row.measurement ?? null} />
        <EvidenceList key={`evidence ${item.id}`} measurement={row.measurement} />
        <Thresholds row={row} />
        <FlipSection key={`flip ${item.id}`} row={row} review={review} />
        <EntryForm key={`entry ${item.id}`} row={row} reviewId={review.view.review.id} />
        <ItemAttachments key={`attachments ${item.id}`} item={item.id} reviewId={review.view.review.id} isLocked={isLocked} />
        <ItemPast key={`past ${item.id}`} item={item.id} reviewId={review.view.review.id} isLocked={isLocked} />
        <RelatedFindings row={row} review={review} />
        <p className="quiet detail-anchor">
          {t('checklist.anchor')}: {say(item.anchor.text)} ({t(`checklist.certainty_${item.anchor.certainty}`)})
        </p>
      </div>
    </>
  )
}
