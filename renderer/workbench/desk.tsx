import type { ReactNode } from 'react'
import { Group, Panel, Separator } from 'react-resizable-panels'
import { useWords } from '../i18n/use-words.ts'
import { useNarrow } from '../ui/use-narrow.ts'

interface DeskProps {
  layers: ReactNode
  map: ReactNode
  review: ReactNode
}

/** Three panels side by side, each as wide as its reader likes; one above the other where there is no room. */
export function Desk({ layers, map, review }: DeskProps) {
  const { t } = useWords()
  const narrow = useNarrow()
  if (narrow) {
    return (
      <div className="desk-stack">
        <div className="pane map-pane">{map}</div>
        <div className="pane">{review}</div>
        <div className="pane">{layers}</div>
      </div>
    )
  }
  return (
    <Group className="workbench" orientation="horizontal" id="workbench">
      <Panel
        id="layers"
        className="pane"
        defaultSize="250px"
        minSize="170px"
        maxSize="420px"
        groupResizeBehavior="preserve-pixel-size"
      >
        {layers}
      </Panel>
      <Separator className="divider" aria-label={t('common.resize')} />
      <Panel id="map" className="pane map-pane" minSize="240px">
        {map}
      </Panel>
      <Separator className="divider" aria-label={t('common.resize')} />
      <Panel id="review" className="pane" defaultSize="440px" minSize="340px" groupResizeBehavior="preserve-pixel-size">
        {review}
      </Panel>
    </Group>
  )
}
