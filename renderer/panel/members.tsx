import { EyeOff, UserPlus } from 'lucide-react'
import { useState } from 'react'
import type { PanelMember, PanelView } from '#core/contract/panel-procedures.ts'
import type { PlanId, ReviewId } from '#core/model/ids.ts'
import { judgedPercent } from '#core/review/words.ts'
import { useCommand } from '../api/use-api.tsx'
import { formatScore } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { useSettings } from '../settings/use-settings.ts'
import { useToasts } from '../state/toasts.ts'
import { useUi } from '../state/ui-store.ts'
import { Button } from '../ui/button.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { Checkbox, TextField } from '../ui/fields.tsx'
import { useExpertName } from './expert-name.ts'
import { useShownReviewStore } from './shown-review.ts'

export interface PanelKey {
  planId: PlanId
  checklistId: string
}

/** What happens to members, each with its word of success; everything can be undone. */
function useMemberCommands() {
  const { t } = useWords()
  const submit = useCommand('panel.submit')
  const reopen = useCommand('panel.reopen')
  const remove = useCommand('panel.removeExpert')
  const undo = useCommand('history.undo')
  const toast = useToasts((state) => state.add)
  const done = (text: string) => toast({ tone: 'done', text, action: { label: t('common.undo'), run: () => void undo.run({}) } })
  return {
    submit: async (reviewId: ReviewId, name: string) => {
      if (await submit.run({ reviewId })) done(t('panel.submittedDone', { name }))
    },
    handBack: async (reviewId: ReviewId, name: string) => {
      if (await reopen.run({ reviewId })) done(t('panel.handedBack', { name }))
    },
    remove: async (reviewId: ReviewId, name: string) => {
      if (await remove.run({ reviewId })) done(t('panel.removed', { name }))
    },
    busy: submit.busy || reopen.busy || remove.busy,
    error: submit.error ?? reopen.error ?? remove.error ?? undo.error,
  }
}

function useFigures() {
  const { t, lang } = useWords()
  return (total: number | null, coverage: number, findings: number) =>
    t('panel.figures', {
      total: total === null ? '–' : formatScore(total, lang),
      coverage: t('common.percent', { percent: judgedPercent(coverage, lang) }),
      findings,
    })
}

type Commands = ReturnType<typeof useMemberCommands>

function ExpertRow({ member, panelKey, commands }: { member: PanelMember; panelKey: PanelKey; commands: Commands }) {
  const { t } = useWords()
  const figures = useFigures()
  const name = useExpertName()(member.name)
  const go = useUi((state) => state.go)
  const show = useShownReviewStore((state) => state.show)
  const { review, isHidden, total, coverage, findings } = member
  const isSubmitted = review.submittedAt !== undefined
  const open = () => {
    show({ ...panelKey, reviewId: review.id })
    go({ page: 'plan', planId: panelKey.planId })
  }
  return (
    <li className="member" aria-label={name}>
      <div className="row row-wrap">
        <strong>{name}</strong>
        <span className={isSubmitted ? 'chip good' : 'chip'}>{t(isSubmitted ? 'panel.submitted' : 'panel.working')}</span>
        {isHidden && (
          <span className="chip">
            <EyeOff className="icon" aria-hidden />
            {t('panel.hidden')}
          </span>
        )}
      </div>
      <p className="quiet number">{isHidden ? t('panel.hiddenText') : figures(total, coverage, findings)}</p>
      <div className="row row-wrap">
        {!isHidden && (
          <Button size="small" aria-label={t('panel.openOf', { name })} onPress={open}>
            {t('panel.open')}
          </Button>
        )}
        {isSubmitted ? (
          <Button
            size="small"
            aria-label={t('panel.handBackOf', { name })}
            isDisabled={commands.busy}
            onPress={() => void commands.handBack(review.id, name)}
          >
            {t('panel.handBack')}
          </Button>
        ) : (
          <Button
            size="small"
            aria-label={t('panel.submitOf', { name })}
            isDisabled={commands.busy}
            onPress={() => void commands.submit(review.id, name)}
          >
            {t('panel.submit')}
          </Button>
        )}
        <span className="spacer" />
        <Button
          look="bare"
          size="small"
          aria-label={t('panel.removeOf', { name })}
          isDisabled={commands.busy}
          onPress={() => void commands.remove(review.id, name)}
        >
          {t('panel.remove')}
        </Button>
      </div>
    </li>
  )
}

