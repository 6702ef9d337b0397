import * as z from 'zod'
import type { ChecklistResult, ItemEntry } from '../checklist/result.ts'
import type { FindingId, ReviewId } from '../model/ids.ts'
import type { Finding } from '../review/finding.ts'
import type { Bilingual } from '../text.ts'
import { id, procedure } from './procedure.ts'

/** One change of one entry or finding: who, when, and what it was afterwards. */
export interface PastStep<T> {
  opId: string
  title: Bilingual
  /** Whether it was made, undone or redone. */
  kind: 'command' | 'undo' | 'redo'
  by: string
  at: string
  /** null: it was taken away. */
  after: T | null
}

/** A review's score with the entries of an earlier moment. */
export interface PastScore {
  at: string
  result: ChecklistResult
  /** Indicators measured after that moment: their figures are of today, because a measurement is kept once only. */
  measuredLater: string[]
}

/** The past of single decisions: every score and finding as it once was, and the total on any day. */
export const pastProcedures = {
  'history.ofItem': procedure(z.strictObject({ reviewId: id<ReviewId>(), item: z.string().min(1).max(10) })).returns<
    PastStep<ItemEntry>[]
  >(),
  'history.ofFinding': procedure(z.strictObject({ findingId: id<FindingId>() })).returns<PastStep<Finding>[]>(),
  /** Brings one earlier state back as a new step; everything else stays as it is. */
  'history.restore': procedure(z.strictObject({ opId: z.uuid() })).returns<void>(),
  'reviews.asOf': procedure(z.strictObject({ reviewId: id<ReviewId>(), at: z.iso.datetime() })).returns<PastScore>(),
}
