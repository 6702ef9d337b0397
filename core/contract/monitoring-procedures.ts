import * as z from 'zod'
import type { FileToken, PlanId } from '../model/ids.ts'
import type { MonitoringReport } from '../monitoring/series.ts'
import type { ExportedFile } from './exported-file.ts'
import { id, procedure } from './procedure.ts'

const MOST_STATES = 100

const states = z.strictObject({
  planIds: z
    .array(id<PlanId>())
    .min(1)
    .max(MOST_STATES)
    .refine((ids) => new Set(ids).size === ids.length, 'names a plan twice'),
  years: z.array(z.number().int().min(1900).max(2200).nullable()).optional(),
})
const oneYearEach = ({ planIds, years }: z.infer<typeof states>) => years === undefined || years.length === planIds.length

/** The same indicators over several stored states of a territory. */
export const monitoringProcedures = {
  /**
   * Follows what was measured of these plans, in order of their years; measures nothing itself. A state's year is the one given
   * beside it, otherwise the plan's target year, its base year, or the year of its import.
   */
  'monitoring.series': procedure(states.refine(oneYearEach, 'one year per plan')).returns<MonitoringReport>(),
  /** One table of the report as CSV, or all of them as a workbook. */
  'monitoring.export': procedure(
    states
      .extend({
        table: z.string().min(1).max(40),
        format: z.enum(['csv', 'xlsx']),
        lang: z.enum(['zh', 'en']),
        /** A save token from the host's dialog; null lets the host offer a download. */
        target: id<FileToken>().nullable(),
      })
      .refine(oneYearEach, 'one year per plan'),
  ).returns<ExportedFile>(),
}
