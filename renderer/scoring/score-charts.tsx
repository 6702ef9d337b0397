import { ChartPie } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { ScoreChartKind } from '#core/charts/chart.ts'
import { dimensionScores, scoreBars, scoreRadar, tornadoChart } from '#core/charts/score-charts.ts'
import { SENSITIVITY_REMARK, SENSITIVITY_SHARE } from '#core/reference/weight-sensitivity.ts'
import { weightSensitivity } from '#core/review/weight-sensitivity.ts'
import { judgedPercent } from '#core/review/words.ts'
import { useRead } from '../api/use-api.tsx'
import { ChartSlot } from '../charts/chart-slot.tsx'
import { useChartTheme } from '../charts/use-chart-theme.ts'
import { formatFixed, formatScore } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { useSettings } from '../settings/use-settings.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { TableHead } from '../ui/table-head.tsx'
import type { OpenReview } from '../workbench/use-review.ts'
import './scoring.css'

const KINDS: readonly ScoreChartKind[] = ['radar', 'bars', 'tornado']

function useReader() {
  const { lang } = useWords()
  const { areaUnit } = useSettings()
  return useMemo(() => ({ lang, areaUnit }), [lang, areaUnit])
}

/** Scores by dimension as a web or as bars, with the same figures as a table. */
export function DimensionScores({ review: { checklist, view }, kind }: { review: OpenReview; kind: 'radar' | 'bars' }) {
  const { t, lang } = useWords()
  const reader = useReader()
  const theme = useChartTheme()
  const scores = useMemo(() => dimensionScores(checklist, view.result, reader), [checklist, view.result, reader])
  const chart = useMemo(() => (kind === 'radar' ? scoreRadar : scoreBars)(scores, reader, theme), [kind, scores, reader, theme])
  return (
    <>
      {chart ? <ChartSlot chart={chart} /> : <EmptyState icon={ChartPie} title={t('scoring.notEnough')} />}
      <table className="table">
        <TableHead
          columns={[
            { title: t('scoring.dimension') },
            { title: t('scoring.score'), isFigure: true },
            { title: t('scoring.judged'), isFigure: true },
          ]}
        />
        <tbody>
          {scores.map(({ id, title, score, judged }) => (
            <tr key={id}>
              <td>{title}</td>
              <td className="right number">{score === null ? '–' : formatScore(score, lang)}</td>
              <td className="right number">{t('common.percent', { percent: judgedPercent(judged, lang) })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

/** How much the total depends on single weights, with the same figures as a table. */
export function Sensitivity({ review: { checklist, view } }: { review: OpenReview }) {
  const { t, lang, say } = useWords()
  const reader = useReader()
  const theme = useChartTheme()
  const [by, setBy] = useState<'dimension' | 'item'>('dimension')
  const plan = useRead('plans.get', { planId: view.review.planId }).data?.plan
  const titles = useMemo(
    () =>
      new Map(
        (by === 'dimension' ? checklist.dimensions : checklist.items).map(({ id, title }) => [
          id,
          by === 'item' ? `${id} ${title[lang]}` : title[lang],
        ]),
      ),
    [by, checklist, lang],
  )
  const sensitivity = useMemo(() => {
    if (plan === undefined) return null
    const { measurements, entries } = view
    return weightSensitivity(
      checklist,
      { measurements, entries, cityKind: plan.cityKind, planLevel: plan.planLevel },
      by,
      SENSITIVITY_SHARE,
    )
  }, [plan, view, checklist, by])
  const chart = useMemo(
    () => (sensitivity === null ? null : tornadoChart(sensitivity, titles, reader, theme)),
    [sensitivity, titles, reader, theme],
  )
  const percent = Math.round(SENSITIVITY_SHARE * 100)
  const score = (total: number | null) => (total === null ? '–' : formatScore(total, lang))
  return (
    <>
      <Segmented
        label={t('scoring.by')}
        value={by}
        segments={(['dimension', 'item'] as const).map((id) => ({ id, label: t(`scoring.by_${id}`) }))}
        onChange={setBy}
      />
      {sensitivity === null && <p className="quiet">{t('common.loading')}</p>}
      {sensitivity !== null &&
        (chart ? <ChartSlot chart={chart} /> : <EmptyState icon={ChartPie} title={t('scoring.notEnough')} />)}
      <p className="field-hint">{say(SENSITIVITY_REMARK)}</p>
      {sensitivity !== null && sensitivity.swings.length > 0 && (
        <table className="table">
          <TableHead
            columns={[
              { title: t(`scoring.${by}`) },
              { title: t('scoring.smaller', { percent }), isFigure: true },
              { title: t('scoring.larger', { percent }), isFigure: true },
              { title: t('scoring.swing'), isFigure: true },
              { title: t('scoring.flips') },
            ]}
          />
          <tbody>
            {sensitivity.swings.map(({ id, low, high, swing, flips }) => (
              <tr key={id}>
                <td>{titles.get(id) ?? id}</td>
                <td className="right number">{score(low.total)}</td>
                <td className="right number">{score(high.total)}</td>
                <td className="right number">{formatFixed(swing, 2)}</td>
                <td>
                  {flips
                    ? t('scoring.flipsTo', {
                        opinion: say((low.opinion.id === view.result.opinion.id ? high : low).opinion.title),
                      })
                    : t('scoring.same')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}

/** The scores as pictures: by dimension, and how much they depend on the weights. */
export function ScoreCharts({ review }: { review: OpenReview }) {
  const { t } = useWords()
  const [kind, setKind] = useState<ScoreChartKind>('radar')
  return (
    <div className="score-charts">
      <Segmented
        label={t('scoring.chart')}
        value={kind}
        segments={KINDS.map((id) => ({ id, label: t(`scoring.chart_${id}`) }))}
        onChange={setKind}
      />
      {kind === 'tornado' ? <Sensitivity review={review} /> : <DimensionScores review={review} kind={kind} />}
    </div>
  )
}
