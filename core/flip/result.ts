import type { Level } from '../checklist/result.ts'
import type { SessionEdit } from '../contract/analysis-procedures.ts'
import type { BaseUnit, UnitId } from '../model/units.ts'
import type { Bilingual } from '../text.ts'
import type { LeastAmount } from './bound.ts'
import type { Change, ChangeSize, TouchedFeature } from './change.ts'
import type { MoveId } from './flip-rules.ts'

/** One kind of change that was searched, with how many places it could be made at. */
export interface SearchedMove {
  move: MoveId
  title: Bilingual
  candidates: number
  /** What this kind of change alone came to, where it reached the level. */
  total: ChangeSize | null
}

/** A feature that lacked something before, and how much it lacks after. */
export interface Gain extends TouchedFeature {
  before: number
  after: number
}

/** An item whose level or value the same changes move, for better or worse. */
export interface SideEffect {
  item: string
  title: Bilingual
  from: Level | null
  to: Level | null
  before: number | null
  after: number | null
  unit: BaseUnit | null
}

/** A change as it is told: what it edits in memory stays behind. */
export type FoundChange = Omit<Change, 'edits'>

interface Asked {
  item: string
  indicator: string | null
}

interface Searched extends Asked {
  from: Level
  to: Level
  unit: BaseUnit
  before: number
  /** Edge of the level in the base unit; null where the rule is told in cases. */
  threshold: number | null
  /** By arithmetic alone, no change can do with less. */
  least: LeastAmount | null
  searched: SearchedMove[]
  evaluations: number
  /** The search stopped because its evaluations or its time were spent. */
  hitBound: boolean
}

/** No change was looked for, and why. */
export type NoSearch = Asked & { state: 'no-search'; because: Bilingual }

/** Everything that was tried stays below the level. `farthest`: the value with all changes of the best kind made at once. */
export type NothingFound = Searched & { state: 'nothing-found'; farthest: number | null }

/** A set of changes that lifts the item. A search result, not a promise, and not proved to be the smallest. */
export type Found = Searched & {
  state: 'found'
  reached: Level
  after: number
  /** Each change is needed: the level was tried without it. */
  isMinimal: boolean
  changes: FoundChange[]
  /** All changes as one step of an option takes them; absent where the plan is not a stored one. */
  edits?: SessionEdit[]
  totals: ChangeSize[]
  /** The sum behind the value before and after, where the item has one. */
  amount: { title: Bilingual; unit: UnitId; before: number; after: number } | null
  /** Who gains, most first; `gainedFeatures` counts all of them. */
  gains: Gain[]
  gainedFeatures: number
  sideEffects: SideEffect[]
}

export type FlipResult = NoSearch | NothingFound | Found
