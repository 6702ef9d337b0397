import { CheckCheck, MapPin } from 'lucide-react'
import { useState } from 'react'
import type { CarriedFinding, RoundView } from '#core/contract/round-procedures.ts'
import type { FindingId } from '#core/model/ids.ts'
import { findingName, statusOf } from '#core/review/finding.ts'
import { CARRY_CLASSES, type CarryClass } from '#core/review/round.ts'
import { STATUS_WORDS } from '#core/review/words.ts'
import { useCommand } from '../api/use-api.tsx'
import { formatCount, wholePercent } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { Checkbox } from '../ui/fields.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { confirmable } from './confirm.ts'

type Shown = CarryClass | 'all'

interface CarriedListProps {
  view: RoundView
  chosen: FindingId | null
  onChoose: (finding: CarriedFinding) => void
}

function Fate({ finding }: Pick<CarriedFinding, 'finding'>) {
  const { t, lang } = useWords()
  const { carried } = finding
  if (!carried) return null
  const { class: kind, movedM, overlapShare } = carried
  return (
    <span className="row">
      <span className={`chip carry-${kind}`}>{t(`rounds.class_${kind}`)}</span>
      {kind === 'moved' && movedM !== null && (
        <span className="quiet number">{t('rounds.moved', { metres: formatCount(Math.round(movedM), lang) })}</span>
      )}
      {overlapShare !== null && kind !== 'unchanged' && kind !== 'deleted' && (
        <span className="quiet number">{t('compare.overlap', { percent: wholePercent(overlapShare) })}</span>
      )}
    </span>
  )
}

/** Findings of the earlier round by what became of their places; those that are put right can be confirmed together. */
export function CarriedList({ view, chosen, onChoose }: CarriedListProps) {
  const { t, say, lang } = useWords()
  const [shown, setShown] = useState<Shown>('all')
  const [ticked, setTicked] = useState<ReadonlySet<FindingId>>(new Set())
  const move = useCommand('findings.move')
  const count = (kind: CarryClass) => view.carried.filter(({ finding }) => finding.carried?.class === kind).length
  const rows = view.carried.filter(({ finding }) => shown === 'all' || finding.carried?.class === shown)
  const picked = rows.filter(({ finding }) => ticked.has(finding.id)).map(({ finding }) => finding)
  const steps = confirmable(picked)
  const tick = (id: FindingId, isTicked: boolean) =>
    setTicked((now) => new Set(isTicked ? [...now, id] : [...now].filter((one) => one !== id)))
  const confirm = async () => {
    const reason = t('rounds.confirmedReason', { number: view.round?.number ?? 2 })
    for (const [to, findingIds] of steps) if (!(await move.run({ findingIds, to, reason }))) return
    setTicked(new Set())
  }
  if (view.carried.length === 0)
    return (
      <EmptyState icon={CheckCheck} title={t('rounds.nothingCarried')}>
        <p className="quiet">{t('rounds.nothingCarriedText')}</p>
      </EmptyState>
    )
  const kinds = CARRY_CLASSES.filter((kind) => count(kind) > 0)
  const offered = rows.filter(({ finding }) => confirmable([finding]).length > 0).map(({ finding }) => finding.id)
  const isAll = offered.length > 0 && offered.every((id) => ticked.has(id))
  return (
    <>
      <Segmented<Shown>
        label={t('rounds.classes')}
        value={shown}
        segments={[
          { id: 'all', label: `${t('compare.all')} ${view.carried.length}` },
          ...kinds.map((kind) => ({ id: kind, label: `${t(`rounds.class_${kind}`)} ${count(kind)}` })),
        ]}
        onChange={setShown}
      />
      <div className="row row-wrap">
        <Checkbox isSelected={isAll} isDisabled={offered.length === 0} onChange={(all) => setTicked(new Set(all ? offered : []))}>
          {t('rounds.tickAll')}
        </Checkbox>
        <span className="spacer" />
        <Button size="small" isDisabled={steps.length === 0 || move.busy} onPress={() => void confirm()}>
          <CheckCheck className="icon" aria-hidden />
          {t('rounds.confirmFixed', { count: picked.length })}
        </Button>
      </div>
      {move.error !== null && <ErrorNotice error={move.error} />}
      <ol className="carried">
        {rows.map((row) => {
          const { finding, notes, reason } = row
          return (
            <li key={finding.id} className={chosen === finding.id ? 'carried-row chosen' : 'carried-row'}>
              <Checkbox
                isSelected={ticked.has(finding.id)}
                isDisabled={!offered.includes(finding.id)}
                label={t('rounds.tick', { number: finding.number })}
                onChange={(isTicked) => tick(finding.id, isTicked)}
              />
              <div className="carried-words">
                <div className="row row-wrap">
                  <span className="finding-number number">{findingName(finding)}</span>
                  <Fate finding={finding} />
                  <span className="chip">{say(STATUS_WORDS[statusOf(finding)])}</span>
                  {finding.item !== null && <span className="quiet">{finding.item}</span>}
                </div>
                <p>{finding.text}</p>
                {notes.map((note) => (
                  <p key={note.code} className="round-note">
                    {note.text[lang]}
                    {reason !== null && ` ${t('rounds.reasonGiven', { reason })}`}
                  </p>
                ))}
              </div>
              <Button
                size="small"
                look="link"
                aria-pressed={chosen === finding.id}
                aria-label={t('rounds.showPlaces', { number: finding.number })}
                onPress={() => onChoose(row)}
              >
                <MapPin className="icon" aria-hidden />
                {t('rounds.places')}
              </Button>
            </li>
          )
        })}
      </ol>
    </>
  )
}
