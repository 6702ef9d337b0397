import * as z from 'zod'
import type { FileToken, PlanId } from '../model/ids.ts'
import { opportunityChoiceSchema } from '../opportunity/choice.ts'
import type { OpportunityReport } from '../opportunity/report.ts'
import type { ExportedFile } from './exported-file.ts'
import { id, procedure } from './procedure.ts'
import { TABLE_FORMATS } from './table-procedures.ts'

/** Opportunity areas of a stored plan as score cards, proposed and submitted ones by one rule. */
export const opportunityProcedures = {
  /** Computed on a read-only worker; cancelling ends it. The answer is kept with its choice until the next one. */
  'opportunity.find': procedure(
    z.strictObject({ planId: id<PlanId>(), choice: opportunityChoiceSchema }),
  ).returns<OpportunityReport>(),
  /** What was found last, with the choice that it comes of; null before the first time. */
  'opportunity.last': procedure(z.strictObject({ planId: id<PlanId>() })).returns<OpportunityReport | null>(),
  /** The cards that were found last as a table, or as polygons with all their columns. */
  'opportunity.export': procedure(
    z.strictObject({
      planId: id<PlanId>(),
      format: z.enum(TABLE_FORMATS),
      lang: z.enum(['zh', 'en']),
      /** A save token from the host's dialog; null lets the host offer a download. */
      target: id<FileToken>().nullable(),
    }),
  ).returns<ExportedFile>(),
}
