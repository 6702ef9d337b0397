import {
  FileSpreadsheet,
  FileText,
  MessageSquarePlus,
  MessageSquareReply,
  MessageSquareText,
  PanelBottomClose,
  PanelBottomOpen,
  PencilLine,
} from 'lucide-react'
import { useState } from 'react'
import { inLang } from '#core/text.ts'
import type { FindingGrouping } from '#core/review/finding-rows.ts'
import { FINDING_STATUSES, SEVERITIES } from '#core/review/finding.ts'
import { isPending } from '#core/review/finding-rows.ts'
import { reviewPointById } from '#core/review/review-points.ts'
import { STATUS_WORDS, WITHDRAWN_WORD } from '#core/review/words.ts'
import { useFileExport } from '../api/use-file-export.ts'
import { useWords } from '../i18n/use-words.ts'
import { keyWords, useKeys } from '../shortcuts/keys.ts'
import { useUi } from '../state/ui-store.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { FormatMenu } from '../ui/format-menu.tsx'
import type { OpenReview } from '../workbench/use-review.ts'
import { BulkBar } from './bulk-bar.tsx'
import { FilterBar } from './filter-bar.tsx'
import { FindingGrid } from './finding-grid.tsx'
import { useFindings, type TableWidth } from './findings-store.ts'
import { ReplyDialog } from '../share/reply-dialog.tsx'
import { isReadOnly, ReviewLock } from './review-lock.tsx'
import { useFindingRows, useTableLines } from './use-finding-rows.ts'

/** What the head of a group says. */
function useGroupTitle({ checklist }: OpenReview) {
  const { t, lang, say } = useWords()
  return (grouping: FindingGrouping, key: string): string => {
    if (key === '') return t(`findings.without_${grouping === 'point' ? 'point' : 'item'}`)
    if (grouping === 'status') {
      const status = FINDING_STATUSES.find((one) => one === key)
      return inLang(status === undefined ? WITHDRAWN_WORD : STATUS_WORDS[status], lang)
    }
    if (grouping === 'severity') return t(`findings.${SEVERITIES.find((one) => one === key) ?? 'note'}`)
    if (grouping === 'point') return reviewPointById(key)?.title[lang] ?? key
    const title = (grouping === 'item' ? checklist.items : checklist.dimensions).find(({ id }) => id === key)?.title
    return title ? `${key} ${say(title)}` : key
  }
}

/** The reviewer's findings as a table: beside the map, or wide under it. */
export function FindingsTable({ review, width }: { review: OpenReview; width: TableWidth }) {
  const { t } = useWords()
  const { draftFinding } = useUi.getState()
  const keys = useKeys((state) => state.changed)
  const { columns, isDocked, dock, draw } = useFindings()
  const rows = useFindingRows(review)
  const { listed, lines } = useTableLines(rows)
  const exporting = useFileExport('findings.export')
  const groupTitle = useGroupTitle(review)
  const pending = rows.filter(isPending).length
  const reviewId = review.view.review.id
  const [isReplying, setReplying] = useState(false)
  const isSubmitted = isReadOnly(review)
  const leave = (format: 'csv' | 'xlsx') => {
    exporting.reset()
    const findingIds = listed.map(({ finding }) => finding.id)
    void exporting.start(`${t('findings.title')}.${format}`, { reviewId, findingIds, format })
  }
  return (
    <section className="findings-table" aria-label={t('findings.title')}>
      <div className="panel-actions findings-head">
        <h2>{t('findings.title')}</h2>
        <span className="quiet number" aria-live="polite">
          {listed.length === rows.length
            ? t('findings.count', { count: rows.length, pending })
            : t('findings.countOf', { listed: listed.length, count: rows.length })}
        </span>
        <span className="spacer" />
        {!isSubmitted && (
          <IconButton
            size="small"
            label={t('findings.mark_begin', { key: keyWords('comment', keys) })}
            onPress={() => draw('area')}
          >
            <PencilLine className="icon" />
          </IconButton>
        )}
        <FormatMenu
          label={t('findings.export')}
          formats={[
            { id: 'xlsx', icon: FileSpreadsheet, label: t('findings.xlsx') },
            { id: 'csv', icon: FileText, label: t('findings.csv') },
            { id: 'reply', icon: MessageSquareReply, label: t('reply.menu') },
          ]}
          isDisabled={rows.length === 0 || exporting.busy}
          onChoose={(what) => (what === 'reply' ? setReplying(true) : leave(what))}
        />
        <IconButton size="small" label={t(isDocked ? 'findings.undock' : 'findings.dock')} onPress={() => dock(!isDocked)}>
          {isDocked ? <PanelBottomClose className="icon" /> : <PanelBottomOpen className="icon" />}
        </IconButton>
        {!isSubmitted && (
          <Button size="small" onPress={() => draftFinding({ kind: 'new', item: null, evidence: [] })}>
            <MessageSquarePlus className="icon" aria-hidden />
            {t('findings.add')}
          </Button>
        )}
      </div>
      {isReplying && <ReplyDialog reviewId={reviewId} onClose={() => setReplying(false)} />}
      {isSubmitted && <ReviewLock />}
      {exporting.error !== null && <ErrorNotice error={exporting.error} />}
      {rows.length === 0 ? (
        <EmptyState icon={MessageSquareText} title={t('findings.empty')}>
          {!isSubmitted && <p>{t('findings.emptyText')}</p>}
        </EmptyState>
      ) : (
        <>
          <FilterBar rows={rows} width={width} />
          {!isSubmitted && <BulkBar rows={rows} review={review} />}
          {lines.length === 0 ? (
            <p className="empty">{t('findings.nothing')}</p>
          ) : (
            <FindingGrid lines={lines} listed={listed} columns={columns[width]} groupTitle={groupTitle} />
          )}
        </>
      )}
    </section>
  )
}
