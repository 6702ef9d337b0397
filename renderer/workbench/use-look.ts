import { useEffect, useMemo } from 'react'
import type { MapSystem } from '#core/map/coordinates.ts'
import { FRESH_LOOK, type MapLook } from '#core/map/look.ts'
import type { PlanId } from '#core/model/ids.ts'
import { useCommand, useRead } from '../api/use-api.tsx'
import type { MapLookProps } from '../map/map-look-props.ts'
import { useLookStore } from './look-store.ts'

const SAVE_AFTER_MS = 300

/** The look of a plan as stored, and every change of it kept in the catalogue; a catalogue that is only read keeps none. */
export function useKeptLook(planId: PlanId): unknown {
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
  useEffect(() => {
    if (isReadOnly || !isChanged) return
    const timer = setTimeout(() => {
      void run({ planId, look }, () => {
        if (useLookStore.getState().look === look) useLookStore.setState({ isChanged: false })
      })
    }, SAVE_AFTER_MS)
    return () => clearTimeout(timer)
  }, [isReadOnly, isChanged, planId, look, run])
  return error
}

/** The look of the plan that is open, and the system that its coordinates are told in. */
export function useLook(planId: PlanId): MapLookProps & { systems: readonly MapSystem[] } {
  const isOurs = useLookStore((state) => state.planId === planId)
  const kept = useLookStore((state) => state.look)
  const systems = useRead('map.systems', { planId }).data
  const look: MapLook = isOurs ? kept : FRESH_LOOK
  return useMemo(
    () => ({
      look,
      systems: systems ?? [],
      system: systems?.find(({ id }) => id === look.system) ?? systems?.[0] ?? null,
    }),
    [look, systems],
  )
}
