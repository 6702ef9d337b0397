import { ClipboardCheck, GitBranch, History, MessageSquareText } from 'lucide-react'
import type { PlanId } from '#core/model/ids.ts'
import { ChecklistPanel } from '../checklist/checklist-panel.tsx'
import { FindingsPanel } from '../findings/findings-panel.tsx'
import { FindingDialog } from '../findings/finding-dialog.tsx'
import { HistoryPanel } from '../history/history-panel.tsx'
import { useWords } from '../i18n/use-words.ts'
import { OptionsPanel } from '../options/options-panel.tsx'
import { WhoseReview } from '../panel/whose-review.tsx'
import { useUi, type SideTab } from '../state/ui-store.ts'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { TabbedPanel, type PanelTab } from '../ui/tabbed-panel.tsx'
import { ChecklistChooser } from './checklist-chooser.tsx'
import type { OpenReview, useReview } from './use-review.ts'

function ReviewTabs({ review }: { review: OpenReview }) {
  const { t } = useWords()
  const tab = useUi((state) => state.tab)
  const show = useUi((state) => state.showTab)
  const draft = useUi((state) => state.findingDraft)
  const standing = review.view.findings.filter(({ withdrawn }) => !withdrawn).length
  const tabs: readonly PanelTab<SideTab>[] = [
    {
      id: 'checklist',
      icon: ClipboardCheck,
      title: t('workbench.checklistTab'),
      content: <ChecklistPanel review={review} />,
    },
    {
      id: 'findings',
      icon: MessageSquareText,
      title: t('workbench.findingsTab'),
      count: standing,
      content: <FindingsPanel review={review} />,
    },
    { id: 'options', icon: GitBranch, title: t('options.tab'), content: <OptionsPanel review={review} /> },
    { id: 'history', icon: History, title: t('workbench.historyTab'), content: <HistoryPanel /> },
  ]
  return (
    <>
      <TabbedPanel label={t('workbench.reviewPanel')} chosen={tab} tabs={tabs} onChoose={show} />
      {draft && <FindingDialog draft={draft} review={review} />}
    </>
  )
}

/** The right side of the desk: judge, comment, look back. */
export function ReviewPane({ planId, review }: { planId: PlanId; review: ReturnType<typeof useReview> }) {
  const { t } = useWords()
  const choose = useUi((state) => state.chooseChecklist)
  return (
    <section className="panel" data-desk-panel tabIndex={-1} aria-label={t('workbench.reviewPanel')}>
      <ChecklistChooser lists={review.lists} value={review.checklistId} onChange={choose} />
      <WhoseReview planId={planId} checklistId={review.checklistId} />
      {review.state === 'loading' && <p className="panel-wait quiet">{t('common.loading')}</p>}
      {review.state === 'failed' && (
        <div className="panel-wait">
          <ErrorNotice error={review.error} onRetry={review.retry} />
        </div>
      )}
      {review.state === 'ready' && <ReviewTabs review={review} />}
    </section>
  )
}
