import { CircleCheck, Plus, TriangleAlert, X } from 'lucide-react'
import { useState } from 'react'
import type { FailedRuleTest } from '#core/checklist/rule-tests.ts'
import type { ChecklistItem, RuleTest } from '#core/checklist/schema.ts'
import { without } from '#core/without.ts'
import { useWords } from '../i18n/use-words.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { SelectField, TextField } from '../ui/fields.tsx'
import { parseDetails, detailsText } from './details-text.ts'
import { NumberField } from './inputs.tsx'
import { LEVELS } from './rule-form.tsx'

interface TestRowProps {
  test: RuleTest
  place: number
  withDetails: boolean
  failed: FailedRuleTest | undefined
  onChange: (test: RuleTest | null) => void
}

function DetailsField({ test, place, onChange }: Pick<TestRowProps, 'test' | 'place' | 'onChange'>) {
  const { t } = useWords()
  const [typed, setTyped] = useState<string | null>(null)
  const shown = typed ?? detailsText(test.details)
  return (
    <TextField
      label={t('checklists.testDetails', { place })}
      hideLabel
      value={shown}
      onChange={(text) => {
        setTyped(text)
        const details = parseDetails(text)
        if (details !== undefined) onChange(details === null ? without(test, 'details') : { ...test, details })
      }}
      placeholder="exceeded=false"
      error={parseDetails(shown) === undefined ? t('checklists.detailsWrong') : null}
    />
  )
}

function TestRow({ test, place, withDetails, failed, onChange }: TestRowProps) {
  const { t } = useWords()
  return (
    <li className={withDetails ? 'editor-test detailed' : 'editor-test'}>
      <NumberField
        label={t('checklists.testValue', { place })}
        hideLabel
        value={test.value}
        emptyIs="null"
        onChange={(value) => onChange({ ...test, value })}
      />
      {withDetails && <DetailsField test={test} place={place} onChange={onChange} />}
      <SelectField
        label={t('checklists.testLevel', { place })}
        hideLabel
        value={test.level === null ? 'none' : String(test.level)}
        choices={[...LEVELS.map(String), 'none'].map((id) => ({
          id,
          label: id === 'none' ? t('checklists.noLevel') : t('checklists.levelShort', { level: id }),
        }))}
        onChange={(level) => onChange({ ...test, level: level === 'none' ? null : Number(level) })}
        placeholder="–"
      />
      <span className={failed ? 'editor-verdict bad' : 'editor-verdict good'}>
        {failed ? (
          <>
            <TriangleAlert className="icon" aria-hidden />
            {failed.found === null ? t('checklists.foundNone') : t('checklists.found', { level: failed.found })}
          </>
        ) : (
          <>
            <CircleCheck className="icon" aria-hidden />
            {t('checklists.holds')}
          </>
        )}
      </span>
      <IconButton size="small" label={t('checklists.removeTest', { place })} onPress={() => onChange(null)}>
        <X className="icon" />
      </IconButton>
    </li>
  )
}

interface RuleTestsProps {
  item: ChecklistItem
  failed: readonly FailedRuleTest[]
  onChange: (tests: RuleTest[]) => void
}

/** Values with the level that they must come to: what proves the rule, and keeps proving it when it is changed. */
export function RuleTests({ item, failed, onChange }: RuleTestsProps) {
  const { t } = useWords()
  const { rule, tests = [] } = item
  if (rule === null) return null
  const put = (at: number, test: RuleTest | null) => onChange(test === null ? tests.toSpliced(at, 1) : tests.with(at, test))
  return (
    <section className="detail-part" aria-label={t('checklists.tests')}>
      <div className="row">
        <h4>{t('checklists.tests')}</h4>
        <span className={failed.length === 0 ? 'quiet number' : 'chip bad number'}>
          {failed.length === 0
            ? t('checklists.testsHold', { count: tests.length })
            : t('checklists.testsFail', { count: failed.length })}
        </span>
      </div>
      <p className="field-hint">{t('checklists.testsHint')}</p>
      <ol className="editor-tests">
        {tests.map((test, at) => (
          <TestRow
            // oxlint-disable-next-line react/no-array-index-key -- a case is its place: failures name it by that
            key={at}
            test={test}
            place={at + 1}
            withDetails={rule.kind === 'cases'}
            failed={failed.find((one) => one.at === at)}
            onChange={(next) => put(at, next)}
          />
        ))}
      </ol>
      <div>
        <Button size="small" onPress={() => onChange([...tests, { value: null, level: null }])}>
          <Plus className="icon" aria-hidden />
          {t('checklists.addTest')}
        </Button>
      </div>
    </section>
  )
}
