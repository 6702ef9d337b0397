import { ArrowRight, X } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { PlanId } from '#core/model/ids.ts'
import type { ResultTable } from '#core/model/result-table.ts'
import { formatValue, fromBase } from '#core/model/units.ts'
import { classColour } from '#core/reference/land-class-list.ts'
import { formatArea } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { useFigure } from '../results/use-figure.ts'
import { useSettings } from '../settings/use-settings.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { JobProgress } from '../ui/job-progress.tsx'
import { TableHead } from '../ui/table-head.tsx'
import { classesOf, flowsOf, LEAST_M2, TRANSITION, type Flow } from './flows.ts'

const PAGE = 12

/** Every class in its colour with its area on both sides: the legend of both maps and their balance in one. */
function Classes({ table }: { table: ResultTable }) {
  const { t, lang, say } = useWords()
  const { areaUnit } = useSettings()
  // The unit is said once, above the table.
  const area = (m2: number) => formatValue(fromBase(m2, areaUnit), 'index', lang, areaUnit === 'm2' ? 0 : 1)
  const signed = (m2: number) => (Math.abs(m2) < LEAST_M2 ? '0' : `${m2 > 0 ? '+' : '−'}${area(Math.abs(m2))}`)
  return (
    <section>
      <h3>
        {t('sides.classes')} <span className="quiet">{t('sides.unit', { unit: t(`settings.${areaUnit}`) })}</span>
      </h3>
      <table className="table">
        <TableHead
          columns={[
            { title: t('sides.class') },
            { title: t('sides.before'), isFigure: true },
            { title: t('sides.after'), isFigure: true },
            { title: t('sides.change'), isFigure: true },
          ]}
        />
        <tbody>
          {classesOf(table).map(({ key, title, colour, beforeM2, afterM2 }) => (
            <tr key={key}>
              <th scope="row">
                <span className="class-name">
                  <span className="class-dot" style={{ background: colour }} aria-hidden />
                  {say(title)}
                </span>
              </th>
              <td className="right number">{area(beforeM2)}</td>
              <td className="right number">{area(afterM2)}</td>
              <td className="right number">{signed(afterM2 - beforeM2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const ClassName = ({ code, title }: { code: string; title: string }) => (
  <span className="class-name">
    <span className="class-dot" style={{ background: classColour(code) }} aria-hidden />
    {title}
  </span>
)

interface FlowListProps {
  flows: readonly Flow[]
  chosen: Flow | null
  onChoose: (flow: Flow) => void
}

function FlowList({ flows, chosen, onChoose }: FlowListProps) {
  const { t, lang, say } = useWords()
  const { areaUnit } = useSettings()
  const [listed, setListed] = useState(PAGE)
  const more = Math.min(PAGE, flows.length - listed)
  return (
    <>
      <ul className="flow-list">
        {flows.slice(0, listed).map((flow) => {
          const { from, to, areaM2 } = flow
          const area = formatArea(areaM2, areaUnit, lang)
          return (
            <li key={`${from.key} ${to.key}`}>
              <button type="button" className="flow-row" aria-pressed={flow === chosen} onClick={() => onChoose(flow)}>
                <span className="flow-names">
                  <ClassName code={from.key} title={say(from.title)} />
                  <ArrowRight className="icon" aria-hidden />
                  <span className="visually-hidden">{t('sides.becomes')}</span>
                  <ClassName code={to.key} title={say(to.title)} />
                </span>
                <span className="number">{area}</span>
              </button>
            </li>
          )
        })}
      </ul>
      {more > 0 && (
        <Button look="link" size="small" onPress={() => setListed(listed + PAGE)}>
          {t('sides.moreFlows', { count: more })}
        </Button>
      )}
    </>
  )
}

/** What becomes of the land between both maps: a legend with areas, and every change of use, each one press away on both maps. */
export function LandChanges({ planId, table }: { planId: PlanId; table: ResultTable }) {
  const { t } = useWords()
  const flows = useMemo(() => flowsOf(table), [table])
  const { figure, open, close, stop } = useFigure(planId, TRANSITION.indicator)
  const chosen = (figure && flows.find(({ from, to }) => from.key === figure.place.row && to.key === figure.place.column)) ?? null
  const choose = ({ from, to }: Flow) => open({ table: TRANSITION.table, row: from.key, column: to.key })
  return (
    <div className="sides-changes">
      <section>
        <h3>{t('sides.flows')}</h3>
        <div aria-live="polite">
          {figure?.state === 'finding' && <JobProgress label={t('sides.finding')} progress={figure.progress} onCancel={stop} />}
          {figure?.state === 'failed' && <ErrorNotice error={figure.error} onRetry={() => open(figure.place)} />}
          {figure?.state === 'found' && (
            <p className="row quiet">
              {foundWords(figure.answer, t)}
              <IconButton size="small" label={t('sides.clear')} onPress={close}>
                <X className="icon" />
              </IconButton>
            </p>
          )}
        </div>
        {flows.length === 0 ? <p className="quiet">{t('sides.noFlows')}</p> : null}
        <FlowList flows={flows} chosen={chosen} onChoose={choose} />
      </section>
      <Classes table={table} />
    </div>
  )
}

function foundWords(
  { features, total }: { features: readonly unknown[]; total: number },
  t: ReturnType<typeof useWords>['t'],
): string {
  if (total === 0) return t('sides.none')
  return features.length < total ? t('sides.foundListed', { count: features.length, total }) : t('sides.found', { count: total })
}
