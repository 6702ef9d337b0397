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
import { BlinkControls, TwoColourKey } from './over-controls.tsx'
import { SwipeHandle } from './swipe-handle.tsx'
import { useBlink } from './use-blink.ts'
import './side-by-side.css'
import './twin-over.css'

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

type Mode = 'side' | 'swipe' | 'overlay' | 'blink'

/**
 * Two maps that always show the same place: beside each other, or one over the other with a line to drag between them, in two colours that
 * only differ where the maps do, or in turns.
 */
export function TwinMaps({ before, after, highlights, children }: TwinMapsProps) {
  const { t, lang } = useWords()
  const [mode, setMode] = useState<Mode>('side')
  const [percent, setPercent] = useState(50)
  const link = useMemo(() => new MapLink(), [])
  const isSwipe = mode === 'swipe'
  const isOver = mode !== 'side'
  const blink = useBlink(mode === 'blink')
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
      identify={!isOver}
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
            { id: 'overlay', label: t('sides.overlay') },
            { id: 'blink', label: t('sides.blink') },
          ]}
          onChange={setMode}
        />
        {mode === 'overlay' && <TwoColourKey before={before.title} after={after.title} />}
        {mode === 'blink' && <BlinkControls blink={blink} shown={blink.isAfter ? after.title : before.title} />}
        {children}
      </header>
      <div className={isOver ? `twin twin-swipe twin-${mode}` : 'twin twin-side'}>
        <div className="twin-half map-sheet">
          {half(before, false)}
          <span className="twin-title">{before.title}</span>
        </div>
        <div
          className={mode === 'blink' && !blink.isAfter ? 'twin-half map-sheet twin-hidden' : 'twin-half map-sheet'}
          style={isSwipe ? { clipPath: `inset(0 0 0 ${percent}%)` } : undefined}
        >
          {half(after, isOver)}
          <span className="twin-title twin-after">{after.title}</span>
        </div>
        {isOver && <NorthArrow />}
        {isSwipe && <SwipeHandle percent={percent} onMove={setPercent} />}
      </div>
    </section>
  )
}
