import { Award, Columns3, Copy, PencilLine, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { PlanOption } from '#core/review/option.ts'
import { useCommand } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { SelectField } from '../ui/fields.tsx'
import type { OpenReview } from '../workbench/use-review.ts'
import { CompareDialog } from './compare-dialog.tsx'
import { useOptions } from './option-store.ts'
import { OptionTextDialog } from './recommend-dialog.tsx'

interface OptionBarProps {
  options: readonly PlanOption[]
  option: PlanOption
  review: OpenReview
}

/** Which option is worked on, and what can be done with it as a whole. */
export function OptionBar({ options, option, review }: OptionBarProps) {
  const { t } = useWords()
  const [dialog, setDialog] = useState<'name' | 'reason' | 'compare' | null>(null)
  const add = useCommand('options.add')
  const remove = useCommand('options.remove')
  const { open } = useOptions.getState()
  const reviewId = review.view.review.id
  const make = async (copyOf: PlanOption | null) => {
    const done = await add.run({ reviewId, name: copyOf?.name ?? '', copyOf: copyOf?.id ?? null })
    if (done) open(done.output.id)
  }
  const letter = option.letter
  const close = () => setDialog(null)
  const error = add.error ?? remove.error
  return (
    <div className="option-bar">
      <SelectField
        label={t('options.which')}
        value={option.id}
        choices={options.map(({ id, letter: of, name, recommended }) => ({
          id,
          label: `${t('options.optionLetter', { letter: of })} ${name}${recommended === null ? '' : ` · ${t('options.recommended')}`}`,
        }))}
        onChange={open}
        placeholder=""
      />
      <div className="row row-wrap" role="toolbar" aria-label={t('options.manage')}>
        <IconButton label={t('options.add')} onPress={() => void make(null)}>
          <Plus className="icon" />
        </IconButton>
        <IconButton label={t('options.copy', { letter })} onPress={() => void make(option)}>
          <Copy className="icon" />
        </IconButton>
        <IconButton label={t('options.rename', { letter })} onPress={() => setDialog('name')}>
          <PencilLine className="icon" />
        </IconButton>
        <IconButton label={t('options.remove', { letter })} onPress={() => void remove.run({ optionId: option.id })}>
          <Trash2 className="icon" />
        </IconButton>
        <span className="spacer" />
        <Button size="small" onPress={() => setDialog('compare')}>
          <Columns3 className="icon" aria-hidden />
          {t('options.compare')}
        </Button>
        <Button size="small" onPress={() => setDialog('reason')}>
          <Award className="icon" aria-hidden />
          {t(option.recommended === null ? 'options.recommend' : 'options.recommended')}
        </Button>
      </div>
      {error !== null && <ErrorNotice error={error} onDismiss={add.error ? add.reset : remove.reset} />}
      {(dialog === 'name' || dialog === 'reason') && <OptionTextDialog option={option} of={dialog} onClose={close} />}
      {dialog === 'compare' && <CompareDialog reviewId={reviewId} review={review} onClose={close} />}
    </div>
  )
}
