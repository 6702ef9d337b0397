import * as z from 'zod'
import json from '../../resources/reference/later-parameters.json' with { type: 'json' }
import { bilingualText, provenance } from './provenance.ts'

/** Parameters that manifests may carry before this program has the indicators that read them. */
export const laterParametersSchema = z.strictObject({
  greenprint: z.literal('later-parameters/1'),
  title: bilingualText,
  remark: bilingualText,
  parameters: z.array(
    z.strictObject({ name: z.string().min(1), ...bilingualText.shape, items: z.array(z.string()).min(1), ...provenance }),
  ),
})

/** Names, what they mean, the checklist items whose indicators will read them, and who says so. */
export const LATER_PARAMETERS = laterParametersSchema.parse(json).parameters
