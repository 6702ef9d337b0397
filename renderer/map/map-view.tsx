import { useCallback, useEffect, useRef, useState } from 'react'
import { useClient, useRead } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import { drawnAt, filtersOf } from '#core/map/layer-tree.ts'
import { FRESH_LOOK } from '#core/map/look.ts'
import type { IdentifiedFeature } from '#core/contract/map-data.ts'
import { IdentifyCard } from './identify-card.tsx'
import { PointerPlace, MapTools, NorthArrow, ScaleBar } from './map-furniture.tsx'
import type { MapViewProps } from './map-props.ts'
import { PlanOlMap } from './plan-ol-map.ts'
import { useAskTools } from './use-ask-tools.ts'
import { useEditTools } from './use-edit-tools.ts'
import { useMapLook } from './use-map-look.ts'
import { useMapPlace } from './map-place.ts'
import { useMarks } from './use-marks.ts'
import { useViewTrail } from './use-view-trail.ts'
import { useSheets } from './use-sheets.ts'
import 'ol/ol.css'
import './map.css'

const WIDEST_PICK_M = 10_000
const NO_OVERLAYS: NonNullable<MapViewProps['overlays']> = []

interface Picked {
  at: [number, number]
  toleranceM: number
  /** The wish for a row of an overlay that was the last one then. */
  after: number
}

/** The plan on its own plane: tiles from the backend, evidence lit up, what lies under a click. A new plan is a new map. */
export const MapView = (props: MapViewProps) => <PlanView key={props.planId} {...props} />

