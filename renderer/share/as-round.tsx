import { Repeat } from 'lucide-react'
import { useState } from 'react'
import type { MemoRound, PackageView } from '#core/contract/share-procedures.ts'
import type { FileToken, PlanId } from '#core/model/ids.ts'
import { ROLE_IDS, roleInfo } from '#core/model/roles.ts'
import { useCommand, useRead } from '../api/use-api.tsx'
import { planName } from '../format/plan-name.ts'
import { useWords } from '../i18n/use-words.ts'
import { Button } from '../ui/button.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { SelectField } from '../ui/fields.tsx'
import { JobProgress } from '../ui/job-progress.tsx'

/** What came over, and which places were not found. */
export function RoundReceipt({ round }: { round: MemoRound }) {
  const { t, say } = useWords()
  const placeOf = (place: string): string => {
    const [id, number] = place.split(' ')
    const role = ROLE_IDS.find((one) => one === id)
    return role === undefined ? t('share.roundMark') : `${say(roleInfo(role).title)} ${number}`
  }
  return (
    <section className="stack" aria-live="polite" aria-label={t('share.roundDone', { count: round.carried })}>
      <p className="notice good">{t('share.roundDone', { count: round.carried })}</p>
      {round.already > 0 && <p>{t('share.roundAlready', { count: round.already })}</p>}
      {round.how === 'by-layer' && <p className="quiet">{t('share.roundByLayer')}</p>}
      {round.lost.length > 0 && (
        <div className="notice warn">
          <strong>{t('share.roundLost', { count: round.lost.length })}</strong>
          <ul className="round-lost">
            {round.lost.map(({ number, text, places }) => (
              <li key={number}>
                <span className="number">{number}</span> {text}
                <span className="quiet"> {places.map(placeOf).join('、')}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  )
}

/** A memo of another plan than those that are here: its findings can become the next round of one of them. */
export function AsRound({ files, passphrase, view }: { files: FileToken; passphrase: string | null; view: PackageView }) {
  const { t, lang } = useWords()
  const plans = useRead('plans.list', {})
  const start = useCommand('share.asRound')
  const [planId, setPlanId] = useState<PlanId | null>(null)
  const [done, setDone] = useState<MemoRound | null>(null)
  const own = new Set(view.content?.plans.map(({ id }) => id))
  const choices = (plans.data ?? [])
    .filter(({ id }) => !own.has(id))
    .map((plan) => ({ id: plan.id, label: planName(plan, lang) }))
  if (done) return <RoundReceipt round={done} />
  if (choices.length === 0) return null
  const carry = async () => {
    const answer = planId && (await start.run({ files, passphrase, planId }))
    if (answer) setDone(answer.output)
  }
  return (
    <section className="stack as-round" aria-label={t('share.asRound')}>
      <h3>{t('share.asRound')}</h3>
      <p className="quiet">{t('share.asRoundText')}</p>
      <div className="share-unlock">
        <SelectField
          label={t('share.ontoPlan')}
          value={planId}
          choices={choices}
          onChange={setPlanId}
          placeholder={t('share.choosePlan')}
        />
        <Button onPress={() => void carry()} isDisabled={start.busy || planId === null}>
          <Repeat className="icon" aria-hidden />
          {t('share.carryRound')}
        </Button>
      </div>
      {start.busy && <JobProgress label={t('rounds.carrying')} progress={start.progress} onCancel={start.cancel} />}
      {start.error !== null && <ErrorNotice error={start.error} />}
    </section>
  )
}
