import type { Measurement } from '../model/measurement.ts'
import type { Bilingual } from '../text.ts'

export type Level = 0 | 1 | 2 | 3 | 4

/** What a reviewer entered for an item; the measured level is kept beside it, both are printed. */
export interface ItemEntry {
  item: string
  level: Level | null
  notApplicable: boolean
  reason: string
  document: string | null
  page: number | null
  /** The document's own words. */
  quote?: string
  by: string
  at: string
  /** Set when the lead settled what the experts scored differently: their levels then, and how the level was found. */
  settled?: { how: 'median' | 'lead'; levels: { reviewer: string; level: Level | null }[] }
}

/** Where an item's level comes from. `none`: not judged yet; that lowers coverage and is never a zero. */
export type LevelSource = 'auto' | 'reviewer' | 'document' | 'none'

export interface ItemResult {
  id: string
  dimension: string
  /** False when city kind or plan level rules the item out, or a reviewer said so with a reason. */
  applicable: boolean
  notApplicableReason: Bilingual | null
  level: Level | null
  source: LevelSource
  /** Level from the measurement alone, kept when a reviewer chose another. */
  autoLevel: Level | null
  entry: ItemEntry | null
  weight: number
  /** weight × level / 4, or null where there is no level. */
  score: number | null
  gate: boolean
  /** What is missing before the item can be judged. */
  gap: Bilingual | null
}

export interface DimensionResult {
  id: string
  /** Weight of the applicable items, and of those with a level. */
  weight: number
  judgedWeight: number
  /** 0..100 over judged items, null where none is judged. */
  score: number | null
}

export type GateState = 'passed' | 'failed' | 'not_checked'

export interface GateResult {
  item: string
  state: GateState
}

export interface Opinion {
  id: string
  title: Bilingual
  /** True when a failed gate, not the total, decided it. */
  cappedByGate: boolean
}

/** A checklist applied to measurements and entries: derived every time, never stored as truth. */
export interface ChecklistResult {
  id: string
  version: string
  items: ItemResult[]
  dimensions: DimensionResult[]
  gates: GateResult[]
  /** 0..100 over applicable and judged items, null where nothing is judged. */
  total: number | null
  /** Share of applicable weight that is judged, 0..1. */
  coverage: number
  opinion: Opinion
}

/** Everything that scoring reads beside the checklist itself. */
export interface ScoringInput {
  measurements: readonly Measurement[]
  entries: readonly ItemEntry[]
  cityKind: string | null
  planLevel: string
}
