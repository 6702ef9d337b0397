import * as z from 'zod'
import type { ChecklistResult, Opinion } from '../checklist/result.ts'
import type { OptionId, PlanId, ReviewId } from '../model/ids.ts'
import type { OptionEdit, PlanOption, Standing } from '../review/option.ts'
import { sessionEdit } from './analysis-procedures.ts'
import { id, procedure } from './procedure.ts'

/** One item under an option beside the plan as submitted. */
export interface ItemDelta {
  item: string
  before: Standing
  after: Standing
  /** Measured by a slow indicator that still stands at an earlier step. */
  isWaiting: boolean
}

/** An option as it stands after its last step. */
export interface OptionView {
  option: PlanOption
  steps: Pick<OptionEdit, 'id' | 'position' | 'title' | 'by' | 'at'>[]
  result: ChecklistResult
  /** Totals of the plan as submitted, to compare with. */
  base: Pick<ChecklistResult, 'total' | 'coverage' | 'opinion'>
  /** Items whose value or level differs from the submitted plan's, in the checklist's order. */
  deltas: ItemDelta[]
  /** Slow indicators that wait until `options.settle`. */
  waiting: string[]
  /** Milliseconds that the last step took to measure; 0 when nothing was measured. */
  ms: number
}

/** Options side by side: what each makes of the items that any of them changes. */
export interface OptionComparison {
  base: { total: number | null; coverage: number; opinion: Opinion }
  options: {
    option: PlanOption
    total: number | null
    coverage: number
    opinion: Opinion
    steps: number
    /** Slow indicators that stand at an earlier step of this option. */
    waiting: string[]
  }[]
  items: {
    item: string
    base: Standing
    /** One per option, in their order. */
    options: (Standing & { isWaiting: boolean })[]
  }[]
}

const option = z.strictObject({ optionId: id<OptionId>() })
const name = z.string().trim().max(80)
const words = z.string().trim().min(1).max(200)

/** What-if options over a submitted plan, which they never alter. Every step is kept, and undone by the history like any other. */
export const optionProcedures = {
  'options.list': procedure(z.strictObject({ reviewId: id<ReviewId>() })).returns<PlanOption[]>(),
  'options.add': procedure(
    z.strictObject({ reviewId: id<ReviewId>(), name, copyOf: id<OptionId>().nullable() }),
  ).returns<PlanOption>(),
  'options.change': procedure(
    option.extend({ name: name.optional(), recommended: z.string().trim().min(1).max(4000).nullable().optional() }),
  ).returns<PlanOption>(),
  'options.remove': procedure(option).returns<void>(),
  /** Reads the plan into memory when it is not there yet, and brings it to the option's last step: after an edit, undo or restart. */
  'options.open': procedure(option).returns<OptionView>(),
  /** One step: all edits or none, measured at once, slow indicators later. */
  'options.edit': procedure(
    option.extend({
      title: z.strictObject({ zh: words, en: words }),
      edits: z.array(sessionEdit).min(1).max(1000),
    }),
  ).returns<OptionView>(),
  /** Measures the slow indicators too. */
  'options.settle': procedure(option).returns<OptionView>(),
  /** With `settle` slow indicators are measured for every option too; what they came to stays known while the plan is in memory. */
  'options.compare': procedure(
    z.strictObject({ reviewId: id<ReviewId>(), settle: z.boolean().optional() }),
  ).returns<OptionComparison>(),
  /** Features as the option has them, for the map: edited and added ones with their shapes, and what was deleted. */
  'options.changes': procedure(option).returns<OptionEdit[]>(),
  /** Lets go of the plan in memory. */
  'options.close': procedure(z.strictObject({ planId: id<PlanId>() })).returns<void>(),
}
