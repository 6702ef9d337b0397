import * as z from 'zod'
import json from '../../resources/reference/map-classes.json' with { type: 'json' }
import { CERTAINTIES } from '../checklist/schema.ts'

const bilingual = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })
const provenance = { source: z.string().min(1), certainty: z.enum(CERTAINTIES) }
const colour = z.string().regex(/^#[0-9A-F]{6}$/)

/** Shape of `resources/reference/map-classes.json`. */
export const mapClassesSchema = z.strictObject({
  greenprint: z.literal('map-classes/1'),
  note: bilingual,
  /** Pale to dark. */
  sequential: z.strictObject({ id: z.string(), colours: z.array(colour).length(5), ...provenance }),
  /** `below` from far to near the threshold, `above` from near to far. */
  diverging: z.strictObject({
    id: z.string(),
    below: z.array(colour).length(3),
    above: z.array(colour).length(3),
    ...provenance,
  }),
  /** For parts that have no colour of their own. */
  categorical: z.strictObject({ id: z.string(), colours: z.array(colour).length(8), ...provenance }),
  noData: z.strictObject({ fill: colour, hatchColour: colour, label: bilingual, ...provenance }),
})

/** Colours of maps whose areas are drawn by a figure. */
export const MAP_CLASSES = mapClassesSchema.parse(json)
