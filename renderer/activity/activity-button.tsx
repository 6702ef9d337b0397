import { Bell } from 'lucide-react'
import { useWords } from '../i18n/use-words.ts'
import { unreadCount, useToasts } from '../state/toasts.ts'
import { useUi } from '../state/ui-store.ts'
import { IconButton } from '../ui/button.tsx'
import { useJobs } from './jobs.ts'
import './activity.css'

/** The way to jobs and messages, with how many run or wait to be read. */
export function ActivityButton() {
  const { t } = useWords()
  const running = useJobs((state) => state.running.length)
  const unread = useToasts(unreadCount)
  const open = useUi((state) => state.open)
  return (
    <span className="activity-open">
      <IconButton label={t('activity.open', { running, unread })} onPress={() => open('activity')}>
        <Bell className="icon" />
      </IconButton>
      {running + unread > 0 && (
        <span className={running > 0 ? 'activity-count running' : 'activity-count'} aria-hidden>
          {running + unread}
        </span>
      )}
    </span>
  )
}
