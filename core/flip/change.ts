import type { PlanEdit } from '../analysis/plan-session.ts'
import type { Parts } from '../geo/build.ts'
import type { GeometryKind, Role } from '../model/roles.ts'
import type { Bilingual } from '../text.ts'
import type { MoveId } from './flip-rules.ts'

/** A stored feature that a change touches: the map can show it. */
export interface TouchedFeature {
  layer: Role
  fid: number
}

/** How much a change is: of land, of a line, or one thing where neither means anything. */
export interface ChangeSize {
  unit: 'm2' | 'm' | 'count'
  value: number
}

/** One thing that a planner could change, as edits of the plan in memory that belong together. */
export interface Change {
  move: MoveId
  edits: readonly PlanEdit[]
  features: readonly TouchedFeature[]
  /** Ground or lines that the plan does not have yet, metres of the frame: parts → rings → x,y,x,y… */
  shapes: readonly { kind: GeometryKind; parts: Parts }[]
  size: ChangeSize
  /** Land-use code before and after, where land changes its use. */
  from: string | null
  to: string | null
  /** What else a reader must know of this one change (what is set, which services). */
  note: Bilingual | null
}

/** A change that may be part of an answer: where it lies, and what it is expected to bring (only ever used to order the search). */
export interface Candidate extends Change {
  /** Larger is tried earlier. */
  worth: number
}
