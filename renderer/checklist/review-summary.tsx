import { ChartPie, ListChecks, OctagonX, ShieldCheck, ShieldQuestionMark, TriangleAlert } from 'lucide-react'
import type { GateResult, GateState } from '#core/checklist/result.ts'
import { judgedPercent } from '#core/review/words.ts'
import { formatScore } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { useUi } from '../state/ui-store.ts'
import { Button } from '../ui/button.tsx'
import { Meter } from '../ui/meter.tsx'
import type { OpenReview } from '../workbench/use-review.ts'
import { judgedCount } from './item-list.ts'
import { NewerChecklist } from './newer-checklist.tsx'
import { ScoreCharts } from '../scoring/score-charts.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { useState } from 'react'

const GATE_LOOK: Record<GateState, { icon: typeof ShieldCheck; tone: string }> = {
  passed: { icon: ShieldCheck, tone: 'good' },
  failed: { icon: OctagonX, tone: 'bad' },
  not_checked: { icon: ShieldQuestionMark, tone: '' },
}

function GateChip({ gate, title }: { gate: GateResult; title: string }) {
  const { t } = useWords()
  const select = useUi((state) => state.selectItem)
  const { icon: Icon, tone } = GATE_LOOK[gate.state]
  return (
    <Button look="link" onPress={() => select(gate.item)}>
      <span className={`chip ${tone}`} title={title}>
        <Icon className="icon" aria-hidden />
        {gate.item} <span className="visually-hidden">{title}</span> {t(`checklist.gate_${gate.state}`)}
      </span>
    </Button>
  )
}

/** The state of the review in one look: gates, total, coverage, opinion. */
export function ReviewSummary({ review }: { review: OpenReview }) {
  const { view, checklist } = review
  const [isCharted, setCharted] = useState(false)
  const go = useUi((state) => state.go)
  const { t, lang, say } = useWords()
  const { total, coverage, gates, opinion, items } = view.result
  const percent = judgedPercent(coverage, lang)
  const title = (id: string) => {
    const item = checklist.items.find((one) => one.id === id)
    return item ? say(item.title) : id
  }
  return (
    <div className="summary">
      <div className="summary-top">
        <div className="summary-total">
          <span className="summary-number number">{total === null ? '–' : formatScore(total, lang)}</span>
          <span className="quiet">{t('checklist.total')}</span>
        </div>
        <div className="summary-side">
          <p className="summary-opinion">
            <span className="quiet">{t('checklist.opinion')}</span>
            <strong>{say(opinion.title)}</strong>
            {opinion.cappedByGate && <span className="chip bad">{t('checklist.capped')}</span>}
          </p>
          <div className="summary-coverage">
            <span className="row">
              <span className="quiet">{t('checklist.coverage')}</span>
              <span className="number">{t('common.percent', { percent })}</span>
              <span className="spacer" />
              <span className="quiet number">{t('checklist.judgedOf', judgedCount(items))}</span>
            </span>
            <Meter label={t('checklist.coverage')} share={coverage} text={t('common.percent', { percent })} />
          </div>
        </div>
      </div>
      {gates.length > 0 && (
        <div className="row row-wrap summary-gates">
          <span className="quiet">{t('checklist.gates')}</span>
          {gates.map((gate) => (
            <GateChip key={gate.item} gate={gate} title={title(gate.item)} />
          ))}
        </div>
      )}
      <div className="row row-wrap">
        <Button size="small" onPress={() => setCharted(true)}>
          <ChartPie className="icon" aria-hidden />
          {t('scoring.charts')}
        </Button>
        <Button size="small" onPress={() => go({ page: 'checklist', checklistId: checklist.id })}>
          <ListChecks className="icon" aria-hidden />
          {t('checklists.open')} <span className="quiet number">{checklist.version}</span>
        </Button>
      </div>
      {isCharted && (
        <Dialog title={t('scoring.charts')} size="medium" reading onClose={() => setCharted(false)}>
          <ScoreCharts review={review} />
        </Dialog>
      )}
      <NewerChecklist review={review} />
      {view.measurements.length === 0 && <p className="notice">{t('workbench.notAnalysed')}</p>}
      {view.stale.length > 0 && (
        <p className="notice warn">
          <TriangleAlert className="icon" aria-hidden />
          {t('workbench.stale', { count: view.stale.length })}
        </p>
      )}
    </div>
  )
}
