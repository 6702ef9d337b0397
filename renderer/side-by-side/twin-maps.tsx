import { useMemo, useState } from 'react'
import type { MapSetup } from '#core/contract/map-data.ts'
import type { LayerId, PlanId } from '#core/model/ids.ts'
import { useWords } from '../i18n/use-words.ts'
import { NorthArrow } from '../map/map-furniture.tsx'
import { MapLink } from '../map/map-link.ts'
import type { OverlayShape } from '../map/map-props.ts'
import type { Highlight } from '../state/ui-store.ts'
import { Segmented } from '../ui/segmented.tsx'
import { MapSlot } from '../workbench/map-slot.tsx'
import { SwipeHandle } from './swipe-handle.tsx'
import './side-by-side.css'

/** One of the two maps. */
export interface Half {
  planId: PlanId
  setup: MapSetup
  /** "2020 年现状", "Plan 2035". */
  title: string
  visible: ReadonlySet<LayerId>
  overlay?: readonly OverlayShape[]
}

interface TwinMapsProps {
  before: Half
  after: Half
  highlights: readonly Highlight[]
  children?: React.ReactNode
}

type Mode = 'side' | 'swipe'

/** Two maps that always show the same place: beside each other, or one over the other with a line to drag between them. */
export function TwinMaps({ before, after, highlights, children }: TwinMapsProps) {
  const { t, lang } = useWords()
  const [mode, setMode] = useState<Mode>('side')
  const [percent, setPercent] = useState(50)
  const link = useMemo(() => new MapLink(), [])
  const isSwipe = mode === 'swipe'
  const half = (of: Half, bare: boolean) => (
    <MapSlot
      planId={of.planId}
      setup={of.setup}
      visibleLayers={of.visible}
      highlights={highlights}
      {...(of.overlay ? { overlay: of.overlay } : {})}
      link={link}
      label={t('sides.mapOf', { title: of.title })}
      bare={bare}
      identify={!isSwipe}
      lang={lang}
    />
  )
  return (
    <section className="twin-frame" data-desk-panel tabIndex={-1} aria-label={t('sides.maps')}>
      <header className="twin-head">
        <Segmented
          label={t('sides.mode')}
          value={mode}
          segments={[
            { id: 'side', label: t('sides.side') },
            { id: 'swipe', label: t('sides.swipe') },
          ]}
          onChange={setMode}
        />
        {children}
      </header>
      <div className={`twin twin-${mode}`}>
        <div className="twin-half map-sheet">
          {half(before, false)}
          <span className="twin-title">{before.title}</span>
        </div>
        <div className="twin-half map-sheet" style={isSwipe ? { clipPath: `inset(0 0 0 ${percent}%)` } : undefined}>
          {half(after, isSwipe)}
          <span className="twin-title twin-after">{after.title}</span>
        </div>
        {isSwipe && <NorthArrow />}
        {isSwipe && <SwipeHandle percent={percent} onMove={setPercent} />}
      </div>
    </section>
  )
}
