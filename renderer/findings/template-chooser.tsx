import { BookmarkPlus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { RemarkTemplate } from '#core/review/template.ts'
import { useCommand, useRead } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { SelectField, TextField } from '../ui/fields.tsx'
import type { FindingFields } from './finding-draft.ts'

type Mode = 'choose' | 'save' | 'manage'

/** Names what is written now as a remark that is made often; the same title replaces the one there is. */
function SaveTemplate({
  fields,
  templates,
  onDone,
}: {
  fields: FindingFields
  templates: readonly RemarkTemplate[]
  onDone: () => void
}) {
  const { t } = useWords()
  const put = useCommand('templates.put')
  const [title, setTitle] = useState(() => fields.text.trim().slice(0, 20))
  const { item, reviewPoint, severity } = fields
  const same = templates.find((template) => template.title === title.trim())
  const save = async () => {
    const words = { title: title.trim(), text: fields.text.trim(), action: fields.action.trim() }
    if (await put.run({ templateId: same?.id ?? null, ...words, item, reviewPoint, severity })) onDone()
  }
  return (
    <div className="template-form">
      <TextField label={t('findings.templateTitle')} value={title} onChange={(text) => setTitle(text.slice(0, 80))} />
      <Button size="small" isDisabled={put.busy || title.trim() === '' || fields.text.trim() === ''} onPress={() => void save()}>
        {t(same ? 'findings.replaceTemplate' : 'common.save')}
      </Button>
      <Button size="small" look="bare" onPress={onDone}>
        {t('common.cancel')}
      </Button>
      {put.error !== null && <ErrorNotice error={put.error} />}
    </div>
  )
}

function ManageTemplates({ templates, onDone }: { templates: readonly RemarkTemplate[]; onDone: () => void }) {
  const { t } = useWords()
  const remove = useCommand('templates.remove')
  return (
    <div className="stack">
      {remove.error !== null && <ErrorNotice error={remove.error} />}
      <ul className="attachments" aria-label={t('findings.templates')}>
        {templates.map(({ id, title, text }) => (
          <li key={id}>
            <div className="row">
              <span className="attachment-name">
                <strong>{title}</strong> <span className="quiet">{text}</span>
              </span>
              <span className="spacer" />
              <IconButton
                size="small"
                label={t('findings.removeTemplate', { title })}
                isDisabled={remove.busy}
                onPress={() => void remove.run({ templateId: id })}
              >
                <Trash2 className="icon" />
              </IconButton>
            </div>
          </li>
        ))}
      </ul>
      <div>
        <Button size="small" onPress={onDone}>
          {t('findings.templatesDone')}
        </Button>
      </div>
    </div>
  )
}

/** Remarks that are made often: choose one, keep this one as one, or clear them up. They are the office's, not the review's. */
export function TemplateChooser({ fields, onChoose }: { fields: FindingFields; onChoose: (template: RemarkTemplate) => void }) {
  const { t } = useWords()
  const list = useRead('templates.list', {})
  const [mode, setMode] = useState<Mode>('choose')
  const templates = list.data ?? []
  if (list.error !== null) return <ErrorNotice error={list.error} />
  if (mode === 'save') return <SaveTemplate fields={fields} templates={templates} onDone={() => setMode('choose')} />
  if (mode === 'manage') return <ManageTemplates templates={templates} onDone={() => setMode('choose')} />
  return (
    <div className="template-form">
      {templates.length > 0 && (
        <SelectField
          label={t('findings.template')}
          value={null}
          choices={templates.map(({ id, title }) => ({ id, label: title }))}
          placeholder={t('findings.chooseTemplate')}
          onChange={(id) => {
            const template = templates.find((one) => one.id === id)
            if (template) onChoose(template)
          }}
        />
      )}
      <Button size="small" look="bare" isDisabled={fields.text.trim() === ''} onPress={() => setMode('save')}>
        <BookmarkPlus className="icon" aria-hidden />
        {t('findings.saveTemplate')}
      </Button>
      {templates.length > 0 && (
        <Button size="small" look="bare" onPress={() => setMode('manage')}>
          {t('findings.manageTemplates')}
        </Button>
      )}
    </div>
  )
}
