import { create } from 'zustand'
import type { PlanId } from '#core/model/ids.ts'
import type { OverlayFocus, OverlayPick } from '../map/map-props.ts'

/** What a person chose for the overlays of one plan; remembered on this device. */
export interface OverlayChoices {
  /** Switched on, the topmost first. */
  shown: readonly string[]
  /** By overlay, 0 … 1, where not full. */
  opacity: Readonly<Record<string, number>>
  /** By overlay, in the parameters' own units, where not the plan's own. */
  parameters: Readonly<Record<string, Readonly<Record<string, number>>>>
  isNumbered: boolean
  /** Whether the plan's own layers step back under the overlays. */
  isFaded: boolean
}

interface OverlayState {
  planId: PlanId | null
  choices: OverlayChoices
  /** Which side panel is open, and which overlay is looked at in it. */
  panel: 'layers' | 'overlays'
  opened: string | null
  focus: OverlayFocus | null
  /** Begins with what was remembered of a plan. */
  enter: (planId: PlanId) => void
  showPanel: (panel: 'layers' | 'overlays') => void
  open: (overlay: string | null) => void
  setShown: (overlay: string, isShown: boolean) => void
  hideAll: () => void
  /** One place up (towards the reader) or down. */
  move: (overlay: string, by: -1 | 1) => void
  setOpacity: (overlay: string, opacity: number) => void
  setParameters: (overlay: string, parameters: Readonly<Record<string, number>>) => void
  setNumbered: (isNumbered: boolean) => void
  setFaded: (isFaded: boolean) => void
  /** A row chosen in a list (the map goes there) or on the map (the list goes there). */
  choose: (pick: OverlayPick, from: 'list' | 'map') => void
  clearChoice: () => void
}

const FRESH: OverlayChoices = { shown: [], opacity: {}, parameters: {}, isNumbered: true, isFaded: true }
const keyOf = (planId: PlanId) => `greenprint-overlays-${planId}`

/** What was kept, or nothing of it where another version wrote it: choices are a convenience, not a record. */
function remembered(planId: PlanId): OverlayChoices {
  const kept = localStorage.getItem(keyOf(planId))
  if (kept === null) return FRESH
  let value: unknown
  try {
    value = JSON.parse(kept)
  } catch {
    return FRESH
  }
  if (typeof value !== 'object' || value === null) return FRESH
  const { shown, opacity, parameters, isNumbered, isFaded } = value as Partial<Record<keyof OverlayChoices, unknown>>
  const record = <T>(of: unknown): T => (typeof of === 'object' && of !== null ? of : {}) as T
  return {
    shown: Array.isArray(shown) ? shown.filter((id) => typeof id === 'string') : [],
    opacity: record(opacity),
    parameters: record(parameters),
    isNumbered: isNumbered !== false,
    isFaded: isFaded !== false,
  }
}

let requests = 0

/** The screen's own state of the overlay panel; what was computed lives in `overlay-runs.ts`. */
export const useOverlays = create<OverlayState>()((set) => {
  const change = (patch: (now: OverlayChoices) => Partial<OverlayChoices>) =>
    set(({ planId, choices }) => {
      const next = { ...choices, ...patch(choices) }
      if (planId !== null) localStorage.setItem(keyOf(planId), JSON.stringify(next))
      return { choices: next }
    })
  return {
    planId: null,
    choices: FRESH,
    panel: 'layers',
    opened: null,
    focus: null,
    enter: (planId) =>
      set((state) =>
        state.planId === planId ? state : { planId, choices: remembered(planId), panel: 'layers', opened: null, focus: null },
      ),
    showPanel: (panel) => set({ panel }),
    open: (opened) => set({ opened, panel: 'overlays' }),
    setShown: (overlay, isShown) => {
      change(({ shown }) => {
        const others = shown.filter((id) => id !== overlay)
        return { shown: isShown ? [overlay, ...others] : others }
      })
      if (!isShown) set(({ focus }) => (focus?.overlay === overlay ? { focus: null } : {}))
    },
    hideAll: () => {
      change(() => ({ shown: [] }))
      set({ focus: null })
    },
    move: (overlay, by) => change(({ shown }) => ({ shown: moved(shown, overlay, by) })),
    setOpacity: (overlay, value) => change(({ opacity }) => ({ opacity: { ...opacity, [overlay]: value } })),
    setParameters: (overlay, values) => {
      change(({ parameters }) => ({ parameters: { ...parameters, [overlay]: values } }))
      set({ focus: null })
    },
    setNumbered: (isNumbered) => change(() => ({ isNumbered })),
    setFaded: (isFaded) => change(() => ({ isFaded })),
    choose: (pick, from) => {
      requests += 1
      const focus = { ...pick, move: from === 'list', request: requests }
      set(from === 'list' ? { focus } : { focus, opened: pick.overlay, panel: 'overlays' })
    },
    clearChoice: () => set({ focus: null }),
  }
})

function moved(shown: readonly string[], overlay: string, by: -1 | 1): readonly string[] {
  const at = shown.indexOf(overlay)
  const other = shown[at + by]
  if (at < 0 || other === undefined) return shown
  return shown.map((id) => (id === overlay ? other : id === other ? overlay : id))
}
