import type { SessionEdit } from '../contract/analysis-procedures.ts'
import type { Level, Opinion } from '../checklist/result.ts'
import type { OptionEditId, OptionId, ReviewId } from '../model/ids.ts'
import type { Bilingual } from '../text.ts'

/** Level and value of an item in one state of a plan. */
export interface Standing {
  level: Level | null
  value: number | null
}

/** What a recommended option came to when it was recommended: the memo prints it without a plan in memory. */
export interface OptionSummary {
  before: { total: number | null; opinion: Opinion }
  after: { total: number | null; opinion: Opinion }
  /** Items whose value or level the option changes, in the checklist's order. */
  items: { item: string; before: Standing; after: Standing }[]
  steps: Pick<OptionEdit, 'id' | 'title' | 'by' | 'at'>[]
}

/** A what-if option over the submitted plan, which it never alters: A, B, C … with a name of its own. */
export interface PlanOption {
  id: OptionId
  reviewId: ReviewId
  letter: string
  name: string
  /** Kept as a recommendation in the memo, with the reason. */
  recommended: string | null
  /** Present exactly while the option is recommended. */
  summary?: OptionSummary
  by: string
  at: string
}

/** One step of an option: edits that were made together, in order. */
export interface OptionEdit {
  id: OptionEditId
  optionId: OptionId
  /** 1, 2, 3 … within the option. */
  position: number
  title: Bilingual
  edits: SessionEdit[]
  by: string
  at: string
}
