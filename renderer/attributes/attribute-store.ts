import { create } from 'zustand'
import { featureCount, joinedFeatures, NO_FEATURES, type FeatureSet, type SelectHow } from '#core/attributes/feature-set.ts'
import type { SelectedFeatures } from '#core/contract/attribute-procedures.ts'
import type { LayerId, PlanId } from '#core/model/ids.ts'

/** Features of some layers, however many; a layer without any is not in it. */
export type Selection = ReadonlyMap<LayerId, FeatureSet>

/** A feature to scroll to; a new `request` number is a new wish. */
interface RowWish {
  layerId: LayerId
  fid: number
  request: number
}

interface AttributeState {
  /** The plan that all of this is about; another one begins afresh. */
  planId: PlanId | null
  isOpen: boolean
  layerId: LayerId | null
  /** The filter that the table follows. */
  where: string
  isOnlySelected: boolean
  /** The column whose statistics are shown. */
  statisticsOf: string | null
  selection: Selection
  row: RowWish | null
  /** Grows with every wish to move the map to the selection. */
  zoom: number
  begin: (planId: PlanId) => void
  open: (isOpen: boolean) => void
  showLayer: (layerId: LayerId) => void
  filter: (where: string) => void
  showOnlySelected: (isOnlySelected: boolean) => void
  showStatistics: (field: string | null) => void
  select: (features: readonly SelectedFeatures[], how: SelectHow) => void
  clear: () => void
  goToRow: (layerId: LayerId, fid: number) => void
  zoomToSelection: () => void
}

let requests = 0

const fresh = {
  layerId: null,
  where: '',
  isOnlySelected: false,
  statisticsOf: null,
  selection: new Map(),
  row: null,
} as const

export const countOf = (selection: Selection): number =>
  [...selection.values()].reduce((sum, features) => sum + featureCount(features), 0)

/** A selection after features were added to it, taken out of it, or put in its place; layers without any are left out. */
export function selectedAfter(before: Selection, features: readonly SelectedFeatures[], how: SelectHow): Selection {
  const after = new Map(how === 'replace' ? [] : before)
  for (const { layerId, features: given } of features) {
    const joined = joinedFeatures(after.get(layerId) ?? NO_FEATURES, given, how)
    if (joined.bits.length === 0) after.delete(layerId)
    else after.set(layerId, joined)
  }
  return after
}

/** What the screen alone knows of the features of a plan: which are selected, and how their table is looked at. */
export const useAttributes = create<AttributeState>()((set) => ({
  planId: null,
  isOpen: false,
  zoom: 0,
  ...fresh,
  begin: (planId) => set((state) => (state.planId === planId ? {} : { planId, ...fresh })),
  open: (isOpen) => set({ isOpen }),
  showLayer: (layerId) =>
    set((state) => (state.layerId === layerId ? {} : { layerId, where: '', statisticsOf: null, row: null })),
  filter: (where) => set({ where }),
  showOnlySelected: (isOnlySelected) => set({ isOnlySelected }),
  showStatistics: (statisticsOf) => set({ statisticsOf }),
  select: (features, how) => set(({ selection }) => ({ selection: selectedAfter(selection, features, how) })),
  clear: () => set({ selection: new Map(), isOnlySelected: false }),
  goToRow: (layerId, fid) =>
    set((state) => ({
      row: { layerId, fid, request: ++requests },
      ...(state.layerId === layerId ? {} : { layerId, where: '', statisticsOf: null }),
    })),
  zoomToSelection: () => set(({ zoom }) => ({ zoom: zoom + 1 })),
}))
