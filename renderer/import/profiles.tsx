import { BookmarkPlus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { ImportDraft } from '#core/intake/draft.ts'
import { profileOf } from '#core/intake/profiles.ts'
import { roleInfo } from '#core/model/roles.ts'
import { useCommand, useRead } from '../api/use-api.tsx'
import { formatDay } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { useToasts } from '../state/toasts.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { TextField } from '../ui/fields.tsx'

/** Saves the answers under a name, for files of the same kind; and takes saved ones away. */
export function ProfilesDialog({ draft, onClose }: { draft: ImportDraft; onClose: () => void }) {
  const { t, lang, say } = useWords()
  const toast = useToasts((state) => state.add)
  const saved = useRead('profiles.list', {})
  const save = useCommand('profiles.save')
  const remove = useCommand('profiles.remove')
  const [name, setName] = useState('')
  const [profile, setProfile] = useState(() => profileOf('', draft.layers))
  const start = async () => {
    const done = await save.run({ ...profile, name: name.trim() })
    if (!done) return
    toast({ tone: 'done', text: t('importing.profileSaved', { name: name.trim() }) })
    onClose()
  }
  const error = save.error ?? remove.error
  const setPattern = (index: number, pattern: string) =>
    setProfile((now) => ({ ...now, rules: now.rules.map((rule, at) => (at === index ? { ...rule, pattern } : rule)) }))
  const ready = name.trim() !== '' && profile.rules.length > 0 && profile.rules.every(({ pattern }) => pattern.trim() !== '')
  return (
    <Dialog
      title={t('importing.profileSave')}
      size="medium"
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" onPress={() => void start()} isDisabled={!ready || save.busy}>
            {t('common.save')}
          </Button>
        </>
      }
    >
      <div className="stack" data-own-undo>
        {error !== null && <ErrorNotice error={error} />}
        <TextField label={t('importing.profileName')} value={name} onChange={setName} focusFirst required />
        <section>
          <h4>{t('importing.profileRules')}</h4>
          <ul className="profile-rules">
            {profile.rules.map((rule, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- rules keep their order; their patterns are what is edited
              <li key={index}>
                <TextField
                  label={t('importing.profilePattern', { role: say(roleInfo(rule.role).title) })}
                  value={rule.pattern}
                  onChange={(pattern) => setPattern(index, pattern)}
                />
                <p className="guess">
                  {[say(roleInfo(rule.role).title), rule.encoding, ...Object.values(rule.fields)].filter(Boolean).join(' · ')}
                </p>
              </li>
            ))}
          </ul>
          {profile.rules.length === 0 && <p className="quiet">{t('importing.profileNone')}</p>}
        </section>
        {saved.data && saved.data.length > 0 && (
          <section>
            <h4>{t('importing.profilesSaved')}</h4>
            <ul className="profile-list">
              {saved.data.map((one) => (
                <li key={one.id}>
                  <span>{one.name}</span>
                  <span className="quiet">{formatDay(one.at, lang)}</span>
                  <IconButton
                    size="small"
                    label={t('importing.profileRemove', { name: one.name })}
                    onPress={() => void remove.run({ profileId: one.id })}
                    isDisabled={remove.busy}
                  >
                    <Trash2 className="icon" />
                  </IconButton>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </Dialog>
  )
}

/** The door to it. */
export function ProfilesButton({ draft }: { draft: ImportDraft }) {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button size="small" onPress={() => setOpen(true)}>
        <BookmarkPlus className="icon" aria-hidden />
        {t('importing.profileSave')}
      </Button>
      {open && <ProfilesDialog draft={draft} onClose={() => setOpen(false)} />}
    </>
  )
}
