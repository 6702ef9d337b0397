import { useState } from 'react'
import type { Level } from '#core/checklist/result.ts'
import type { Disagreement } from '#core/review/consensus.ts'
import { useCommand, useRemember } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import { useToasts } from '../state/toasts.ts'
import { Button } from '../ui/button.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { TextField } from '../ui/fields.tsx'
import { Segmented } from '../ui/segmented.tsx'
import type { PanelKey } from './members.tsx'

const LEVELS = ['0', '1', '2', '3', '4'] as const

/** The lead settles an item: the experts' median or a level of one's own, always with a reason. */
export function SettleForm({ standing, panelKey }: { standing: Disagreement; panelKey: PanelKey }) {
  const { t } = useWords()
  const { item, median } = standing
  const [how, setHow] = useState<'median' | 'lead'>(median === null ? 'lead' : 'median')
  const [own, setOwn] = useState<(typeof LEVELS)[number]>(LEVELS[median ?? 2])
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const settle = useCommand('panel.settle')
  const remember = useRemember()
  const toast = useToasts((state) => state.add)
  const level = how === 'median' && median !== null ? median : (Number(own) as Level)
  const save = async () => {
    setTried(true)
    if (reason.trim() === '') return
    const done = await settle.run({ ...panelKey, item, how, reason: reason.trim(), ...(how === 'lead' && { level }) })
    if (!done) return
    remember('panel.get', panelKey, done.output)
    setReason('')
    setTried(false)
    toast({ tone: 'done', text: t('panel.settled', { item, level }) })
  }
  const ways = [
    ...(median === null ? [] : [{ id: 'median' as const, label: t('panel.how_median', { level: median }) }]),
    { id: 'lead' as const, label: t('panel.how_lead') },
  ]
  return (
    <section className="settle-form" aria-label={t('panel.settleItem', { item })}>
      {median === null && <p className="quiet">{t('panel.noMedian')}</p>}
      <div className="row row-wrap">
        <Segmented label={t('panel.how')} value={how} segments={ways} onChange={setHow} />
        {how === 'lead' && (
          <Segmented label={t('panel.level')} value={own} segments={LEVELS.map((id) => ({ id, label: id }))} onChange={setOwn} />
        )}
      </div>
      <TextField
        label={t('panel.reason')}
        value={reason}
        onChange={setReason}
        rows={2}
        required
        hint={t('panel.reasonHint')}
        error={tried && reason.trim() === '' ? t('panel.reasonRequired') : null}
      />
      {settle.error !== null && <ErrorNotice error={settle.error} onDismiss={settle.reset} />}
      <div className="row">
        <Button look="primary" isDisabled={settle.busy} onPress={() => void save()}>
          {t('panel.settleItem', { item })}
        </Button>
      </div>
    </section>
  )
}
