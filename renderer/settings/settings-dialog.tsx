import { DatabaseBackup, ListChecks } from 'lucide-react'
import { useState } from 'react'
import type { Settings } from '#core/contract/procedures.ts'
import { useCommand, useRead } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import { useToasts } from '../state/toasts.ts'
import { useUi } from '../state/ui-store.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { TrustedRoots } from '../sign/trusted-roots.tsx'
import { TextField } from '../ui/fields.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { Looks } from './looks.tsx'
import { useChangeSettings, useSettings } from './use-settings.ts'

/** Makes a verified copy of the catalogue on demand. */
function BackupNow() {
  const { t } = useWords()
  const backup = useCommand('backup.now')
  const toast = useToasts((state) => state.add)
  const run = async () => {
    const made = await backup.run({})
    if (made) toast({ tone: 'done', text: t('settings.backupDone', { file: made.output.fileName }) })
  }
  return (
    <section className="field">
      <span className="field-label">{t('settings.backup')}</span>
      <div>
        <Button onPress={() => void run()} isDisabled={backup.busy}>
          <DatabaseBackup className="icon" aria-hidden />
          {backup.busy ? t('common.working') : t('settings.backupNow')}
        </Button>
      </div>
      <p className="field-hint">{t('settings.backupHint')}</p>
      {backup.error !== null && <ErrorNotice error={backup.error} onDismiss={backup.reset} />}
    </section>
  )
}

/** Saves the reviewer's name when the field is left, not at every letter. */
function ReviewerName({ stored, save }: { stored: string; save: (name: string) => void }) {
  const { t } = useWords()
  const [name, setName] = useState(stored)
  return (
    <div onBlur={() => name.trim() !== stored && save(name.trim())}>
      <TextField label={t('settings.reviewer')} value={name} onChange={setName} hint={t('settings.reviewerHint')} />
    </div>
  )
}

/** The office's own checklists are kept on a screen of their own. */
function OwnChecklists() {
  const { t, say } = useWords()
  const lists = useRead('checklists.list', {}).data ?? []
  const go = useUi((state) => state.go)
  return (
    <section className="field">
      <span className="field-label">{t('checklists.openSettings')}</span>
      <div className="row row-wrap">
        {lists.map(({ id, title, version }) => (
          <Button key={id} onPress={() => go({ page: 'checklist', checklistId: id })}>
            <ListChecks className="icon" aria-hidden />
            {say(title)} <span className="quiet number">{version}</span>
          </Button>
        ))}
      </div>
    </section>
  )
}

/** The few things an office sets once. Every choice is kept as soon as it is made. */
export function SettingsDialog({ onClose }: { onClose: () => void }) {
  const { t, lang } = useWords()
  const settings = useSettings()
  const info = useRead('app.info', {})
  const { change, error, reset } = useChangeSettings()
  const toast = useToasts((state) => state.add)
  const set = async (wanted: Partial<Settings>) => {
    if (await change(wanted)) toast({ tone: 'done', text: t('settings.saved') })
  }
  return (
    <Dialog title={t('settings.title')} onClose={onClose}>
      <div className="stack settings">
        {error !== null && <ErrorNotice error={error} onDismiss={reset} />}
        <div className="field">
          <span className="field-label">{t('common.language')}</span>
          <Segmented
            label={t('common.language')}
            value={lang}
            segments={[
              { id: 'zh', label: '中文' },
              { id: 'en', label: 'English' },
            ]}
            onChange={(id) => void change({ lang: id })}
          />
        </div>
        <Looks settings={settings} change={change} set={set} />
        <ReviewerName key={settings.reviewer} stored={settings.reviewer} save={(reviewer) => void set({ reviewer })} />
        <OwnChecklists />
        <TrustedRoots />
        <BackupNow />
        {info.data && <p className="field-hint">{t('settings.version', { version: info.data.version })}</p>}
      </div>
    </Dialog>
  )
}
