import { PackageCheck } from 'lucide-react'
import { useState } from 'react'
import type { PlanSummary } from '#core/model/plan.ts'
import { download, pickSaveTarget } from '../api/shell.ts'
import { useCommand } from '../api/use-api.tsx'
import { formatBytes } from '../format/format.ts'
import { planName } from '../format/plan-name.ts'
import { useWords } from '../i18n/use-words.ts'
import { useToasts } from '../state/toasts.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { Checkbox } from '../ui/fields.tsx'
import { JobProgress } from '../ui/job-progress.tsx'
import { PassphraseField } from './passphrase-field.tsx'

const LEAST_PASSPHRASE = 8

/** A review on its way to another office: one file, with the plan's data and sealed with a passphrase where wanted. */
export function ExportDialog({ plan, onClose }: { plan: PlanSummary; onClose: () => void }) {
  const { t, lang } = useWords()
  const command = useCommand('share.export')
  const toast = useToasts((state) => state.add)
  const [withPlan, setWithPlan] = useState(true)
  const [isSealed, setSealed] = useState(false)
  const [passphrase, setPassphrase] = useState('')
  const [failure, setFailure] = useState<unknown>(null)
  const name = planName(plan, lang)
  const start = async () => {
    setFailure(null)
    const plain = name.replace(/[\\/:*?"<>|\p{Cc}]+/gu, '-').slice(0, 80)
    const target = await pickSaveTarget(`${plain}-${t('share.fileSuffix')}.greenprint`)
    if (target.kind === 'cancelled') return
    const done = await command.run({
      planId: plan.id,
      withPlan,
      passphrase: isSealed ? passphrase : null,
      target: target.kind === 'chosen' ? target.token : null,
    })
    if (!done) return
    try {
      await download(done.output)
      const { fileName, sizeBytes } = done.output
      toast({ tone: 'done', text: t('share.exported', { file: fileName, size: formatBytes(sizeBytes, lang) }) })
      onClose()
    } catch (error) {
      setFailure(error)
    }
  }
  const error = command.error ?? failure
  return (
    <Dialog
      title={t('share.exportTitle')}
      onClose={onClose}
      dismissable={!command.busy}
      foot={
        <Button
          look="primary"
          onPress={() => void start()}
          isDisabled={command.busy || (isSealed && passphrase.length < LEAST_PASSPHRASE)}
        >
          <PackageCheck className="icon" aria-hidden />
          {t('share.save')}
        </Button>
      }
    >
      <div className="stack">
        <p>{t('share.exportIntro', { name })}</p>
        <Checkbox isSelected={withPlan} onChange={setWithPlan}>
          {t('share.withPlan')}
        </Checkbox>
        <Checkbox isSelected={isSealed} onChange={setSealed}>
          {t('share.encrypt')}
        </Checkbox>
        {isSealed && (
          <PassphraseField
            label={t('share.passphrase')}
            hint={t('share.passphraseHint')}
            value={passphrase}
            onChange={setPassphrase}
          />
        )}
        {command.busy && <JobProgress label={t('share.packing')} progress={command.progress} onCancel={command.cancel} />}
        {error !== null && <ErrorNotice error={error} />}
      </div>
    </Dialog>
  )
}
