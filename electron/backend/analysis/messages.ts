import type { PlanEdit } from '#core/analysis/plan-session.ts'
import type { SessionAnswer } from '#core/contract/analysis-procedures.ts'
import type { WireError } from '#core/errors.ts'
import type { Progress } from '#core/contract/procedures.ts'
import type { EvidenceFeature, Measurement } from '#core/model/measurement.ts'
import type { Layer, Plan } from '#core/model/plan.ts'
import type { PlanComparison } from '#core/plan-diff/compare-plans.ts'
import type { LogFields, LogLevel } from '../log.ts'
import type { OverlayDrawn, OverlayTask } from '../overlays/messages.ts'
import type { OpportunityFound, OpportunityTask } from '../opportunity/messages.ts'
import type { FlipFound, FlipTask } from '../flip/messages.ts'
import type { FlowPiece } from '../tables/flow-pieces.ts'
import type { FeaturesTask, PiecesTask } from '../tables/messages.ts'

/** A stored plan as the worker finds it. */
export interface StoredPlan {
  plan: Plan
  layers: Layer[]
  gpkg: string
}

export interface AnalysisTask extends StoredPlan {
  cacheDir: string
  /** Threads that compute tables; one per core where absent. */
  workers?: number | undefined
}

/** What a session's thread is asked while it lives. */
export type SessionAsk =
  { ask: 'edit'; number: number; edits: PlanEdit[]; leaveSlow: boolean } | { ask: 'undo' | 'settle'; number: number }

export interface CompareTask {
  task: 'compare'
  before: StoredPlan
  after: StoredPlan
  limit: number
  cacheDir: string
}

/** What the worker is started with. It only ever reads. */
export type WorkerTask =
  | (AnalysisTask & { task: 'measure' | 'session' })
  | CompareTask
  | FlipTask
  | FeaturesTask
  | PiecesTask
  | OverlayTask
  | OpportunityTask

/** What the worker says. An error that is not among these is a bug and ends it. */
export type FromAnalysis =
  | { kind: 'progress'; progress: Progress }
  | { kind: 'log'; level: LogLevel; event: string; fields?: LogFields }
  /** `peakMb` is this run's: null where the process had been larger before. */
  | { kind: 'measured'; measurements: Measurement[]; peakMb: number | null }
  | { kind: 'opened'; measurements: readonly Measurement[] }
  | { kind: 'edited'; number: number; answer: SessionAnswer }
  | { kind: 'edit-refused'; number: number; error: WireError }
  | { kind: 'compared'; comparison: PlanComparison }
  | { kind: 'features'; features: EvidenceFeature[][] }
  | { kind: 'pieces'; pieces: FlowPiece[] }
  | OverlayDrawn
  | FlipFound
  | OpportunityFound
  | { kind: 'refused'; error: WireError }
