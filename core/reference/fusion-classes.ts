import * as z from 'zod'
import json from '../../resources/reference/fusion-classes.json' with { type: 'json' }
import { bilingualText, provenance } from './provenance.ts'

/** Classes of land that may well lie beside the blue-green net. */
export const fusionClassesSchema = z.strictObject({
  greenprint: z.literal('fusion-classes/1'),
  title: bilingualText,
  remark: bilingualText,
  ...provenance,
  classes: z.array(z.strictObject({ code: z.string().regex(/^(\d{2}){1,3}$/), ...bilingualText.shape })).min(1),
})

export const FUSION_CLASSES = fusionClassesSchema.parse(json).classes

/** Whether a code is one of these classes or a part of one. */
export const isFusionClass = (code: string): boolean => FUSION_CLASSES.some((listed) => code.startsWith(listed.code))
