import * as z from 'zod'
import json from '../../resources/reference/weight-sensitivity.json' with { type: 'json' }
import { bilingualText, provenance } from './provenance.ts'

/** By what share weights are moved to see how much the total depends on them. */
export const weightSensitivitySchema = z.strictObject({
  greenprint: z.literal('weight-sensitivity/1'),
  title: bilingualText,
  remark: bilingualText,
  share: z.strictObject({ value: z.number().gt(0).lt(1), ...provenance }),
})

const read = weightSensitivitySchema.parse(json)

/** 0..1: 0.2 moves each weight by a fifth, down and up. */
export const SENSITIVITY_SHARE = read.share.value

/** What is done and why this share, for those who read the chart. */
export const SENSITIVITY_REMARK = read.remark
