import type { SessionEdit } from '../contract/analysis-procedures.ts'
import type { OptionEditId, OptionId, ReviewId } from '../model/ids.ts'
import type { Bilingual } from '../text.ts'

/** A what-if option over the submitted plan, which it never alters: A, B, C … with a name of its own. */
export interface PlanOption {
  id: OptionId
  reviewId: ReviewId
  letter: string
  name: string
  /** Kept as a recommendation in the memo, with the reason. */
  recommended: string | null
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
