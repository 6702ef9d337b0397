import type { Output } from '#core/contract/procedures.ts'
import { useWords } from '../i18n/use-words.ts'
import { SelectField } from '../ui/fields.tsx'

interface ChecklistChooserProps {
  lists: Output<'checklists.list'>
  value: string
  onChange: (checklistId: string) => void
}

/** Against which checklist a plan is reviewed; nothing to choose, nothing shown. */
export function ChecklistChooser({ lists, value, onChange }: ChecklistChooserProps) {
  const { t, say } = useWords()
  if (lists.length < 2) return null
  return (
    <div className="checklist-chooser">
      <SelectField
        label={t('checklist.chooseChecklist')}
        value={value}
        choices={lists.map(({ id, version, title }) => ({ id, label: `${say(title)} (${version})` }))}
        onChange={onChange}
        placeholder={t('checklist.chooseChecklist')}
      />
    </div>
  )
}
