import { useState } from 'react'
import type { PanelView } from '#core/contract/panel-procedures.ts'
import { judgedPercent } from '#core/review/words.ts'
import { useCommand, useRemember } from '../api/use-api.tsx'
import { formatScore } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { useToasts } from '../state/toasts.ts'
import { Button } from '../ui/button.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { TextField } from '../ui/fields.tsx'
import type { PanelKey } from './members.tsx'

/** All that is left, by the median, with one reason: one step that can be undone. */
function SettleAll({ remaining, panelKey }: { remaining: readonly string[]; panelKey: PanelKey }) {
  const { t } = useWords()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const settle = useCommand('panel.settleAll')
  const undo = useCommand('history.undo')
  const remember = useRemember()
  const toast = useToasts((state) => state.add)
  const save = async () => {
    setTried(true)
    if (reason.trim() === '') return
    const done = await settle.run({ ...panelKey, reason: reason.trim() })
    if (!done) return
    remember('panel.get', panelKey, done.output)
    setReason('')
    setTried(false)
    toast({
      tone: 'done',
      text: t('panel.settledAll', { count: remaining.length }),
      action: { label: t('common.undo'), run: () => void undo.run({}) },
    })
  }
  return (
    <>
      <p>{t('panel.remaining', { count: remaining.length })}</p>
      <TextField
        label={t('panel.reason')}
        value={reason}
        onChange={setReason}
        rows={2}
        required
        error={tried && reason.trim() === '' ? t('panel.reasonRequired') : null}
      />
      {settle.error !== null && <ErrorNotice error={settle.error} onDismiss={settle.reset} />}
      <Button isDisabled={settle.busy} onPress={() => void save()}>
        {t('panel.settleAll', { count: remaining.length })}
      </Button>
    </>
  )
}

/** What the lead's review says once the panel's differences are settled, as far as they are. */
export function Consolidated({ panel, panelKey }: { panel: PanelView; panelKey: PanelKey }) {
  const { t, lang, say } = useWords()
  const { consolidated, settled, remaining, waiting, experts } = panel
  if (consolidated === null) return null
  const { total, coverage, opinion } = consolidated
  const all = Object.values(settled)
  return (
    <section className="panel-part" aria-labelledby="panel-consolidated">
      <h2 id="panel-consolidated">{t('panel.consolidated')}</h2>
      <p className="quiet">{t('panel.consolidatedText')}</p>
      <dl className="panel-figures">
        <div>
          <dt>{t('panel.total')}</dt>
          <dd className="number">{total === null ? '–' : formatScore(total, lang)}</dd>
        </div>
        <div>
          <dt>{t('panel.coverage')}</dt>
          <dd className="number">{t('common.percent', { percent: judgedPercent(coverage, lang) })}</dd>
        </div>
        <div>
          <dt>{t('panel.opinion')}</dt>
          <dd>{say(opinion.title)}</dd>
        </div>
      </dl>
      {all.length > 0 && (
        <p>{t('panel.settledCount', { settled: all.length, stale: all.filter(({ isStale }) => isStale).length })}</p>
      )}
      {remaining.length > 0 ? (
        <SettleAll remaining={remaining} panelKey={panelKey} />
      ) : (
        waiting === 0 && experts.length > 0 && <p className="quiet">{t('panel.nothingRemaining')}</p>
      )}
    </section>
  )
}
