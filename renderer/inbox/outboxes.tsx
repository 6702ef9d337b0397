import { FolderPlus, Send, X } from 'lucide-react'
import { useState } from 'react'
import type { InboxView } from '#core/contract/inbox-procedures.ts'
import type { FileToken, PlanId } from '#core/model/ids.ts'
import { useChooseFiles } from '../api/use-choose-files.ts'
import { useCommand, useRead } from '../api/use-api.tsx'
import { planName } from '../format/plan-name.ts'
import { useWords } from '../i18n/use-words.ts'
import { useToasts } from '../state/toasts.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { Checkbox, SelectField, TextField } from '../ui/fields.tsx'
import { JobProgress } from '../ui/job-progress.tsx'

type Outbox = InboxView['outboxes'][number]

function SendDialog({ box, onClose }: { box: Outbox; onClose: () => void }) {
  const { t, lang } = useWords()
  const plans = useRead('plans.list', {})
  const send = useCommand('inbox.send')
  const toast = useToasts((state) => state.add)
  const [planId, setPlanId] = useState<PlanId | null>(null)
  const [withPlan, setWithPlan] = useState(false)
  const chosen = planId ?? plans.data?.[0]?.id ?? null
  const sendNow = async () => {
    if (chosen === null) return
    const done = await send.run({ planId: chosen, withPlan, passphrase: null, outboxId: box.id })
    if (!done) return
    toast({ tone: 'done', text: t('inbox.sent', { name: box.name, file: done.output.fileName }) })
    onClose()
  }
  return (
    <Dialog
      title={t('inbox.sendTo', { name: box.name })}
      size="small"
      onClose={onClose}
      foot={
        <Button look="primary" onPress={() => void sendNow()} isDisabled={send.busy || chosen === null}>
          {t('inbox.sendNow')}
        </Button>
      }
    >
      <div className="stack">
        <SelectField
          label={t('inbox.sendPlan')}
          placeholder=""
          value={chosen}
          choices={(plans.data ?? []).map((plan) => ({ id: plan.id, label: planName(plan, lang) }))}
          onChange={setPlanId}
        />
        <Checkbox isSelected={withPlan} onChange={setWithPlan}>
          {t('inbox.sendWithPlan')}
        </Checkbox>
        {send.busy && <JobProgress label={t('inbox.sending')} progress={send.progress} onCancel={send.cancel} />}
        {send.error !== null && <ErrorNotice error={send.error} />}
      </div>
    </Dialog>
  )
}

/** Folders of other offices: a package goes straight into one. */
export function Outboxes({ outboxes }: { outboxes: readonly Outbox[] }) {
  const { t } = useWords()
  const choose = useChooseFiles()
  const add = useCommand('inbox.addOutbox')
  const remove = useCommand('inbox.removeOutbox')
  const [name, setName] = useState('')
  const [sending, setSending] = useState<Outbox | null>(null)
  const take = async (picked: Promise<FileToken | null>) => {
    const folder = await picked
    if (folder && (await add.run({ name, folder }))) setName('')
  }
  const error = choose.error ?? add.error ?? remove.error
  return (
    <section className="inbox-outboxes">
      <h2>{t('inbox.outboxes')}</h2>
      <p className="quiet">{t('inbox.outboxesText')}</p>
      <ul>
        {outboxes.map((box) => (
          <li key={box.id}>
            <span>{box.name}</span>
            {!box.isThere && <span className="chip warn">{t('inbox.outboxGone')}</span>}
            <span className="spacer" />
            <Button onPress={() => setSending(box)} isDisabled={!box.isThere} aria-label={t('inbox.sendTo', { name: box.name })}>
              <Send className="icon" aria-hidden />
              {t('inbox.send')}
            </Button>
            <IconButton label={t('inbox.removeOutbox', { name: box.name })} onPress={() => void remove.run({ outboxId: box.id })}>
              <X className="icon" />
            </IconButton>
          </li>
        ))}
      </ul>
      {window.greenprint ? (
        <div className="inbox-add">
          <TextField label={t('inbox.outboxName')} value={name} onChange={setName} />
          <Button onPress={() => void take(choose.pick('folder'))} isDisabled={name.trim() === '' || add.busy}>
            <FolderPlus className="icon" aria-hidden />
            {t('inbox.addOutbox')}
          </Button>
        </div>
      ) : (
        <p className="quiet">{t('inbox.outboxesBrowser')}</p>
      )}
      {error !== null && <ErrorNotice error={error} />}
      {sending && <SendDialog box={sending} onClose={() => setSending(null)} />}
    </section>
  )
}
