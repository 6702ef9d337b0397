import { ArrowLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { QuickSettings } from '../settings/quick-settings.tsx'
import type { Route } from '../state/route.ts'
import { useUi } from '../state/ui-store.ts'
import { IconButton } from './button.tsx'

interface TopBarProps {
  title: string
  subtitle?: string | undefined
  /** Where the arrow leads, and in other words than "back" where it helps. */
  back: Route
  backLabel?: string
  /** What this screen can do, between the title and language and theme. */
  children?: ReactNode
}

/** The way back, what this screen is, what it can do, language and theme: the head of every screen but the first. */
export function TopBar({ title, subtitle, back, backLabel, children }: TopBarProps) {
  const { t } = useWords()
  const go = useUi((state) => state.go)
  return (
    <header className="topbar">
      <IconButton label={backLabel ?? t('common.back')} onPress={() => go(back)}>
        <ArrowLeft className="icon" />
      </IconButton>
      <div className="topbar-plan">
        <h1 title={title}>{title}</h1>
        {subtitle !== undefined && (
          <span className="quiet" title={subtitle}>
            {subtitle}
          </span>
        )}
      </div>
      <span className="spacer" />
      {children}
      <span className="topbar-settings">
        <QuickSettings />
      </span>
    </header>
  )
}
