import { CircleAlert, CircleCheck, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { useToasts, type Toast } from '../state/toasts.ts'
import { Button, IconButton } from './button.tsx'

const STAYS_MS = 5000

/** One message; stays while the pointer or the focus is on it. */
function ToastCard({ toast }: { toast: Toast }) {
  const { t } = useWords()
  const dismiss = useToasts((state) => state.dismiss)
  const held = useRef(false)
  useEffect(() => {
    const timer = setInterval(() => {
      if (!held.current) dismiss(toast.id)
    }, STAYS_MS)
    return () => clearInterval(timer)
  }, [toast.id, dismiss])
  const hold = (value: boolean) => () => {
    held.current = value
  }
  const Icon = toast.tone === 'done' ? CircleCheck : CircleAlert
  return (
    // Pointer and focus only hold the timer; nothing is done by them.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <li
      className={`toast ${toast.tone}`}
      onPointerEnter={hold(true)}
      onPointerLeave={hold(false)}
      onFocus={hold(true)}
      onBlur={hold(false)}
    >
      <Icon className="icon" aria-hidden />
      <div className="toast-body">{toast.text}</div>
      {toast.action && (
        <Button
          look="link"
          onPress={() => {
            toast.action?.run()
            dismiss(toast.id, true)
          }}
        >
          {toast.action.label}
        </Button>
      )}
      <IconButton size="small" label={t('common.dismiss')} onPress={() => dismiss(toast.id, true)}>
        <X className="icon" />
      </IconButton>
    </li>
  )
}

/** The corner where messages appear; announced to screen readers as they come. */
export function Toasts() {
  const { t } = useWords()
  const toasts = useToasts((state) => state.toasts)
  return (
    <section aria-label={t('common.notifications')} aria-live="polite" data-react-aria-top-layer="true">
      <ul className="toasts">
        {toasts.map((toast) => (
          <ToastCard key={toast.id} toast={toast} />
        ))}
      </ul>
    </section>
  )
}
