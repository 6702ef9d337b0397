import { useMemo, useState } from 'react'
import type { Frame } from '#core/geo/frame.ts'
import { coordinateWords, systemMaps } from '#core/map/coordinates.ts'
import { readScale, resolutionOf, scaleOf } from '#core/map/look.ts'
import type { PlanId } from '#core/model/ids.ts'
import { useWords } from '../i18n/use-words.ts'
import { useMapPlace } from '../map/map-place.ts'
import { useLook } from './use-look.ts'
import './look-bar.css'

/** Where the pointer is, or the middle of the map while it is elsewhere, in the chosen system. */
function Coordinates({ planId, frame }: { planId: PlanId; frame: Frame }) {
  const { t } = useWords()
  const { system } = useLook(planId)
  const pointer = useMapPlace((state) => state.pointer)
  const middle = useMapPlace((state) => state.sight?.centre)
  const maps = useMemo(() => system && systemMaps(frame, system), [frame, system])
  const at = pointer ?? middle
  if (!at || !maps || !system) return null
  const [east, north] = maps.toSystem(...at)
  const words = [coordinateWords(east, 'east', system.kind), coordinateWords(north, 'north', system.kind)]
  return (
    <span className="number">
      {system.kind === 'metres' ? t('map.metres', { x: words[0], y: words[1] }) : words.join(' ')}
      {pointer === null && ` (${t('look.middle')})`}
    </span>
  )
}

/** The scale of the map; a typed one takes the map there. */
function ScaleBox() {
  const { t } = useWords()
  const sight = useMapPlace((state) => state.sight)
  const go = useMapPlace((state) => state.go)
  const [typed, setTyped] = useState<string | null>(null)
  if (sight === null || go === null) return null
  const now = `1:${Math.round(scaleOf(sight.metresPerPixel))}`
  const scale = typed === null ? null : readScale(typed)
  return (
    <form
      className="place-scale"
      onSubmit={(event) => {
        event.preventDefault()
        if (scale !== null) go({ centre: sight.centre, metresPerPixel: resolutionOf(scale) })
        if (scale !== null || typed === null) setTyped(null)
      }}
    >
      <label>
        {t('look.scale')}{' '}
        <input
          className="number"
          value={typed ?? now}
          aria-invalid={typed !== null && scale === null}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={() => setTyped(null)}
        />
      </label>
    </form>
  )
}

/** The part of the status line that belongs to the map. */
export function PlaceBar({ planId, frame }: { planId: PlanId; frame: Frame }) {
  return (
    <>
      <Coordinates planId={planId} frame={frame} />
      <ScaleBox />
    </>
  )
}
