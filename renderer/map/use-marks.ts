import { useEffect, type RefObject } from 'react'
import type { MapMarks } from './map-marks.ts'
import type { PlanOlMap } from './plan-ol-map.ts'

/** Keeps the marks on the map as the screen tells; `made` changes when there is a new map. */
export function useMarks(map: RefObject<PlanOlMap | null>, marks: MapMarks | undefined, made: readonly unknown[]): void {
  const { shown, chosen = null, focus = null, draft = null } = marks ?? {}
  // oxlint-disable react/exhaustive-deps -- `made` stands for the map that the reference holds
  useEffect(() => {
    if (shown) map.current?.showMarks(shown, chosen)
  }, [map, shown, chosen, ...made])
  useEffect(() => {
    if (focus) map.current?.goToMark(focus.id)
  }, [map, focus, ...made])
  useEffect(() => map.current?.drawMark(draft), [map, draft, ...made])
  // oxlint-enable react/exhaustive-deps
}
