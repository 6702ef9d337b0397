import { useEffect, useRef, type RefObject } from 'react'
import { graticule } from '#core/map/graticule.ts'
import { systemMaps } from '#core/map/coordinates.ts'
import { drawnAt, filtersOf } from '#core/map/layer-tree.ts'
import type { MapSetup } from '#core/contract/map-data.ts'
import type { LayerId, PlanId } from '#core/model/ids.ts'
import type { Lang } from '#core/text.ts'
import { useClient } from '../api/use-api.tsx'
import { GraticuleLayer } from './graticule-layer.ts'
import { LabelLayer } from './label-layer.ts'
import type { MapLookProps } from './map-look-props.ts'
import { useMapPlace } from './map-place.ts'
import type { PlanOlMap } from './plan-ol-map.ts'
import type { Sight } from './view-trail.ts'

type Box = [number, number, number, number]
/** Names are asked for a little beyond the edge, so that a small move shows no blank. */
const BEYOND = 0.15

interface LookOfMap {
  planId: PlanId
  setup: MapSetup
  visible: ReadonlySet<LayerId>
  chosen: MapLookProps | null
  lang: Lang
  failed: () => void
}

/** Draws names and graticule, arranges the plan's layers as chosen, and tells the rest of the screen where the map looks. */
export function useMapLook(map: RefObject<PlanOlMap | null>, of: LookOfMap, made: readonly unknown[]): void {
  const { planId, setup, visible, chosen, lang } = of
  const client = useClient()
  const look = chosen?.look ?? null
  const now = useRef(of)
  useEffect(() => {
    now.current = of
  })
  const redraw = useRef<() => void>(() => undefined)
  const has = look !== null
  // oxlint-disable react/exhaustive-deps -- `made` stands for the map that the reference holds
  useEffect(() => {
    if (look) map.current?.setLook(look)
  }, [look, map, ...made])

  useEffect(() => {
    if (!has) return
    return map.current?.attach((own, _snaps, above) => {
      const names = new LabelLayer()
      const lines = new GraticuleLayer()
      above.getLayers().extend([lines.layer, names.layer])
      const view = own.getView()
      let asked = new AbortController()
      const draw = () => {
        const size = own.getSize()
        const metresPerPx = view.getResolution()
        if (size === undefined || metresPerPx === undefined) return
        const box = view.calculateExtent(size) as Box
        const [x = 0, y = 0] = view.getCenter() ?? []
        useMapPlace.setState({ view: box, sight: { centre: [x, y], metresPerPixel: metresPerPx } })
        const { chosen: choice, visible: shown, lang: words, failed: broke } = now.current
        const system = choice?.look.graticule === true ? choice.system : null
        lines.show(system ? graticule(box, systemMaps(setup.frame, system), system.kind) : [])
        asked.abort()
        asked = new AbortController()
        const { signal } = asked
        if (choice?.look.labels !== true) return names.show([], metresPerPx)
        const [width, height] = [(box[2] - box[0]) * BEYOND, (box[3] - box[1]) * BEYOND]
        const beyond: Box = [box[0] - width, box[1] - height, box[2] + width, box[3] + height]
        const layerIds = drawnAt(setup.layers, shown, choice.look, metresPerPx)
        const wish = { planId, view: beyond, metresPerPx, layerIds, filters: filtersOf(choice.look), lang: words }
        client.call('map.labels', wish, { signal }).then(
          (labels) => signal.aborted || names.show(labels, metresPerPx),
          () => signal.aborted || broke(),
        )
      }
      const zoomed = () => names.zoomed(view.getResolution() ?? 1)
      redraw.current = draw
      own.on('moveend', draw)
      view.on('change:resolution', zoomed)
      const go = ({ centre, metresPerPixel }: Sight) => {
        view.cancelAnimations()
        view.setCenter([...centre])
        view.setResolution(metresPerPixel)
      }
      const { wanted } = useMapPlace.getState()
      if (wanted !== null) go(wanted)
      useMapPlace.setState({ go, wanted: null })
      draw()
      return () => {
        asked.abort()
        redraw.current = () => undefined
        own.un('moveend', draw)
        view.un('change:resolution', zoomed)
        above.getLayers().clear()
        useMapPlace.setState({ go: null, sight: null, view: null, pointer: null })
      }
    })
  }, [map, has, client, planId, setup, ...made])

  const drawn =
    look === null
      ? ''
      : JSON.stringify(Object.entries(look.layers).map(([id, { where, farthest, nearest }]) => [id, where, farthest, nearest]))
  useEffect(() => redraw.current(), [has, look?.labels, look?.graticule, chosen?.system, drawn, visible, lang, ...made])
  // oxlint-enable react/exhaustive-deps
}
