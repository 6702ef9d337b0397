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
  /** The one layer that is shown for the moment; what is on stays as it was. Never kept. */
  solo: LayerId | null
  /** Why the last change could not be kept. */
  error: unknown
  begin: (planId: PlanId, look: MapLook) => void
  change: (patch: Partial<MapLook>) => void
  showOnly: (solo: LayerId | null) => void
}

export const useLookStore = create<LookState>()((set) => ({
  planId: null,
  look: FRESH_LOOK,
  isChanged: false,
  solo: null,
  error: null,
  begin: (planId, look) => set((now) => ({ planId, look, isChanged: false, solo: now.planId === planId ? now.solo : null })),
  change: (patch) => set(({ look }) => ({ look: { ...look, ...patch }, isChanged: true })),
  showOnly: (solo) => set({ solo }),
}))

/** Changes how a plan is looked at: at once on its desk, else as soon as the look of the plan has come. */
export function changeLookOf(planId: PlanId, changed: (look: MapLook) => MapLook): void {
  const act = ({ planId: open, look, change }: LookState): boolean => {
    if (open !== planId) return false
    change(changed(look))
    return true
  }
  if (act(useLookStore.getState())) return
  const stop = useLookStore.subscribe((state) => {
    if (state.planId !== planId) return
    stop()
    act(state)
  })
}

/** Switches a layer of a plan on or off, and ends that one is looked at alone. */
export const switchLayer = (planId: PlanId, id: LayerId, visible: boolean): void =>
  changeLookOf(planId, (look) => {
    useLookStore.getState().showOnly(null)
    return withLayer(look, id, { visible })
  })
