import * as z from 'zod'
import type { PlanId } from '../model/ids.ts'
import type { MonitoringReport } from '../monitoring/series.ts'
import { id, procedure } from './procedure.ts'

const MOST_STATES = 100

/** The same indicators over several stored states of a territory. */
export const monitoringProcedures = {
  /**
   * Follows what was measured of these plans, in order of their years; measures nothing itself. A state's year is the one given
   * beside it, otherwise the plan's target year, its base year, or the year of its import.
   */
  'monitoring.series': procedure(
    z
      .strictObject({
        planIds: z
          .array(id<PlanId>())
          .min(1)
          .max(MOST_STATES)
          .refine((ids) => new Set(ids).size === ids.length, 'names a plan twice'),
        years: z.array(z.number().int().min(1900).max(2200).nullable()).optional(),
      })
      .refine(({ planIds, years }) => years === undefined || years.length === planIds.length, 'one year per plan'),
  ).returns<MonitoringReport>(),
}
