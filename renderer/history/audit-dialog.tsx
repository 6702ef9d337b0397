import { ShieldAlert, ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import type { AuditEntry } from '#core/contract/procedures.ts'
import { useRead } from '../api/use-api.tsx'
import { formatMoment } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { actionWords } from './audit-words.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'

function Action({ action }: { action: string }) {
  const { say } = useWords()
  const words = actionWords(action)
  return words ? say(words) : <span className="code">{action}</span>
}

function Entries({ entries }: { entries: readonly AuditEntry[] }) {
  const { t, lang } = useWords()
  return (
    <table className="table">
      <thead>
        <tr>
          <th className="right">{t('history.seq')}</th>
          <th>{t('history.at')}</th>
          <th>{t('history.actor')}</th>
          <th>{t('history.action')}</th>
          <th>{t('history.object')}</th>
          <th>{t('history.outcome')}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.seq}>
            <td className="right number">{entry.seq}</td>
            <td className="number nowrap">{formatMoment(entry.at, lang)}</td>
            <td>{entry.actor}</td>
            <td className="nowrap" title={entry.action}>
              <Action action={entry.action} />
              {entry.label != null && <span className="muted"> · {entry.label}</span>}
            </td>
            <td className="code">{entry.object ?? '—'}</td>
            <td>{entry.result === 'ok' ? t('history.ok') : <span className="code">{entry.result}</span>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The hash-chained log, page by page, and whether its chain still holds. */
export function AuditDialog({ onClose }: { onClose: () => void }) {
  const { t } = useWords()
  const [before, setBefore] = useState<number | null>(null)
  const { data, error, isPending, refetch } = useRead('audit.list', { before })
  const oldest = data?.entries.at(-1)?.seq
  return (
    <Dialog
      title={t('history.audit')}
      size="medium"
      reading
      onClose={onClose}
      foot={
        oldest !== undefined && oldest > 1 ? <Button onPress={() => setBefore(oldest)}>{t('history.older')}</Button> : undefined
      }
    >
      <div className="stack">
        {isPending && <p className="quiet">{t('common.loading')}</p>}
        {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
        {data && (
          <p className={data.intact ? 'notice good' : 'notice error'} aria-live="polite">
            {data.intact ? <ShieldCheck className="icon" aria-hidden /> : <ShieldAlert className="icon" aria-hidden />}
            {t(data.intact ? 'history.intact' : 'history.broken')}
          </p>
        )}
        {data &&
          (data.entries.length > 0 ? <Entries entries={data.entries} /> : <p className="quiet">{t('history.noEntries')}</p>)}
      </div>
    </Dialog>
  )
}
