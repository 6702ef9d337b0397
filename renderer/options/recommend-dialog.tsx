import { useState } from 'react'
import type { PlanOption } from '#core/review/option.ts'
import { useCommand } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { TextField } from '../ui/fields.tsx'
import { JobProgress } from '../ui/job-progress.tsx'

/** A name for an option, or the reason why it is recommended: one text, one step. */
export function OptionTextDialog({ option, of, onClose }: { option: PlanOption; of: 'name' | 'reason'; onClose: () => void }) {
  const { t } = useWords()
  const [text, setText] = useState(of === 'name' ? option.name : (option.recommended ?? ''))
  const change = useCommand('options.change')
  const letter = option.letter
  const save = async (recommended: string | null) => {
    const optionId = option.id
    const done = await change.run(of === 'name' ? { optionId, name: text } : { optionId, recommended })
    if (done) onClose()
  }
  const isReady = of === 'name' ? text.length <= 80 : text.trim() !== ''
  return (
    <Dialog
      title={t(of === 'name' ? 'options.renameTitle' : 'options.recommendTitle', { letter })}
      onClose={onClose}
      foot={
        <>
          {of === 'reason' && option.recommended !== null && (
            <Button isDisabled={change.busy} onPress={() => void save(null)}>
              {t('options.unrecommend')}
            </Button>
          )}
          <Button look="primary" isDisabled={!isReady || change.busy} onPress={() => void save(text.trim())}>
            {t(of === 'name' ? 'options.saveName' : 'options.recommend')}
          </Button>
        </>
      }
    >
      <div className="stack">
        {of === 'reason' && <p>{t('options.recommendText')}</p>}
        <TextField
          label={t(of === 'name' ? 'options.name' : 'options.reason')}
          value={text}
          onChange={setText}
          {...(of === 'reason' ? { rows: 4, required: true } : {})}
          focusFirst
        />
        {change.busy && of === 'reason' && (
          <JobProgress label={t('options.settling')} progress={change.progress} onCancel={change.cancel} />
        )}
        {change.error !== null && <ErrorNotice error={change.error} onDismiss={change.reset} />}
      </div>
    </Dialog>
  )
}
