import { create } from 'zustand'
import type { FindingId } from '#core/model/ids.ts'
import type { Finding } from '#core/review/finding.ts'
import {
  FINDING_COLUMNS,
  NO_FILTER,
  type FindingColumn,
  type FindingFilter,
  type FindingGrouping,
  type FindingSorting,
} from '#core/review/finding-rows.ts'
import type { MarkKind } from '#core/review/mark.ts'
import { drawn, isComplete, isFull, newDraft, type DrawStep, type MarkDraft } from '../map/mark-draft.ts'
import { useUi } from '../state/ui-store.ts'

/** Columns that a table shows before anyone chooses; the narrow one stands beside the map. */
export const USUAL_COLUMNS = {
  narrow: ['number', 'status', 'severity', 'text'],
  wide: ['number', 'status', 'severity', 'item', 'point', 'text', 'by', 'at', 'round', 'replies'],
} as const satisfies Record<string, readonly FindingColumn[]>
export type TableWidth = keyof typeof USUAL_COLUMNS

const REMEMBERED = 'greenprint.findings.columns'

type Columns = Record<TableWidth, readonly FindingColumn[]>

/** What was chosen last time; anything that is no column any more is left out. */
function rememberedColumns(): Columns {
  const columns: Columns = { ...USUAL_COLUMNS }
  const kept = globalThis.localStorage?.getItem(REMEMBERED) ?? null
  if (kept === null) return columns
  try {
    const read = JSON.parse(kept) as Partial<Record<TableWidth, unknown>>
    for (const width of ['narrow', 'wide'] as const) {
      const names = read[width]
      if (!Array.isArray(names)) continue
      const known = FINDING_COLUMNS.filter((column) => names.includes(column))
      if (known.length > 0) columns[width] = known
    }
  } catch {
    // Written by hand or by another version: the usual columns do, and the next choice overwrites it.
  }
  return columns
}

interface FindingsState {
  filter: FindingFilter
  sorting: FindingSorting
  grouping: FindingGrouping
  columns: Columns
  /** Whether the table lies wide under the map. */
  isDocked: boolean
  /** The finding whose detail is open. */
  opened: FindingId | null
  picked: ReadonlySet<FindingId>
  drawing: { draft: MarkDraft; finding: Finding | null } | null
  focus: { id: string; request: number } | null
  setFilter: (change: Partial<FindingFilter>) => void
  setSorting: (sorting: FindingSorting) => void
  setGrouping: (grouping: FindingGrouping) => void
  setColumns: (width: TableWidth, columns: readonly FindingColumn[]) => void
  dock: (isDocked: boolean) => void
  openFinding: (id: FindingId | null) => void
  pick: (ids: Iterable<FindingId>) => void
  goToMark: (id: FindingId) => void
  /** Begins to draw, or goes on with another kind. */
  draw: (kind: MarkKind) => void
  editMark: (finding: Finding) => void
  step: (step: DrawStep) => void
}

let requests = 0

/** What the screen alone knows of findings: how their table is looked at, and a mark that is being drawn. */
export const useFindings = create<FindingsState>()((set, get) => ({
  filter: NO_FILTER,
  sorting: { column: 'number', down: false },
  grouping: 'none',
  columns: rememberedColumns(),
  isDocked: false,
  opened: null,
  picked: new Set(),
  drawing: null,
  focus: null,
  setFilter: (change) => set(({ filter }) => ({ filter: { ...filter, ...change } })),
  setSorting: (sorting) => set({ sorting }),
  setGrouping: (grouping) => set({ grouping }),
  setColumns: (width, columns) =>
    set((state) => {
      const next = { ...state.columns, [width]: FINDING_COLUMNS.filter((column) => columns.includes(column)) }
      localStorage.setItem(REMEMBERED, JSON.stringify(next))
      return { columns: next }
    }),
  dock: (isDocked) => set({ isDocked }),
  openFinding: (opened) => set({ opened }),
  pick: (ids) => set({ picked: new Set(ids) }),
  goToMark: (id) => set({ focus: { id, request: ++requests } }),
  draw: (kind) =>
    set(({ drawing }) => ({
      drawing: { draft: newDraft(kind, drawing?.draft.isSnapping ?? true), finding: drawing?.finding ?? null },
    })),
  editMark: (finding) => {
    if (!finding.mark) return
    const { kind, xyM } = finding.mark
    set({ drawing: { draft: { kind, xyM, isSnapping: true, mode: 'edit', held: null }, finding } })
  },
  step: (step) => {
    const { drawing } = get()
    if (drawing === null) return
    if (step.do === 'cancel') return set({ drawing: null })
    const draft = drawn(drawing.draft, step)
    const isDone = step.do === 'end' ? isComplete(draft) : draft.mode === 'draw' && step.do === 'add' && isFull(draft)
    if (!isDone) return set({ drawing: { ...drawing, draft } })
    set({ drawing: null })
    finish(draft, drawing.finding)
  },
}))

/** A mark that is drawn asks what is to be said about it. */
function finish({ kind, xyM }: MarkDraft, finding: Finding | null): void {
  const { draftFinding, item } = useUi.getState()
  const label = finding?.mark?.label
  const mark = { kind, xyM: [...xyM], ...(label === undefined ? {} : { label }) }
  draftFinding(finding === null ? { kind: 'new', item, evidence: [], mark } : { kind: 'edit', finding, mark })
}
