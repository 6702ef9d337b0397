import { CircleCheck, Lock, ShieldCheck } from 'lucide-react'
import type { Plan } from '#core/model/plan.ts'
import { useRead, useSaving } from '../api/use-api.tsx'
import { useLookStore } from './look-store.ts'
import { PlaceBar } from './place-bar.tsx'
import { useWords } from '../i18n/use-words.ts'

/** The quiet line at the bottom: saved, local, and how figures are measured. */
export function StatusBar({ plan }: { plan: Plan | null }) {
  const { t, say } = useWords()
  const info = useRead('app.info', {})
  // How the map is looked at is kept a moment after it was changed: until then it is not saved.
  const isLookKept = !useLookStore((state) => state.isChanged) || info.data?.readOnly !== false
  const saving = useSaving() || !isLookKept
  return (
    <footer className="statusbar">
      <span className="row" aria-live="polite">
        <CircleCheck className="icon" aria-hidden />
        {t(saving ? 'common.saving' : 'common.saved')}
      </span>
      <span className="row">
        <ShieldCheck className="icon" aria-hidden />
        {t('common.offline')}
      </span>
      {info.data?.readOnly && (
        <span className="row">
          <Lock className="icon" aria-hidden />
          {info.data.readOnlyReason ? say(info.data.readOnlyReason) : t('common.readOnly')}
        </span>
      )}
      <span className="spacer" />
      {plan && <PlaceBar planId={plan.id} frame={plan.frame} />}
      {plan && <span>{t(plan.frame.kind === 'planar' ? 'workbench.framePlanar' : 'workbench.frameEqualArea')}</span>}
      {plan && <span className="number">{plan.crs}</span>}
    </footer>
  )
}
