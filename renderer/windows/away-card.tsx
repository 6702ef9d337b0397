import { AppWindow, Undo2 } from 'lucide-react'
import type { PlanId } from '#core/model/ids.ts'
import { useWords } from '../i18n/use-words.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/fields.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { bringBack, sayToWindow } from './use-windows.ts'
import { useWindows } from './windows-store.ts'
import './windows.css'

/** Says which panel stands in the second window, and brings it back; or why no window came. */
export function AwayBar({ planId }: { planId: PlanId }) {
  const { t } = useWords()
  const { away, isHereToo, isFollowing, error } = useWindows()
  return (
    <div aria-live="polite" className="away-live" data-plan={planId}>
      {error !== null && <ErrorNotice error={error} onDismiss={() => useWindows.setState({ error: null })} />}
      {away !== null && (
        <div className="away-bar" role="region" aria-label={t('windows.second')}>
          <AppWindow className="icon" aria-hidden />
          <span>{t(`windows.away_${away}`)}</span>
          <Button size="small" onPress={bringBack}>
            <Undo2 className="icon" aria-hidden />
            {t('windows.bringBack')}
          </Button>
          <Button size="small" look="link" onPress={() => sayToWindow({ kind: 'focus' })}>
            {t('windows.toFront')}
          </Button>
          {away === 'map' && (
            <Checkbox isSelected={isHereToo} onChange={(on) => useWindows.setState({ isHereToo: on })}>
              {t('windows.hereToo')}
            </Checkbox>
          )}
          {away === 'map' && isHereToo && (
            <Checkbox isSelected={isFollowing} onChange={(on) => useWindows.setState({ isFollowing: on })}>
              {t('windows.follow')}
            </Checkbox>
          )}
        </div>
      )}
    </div>
  )
}
