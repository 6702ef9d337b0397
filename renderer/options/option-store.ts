import { create } from 'zustand'
import type { Progress } from '#core/contract/procedures.ts'
import type { LayerId, OptionId } from '#core/model/ids.ts'
import type { GeometryKind, Role } from '#core/model/roles.ts'
import type { EditParts, EditTool, Place, ReshapedShape } from '../map/map-edit.ts'

/** A feature that the next step is about: of the plan, or (without a layer) one that the option drew, by its number. */
export interface ChosenFeature {
  layerId: LayerId | null
  fid: number
  title: string
}

/** How far an option is on its way into memory, and the way to stop it. */
export interface Loading {
  progress: Progress | null
  cancel: () => void
}

interface OptionState {
  /** Which option is worked on; null means the first there is. */
  optionId: OptionId | null
  tool: EditTool
  /** What clicks select from, by its id; null means planned land use, or the first there is. */
  source: string | null
  chosen: readonly ChosenFeature[]
  /** Class that re-coding and painting give. */
  code: string | null
  /** What is drawn, as which kind of geometry, and its points so far. */
  role: Role
  kind: GeometryKind
  draft: readonly Place[]
  /** What is written about the drawing, by field of its role, as it was typed. */
  written: Readonly<Record<string, string>>
  /** The shape whose vertices are moved: of which feature, and as it is now. */
  reshaped: (ReshapedShape & { feature: ChosenFeature }) | null
  /** What the last step took to measure, and from the click until it was on the screen. */
  lastStep: { ms: number; shownMs: number } | null
  snaps: boolean
  loading: Loading | null
  /** Why the last step could not be made, wherever it was asked for. */
  error: unknown
  open: (optionId: OptionId | null) => void
  take: (tool: EditTool) => void
  selectFrom: (source: string) => void
  setCode: (code: string | null) => void
  drawAs: (role: Role, kind: GeometryKind) => void
  /** Adds to what is chosen; with `toggle` what is there already leaves. */
  choose: (features: readonly ChosenFeature[], how?: { toggle: boolean }) => void
  drop: (feature: ChosenFeature) => void
  clear: () => void
  addPoint: (at: Place) => void
  removePoint: (at?: number) => void
  reshape: (reshaped: { feature: ChosenFeature; kind: GeometryKind; parts: EditParts } | null) => void
  moveTo: (parts: EditParts) => void
  hold: (held: number | null) => void
  load: (loading: Loading | null) => void
  measured: (lastStep: OptionState['lastStep']) => void
  setSnaps: (snaps: boolean) => void
  write: (field: string, text: string) => void
  fail: (error: unknown) => void
}

const isSame = (one: ChosenFeature, other: ChosenFeature) => one.layerId === other.layerId && one.fid === other.fid
const NOTHING = { chosen: [], draft: [], reshaped: null } as const

/** Lets go of what the next step was about; a shape that is put down is not reshaped any more. */
const letGo = ({ tool }: Pick<OptionState, 'tool'>) => ({ ...NOTHING, tool: tool === 'reshape' ? ('select' as const) : tool })

/** What only the screen knows of what-if options: the tool in hand, and what the next step is about. */
export const useOptions = create<OptionState>()((set) => ({
  optionId: null,
  tool: 'look',
  source: null,
  code: null,
  role: 'green',
  kind: 'polygon',
  lastStep: null,
  snaps: true,
  loading: null,
  error: null,
  written: {},
  ...NOTHING,
  open: (optionId) => set((now) => ({ optionId, lastStep: null, error: null, ...letGo(now) })),
  take: (tool) => set((now) => ({ tool, draft: [], reshaped: null, chosen: tool === 'draw' ? [] : now.chosen })),
  selectFrom: (source) => set((now) => ({ source, ...letGo(now) })),
  setCode: (code) => set({ code }),
  drawAs: (role, kind) => set({ role, kind, draft: [], written: {} }),
  choose: (features, { toggle } = { toggle: false }) =>
    set(({ chosen }) => {
      const fresh = features.filter((feature) => !chosen.some((one) => isSame(one, feature)))
      const left = toggle ? chosen.filter((one) => !features.some((feature) => isSame(one, feature))) : chosen
      return { chosen: [...left, ...fresh] }
    }),
  drop: (feature) => set(({ chosen }) => ({ chosen: chosen.filter((one) => !isSame(one, feature)) })),
  clear: () => set(letGo),
  addPoint: (at) =>
    set(({ draft }) => {
      const last = draft.at(-1)
      return last && last[0] === at[0] && last[1] === at[1] ? {} : { draft: [...draft, at] }
    }),
  removePoint: (at) => set(({ draft }) => ({ draft: draft.filter((_, index) => index !== (at ?? draft.length - 1)) })),
  reshape: (reshaped) => set({ reshaped: reshaped && { ...reshaped, held: null }, tool: reshaped ? 'reshape' : 'select' }),
  moveTo: (parts) => set(({ reshaped }) => ({ reshaped: reshaped && { ...reshaped, parts } })),
  hold: (held) => set(({ reshaped }) => ({ reshaped: reshaped && { ...reshaped, held } })),
  load: (loading) => set({ loading }),
  measured: (lastStep) => set({ lastStep }),
  setSnaps: (snaps) => set({ snaps }),
  write: (field, text) => set(({ written }) => ({ written: { ...written, [field]: text } })),
  fail: (error) => set({ error }),
}))
