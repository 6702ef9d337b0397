import { useEffect, useMemo } from 'react'
import { featureSet } from '#core/attributes/feature-set.ts'
import type { IdentifiedFeature, MapSetup } from '#core/contract/map-data.ts'
import type { PlanId } from '#core/model/ids.ts'
import { useAttributes } from '../attributes/attribute-store.ts'
import { useSelectedShapes } from '../attributes/use-selected-shapes.ts'
import { useFindings } from '../findings/findings-store.ts'
import { useWords } from '../i18n/use-words.ts'
import type { MapAsk } from '../map/map-ask.ts'
import type { MapMarks } from '../map/map-marks.ts'
import { useSettings } from '../settings/use-settings.ts'
import { useAsk } from './ask-store.ts'
import { figureOf } from './figures.ts'

/** A feature that was picked on the map is selected where the table lies open, and brought into sight there. */
function follow(features: readonly IdentifiedFeature[]): void {
  const { isOpen, layerId, select, goToRow } = useAttributes.getState()
  const picked = features.find((feature) => feature.layerId === layerId) ?? features[0]
  if (!isOpen || !picked) return
  select([{ layerId: picked.layerId, features: featureSet([picked.fid]) }], 'replace')
  goToRow(picked.layerId, picked.fid)
}

/** What looking and asking puts on the map of the workbench. */
export function useMapAsk(planId: PlanId, setup: MapSetup | null): MapAsk {
  const { lang } = useWords()
  const { areaUnit } = useSettings()
  const { selected, zoom } = useSelectedShapes(planId)
  const measured = useAsk((state) => state.measured)
  const tool = useAsk((state) => state.tool)
  useEffect(() => useAsk.getState().begin(planId), [planId])
  const measures = useMemo(
    () =>
      setup === null
        ? []
        : measured.map((one) => ({
            id: String(one.id),
            kind: one.kind === 'area' ? ('area' as const) : ('line' as const),
            xyM: one.xyM,
            words: figureOf(one, setup.frame, areaUnit, lang)?.text ?? '',
          })),
    [measured, setup, areaUnit, lang],
  )
  return useMemo(
    () => ({
      selected,
      zoom,
      measures,
      onBox: tool === 'box' ? useAsk.getState().box : null,
      onIdentified: follow,
    }),
    [selected, zoom, measures, tool],
  )
}

/** The marks of the map, with what is drawn to measure or select in the place of a mark. */
export function useDrawnWith(marks: MapMarks): MapMarks {
  const draft = useAsk((state) => state.draft)
  // A mark that is begun takes the map over.
  useEffect(
    () =>
      useFindings.subscribe(({ drawing }, before) => {
        if (drawing !== null && before.drawing === null) useAsk.getState().take(null)
      }),
    [],
  )
  return draft === null ? marks : { ...marks, draft, onStep: useAsk.getState().step }
}
