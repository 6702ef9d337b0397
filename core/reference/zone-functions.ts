import * as z from 'zod'
import json from '../../resources/reference/zone-functions.json' with { type: 'json' }
import { bilingualText, provenance } from './provenance.ts'

/** Planning zones (规划分区) with the land classes that suit their main function. */
export const zoneFunctionsSchema = z.strictObject({
  greenprint: z.literal('zone-functions/1'),
  title: bilingualText,
  remark: bilingualText,
  zones: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z]+$/),
      title: bilingualText,
      /** What a plan may write of it, lower case. */
      words: z.array(z.string().min(1)).min(1),
      include: z.array(z.string().regex(/^(\d{2}){1,3}$/)).min(1),
      ...provenance,
    }),
  ),
})

export type ZoneFunction = z.infer<typeof zoneFunctionsSchema>['zones'][number]

export const ZONE_FUNCTIONS: readonly ZoneFunction[] = zoneFunctionsSchema.parse(json).zones

/** The zone that a name or a main function means: a whole word of the list first, then one inside the text. */
export function zoneFunction(text: string): ZoneFunction | undefined {
  const said = text.normalize('NFKC').trim().toLowerCase()
  return (
    ZONE_FUNCTIONS.find(({ words }) => words.includes(said)) ??
    ZONE_FUNCTIONS.find(({ words }) => words.some((word) => said.includes(word)))
  )
}

/** Whether a class suits a zone's main function. */
export const suitsZone = ({ include }: ZoneFunction, code: string): boolean => include.some((own) => code.startsWith(own))
