import { Layers, Map as MapIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import { useWords } from '../i18n/use-words.ts'
import { useOverlays } from './overlay-store.ts'

/** The left side of the desk: the plan's layers, or analyses drawn over them. */
export function SidePanel({ layers, overlays }: { layers: ReactNode; overlays: ReactNode }) {
  const { t } = useWords()
  const panel = useOverlays((state) => state.panel)
  const show = useOverlays((state) => state.showPanel)
  const count = useOverlays((state) => state.choices.shown.length)
  return (
    <Tabs
      className="review-tabs"
      selectedKey={panel}
      onSelectionChange={(key) => show(key === 'overlays' ? 'overlays' : 'layers')}
    >
      <TabList className="tab-list" aria-label={t('overlays.sides')}>
        <Tab id="layers" className="tab">
          <Layers className="icon" aria-hidden />
          {t('overlays.layers')}
        </Tab>
        <Tab id="overlays" className="tab">
          <MapIcon className="icon" aria-hidden />
          {t('overlays.title')}
          {count > 0 && <span className="tab-count number">{count}</span>}
        </Tab>
      </TabList>
      <TabPanel id="layers" className="tab-panel">
        {layers}
      </TabPanel>
      <TabPanel id="overlays" className="tab-panel">
        {overlays}
      </TabPanel>
    </Tabs>
  )
}
