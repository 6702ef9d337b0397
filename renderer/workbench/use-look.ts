import { useEffect, useMemo } from 'react'
import type { MapLayer } from '#core/contract/map-data.ts'
import type { MapSystem } from '#core/map/coordinates.ts'
import { FRESH_LOOK, type MapLook } from '#core/map/look.ts'
import type { LayerId, PlanId } from '#core/model/ids.ts'
import { useCommand, useRead } from '../api/use-api.tsx'
import type { MapLookProps } from '../map/map-look-props.ts'
import { visibleLayers } from './layer-visibility.ts'
import { useLookStore } from './look-store.ts'

const SAVE_AFTER_MS = 300

/** Brings the look of the plan on the desk, and keeps every change of it in the catalogue; one that is only read keeps none. */
export function useKeptLook(planId: PlanId): void {
  const stored = useRead('map.look', { planId }).data
  const isReadOnly = useRead('app.info', {}).data?.readOnly ?? true
  const { run, error } = useCommand('map.setLook')
  const isChanged = useLookStore((state) => state.isChanged && state.planId === planId)
  const look = useLookStore((state) => state.look)
  useEffect(() => {
    const now = useLookStore.getState()
    // What another window kept is shown here too, unless this one is about to keep something itself.
    if (stored && (now.planId !== planId || !now.isChanged)) now.begin(planId, stored)
  }, [stored, planId])
  useEffect(() => useLookStore.setState({ error }), [error])
  useEffect(() => {
    if (isReadOnly || !isChanged) return
    const keep = () => {
      void run({ planId, look }, () => {
        if (useLookStore.getState().look === look) useLookStore.setState({ isChanged: false })
      })
    }
    const timer = setTimeout(keep, SAVE_AFTER_MS)
    return () => clearTimeout(timer)
  }, [isReadOnly, isChanged, planId, look, run])
  // Leaving the desk does not lose what was changed a moment ago.
  useEffect(
    () => () => {
      const left = useLookStore.getState()
      if (isReadOnly || left.planId !== planId || !left.isChanged) return
      useLookStore.setState({ isChanged: false })
      void run({ planId, look: left.look })
    },
    [isReadOnly, planId, run],
  )
}

/** How a plan is looked at: on the desk as it is now, elsewhere as it is kept. */
export function usePlanLook(planId: PlanId): MapLook {
  const isOurs = useLookStore((state) => state.planId === planId)
  const now = useLookStore((state) => state.look)
  const stored = useRead('map.look', { planId }).data
  return isOurs ? now : (stored ?? FRESH_LOOK)
}

/** Which layers the desk shows: those that are on, or the one that is looked at alone. */
export function useShownLayers(layers: readonly MapLayer[], look: MapLook): ReadonlySet<LayerId> {
  const solo = useLookStore((state) => state.solo)
  return useMemo(
    () => (solo !== null && layers.some(({ id }) => id === solo) ? new Set([solo]) : visibleLayers(layers, look)),
    [layers, look, solo],
  )
}

/** The look of the plan that is open, and the system that its coordinates are told in. */
export function useLook(planId: PlanId): MapLookProps & { systems: readonly MapSystem[] } {
  const look = usePlanLook(planId)
  const systems = useRead('map.systems', { planId }).data
  return useMemo(
    () => ({
      look,
      systems: systems ?? [],
      system: systems?.find(({ id }) => id === look.system) ?? systems?.[0] ?? null,
    }),
    [look, systems],
  )
}
