import { Layers, Map as MapIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { TabbedPanel } from '../ui/tabbed-panel.tsx'
import { useOverlays } from './overlay-store.ts'

/** The left side of the desk: the plan's layers, or analyses drawn over them. */
export function SidePanel({ layers, overlays }: { layers: ReactNode; overlays: ReactNode }) {
  const { t } = useWords()
  const panel = useOverlays((state) => state.panel)
  const show = useOverlays((state) => state.showPanel)
  const count = useOverlays((state) => state.choices.shown.length)
  return (
    <TabbedPanel
      label={t('overlays.sides')}
      chosen={panel}
      onChoose={show}
      tabs={[
        { id: 'layers', icon: Layers, title: t('overlays.layers'), content: layers },
        { id: 'overlays', icon: MapIcon, title: t('overlays.title'), count, content: overlays },
      ]}
    />
  )
}
