import { FolderPlus, ShieldPlus, X } from 'lucide-react'
import { commonNameOf } from '#core/sign/common-name.ts'
import { useCommand, useRead } from '../api/use-api.tsx'
import { useChooseFiles } from '../api/use-choose-files.ts'
import { useWords } from '../i18n/use-words.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'

/** The roots by which an office judges whose signatures it believes. */
export function TrustedRoots() {
  const { t } = useWords()
  const choose = useChooseFiles()
  const roots = useRead('sign.roots', {})
  const add = useCommand('sign.addRoots')
  const remove = useCommand('sign.removeRoot')
  const choosing = async (what: 'files' | 'folder') => {
    const files = await choose.pick(what, '.pem,.crt,.cer,.der')
    if (files !== null && (await add.run({ files }))) await roots.refetch()
  }
  const removing = async (fingerprint: string) => {
    if (await remove.run({ fingerprint })) await roots.refetch()
  }
  const busy = add.busy || remove.busy || choose.busy
  const error = choose.error ?? add.error ?? remove.error ?? roots.error
  const list = roots.data ?? []
  return (
    <section className="field">
      <span className="field-label">{t('sign.roots')}</span>
      {list.length === 0 && <p className="quiet">{t('sign.noRoots')}</p>}
      {list.map(({ subject, fingerprint, validTo }) => (
        <span key={fingerprint} className="row">
          <span>
            {commonNameOf(subject)}{' '}
            <span className="code quiet">
              {fingerprint.slice(0, 16)}… · {validTo.slice(0, 10)}
            </span>
          </span>
          <IconButton
            label={t('sign.removeRoot', { name: commonNameOf(subject) })}
            onPress={() => void removing(fingerprint)}
            isDisabled={busy}
          >
            <X className="icon" />
          </IconButton>
        </span>
      ))}
      <div className="row row-wrap">
        <Button onPress={() => void choosing('files')} isDisabled={busy}>
          <ShieldPlus className="icon" aria-hidden />
          {t('sign.addRoots')}
        </Button>
        <Button onPress={() => void choosing('folder')} isDisabled={busy}>
          <FolderPlus className="icon" aria-hidden />
          {t('sign.addFolder')}
        </Button>
      </div>
      <p className="field-hint">{t('sign.rootsHint')}</p>
      {error != null && <ErrorNotice error={error} />}
    </section>
  )
}
