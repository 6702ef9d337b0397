import { Fragment, type ReactNode } from 'react'
import { Group, Panel, Separator } from 'react-resizable-panels'
import { useWords } from '../i18n/use-words.ts'
import { useNarrow } from './use-narrow.ts'

/** One panel of a desk. Exactly one of them should have no `size`: it takes the room that the others leave. */
export interface DeskPanel {
  id: string
  content: ReactNode
  /** What it is laid out as: a sheet that needs a height of its own where panels are stacked, or a list that needs little. */
  kind?: 'map' | 'nav'
  /** Wide at first, "250px" or "34%"; a width in pixels stays when the window changes. */
  size?: string
  least: string
  most?: string
  /** Where panels are stacked, the lowest comes first; as they stand where it is left out. */
  stackedAt?: number
}

interface DeskProps {
  id: string
  panels: readonly DeskPanel[]
}

const paneClass = ({ kind }: DeskPanel) => (kind === undefined ? 'pane' : `pane ${kind}-pane`)

/** Panels side by side, each as wide as its reader likes; one above the other where there is no room. */
export function Desk({ id, panels }: DeskProps) {
  const { t } = useWords()
  const narrow = useNarrow()
  if (narrow) {
    const placeOf = (panel: DeskPanel) => panel.stackedAt ?? panels.indexOf(panel)
    return (
      <div className={`desk-stack ${id}`}>
        {panels
          .toSorted((a, b) => placeOf(a) - placeOf(b))
          .map((panel) => (
            <div key={panel.id} className={paneClass(panel)}>
              {panel.content}
            </div>
          ))}
      </div>
    )
  }
  return (
    <Group className={`desk ${id}`} orientation="horizontal" id={id}>
      {panels.map((panel, index) => (
        <Fragment key={panel.id}>
          {index > 0 && <Separator className="divider" aria-label={t('common.resize')} />}
          <Panel
            id={panel.id}
            className={paneClass(panel)}
            minSize={panel.least}
            {...(panel.most === undefined ? {} : { maxSize: panel.most })}
            {...(panel.size === undefined ? {} : { defaultSize: panel.size })}
            {...(panel.size?.endsWith('px') ? { groupResizeBehavior: 'preserve-pixel-size' as const } : {})}
          >
            {panel.content}
          </Panel>
        </Fragment>
      ))}
    </Group>
  )
}
