import * as z from 'zod'
import type { FlipResult } from '../flip/result.ts'
import type { PlanId } from '../model/ids.ts'
import { id, procedure } from './procedure.ts'

/** What a search may spend unless told otherwise: combinations that are measured, and seconds. */
export const FLIP_BUDGET = { evaluations: 1000, seconds: 120 }

/** Searching for the smallest change found that lifts one checklist item; nothing is stored. */
export const flipProcedures = {
  'flip.search': procedure(
    z.strictObject({
      planId: id<PlanId>(),
      checklistId: z.string().min(1).max(100),
      item: z.string().min(1).max(20),
      /** The next level that measuring can give, where absent. */
      to: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]).optional(),
      evaluations: z.number().int().min(1).max(100_000).optional(),
      seconds: z.number().min(1).max(86_400).optional(),
    }),
  ).returns<FlipResult>(),
}
