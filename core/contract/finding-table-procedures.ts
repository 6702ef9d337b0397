import * as z from 'zod'
import type { FileToken, FindingId, ReviewId } from '../model/ids.ts'
import type { ExportedFile } from './exported-file.ts'
import { id, procedure } from './procedure.ts'

const MOST_FINDINGS = 20_000

/** What a table of a review's findings needs beside the findings. */
export interface FindingTableFacts {
  /** Answers and steps of status under each finding that has any. */
  replies: Record<string, number>
  /** The plan's round: 1 for a first submission. */
  round: number
}

/** Findings as a table: what stands beside them, and the table on its way out. */
export const findingTableProcedures = {
  'findings.facts': procedure(z.strictObject({ reviewId: id<ReviewId>() })).returns<FindingTableFacts>(),
  /** All findings of a review, or the named ones in the order given. */
  'findings.export': procedure(
    z.strictObject({
      reviewId: id<ReviewId>(),
      findingIds: z.array(id<FindingId>()).max(MOST_FINDINGS).nullable(),
      format: z.enum(['csv', 'xlsx']),
      lang: z.enum(['zh', 'en']),
      /** A save token from the host's dialog; null lets the host offer a download. */
      target: id<FileToken>().nullable(),
    }),
  ).returns<ExportedFile>(),
}
