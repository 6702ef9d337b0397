import * as z from 'zod'
import json from '../../resources/reference/corridor-functions.json' with { type: 'json' }
import { bilingualText, provenance } from './provenance.ts'

const need = {
  id: z.string(),
  title: bilingualText,
  /** What sources write, lower case. */
  words: z.array(z.string().min(1)).min(1),
  widthM: z.number().positive(),
  ...provenance,
}

/** How wide a corridor must be for what it is there for, and for its level; primary corridors are those that N04 counts. */
export const corridorFunctionsSchema = z.strictObject({
  greenprint: z.literal('corridor-functions/1'),
  title: bilingualText,
  remark: bilingualText,
  functions: z.array(z.strictObject(need)).min(1),
  levels: z.array(z.strictObject({ ...need, isPrimary: z.boolean() })).min(1),
})

export const { functions: CORRIDOR_FUNCTIONS, levels: CORRIDOR_LEVELS } = corridorFunctionsSchema.parse(json)
