import { ArrowDown, ArrowUp, RotateCcw } from 'lucide-react'
import type { MemoChoices, MemoOptions } from '#core/memo/memo-options.ts'
import type { ReviewId } from '#core/model/ids.ts'
import { inLang } from '#core/text.ts'
import { useRead } from '../api/use-api.tsx'
import { formatBytes } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { Checkbox, SelectField, TextField } from '../ui/fields.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { useMemoChoice } from './memo-choice-store.ts'
import { listedSections, moved, toggled } from './section-order.ts'

const HEAD_FIELDS = ['office', 'number', 'classification', 'addressee', 'watermark'] as const
const MEETING_FIELDS = ['meetingTime', 'meetingPlace', 'experts'] as const

interface PartProps {
  choices: MemoChoices
  options: MemoOptions
  onChange: (options: MemoOptions) => void
}

/** Which sections, in which order: ticked ones can be moved, from the keyboard too. */
function Sections({ choices, options, onChange }: PartProps) {
  const { t, lang } = useWords()
  const kind = choices.kinds.find(({ id }) => id === (options.kind ?? 'special'))
  const chosen = options.sections ?? kind?.sections ?? []
  const titles = new Map(choices.sections.map(({ id, title }) => [id, inLang(title, lang)]))
  const choose = (sections: string[]) => onChange({ ...options, sections })
  return (
    <section className="memo-choice-part" aria-label={t('memo.sections')}>
      <h3>{t('memo.sections')}</h3>
      <ul className="memo-section-list">
        {listedSections(
          choices.sections.map(({ id }) => id),
          chosen,
        ).map(({ id, isChosen }) => {
          const name = titles.get(id) ?? id
          return (
            <li key={id}>
              <Checkbox isSelected={isChosen} onChange={() => choose(toggled(chosen, id))}>
                {name}
              </Checkbox>
              {isChosen && (
                <span className="memo-section-moves">
                  <IconButton
                    label={t('memo.earlier', { name })}
                    onPress={() => choose(moved(chosen, id, -1))}
                    isDisabled={chosen[0] === id}
                  >
                    <ArrowUp className="icon" />
                  </IconButton>
                  <IconButton
                    label={t('memo.later', { name })}
                    onPress={() => choose(moved(chosen, id, 1))}
                    isDisabled={chosen.at(-1) === id}
                  >
                    <ArrowDown className="icon" />
                  </IconButton>
                </span>
              )}
            </li>
          )
        })}
      </ul>
      {options.sections && (
        <Button onPress={() => onChange({ ...options, sections: undefined })}>
          <RotateCcw className="icon" aria-hidden />
          {t('memo.sectionsOfKind')}
        </Button>
      )}
    </section>
  )
}

function Head({ options, onChange }: Omit<PartProps, 'choices'>) {
  const { t } = useWords()
  const fields = options.kind === 'expert' ? [...HEAD_FIELDS, ...MEETING_FIELDS] : HEAD_FIELDS
  return (
    <section className="memo-choice-part" aria-label={t('memo.letterhead')}>
      <h3>{t('memo.letterhead')}</h3>
      {fields.map((field) => (
        <TextField
          key={field}
          label={t(`memo.${field}`)}
          value={options[field] ?? ''}
          onChange={(value) => onChange({ ...options, [field]: value.slice(0, field === 'watermark' ? 40 : 200) })}
        />
      ))}
      <Checkbox isSelected={options.signing !== false} onChange={(signing) => onChange({ ...options, signing })}>
        {t('memo.signing')}
      </Checkbox>
    </section>
  )
}

/** What the exported file carries beside the pages; how large the plan's data are is said before. */
function Carried({ reviewId }: { reviewId: ReviewId }) {
  const { t, lang } = useWords()
  const { withPlan, setWithPlan } = useMemoChoice()
  const size = useRead('memo.planSize', { reviewId })
  return (
    <section className="memo-choice-part" aria-label={t('memo.carried')}>
      <h3>{t('memo.carried')}</h3>
      <Checkbox isSelected={withPlan} onChange={setWithPlan}>
        {size.data ? t('memo.withPlan', { size: formatBytes(size.data.bytes, lang) }) : t('memo.withPlanUnknown')}
      </Checkbox>
      <p className="quiet">{t('memo.withPlanHint')}</p>
    </section>
  )
}

/** Kind, style, sections and letterhead of the memo, beside the preview that follows every choice. */
export function MemoChoicePanel({ reviewId }: { reviewId: ReviewId | null }) {
  const { t, lang } = useWords()
  const { options, setOptions } = useMemoChoice()
  const choices = useRead('memo.choices', {})
  if (choices.error) return <ErrorNotice error={choices.error} onRetry={() => void choices.refetch()} />
  if (!choices.data) return null
  const { kinds, styles } = choices.data
  return (
    <aside className="memo-choices" aria-label={t('memo.choices')}>
      <SelectField
        label={t('memo.kind')}
        value={options.kind ?? 'special'}
        choices={kinds.map(({ id, title }) => ({ id, label: inLang(title, lang) }))}
        placeholder=""
        onChange={(kind) => setOptions({ ...options, kind, sections: undefined })}
      />
      <Segmented
        label={t('memo.style')}
        value={options.style ?? 'technical'}
        segments={styles.map(({ id, title }) => ({ id, label: inLang(title, lang) }))}
        onChange={(style) => setOptions({ ...options, style })}
      />
      <Head options={options} onChange={setOptions} />
      <Sections choices={choices.data} options={options} onChange={setOptions} />
      {reviewId !== null && <Carried reviewId={reviewId} />}
    </aside>
  )
}
