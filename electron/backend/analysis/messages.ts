import type { ChangedParts } from '#core/analysis/same-parts.ts'
import type { SessionPlanEdit } from '#core/analysis/plan-session.ts'
import type { SessionAnswer } from '#core/contract/analysis-procedures.ts'
import type { WireError } from '#core/errors.ts'
import type { Progress } from '#core/contract/procedures.ts'
import type { EvidenceFeature, Measurement } from '#core/model/measurement.ts'
import type { Layer, Plan } from '#core/model/plan.ts'
import type { PlanComparison } from '#core/plan-diff/compare-plans.ts'
import type { ChangedGround } from '#core/plan-diff/ground.ts'
import type { FeatureRef, FollowedFeature, LayerComparison } from '#core/plan-diff/result.ts'
import type { Mark } from '#core/review/mark.ts'
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
  | { ask: 'edit'; number: number; edits: SessionPlanEdit[]; leaveSlow: boolean }
  | { ask: 'settle'; number: number; only: string | undefined }
  | { ask: 'undo'; number: number }

export interface CompareTask {
  task: 'compare'
  before: StoredPlan
  after: StoredPlan
  limit: number
  cacheDir: string
}

/** Places of findings whose fate is asked for: older features, and marks in the newer plan's frame. */
export interface FollowAsked {
  features: FeatureRef[]
  marks: Mark[]
}

/** Two versions compared for the findings of the older one. */
export interface FollowTask extends Omit<CompareTask, 'task' | 'limit'>, FollowAsked {
  task: 'follow'
}

/** What became of the places; of each layer the totals without the list. */
export interface FollowedRound {
  features: FollowedFeature[]
  /** One per mark, 0 … 1. */
  markShares: number[]
  ground: ChangedGround
  layers: Pick<LayerComparison, 'role' | 'totals'>[]
}

/** Area of planned land use by class. */
export interface ClassAreasTask extends StoredPlan {
  task: 'class-areas'
  cacheDir: string
}

/** What the worker is started with. It only ever reads. */
export type WorkerTask =
  | (AnalysisTask & { task: 'measure' | 'session' })
  | CompareTask
  | FollowTask
  | ClassAreasTask
  | FlipTask
  | FeaturesTask
  | PiecesTask
  | OverlayTask
  | OpportunityTask

/** An answer with only those parts of measurements that are not as they were told before: whole ones are long, and few parts change. */
export type SessionTold = Omit<SessionAnswer, 'changed'> & { changed: ChangedParts[] }

/** What the worker says. An error that is not among these is a bug and ends it. */
export type FromAnalysis =
  | { kind: 'progress'; progress: Progress }
  | { kind: 'log'; level: LogLevel; event: string; fields?: LogFields }
  /** `peakMb` is this run's: null where the process had been larger before. */
  | { kind: 'measured'; measurements: Measurement[]; peakMb: number | null }
  | { kind: 'opened'; measurements: readonly Measurement[] }
  | { kind: 'edited'; number: number; answer: SessionTold }
  | { kind: 'edit-refused'; number: number; error: WireError }
  | { kind: 'compared'; comparison: PlanComparison }
  | { kind: 'followed'; followed: FollowedRound }
  | { kind: 'class-areas'; areasM2: Record<string, number> }
  | { kind: 'features'; features: EvidenceFeature[][] }
  | { kind: 'pieces'; pieces: FlowPiece[] }
  | OverlayDrawn
  | FlipFound
  | OpportunityFound
  | { kind: 'refused'; error: WireError }
