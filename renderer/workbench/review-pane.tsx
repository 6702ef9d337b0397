import { ClipboardCheck, GitBranch, History, MessageSquareText } from 'lucide-react'
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
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
import { ChecklistChooser } from './checklist-chooser.tsx'
import type { OpenReview, useReview } from './use-review.ts'

const TABS: readonly SideTab[] = ['checklist', 'findings', 'options', 'history']

function ReviewTabs({ review }: { review: OpenReview }) {
  const { t } = useWords()
  const tab = useUi((state) => state.tab)
  const show = useUi((state) => state.showTab)
  const draft = useUi((state) => state.findingDraft)
  const standing = review.view.findings.filter(({ withdrawn }) => !withdrawn).length
  return (
    <>
      <Tabs
        className="review-tabs"
        selectedKey={tab}
        onSelectionChange={(key) => {
          const chosen = TABS.find((id) => id === key)
          if (chosen) show(chosen)
        }}
      >
        <TabList className="tab-list" aria-label={t('workbench.reviewPanel')}>
          <Tab id="checklist" className="tab">
            <ClipboardCheck className="icon" aria-hidden />
            {t('workbench.checklistTab')}
          </Tab>
          <Tab id="findings" className="tab">
            <MessageSquareText className="icon" aria-hidden />
            {t('workbench.findingsTab')}
            {standing > 0 && <span className="tab-count number">{standing}</span>}
          </Tab>
          <Tab id="options" className="tab">
            <GitBranch className="icon" aria-hidden />
            {t('options.tab')}
          </Tab>
          <Tab id="history" className="tab">
            <History className="icon" aria-hidden />
            {t('workbench.historyTab')}
          </Tab>
        </TabList>
        <TabPanel id="checklist" className="tab-panel">
          <ChecklistPanel review={review} />
        </TabPanel>
        <TabPanel id="findings" className="tab-panel">
          <FindingsPanel review={review} />
        </TabPanel>
        <TabPanel id="options" className="tab-panel">
          <OptionsPanel review={review} />
        </TabPanel>
        <TabPanel id="history" className="tab-panel">
          <HistoryPanel />
        </TabPanel>
      </Tabs>
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
