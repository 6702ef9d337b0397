import * as z from 'zod'
import json from '../../resources/reference/land-use-mix.json' with { type: 'json' }
import { bilingualText, provenance } from './provenance.ts'

/** The functions that the land-use mix tells apart; their number is the n of the normalised entropy. */
export const landUseMixSchema = z.strictObject({
  greenprint: z.literal('land-use-mix/1'),
  title: bilingualText,
  remark: bilingualText,
  ...provenance,
  functions: z
    .array(z.strictObject({ id: z.string(), ...bilingualText.shape, include: z.array(z.string().regex(/^(\d{2}){1,3}$/)) }))
    .min(2),
})

export const LAND_USE_MIX = landUseMixSchema.parse(json)

/** Index of the function that a code belongs to; the last function takes what no other claims. */
export function mixFunction(code: string): number {
  const found = LAND_USE_MIX.functions.findIndex(({ include }) => include.some((prefix) => code.startsWith(prefix)))
  return found === -1 ? LAND_USE_MIX.functions.length - 1 : found
}