function AddExpert({ panelKey }: { panelKey: PanelKey }) {
  const { t } = useWords()
  const [name, setName] = useState('')
  const add = useCommand('panel.addExpert')
  const toast = useToasts((state) => state.add)
  const wanted = name.trim()
  const submit = async () => {
    if (wanted === '' || !(await add.run({ ...panelKey, reviewer: wanted }))) return
    setName('')
    toast({ tone: 'done', text: t('panel.added', { name: wanted }) })
  }
  return (
    <>
      <form
        className="add-expert"
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <TextField label={t('panel.expertName')} value={name} onChange={setName} />
        <Button type="submit" isDisabled={wanted === '' || add.busy}>
          <UserPlus className="icon" aria-hidden />
          {t('panel.addExpert')}
        </Button>
      </form>
      {add.error !== null && <ErrorNotice error={add.error} onDismiss={add.reset} />}
    </>
  )
}

/** In a blind round it matters who sits at this computer: one's own review is open, all others are not. */
function WhoAmI() {
  const { t } = useWords()
  const { reviewer } = useSettings()
  const open = useUi((state) => state.open)
  return (
    <p className="quiet">
      {reviewer === '' ? t('panel.youAreNobody') : t('panel.youAre', { name: reviewer })}{' '}
      <Button look="link" size="small" onPress={() => open('settings')}>
        {t('panel.changeName')}
      </Button>
    </p>
  )
}

/** Lead and experts, how far each has come, and the blind round. */
export function Members({ panel, panelKey, leadFindings }: { panel: PanelView; panelKey: PanelKey; leadFindings: number }) {
  const { t } = useWords()
  const figures = useFigures()
  const nameOf = useExpertName()
  const commands = useMemberCommands()
  const blind = useCommand('panel.setBlind')
  const go = useUi((state) => state.go)
  const show = useShownReviewStore((state) => state.show)
  const { lead, consolidated, experts, isBlind } = panel
  const openLead = () => {
    show(null)
    go({ page: 'plan', planId: panelKey.planId })
  }
  const error = commands.error ?? blind.error
  return (
    <section className="panel-part" aria-labelledby="panel-members">
      <h2 id="panel-members">{t('panel.members')}</h2>
      <WhoAmI />
      <ul className="member-list">
        {lead && (
          <li className="member" aria-label={nameOf(lead.reviewer)}>
            <div className="row row-wrap">
              <strong>{nameOf(lead.reviewer)}</strong>
              <span className="chip info">{t('panel.lead')}</span>
            </div>
            <p className="quiet number">{figures(consolidated?.total ?? null, consolidated?.coverage ?? 0, leadFindings)}</p>
            <div className="row">
              <Button size="small" aria-label={t('panel.openOf', { name: nameOf(lead.reviewer) })} onPress={openLead}>
                {t('panel.open')}
              </Button>
            </div>
          </li>
        )}
        {experts.map((member) => (
          <ExpertRow key={member.review.id} member={member} panelKey={panelKey} commands={commands} />
        ))}
      </ul>
      {experts.length === 0 && (
        <p className="quiet">
          <strong>{t('panel.noExperts')}</strong> {t('panel.noExpertsText')}
        </p>
      )}
      {error !== null && <ErrorNotice error={error} />}
      <AddExpert panelKey={panelKey} />
      <Checkbox
        isSelected={isBlind}
        isDisabled={blind.busy}
        onChange={(wanted) => void blind.run({ ...panelKey, isBlind: wanted })}
      >
        {t('panel.blind')}
      </Checkbox>
      <p className="quiet">{t('panel.blindText')}</p>
    </section>
  )
}
