import * as z from 'zod'
import json from '../../resources/reference/worker-densities.json' with { type: 'json' }
import { bilingualText, provenance } from './provenance.ts'

/** Jobs per area of land or floor by class: what stands for jobs where a plan has no data of them. */
export const workerDensitiesSchema = z.strictObject({
  greenprint: z.literal('worker-densities/1'),
  title: bilingualText,
  remark: bilingualText,
  rows: z.array(
    z.strictObject({
      classes: z.array(z.string().regex(/^(\d{2}){1,3}$/)).min(1),
      jobsPerHaLand: z.number().positive(),
      floorM2PerJob: z.number().positive(),
      ...provenance,
    }),
  ),
})

export interface WorkerDensity {
  jobsPerHaLand: number
  floorM2PerJob: number
}

const byClass = new Map(
  workerDensitiesSchema.parse(json).rows.flatMap((row) => row.classes.map((code): [string, WorkerDensity] => [code, row])),
)

/** Density of a class; the longest matching class decides. Undefined for land where hardly anybody works. */
export function workerDensity(code: string): WorkerDensity | undefined {
  for (let length = code.length; length >= 2; length -= 1) {
    const found = byClass.get(code.slice(0, length))
    if (found) return found
  }
  return undefined
}
