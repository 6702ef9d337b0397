import * as z from 'zod'
import json from '../../resources/reference/detailed-plan-controls.json' with { type: 'json' }
import { bilingualText, provenance } from './provenance.ts'

/** Controls that a parcel of a detailed plan should state, and the land classes that they concern. */
export const detailedControlsSchema = z.strictObject({
  greenprint: z.literal('detailed-plan-controls/1'),
  title: bilingualText,
  remark: bilingualText,
  /** Texts that stand in a field although nothing is stated, lower case. */
  empty: z.array(z.string()),
  fields: z
    .array(
      z.strictObject({
        id: z.enum(['mixRatio', 'greenRatio', 'greenBuilding', 'renewable']),
        ...bilingualText.shape,
        classes: z.array(z.string().regex(/^(\d{2}){1,3}$/)).min(1),
        ...provenance,
      }),
    )
    .min(1),
})

const data = detailedControlsSchema.parse(json)

export const DETAILED_CONTROLS = data.fields

/** True for a placeholder that says nothing ("-", "无"). */
export const isPlaceholder = (text: string): boolean => data.empty.includes(text.trim().toLowerCase())
