import { create } from 'zustand'
import type { Finding } from '#core/review/finding.ts'
import type { Mark } from '#core/review/mark.ts'
import type { EvidenceFeature } from '#core/model/measurement.ts'
import { parseRoute, routeHash, type Route } from './route.ts'

/** Which checklist items are listed. */
export type ItemFilter = 'all' | 'open' | 'overridden' | 'gates'
export type SideTab = 'checklist' | 'findings' | 'options' | 'history'

/** What a finding dialog starts from: an existing finding, or a new one tied to an item and its evidence. */
export type FindingDraft =
  | { kind: 'edit'; finding: Finding; mark?: Mark }
  | { kind: 'new'; item: string | null; evidence: { layer: string; fid: number }[]; mark?: Mark }

export type OpenDialog = 'import' | 'settings' | 'verify' | 'shortcuts' | 'audit' | 'activity' | 'merge' | 'reply' | null

/** Features the map lights up. `request` grows with every wish, so that the same wish twice zooms twice. */
export interface Highlight {
  role: string
  fids: readonly number[]
  request: number
}

/** What only the screen knows. Nothing from the catalogue lives here. */
interface UiState {
  route: Route
  dialog: OpenDialog
  findingDraft: FindingDraft | null
  tab: SideTab
  item: string | null
  filter: ItemFilter
  /** The checklist to review against; null means the first there is. */
  checklistId: string | null
  highlights: readonly Highlight[]
  go: (route: Route) => void
  open: (dialog: OpenDialog) => void
  draftFinding: (draft: FindingDraft | null) => void
  showTab: (tab: SideTab) => void
  selectItem: (item: string | null) => void
  setFilter: (filter: ItemFilter) => void
  chooseChecklist: (checklistId: string) => void
  showEvidence: (role: string, fids: readonly number[]) => void
  showEvidenceOf: (evidence: readonly Pick<EvidenceFeature, 'layer' | 'fid'>[]) => void
  clearEvidence: () => void
}

const samePlan = (a: Route, b: Route) => 'planId' in a && 'planId' in b && a.planId === b.planId

const freshPlan = { item: null, tab: 'checklist', filter: 'all', highlights: [], findingDraft: null } as const

let requests = 0

/** One store for the screen's own state. */
export const useUi = create<UiState>()((set) => ({
  route: { page: 'catalogue' },
  dialog: null,
  checklistId: null,
  ...freshPlan,
  go: (route) => set((state) => ({ route, dialog: null, ...(samePlan(state.route, route) ? {} : freshPlan) })),
  open: (dialog) => set({ dialog }),
  draftFinding: (findingDraft) => set({ findingDraft }),
  showTab: (tab) => set({ tab }),
  selectItem: (item) => set({ item, tab: 'checklist' }),
  setFilter: (filter) => set({ filter }),
  chooseChecklist: (checklistId) => set({ checklistId, item: null, highlights: [] }),
  showEvidence: (role, fids) => set({ highlights: [{ role, fids, request: ++requests }] }),
  showEvidenceOf: (evidence) => {
    const byRole = Map.groupBy(evidence, (feature) => feature.layer)
    const request = ++requests
    set({ highlights: [...byRole].map(([role, features]) => ({ role, fids: features.map(({ fid }) => fid), request })) })
  },
  clearEvidence: () => set({ highlights: [] }),
}))

/** Keeps the address and the store the same, both ways, so that Back works and a link can be kept. */
export function bindRouteToAddress(): void {
  const read = () => useUi.getState().go(parseRoute(location.hash))
  read()
  window.addEventListener('hashchange', read)
  useUi.subscribe((state, before) => {
    const hash = routeHash(state.route)
    if (state.route !== before.route && parseRouteHash() !== hash) location.hash = hash
  })
}

const parseRouteHash = () => routeHash(parseRoute(location.hash))