function PlanView({
  planId,
  setup,
  visibleLayers,
  highlights,
  overlay,
  areas,
  overlays = NO_OVERLAYS,
  planOpacity = 1,
  overlayFocus = null,
  onOverlayPicked,
  marks,
  link,
  label,
  bare = false,
  identify = true,
  edit = null,
  ask,
  chosen,
  lang,
}: MapViewProps) {
  const { t } = useWords()
  const client = useClient()
  const settings = useRead('settings.get', {})
  const target = useRef<HTMLDivElement>(null)
  const map = useRef<PlanOlMap | null>(null)
  const [metresPerPixel, setMetresPerPixel] = useState(0)
  const [pointer, setPointer] = useState<[number, number] | null>(null)
  const [picked, setPicked] = useState<Picked | null>(null)
  const [answer, setAnswer] = useState<{ to: Picked; features: IdentifiedFeature[] } | null>(null)
  const [broken, setBroken] = useState(false)
  const focusNow = useRef(0)
  // The map is made once; whoever listens may change.
  const overlayPicked = useRef(onOverlayPicked)
  useEffect(() => {
    overlayPicked.current = onOverlayPicked
  }, [onOverlayPicked])

  const visibleNow = useRef(visibleLayers)
  useEffect(() => {
    visibleNow.current = visibleLayers
  }, [visibleLayers])
  const lookNow = useRef(chosen?.look)
  useEffect(() => {
    lookNow.current = chosen?.look
  }, [chosen])
  const marksNow = useRef(marks)
  useEffect(() => {
    marksNow.current = marks
  }, [marks])

  useEffect(() => {
    if (target.current === null) return
    const made = new PlanOlMap(target.current, client, planId, setup, {
      pointer: setPointer,
      resolution: setMetresPerPixel,
      tile: (error) => setBroken(error !== null),
      overlayPicked: (pick) => overlayPicked.current?.(pick),
      markPicked: (id) => marksNow.current?.onPicked(id),
      drawn: (step) => marksNow.current?.onStep(step),
      picked: (at, toleranceM) => setPicked({ at, toleranceM: Math.min(toleranceM, WIDEST_PICK_M), after: focusNow.current }),
    })
    map.current = made
    return () => {
      made.destroy()
      map.current = null
    }
  }, [client, planId, setup])

  useEffect(() => (link ? map.current?.link(link) : undefined), [link, client, planId, setup])

  useEditTools(map, edit, setup)
  const toView = useViewTrail(map, [client, planId, setup])
  useAskTools(map, ask, [client, planId, setup])
  const askNow = useRef(ask)
  useEffect(() => {
    askNow.current = ask
  }, [ask])

  useEffect(() => map.current?.setVisible((id) => visibleLayers.has(id)), [visibleLayers, client, planId, setup])

  useEffect(() => {
    if (overlay) map.current?.drawOver(overlay)
  }, [overlay, client, planId, setup])

  useEffect(() => {
    if (areas) map.current?.colour(areas)
  }, [areas, client, planId, setup])

  useEffect(() => map.current?.setOverlays(overlays, planOpacity), [overlays, planOpacity, client, planId, setup])

  useEffect(() => {
    map.current?.setOverlayFocus(overlayFocus)
    focusNow.current = overlayFocus?.request ?? 0
  }, [overlayFocus, overlays, client, planId, setup])

  const isDesk = chosen !== undefined
  useMapLook(map, { planId, setup, visible: visibleLayers, chosen: chosen ?? null, lang, failed: () => setBroken(true) }, [
    client,
    planId,
    setup,
  ])
  useEffect(() => {
    if (isDesk) useMapPlace.setState({ pointer })
  }, [isDesk, pointer])

  useMarks(map, marks, [client, planId, setup])

  const basemap = useRead('basemap.get', {}).data
  useEffect(() => map.current?.setBasemap(basemap ?? null), [basemap, client, planId, setup])

  const sheets = useSheets(planId)
  useEffect(() => map.current?.setSheets(sheets.laid), [sheets.laid, client, planId, setup])

  // Behind all that a new map is told.
  useEffect(() => map.current?.drawNow(), [client, planId, setup])

  useEffect(() => {
    if (picked === null || !identify) return
    const { at, toleranceM } = picked
    const asked = new AbortController()
    const filters = filtersOf(lookNow.current ?? FRESH_LOOK)
    client.call('map.identify', { planId, xM: at[0], yM: at[1], toleranceM, filters }, { signal: asked.signal }).then(
      (features) => {
        if (asked.signal.aborted) return
        const drawn = drawnAt(
          setup.layers,
          visibleNow.current,
          lookNow.current ?? FRESH_LOOK,
          map.current?.metresPerPixel() ?? null,
        )
        const there = features.filter(({ layerId }) => drawn.includes(layerId))
        setAnswer({ to: picked, features: there })
        askNow.current?.onIdentified(there)
      },
      () => asked.signal.aborted || setBroken(true),
    )
    return () => asked.abort()
  }, [client, planId, setup, picked, identify])

  useEffect(() => {
    let current = true
    const lit = highlights.flatMap(({ role, fids }) =>
      setup.layers.filter((layer) => layer.role === role).map((layer) => ({ layerId: layer.id, fids: [...fids] })),
    )
    Promise.all(lit.map((wish) => client.call('map.features', { planId, ...wish }))).then(
      (shapes) => {
        if (!current) return
        map.current?.light(shapes, shapes.length > 0)
        // The card would lie over what the person now wants to see.
        if (shapes.length > 0) setPicked(null)
      },
      () => setBroken(true),
    )
    return () => {
      current = false
    }
  }, [client, planId, setup, highlights])

  const close = useCallback(() => {
    setPicked(null)
    map.current?.mark([])
    target.current?.focus()
  }, [])
  const choose = useCallback(
    (feature: IdentifiedFeature) => {
      client.call('map.features', { planId, layerId: feature.layerId, fids: [feature.fid] }).then(
        (shape) => map.current?.mark([shape]),
        () => setBroken(true),
      )
    },
    [client, planId],
  )
  // After a wish to go elsewhere the card would lie over what the person now wants to see.
  const isElsewhere = overlayFocus?.move === true && overlayFocus.request > (picked?.after ?? 0)
  const found =
    answer?.to === picked && !isElsewhere ? answer?.features.filter(({ layerId }) => visibleLayers.has(layerId)) : undefined
  return (
    <>
      <div
        ref={target}
        className="map-canvas"
        role="application"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- an application region takes keys itself: arrows pan, plus and minus zoom
        tabIndex={0}
        aria-label={label ?? t('map.label')}
        data-drawn="no"
      />
      {!bare && (
        <MapTools onZoom={(factor) => map.current?.zoomBy(factor)} onWhole={() => map.current?.showWhole()} onView={toView} />
      )}
      {!bare && <NorthArrow />}
      <div className="map-foot">
        {!bare && <ScaleBar metresPerPixel={metresPerPixel} lang={lang} />}
        {!isDesk && <PointerPlace frame={setup.frame} at={pointer} />}
        {broken && <span role="alert">{t('map.tileFailed')}</span>}
      </div>
      {found && identify && (
        <IdentifyCard
          key={picked?.at.join(' ')}
          found={found}
          areaUnit={settings.data?.areaUnit ?? 'ha'}
          onChoose={choose}
          onClose={close}
        />
      )}
    </>
  )
}
