import { useState } from 'react'
import type { Finding, FindingStatus } from '#core/review/finding.ts'
import { STATUS_WORDS } from '#core/review/words.ts'
import { useCommand } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { TextField } from '../ui/fields.tsx'

interface StepProps {
  findings: readonly Finding[]
  to: FindingStatus
  onClose: (moved: boolean) => void
}

/** Asks for the reason of a decision that somebody will ask about, then takes the step for all of them at once. */
export function StepDialog({ findings, to, onClose }: StepProps) {
  const { t, say } = useWords()
  const move = useCommand('findings.move')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const empty = reason.trim() === ''
  const save = async () => {
    setTried(true)
    if (empty) return
    if (await move.run({ findingIds: findings.map(({ id }) => id), to, reason: reason.trim() })) onClose(true)
  }
  const shown = findings.slice(0, 12).map(({ number }) => number)
  return (
    <Dialog
      title={t('findings.stepTo', { status: say(STATUS_WORDS[to]) })}
      onClose={() => onClose(false)}
      foot={
        <>
          <Button onPress={() => onClose(false)}>{t('common.cancel')}</Button>
          <Button look="primary" onPress={() => void save()} isDisabled={move.busy}>
            {t('common.save')}
          </Button>
        </>
      }
    >
      <div className="stack">
        {move.error !== null && <ErrorNotice error={move.error} />}
        <p className="quiet">
          {t('findings.stepOf', {
            count: findings.length,
            numbers: shown.join('、') + (findings.length > shown.length ? '…' : ''),
          })}
        </p>
        <TextField
          label={t('findings.reason')}
          value={reason}
          onChange={setReason}
          rows={4}
          required
          focusFirst
          hint={t('findings.reasonHint')}
          error={tried && empty ? t('findings.reasonRequired') : null}
        />
      </div>
    </Dialog>
  )
}
