import * as z from 'zod'
import json from '../../resources/reference/place-types.json' with { type: 'json' }
import { ROLE_IDS } from '../model/roles.ts'
import { bilingualText, provenance } from './provenance.ts'

/** Kinds of characterful places, and the layers, classes of land and facilities that show where they are. */
export const placeTypesSchema = z.strictObject({
  greenprint: z.literal('place-types/1'),
  title: bilingualText,
  remark: bilingualText,
  /** Housing is rich in green from this green ratio on. */
  denseGreenRatioPercent: z.strictObject({ value: z.number().positive(), ...provenance }),
  types: z
    .array(
      z.strictObject({
        id: z.string(),
        title: bilingualText,
        roles: z.array(z.enum(ROLE_IDS)),
        classes: z.array(z.string().regex(/^(\d{2}){1,3}$/)),
        facilities: z.array(z.string()),
        /** Only parcels with a green ratio that is high enough. */
        isGreenRich: z.literal(true).optional(),
        ...provenance,
      }),
    )
    .length(9),
})

export const { types: PLACE_TYPES, denseGreenRatioPercent: DENSE_GREEN } = placeTypesSchema.parse(json)
export type PlaceType = (typeof PLACE_TYPES)[number]
