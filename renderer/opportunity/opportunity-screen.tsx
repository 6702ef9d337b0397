import { CircleStop, MapPinOff } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { MapSetup } from '#core/contract/map-data.ts'
import { AppError } from '#core/errors.ts'
import type { PlanId } from '#core/model/ids.ts'
import { DEFAULT_CHOICE, type OpportunityChoice } from '#core/opportunity/choice.ts'
import { reportParts } from '#core/opportunity/drawn.ts'
import type { OpportunityReport, ScoredCard } from '#core/opportunity/report.ts'
import { useCommand, useRead, useRemember } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import type { OverlayFocus, OverlayPick } from '../map/map-props.ts'
import { LegendSwatch } from '../workbench/legend-swatch.tsx'
import { visibleLayers } from '../workbench/layer-visibility.ts'
import { MapSlot } from '../workbench/map-slot.tsx'
import { PlanScreen } from '../workbench/plan-screen.tsx'
import { usePlanLook } from '../workbench/use-look.ts'
import { Button } from '../ui/button.tsx'
import { Desk, type DeskPanel } from '../ui/desk.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorNotice, errorSentences } from '../ui/error-notice.tsx'
import { JobProgress } from '../ui/job-progress.tsx'
import { CardsPanel } from './cards-panel.tsx'
import { RulePanel } from './rule-panel.tsx'
import './opportunity.css'

const OVERLAY = 'opportunity-cards'
/** The areas stand out, what they lie on stays readable. */
const PLAN_OPACITY = 0.5
const NO_HIGHLIGHTS: never[] = []
/** Drawn by the cards in colours of their own. */
const OWN_ROLE = 'opportunity_area'

let requests = 0

interface AreaMapProps {
  planId: PlanId
  setup: MapSetup
  report: OpportunityReport | null
  focus: OverlayFocus | null
  onPick: (pick: OverlayPick) => void
}

/** Submitted and proposed areas on the plan, numbered as their cards. */
function AreaMap({ planId, setup, report, focus, onPick }: AreaMapProps) {
  const { t, lang, say } = useWords()
  const look = usePlanLook(planId)
  const parts = useMemo(() => (report ? reportParts(report) : []), [report])
  const overlays = useMemo(() => [{ id: OVERLAY, opacity: 1, isNumbered: true, parts }], [parts])
  const visible = useMemo(
    () =>
      visibleLayers(
        setup.layers.filter(({ role }) => role !== OWN_ROLE),
        look,
      ),
    [setup, look],
  )
  const legend = parts.flatMap((part) => part.legend.filter(({ features }) => features > 0))
  return (
    <section className="map-sheet" data-desk-panel tabIndex={-1} aria-label={t('opportunity.map')}>
      <MapSlot
        planId={planId}
        setup={setup}
        visibleLayers={visible}
        highlights={NO_HIGHLIGHTS}
        overlays={overlays}
        overlayFocus={focus}
        onOverlayPicked={onPick}
        planOpacity={report ? PLAN_OPACITY : 1}
        lang={lang}
      />
      {legend.length > 0 && (
        <ul className="card-legend" aria-label={t('results.legend')}>
          {legend.map((entry) => (
            <li key={entry.code}>
              <LegendSwatch entry={entry} kind="polygon" />
              {say(entry.label)}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** The desk once it is known whether there are cards already; computes them where there are none. */
function Scoring({ planId, setup, last }: { planId: PlanId; setup: MapSetup; last: OpportunityReport | null }) {
  const { t } = useWords()
  const remember = useRemember()
  const { run, busy, progress, cancel, error, reset } = useCommand('opportunity.find')
  const [focus, setFocus] = useState<OverlayFocus | null>(null)
  const started = useRef(false)
  const compute = async (choice: OpportunityChoice) => {
    reset()
    setFocus(null)
    const answer = await run({ planId, choice })
    if (answer) remember('opportunity.last', { planId }, answer.output)
  }
  useEffect(() => {
    if (last !== null || started.current) return
    started.current = true
    void run({ planId, choice: DEFAULT_CHOICE }).then((answer) => {
      if (answer) remember('opportunity.last', { planId }, answer.output)
    })
  }, [run, remember, planId, last])
  const look = (pick: OverlayPick, move: boolean) => setFocus({ ...pick, move, request: ++requests })
  const chosen =
    focus && last ? (last.cards.find(({ kind, rank }) => kind === focus.part && rank === focus.row)?.number ?? null) : null
  const choose = ({ kind, rank }: ScoredCard) => look({ overlay: OVERLAY, part: kind, row: rank }, true)
  const choice = last?.choice ?? DEFAULT_CHOICE
  // A plan without such areas is no failure.
  const hasNoGround = error instanceof AppError && error.code === 'opportunity.no-ground'
  const rule = (
    <RulePanel
      key={JSON.stringify(choice)}
      choice={choice}
      isShown={last !== null}
      busy={busy}
      onCompute={(wanted) => void compute(wanted)}
    />
  )
  const cards = (
    <div className="cards-main" aria-busy={busy}>
      {busy && (
        <div className="screen-notice">
          <JobProgress label={t('opportunity.computing')} progress={progress} onCancel={cancel} />
        </div>
      )}
      {hasNoGround && <NoGround error={error} />}
      {error !== null && !hasNoGround && (
        <div className="screen-notice">
          <ErrorNotice error={error} onRetry={() => void compute(choice)} onDismiss={reset} />
        </div>
      )}
      {last ? (
        <CardsPanel planId={planId} report={last} chosen={chosen} onChoose={choose} />
      ) : (
        !busy &&
        error === null && (
          <EmptyState icon={CircleStop} title={t('opportunity.cancelled')}>
            <Button onPress={() => void compute(choice)}>{t('opportunity.compute')}</Button>
          </EmptyState>
        )
      )}
    </div>
  )
  const map = <AreaMap planId={planId} setup={setup} report={last} focus={focus} onPick={(pick) => look(pick, false)} />
  const panels: readonly DeskPanel[] = [
    { id: 'rule', content: rule, size: '384px', least: '280px', most: '520px', stackedAt: 2 },
    { id: 'cards', content: cards, least: '360px', stackedAt: 0 },
    { id: 'areas', kind: 'map', content: map, size: '27%', least: '240px', stackedAt: 1 },
  ]
  return <Desk id="opportunity" panels={panels} />
}

/** A plan with nothing to score, said as what it is. */
function NoGround({ error }: { error: unknown }) {
  const { lang } = useWords()
  const { title, cause, next } = errorSentences(error, lang)
  return (
    <EmptyState icon={MapPinOff} title={title}>
      <p>{cause}</p>
      <p>{next}</p>
    </EmptyState>
  )
}

/** Opportunity areas: what the rule finds and what the plan submits, as score cards beside the map. */
export function OpportunityScreen({ planId }: { planId: PlanId }) {
  const { t } = useWords()
  const setup = useRead('map.setup', { planId })
  const last = useRead('opportunity.last', { planId })
  return (
    <PlanScreen planId={planId} title={t('opportunity.title')} reads={[setup, last]}>
      {setup.data && last.data !== undefined && <Scoring planId={planId} setup={setup.data} last={last.data} />}
    </PlanScreen>
  )
}
