import { History as HistoryIcon, ScrollText } from 'lucide-react'
import { author, formatMoment } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { useUi } from '../state/ui-store.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ScorePast } from './score-past.tsx'
import { useHistorySteps } from './use-history.ts'
import { UndoButtons } from './undo-buttons.tsx'

/** What was done, newest first; undone steps stay listed until something new is done. */
export function HistoryPanel() {
  const { t, lang, say } = useWords()
  const { steps } = useHistorySteps()
  const open = useUi((state) => state.open)
  const route = useUi((state) => state.route)
  return (
    <div className="panel-scroll">
      <div className="panel-actions">
        <UndoButtons />
        <span className="spacer" />
        <Button size="small" onPress={() => open('audit')}>
          <ScrollText className="icon" aria-hidden />
          {t('history.openAudit')}
        </Button>
      </div>
      {route.page === 'plan' && <ScorePast planId={route.planId} />}
      {steps.length === 0 ? (
        <EmptyState icon={HistoryIcon} title={t('history.empty')}>
          <p>{t('history.emptyText')}</p>
        </EmptyState>
      ) : (
        <ol className="steps" aria-label={t('history.steps')}>
          {steps.map((step) => (
            <li key={`${step.at} ${step.title.en}`} className={step.undone ? 'step undone' : 'step'}>
              <span className="step-title">{say(step.title)}</span>
              <span className="quiet number">{author(step.by, formatMoment(step.at, lang))}</span>
              {step.undone && <span className="chip">{t('history.undone')}</span>}
            </li>
          ))}
        </ol>
      )}
    </div>
  )
}
