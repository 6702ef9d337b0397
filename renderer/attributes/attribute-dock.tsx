import { lazy, Suspense, useEffect, type ReactNode } from 'react'
import { Group, Panel, Separator } from 'react-resizable-panels'
import type { PlanId } from '#core/model/ids.ts'
import { useWords } from '../i18n/use-words.ts'
import { useKeptLook } from '../workbench/use-look.ts'
import { useAttributes } from './attribute-store.ts'
import './dock.css'

/** Fetched when the table is first opened. */
const AttributePanel = lazy(async () => ({ default: (await import('./attribute-panel.tsx')).AttributePanel }))

/** What lies above, with the attribute table wide under it while it is open; where nothing lies above, the table has all the room. */
export function AttributeDock({ planId, children }: { planId: PlanId; children: ReactNode }) {
  const { t } = useWords()
  const isOpen = useAttributes((state) => state.isOpen)
  const isOfPlan = useAttributes((state) => state.planId === planId)
  // Here, because the table is there also while the map is in another window.
  useKeptLook(planId)
  useEffect(() => useAttributes.getState().begin(planId), [planId])
  if (children === null) {
    return (
      isOpen &&
      isOfPlan && (
        <Suspense fallback={<p className="panel-wait quiet">{t('common.loading')}</p>}>
          <AttributePanel planId={planId} />
        </Suspense>
      )
    )
  }
  return (
    <Group className="attribute-dock" orientation="vertical" id="attribute-dock">
      <Panel id="attributes-above" className="attributes-above" minSize="120px">
        {children}
      </Panel>
      {isOpen && isOfPlan && (
        <>
          <Separator className="divider across" aria-label={t('common.resize')} />
          <Panel id="attributes-below" className="attributes-below" defaultSize="46%" minSize="170px">
            <Suspense fallback={<p className="panel-wait quiet">{t('common.loading')}</p>}>
              <AttributePanel planId={planId} />
            </Suspense>
          </Panel>
        </>
      )}
    </Group>
  )
}
