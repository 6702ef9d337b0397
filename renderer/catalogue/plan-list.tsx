import { EllipsisVertical, GitCompareArrows, Map as MapIcon, PackageCheck, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import type { PlanSummary } from '#core/model/plan.ts'
import { judgedPercent } from '#core/review/words.ts'
import { useCommand } from '../api/use-api.tsx'
import { formatArea, formatCount, formatDay, formatScore } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { useSettings } from '../settings/use-settings.ts'
import { useToasts } from '../state/toasts.ts'
import { openingRoute } from '../orientation/opening.ts'
import { ExportDialog } from '../share/export-dialog.tsx'
import { routeHash } from '../state/route.ts'
import { useUi } from '../state/ui-store.ts'
import { IconButton } from '../ui/button.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { planName } from '../format/plan-name.ts'

function ScoreChip({ plan }: { plan: PlanSummary }) {
  const { t, lang } = useWords()
  if (plan.total === null) return <span className="chip">{t('catalogue.notScored')}</span>
  return (
    <span className="score-cell">
      <strong className="number">{formatScore(plan.total, lang)}</strong>
      <span className="quiet number">{t('catalogue.coverage', { percent: judgedPercent(plan.coverage ?? 0, lang) })}</span>
      {plan.stale !== undefined && (
        <span className="chip warn" title={t('catalogue.staleText', { count: plan.stale })}>
          {t('catalogue.stale', { count: plan.stale })}
        </span>
      )}
    </span>
  )
}

interface PlanRowProps {
  plan: PlanSummary
  onRemove: (plan: PlanSummary) => void
  onShare: (plan: PlanSummary) => void
}

function PlanRow({ plan, onRemove, onShare }: PlanRowProps) {
  const { t, lang } = useWords()
  const { areaUnit } = useSettings()
  const go = useUi((state) => state.go)
  const name = planName(plan, lang)
  const contents = [
    t('catalogue.layers', { count: plan.layers }),
    t('catalogue.features', { count: plan.features, formatted: formatCount(plan.features, lang) }),
    ...(plan.areaM2 === null ? [] : [formatArea(plan.areaM2, areaUnit, lang)]),
  ]
  return (
    <li className="card plan-row">
      <span className="plan-icon">
        <MapIcon className="icon" aria-hidden />
      </span>
      <div className="plan-names">
        <a className="plan-link" href={routeHash(openingRoute(plan))}>
          {name}
        </a>
        <span className="quiet">
          {plan.cityName ?? t('common.notSet')}
          {plan.round !== undefined && ` · ${t('catalogue.round', { number: plan.round })}`}
        </span>
      </div>
      <div className="plan-contents number">
        <span>{contents.join(' · ')}</span>
        <span className="quiet">
          {t('catalogue.imported')} {formatDay(plan.importedAt, lang)}
        </span>
      </div>
      <ScoreChip plan={plan} />
      <MenuTrigger>
        <IconButton label={t('catalogue.actionsFor', { name })}>
          <EllipsisVertical className="icon" />
        </IconButton>
        <Popover className="popover" placement="bottom end">
          <Menu
            className="menu"
            onAction={(action) => {
              if (action === 'compare') go({ page: 'compare', planId: plan.id, beforeId: null })
              else if (action === 'share') onShare(plan)
              else onRemove(plan)
            }}
          >
            <MenuItem id="compare" className="menu-item" textValue={t('compare.menu')}>
              <GitCompareArrows className="icon" aria-hidden />
              {t('compare.menu')}
            </MenuItem>
            <MenuItem id="share" className="menu-item" textValue={t('share.export')}>
              <PackageCheck className="icon" aria-hidden />
              {t('share.export')}
            </MenuItem>
            <MenuItem id="remove" className="menu-item danger" textValue={t('catalogue.remove')}>
              <Trash2 className="icon" aria-hidden />
              {t('catalogue.remove')}
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
    </li>
  )
}

/** The plans, newest first. Removing can be taken back at once, so it asks nothing. */
export function PlanList({ plans }: { plans: readonly PlanSummary[] }) {
  const { t, lang } = useWords()
  const remove = useCommand('plans.remove')
  const undo = useCommand('history.undo')
  const toast = useToasts((state) => state.add)
  const [shared, setShared] = useState<PlanSummary | null>(null)
  const take = async (plan: PlanSummary) => {
    if (!(await remove.run({ planId: plan.id }))) return
    toast({
      tone: 'done',
      text: t('catalogue.removed', { name: planName(plan, lang) }),
      action: { label: t('common.undo'), run: () => void undo.run({}) },
    })
  }
  return (
    <>
      {remove.error !== null && <ErrorNotice error={remove.error} onDismiss={remove.reset} />}
      {undo.error !== null && <ErrorNotice error={undo.error} onDismiss={undo.reset} />}
      <ul className="plan-list">
        {plans
          .toSorted((a, b) => b.importedAt.localeCompare(a.importedAt))
          .map((plan) => (
            <PlanRow key={plan.id} plan={plan} onRemove={(gone) => void take(gone)} onShare={setShared} />
          ))}
      </ul>
      {shared && <ExportDialog plan={shared} onClose={() => setShared(null)} />}
    </>
  )
}
