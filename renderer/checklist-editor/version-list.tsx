import { Button as AriaButton } from 'react-aria-components'
import type { ChecklistVersion } from '#core/contract/office-procedures.ts'
import { useRead } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import { Button } from '../ui/button.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { ChangeList } from './change-list.tsx'

interface VersionListProps {
  versions: readonly ChecklistVersion[]
  chosen: string
  onChoose: (version: string) => void
}

/** Every version that this catalogue knows, the current one first. */
export function VersionList({ versions, chosen, onChoose }: VersionListProps) {
  const { t } = useWords()
  return (
    <section className="panel-scroll editor-nav" aria-label={t('checklists.versions')}>
      <h2>{t('checklists.versions')}</h2>
      <ul>
        {versions.map(({ version, origin, items, isCurrent }) => (
          <li key={`${origin} ${version}`}>
            <AriaButton className="editor-row" data-chosen={chosen === version || undefined} onPress={() => onChoose(version)}>
              <span className="item-title">
                <strong className="number">{version}</strong>{' '}
                <span className="quiet">
                  {t(`checklists.origin_${origin}`)} · {t('checklists.itemCount', { count: items })}
                </span>
              </span>
              {isCurrent && <span className="chip good">{t('checklists.current')}</span>}
            </AriaButton>
          </li>
        ))}
      </ul>
    </section>
  )
}

interface VersionViewProps {
  checklistId: string
  versions: readonly ChecklistVersion[]
  chosen: string
  onOpen: (version: string) => void
}

/** One version as it is: what it changed against the one before, and the way to a new one. */
export function VersionView({ checklistId, versions, chosen, onOpen }: VersionViewProps) {
  const { t, say } = useWords()
  const at = versions.findIndex(({ version }) => version === chosen)
  const [here, older] = [versions[at], versions[at + 1]]
  const asked = { checklistId, before: older?.version ?? '', after: chosen }
  const changes = useRead('checklists.compare', asked, { enabled: older !== undefined })
  if (here === undefined) return null
  return (
    <div className="panel-scroll">
      <div className="editor-form">
        <header className="row row-wrap">
          <h2>{t('checklists.versionOf', { version: here.version })}</h2>
          <span className="chip">{t(`checklists.origin_${here.origin}`)}</span>
          {here.isCurrent && <span className="chip good">{t('checklists.current')}</span>}
        </header>
        <p>{say(here.title)}</p>
        <div>
          <Button look="primary" onPress={() => onOpen(here.version)}>
            {t('checklists.openAsDraft')}
          </Button>
        </div>
        {older && (
          <section className="detail-part" aria-label={t('checklists.changesSince', { version: older.version })}>
            <h4>{t('checklists.changesSince', { version: older.version })}</h4>
            {changes.error !== null && <ErrorNotice error={changes.error} onRetry={() => void changes.refetch()} />}
            {changes.data && <ChangeList changes={changes.data} />}
          </section>
        )}
      </div>
    </div>
  )
}
