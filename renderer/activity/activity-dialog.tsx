import { BellOff, CircleAlert, CircleCheck, CircleSlash, ListChecks } from 'lucide-react'
import { useEffect } from 'react'
import { fromWire } from '#core/errors.ts'
import { formatFixed, formatMoment } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { useToasts, type SaidMessage } from '../state/toasts.ts'
import { useUi } from '../state/ui-store.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { JobProgress } from '../ui/job-progress.tsx'
import { jobTitle, useJobs, type EndedJob, type RunningJob } from './jobs.ts'
import './activity.css'

const OUTCOME_ICON = { done: CircleCheck, failed: CircleAlert, cancelled: CircleSlash } as const
const OUTCOME_TONE = { done: 'good', failed: 'bad', cancelled: '' } as const

/** One job that is over: what, when, how long, what became of it, and where that is. */
function EndedRow({ job }: { job: EndedJob }) {
  const { t, lang } = useWords()
  const go = useUi((state) => state.go)
  const { outcome, result } = job
  const Icon = OUTCOME_ICON[outcome]
  return (
    <li className="activity-row" data-outcome={outcome}>
      <div className="activity-line">
        <Icon className="icon" aria-hidden />
        <span className="activity-what">{t(jobTitle(job.name))}</span>
        <span className={`chip ${OUTCOME_TONE[outcome]}`}>{t(`activity.${outcome}`)}</span>
        {result && (
          <Button size="small" onPress={() => go(result)}>
            {t('activity.openResult')}
          </Button>
        )}
      </div>
      <p className="quiet number">
        {t('activity.when', {
          at: formatMoment(new Date(job.startedMs).toISOString(), lang),
          seconds: formatFixed(job.tookMs / 1000, job.tookMs < 10_000 ? 1 : 0),
        })}
      </p>
      {job.error && <ErrorNotice error={fromWire(job.error)} />}
    </li>
  )
}

const MessageRow = ({ message }: { message: SaidMessage }) => {
  const { t, lang } = useWords()
  const Icon = message.tone === 'done' ? CircleCheck : CircleAlert
  return (
    <li className="activity-row" data-tone={message.tone}>
      <div className="activity-line">
        <Icon className="icon" aria-hidden />
        <span className="activity-what">{message.text}</span>
        {!message.read && <span className="chip info">{t('activity.unread')}</span>}
      </div>
      <p className="quiet number">{formatMoment(message.at, lang)}</p>
    </li>
  )
}

interface ActivityListsProps {
  running: readonly RunningJob[]
  ended: readonly EndedJob[]
  said: readonly SaidMessage[]
}

/** The three lists: running, ended, said. */
export function ActivityLists({ running, ended, said }: ActivityListsProps) {
  const { t } = useWords()
  return (
    <div className="stack activity">
      <section aria-label={t('activity.running')}>
        <h3>{t('activity.running')}</h3>
        {running.length === 0 && <p className="quiet">{t('activity.noneRunning')}</p>}
        {running.map(({ id, name, progress, cancel }) => (
          <div key={id} className="activity-row">
            <strong>{t(jobTitle(name))}</strong>
            <JobProgress label={t(jobTitle(name))} progress={progress} onCancel={cancel} />
          </div>
        ))}
      </section>
      <section aria-label={t('activity.ended')}>
        <h3>{t('activity.ended')}</h3>
        {ended.length === 0 ? (
          <EmptyState icon={ListChecks} title={t('activity.noneEnded')}>
            <p>{t('activity.noneEndedText')}</p>
          </EmptyState>
        ) : (
          <ul>
            {ended.map((job) => (
              <EndedRow key={job.id} job={job} />
            ))}
          </ul>
        )}
      </section>
      <section aria-label={t('activity.messages')}>
        <h3>{t('activity.messages')}</h3>
        {said.length === 0 ? (
          <EmptyState icon={BellOff} title={t('activity.noMessages')}>
            <p>{t('activity.noMessagesText')}</p>
          </EmptyState>
        ) : (
          <ul>
            {said.map((message) => (
              <MessageRow key={message.id} message={message} />
            ))}
          </ul>
        )}
      </section>
    </div>
  )
}

/** One place for what runs, what ran, and every message that was shown. */
export function ActivityDialog({ onClose }: { onClose: () => void }) {
  const { t } = useWords()
  const { running, ended } = useJobs()
  const said = useToasts((state) => state.said)
  const markRead = useToasts((state) => state.markRead)
  // Read once they were on the screen: what is new keeps its mark until the list is closed.
  useEffect(() => markRead, [markRead])
  return (
    <Dialog title={t('activity.title')} size="medium" onClose={onClose} reading>
      <ActivityLists running={running} ended={ended} said={said} />
    </Dialog>
  )
}
