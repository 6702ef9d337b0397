import { CircleAlert, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { AppError, describeError } from '#core/errors.ts'
import type { UserMessage } from '#core/errors/message.ts'
import type { Lang } from '#core/text.ts'
import { shownText } from '../i18n/pseudo.ts'
import { useWords } from '../i18n/use-words.ts'
import { Button, IconButton } from './button.tsx'

/** The sentences of any failure; what is not expected is a bug of this screen and says so. */
export function errorSentences(error: unknown, lang: Lang): UserMessage {
  const expected = error instanceof AppError ? error : new AppError('host.bug', { ref: 'screen' })
  const { title, cause, next } = describeError(expected.toWire(), lang)
  return { title: shownText(title), cause: shownText(cause), next: shownText(next) }
}

interface ErrorNoticeProps {
  error: unknown
  onRetry?: () => void
  onDismiss?: () => void
  children?: ReactNode
}

/** The one way a failure looks: what happened, why, what to do next. */
export function ErrorNotice({ error, onRetry, onDismiss, children }: ErrorNoticeProps) {
  const { t, lang } = useWords()
  const { title, cause, next } = errorSentences(error, lang)
  return (
    <div className="notice error" role="alert">
      <CircleAlert className="icon" aria-hidden />
      <div className="notice-body">
        <strong>{title}</strong>
        <p>{cause}</p>
        <p className="notice-next">{next}</p>
        {children}
        {onRetry && (
          <Button size="small" onPress={onRetry}>
            {t('common.retry')}
          </Button>
        )}
      </div>
      {onDismiss && (
        <IconButton size="small" label={t('common.dismiss')} onPress={onDismiss}>
          <X className="icon" />
        </IconButton>
      )}
    </div>
  )
}
