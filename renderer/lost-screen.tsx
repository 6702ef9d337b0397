import { Unplug } from 'lucide-react'
import { useWords } from './i18n/use-words.ts'
import { Button } from './ui/button.tsx'
import { errorSentences } from './ui/error-notice.tsx'

interface LostScreenProps {
  connecting: boolean
  /** Why connecting failed; null when an open conversation broke off. */
  error: unknown
  onReconnect: () => void
}

/** Nothing works without the backend, so this takes the whole window and offers the one thing that helps. */
export function LostScreen({ connecting, error, onReconnect }: LostScreenProps) {
  const { t, lang } = useWords()
  if (connecting) {
    return (
      <main className="lost">
        <p className="quiet" aria-live="polite">
          {t('lost.connecting')}
        </p>
      </main>
    )
  }
  const words =
    error === null ? { title: t('lost.title'), cause: t('lost.cause'), next: t('lost.next') } : errorSentences(error, lang)
  return (
    <main className="lost">
      <div className="lost-card" role="alert">
        <Unplug className="icon" strokeWidth={1.5} aria-hidden />
        <h1>{words.title}</h1>
        <p>{words.cause}</p>
        <p className="quiet">{words.next}</p>
        <Button look="primary" size="large" onPress={onReconnect}>
          {t('lost.reconnect')}
        </Button>
      </div>
    </main>
  )
}
