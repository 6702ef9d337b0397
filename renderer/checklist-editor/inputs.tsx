import { useState } from 'react'
import type { Bilingual } from '#core/text.ts'
import { useWords } from '../i18n/use-words.ts'
import { Checkbox, TextField } from '../ui/fields.tsx'
import { digits } from '../checklist/entry-draft.ts'

/** What stands at a place of the draft: the words of the fault that the check found there, or null. */
export type FaultAt = (path: string) => string | null

/** A number as typed; undefined where it is none. An empty field is null where that may be. */
export function parseNumber(text: string): number | null | undefined {
  const typed = digits(text).replace('．', '.').replace('－', '-').replace('−', '-')
  if (typed === '') return null
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(typed) ? Number(typed) : undefined
}

interface NumberFieldProps {
  label: string
  value: number | null
  onChange: (value: number | null) => void
  /** Whether it may be empty. */
  emptyIs?: 'null' | 'wrong'
  error?: string | null
  hideLabel?: boolean
}

/** A number that is kept as soon as it is one; what is typed meanwhile stays as typed. */
export function NumberField({ label, value, onChange, emptyIs = 'wrong', error = null, hideLabel = false }: NumberFieldProps) {
  const { t } = useWords()
  const [typed, setTyped] = useState<string | null>(null)
  const text =
    typed !== null && parseNumber(typed) !== undefined && parseNumber(typed) !== value && parseNumber(typed) !== null
      ? null
      : typed
  const shown = text ?? (value === null ? '' : String(value))
  const parsed = parseNumber(shown)
  const isWrong = parsed === undefined || (parsed === null && emptyIs === 'wrong')
  return (
    <TextField
      label={label}
      hideLabel={hideLabel}
      value={shown}
      onChange={(next) => {
        setTyped(next)
        const number = parseNumber(next)
        if (number !== undefined && (number !== null || emptyIs === 'null')) onChange(number)
      }}
      inputMode="text"
      error={isWrong ? t('checklists.numberWrong') : error}
    />
  )
}

interface BilingualFieldProps {
  label: string
  value: Bilingual
  onChange: (value: Bilingual) => void
  rows?: number
  /** Place of the text in the draft, for the fault at it. */
  path: string
  faultAt: FaultAt
}

/** The same words in both languages, side by side. */
export function BilingualField({ label, value, onChange, rows, path, faultAt }: BilingualFieldProps) {
  const { t } = useWords()
  const field = (lang: 'zh' | 'en') => (
    <TextField
      label={t(`checklists.in_${lang}`, { label })}
      value={value[lang]}
      onChange={(text) => onChange({ ...value, [lang]: text })}
      error={faultAt(`${path}.${lang}`)}
      {...(rows === undefined ? {} : { rows })}
    />
  )
  return (
    <div className="editor-pair">
      {field('zh')}
      {field('en')}
    </div>
  )
}

interface TicksProps<T extends string> {
  label: string
  all: readonly T[]
  chosen: readonly T[]
  titles: Readonly<Record<string, Bilingual>>
  onChange: (chosen: T[]) => void
  error: string | null
}

/** Any number of choices out of a few, in their own order. */
export function Ticks<T extends string>({ label, all, chosen, titles, onChange, error }: TicksProps<T>) {
  const { say } = useWords()
  return (
    <fieldset className="field editor-ticks">
      <legend className="field-label">{label}</legend>
      <div className="row row-wrap">
        {all.map((id) => (
          <Checkbox
            key={id}
            isSelected={chosen.includes(id)}
            onChange={(on) => onChange(all.filter((one) => (one === id ? on : chosen.includes(one))))}
          >
            {say(titles[id] ?? { zh: id, en: id })}
          </Checkbox>
        ))}
      </div>
      {error !== null && <span className="field-error">{error}</span>}
    </fieldset>
  )
}
