import { useEffect, useRef } from 'react'
import type { MapSetup } from '#core/contract/map-data.ts'
import { applyMapping, corners } from '#core/geo/sheet-fit.ts'
import type { PlanId } from '#core/model/ids.ts'
import { useClient, useRead } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import type { LaidSheet } from '../map/draw-sheet.ts'
import { MapTools } from '../map/map-furniture.tsx'
import type { Pin } from '../map/pins.ts'
import { PlanOlMap } from '../map/plan-ol-map.ts'
import 'ol/ol.css'
import '../map/map.css'

interface PlaceMapProps {
  planId: PlanId
  setup: MapSetup
  /** The sheet as it would lie; null while nothing fixes it. */
  laid: LaidSheet | null
  /** Moves to the sheet when it is first laid: its place came from the file and may be anywhere. */
  follow: boolean
  pins: readonly Pin[]
  onPick: (at: [number, number]) => void
}

function extentOf({ mapping, width, height }: LaidSheet): [number, number, number, number] {
  const places = corners({ width, height }).map(([x, y]) => applyMapping(mapping)(x, y))
  const [xs, ys] = [places.map(([x]) => x), places.map(([, y]) => y)]
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
}

/** The plan's map beside the sheet: takes places, and shows the sheet where it would lie. */
export function PlaceMap({ planId, setup, laid, follow, pins, onPick }: PlaceMapProps) {
  const { t } = useWords()
  const client = useClient()
  const basemap = useRead('basemap.get', {}).data
  const target = useRef<HTMLDivElement>(null)
  const map = useRef<PlanOlMap | null>(null)
  const picked = useRef(onPick)
  const followed = useRef(false)
  useEffect(() => {
    picked.current = onPick
  }, [onPick])
  useEffect(() => {
    if (!target.current) return
    const made = new PlanOlMap(target.current, client, planId, setup, {
      pointer: () => undefined,
      resolution: () => undefined,
      tile: () => undefined,
      picked: (at) => picked.current(at),
    })
    map.current = made
    return () => {
      made.destroy()
      map.current = null
    }
  }, [client, planId, setup])
  useEffect(() => map.current?.setBasemap(basemap ?? null), [basemap, client, planId, setup])
  useEffect(() => map.current?.setPins(pins), [pins, client, planId, setup])
  useEffect(() => {
    map.current?.setSheets(laid ? [laid] : [])
    if (laid && follow && !followed.current) {
      map.current?.showPart(extentOf(laid))
      followed.current = true
    }
  }, [laid, follow, client, planId, setup])
  return (
    <div className="sheet-map">
      <div
        ref={target}
        className="map-canvas"
        role="application"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- an application region takes keys itself, like the map of the plan
        tabIndex={0}
        aria-label={t('sheets.map')}
        data-drawn="no"
      />
      <MapTools onZoom={(factor) => map.current?.zoomBy(factor)} onWhole={() => map.current?.showWhole()} />
    </div>
  )
}
