import { useEffect, useMemo } from 'react'
import { useShallow } from 'zustand/react/shallow'
import type { PlanId } from '#core/model/ids.ts'
import { FADED_PLAN } from '#core/overlays/view.ts'
import { useClient } from '../api/use-api.tsx'
import type { DrawnOverlay } from '../map/map-props.ts'
import { runKey, useOverlayRuns } from './overlay-runs.ts'
import { useOverlays } from './overlay-store.ts'

/** What the map of a plan needs to draw the overlays that are switched on; starts drawing those that are not there yet. */
export function useDrawnOverlays(planId: PlanId) {
  const client = useClient()
  const enter = useOverlays((state) => state.enter)
  const isEntered = useOverlays((state) => state.planId === planId)
  const choices = useOverlays((state) => state.choices)
  const focus = useOverlays((state) => state.focus)
  const choose = useOverlays((state) => state.choose)
  const start = useOverlayRuns((state) => state.start)
  const keepOnly = useOverlayRuns((state) => state.keepOnly)
  useEffect(() => {
    enter(planId)
    keepOnly(planId)
  }, [enter, keepOnly, planId])
  const { shown, parameters, opacity, isNumbered, isFaded } = choices
  useEffect(() => {
    if (!isEntered) return
    for (const overlay of shown) {
      // What failed or was stopped waits for the person.
      if (useOverlayRuns.getState().runs[runKey(planId, overlay, parameters[overlay])] === undefined)
        start(client, planId, overlay, parameters[overlay])
    }
  }, [client, isEntered, planId, shown, parameters, start])
  // Only what is drawn: the map does not listen to the progress of what is not.
  const views = useOverlayRuns(
    useShallow(({ runs }) =>
      shown.map((id) => {
        const run = runs[runKey(planId, id, parameters[id])]
        return run?.state === 'drawn' ? run.view : null
      }),
    ),
  )
  const overlays = useMemo(
    () =>
      (isEntered ? views : []).toReversed().flatMap((view): DrawnOverlay[] => {
        if (view === null || view.outcome.kind !== 'drawn') return []
        return [{ id: view.overlay, opacity: opacity[view.overlay] ?? 1, isNumbered, parts: view.outcome.parts }]
      }),
    [isEntered, views, opacity, isNumbered],
  )
  const planOpacity = isFaded && overlays.length > 0 ? FADED_PLAN : 1
  const onOverlayPicked = useMemo(() => (pick: Parameters<typeof choose>[0]) => choose(pick, 'map'), [choose])
  return { overlays, planOpacity, overlayFocus: isEntered ? focus : null, onOverlayPicked }
}
