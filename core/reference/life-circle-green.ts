import * as z from 'zod'
import json from '../../resources/reference/life-circle-green.json' with { type: 'json' }
import { bilingualText, provenance } from './provenance.ts'

/** Least public green per person by life circle and the smallest park that counts, largest circle first. */
export const lifeCircleGreenSchema = z.strictObject({
  greenprint: z.literal('life-circle-green/1'),
  title: bilingualText,
  remark: bilingualText,
  circles: z
    .array(
      z.strictObject({
        minutes: z.number().positive(),
        m2PerPerson: z.number().positive(),
        smallestParkM2: z.number().positive(),
        ...provenance,
      }),
    )
    .min(1),
})

export const GREEN_CIRCLES = lifeCircleGreenSchema.parse(json).circles
