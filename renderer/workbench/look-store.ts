import { create } from 'zustand'
import { FRESH_LOOK, type MapLook } from '#core/map/look.ts'
import type { PlanId } from '#core/model/ids.ts'

/** How the plan on the desk is looked at; `use-look.ts` brings it from the catalogue and keeps it there. */
interface LookState {
  planId: PlanId | null
  look: MapLook
  /** Changed in this window and not yet kept. */
  isChanged: boolean
  begin: (planId: PlanId, look: MapLook) => void
  change: (patch: Partial<MapLook>) => void
}

export const useLookStore = create<LookState>()((set) => ({
  planId: null,
  look: FRESH_LOOK,
  isChanged: false,
  begin: (planId, look) => set({ planId, look, isChanged: false }),
  change: (patch) => set(({ look }) => ({ look: { ...look, ...patch }, isChanged: true })),
}))
