import { create } from 'zustand'
import { FRESH_LOOK, type MapLook } from '#core/map/look.ts'
import { withLayer } from '#core/map/layer-tree.ts'
import type { LayerId, PlanId } from '#core/model/ids.ts'

/** How the plan on the desk is looked at; `use-look.ts` brings it from the catalogue and keeps it there. */
interface LookState {
  /** Null until the look of a plan has come. */
  planId: PlanId | null
  look: MapLook
  /** Changed in this window and not yet kept. */
  isChanged: boolean
  /** Why the last change could not be kept. */
  error: unknown
  begin: (planId: PlanId, look: MapLook) => void
  change: (patch: Partial<MapLook>) => void
}

export const useLookStore = create<LookState>()((set) => ({
  planId: null,
  look: FRESH_LOOK,
  isChanged: false,
  error: null,
  begin: (planId, look) => set({ planId, look, isChanged: false }),
  change: (patch) => set(({ look }) => ({ look: { ...look, ...patch }, isChanged: true })),
}))

/** Switches a layer of a plan on or off: at once on its desk, else as soon as the look of the plan has come. */
export function switchLayer(planId: PlanId, id: LayerId, visible: boolean): void {
  const act = ({ planId: open, look, change }: LookState): boolean => {
    if (open !== planId) return false
    change(withLayer(look, id, { visible }))
    return true
  }
  if (act(useLookStore.getState())) return
  const stop = useLookStore.subscribe((state) => {
    if (state.planId !== planId) return
    stop()
    act(state)
  })
}
