import * as z from 'zod'
import json from '../../resources/reference/usual-scales.json' with { type: 'json' }
import { bilingualText, provenance } from '../reference/provenance.ts'

/** Shape of `resources/reference/usual-scales.json`. */
export const usualScalesSchema = z.strictObject({
  greenprint: z.literal('usual-scales/1'),
  note: bilingualText,
  ...provenance,
  /** `denominator` is the number below the line; `use` is what maps of the scale are often made for. */
  scales: z.array(z.strictObject({ denominator: z.number().int().positive(), use: bilingualText, ...provenance })).min(1),
})

/** Scales that planning maps usually have, from large to small. */
export const USUAL_SCALES = usualScalesSchema.parse(json).scales
