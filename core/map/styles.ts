import * as z from 'zod'
import mapStylesFile from '../../resources/reference/map-styles.json' with { type: 'json' }
import { CERTAINTIES } from '../checklist/schema.ts'
import { ROLE_IDS, type Role } from '../model/roles.ts'
import { HATCHES } from './hatches.ts'

/** `#RRGGBB`, or `#RRGGBBAA` where what lies below must stay readable. */
const colour = z.string().regex(/^#[0-9A-F]{6}([0-9A-F]{2})?$/)
const bilingual = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })
const certainty = z.enum(CERTAINTIES)

const look = {
  fill: colour.nullable(),
  stroke: colour.nullable(),
  strokeWidthPx: z.number().positive(),
  /** Width where the feature itself is a line; polygons use `strokeWidthPx` for their outline. */
  lineWidthPx: z.number().positive().optional(),
  dash: z.array(z.number().positive()).min(2).optional(),
  hatch: z.enum(HATCHES).optional(),
  hatchColour: colour.optional(),
  /** Radius of the disc that shows a point. */
  markerPx: z.number().positive().optional(),
  /** Fill of points, where the fill meant for areas is too pale for a disc. */
  pointFill: colour.optional(),
}
const namedLook = z.strictObject({ label: bilingual, ...look })

/** How a grid's values become classes: fixed limits where all values lie within them, else equal or equally filled steps. */
const ramp = z
  .strictObject({
    /** Lower limits of the steps and the upper limit of the last, rising. */
    limits: z.array(z.number()).min(3).optional(),
    otherwise: z.enum(['equal', 'quantile']),
    unit: z.enum(['share', 'number']),
    colours: z.array(colour).min(2).max(12),
  })
  .refine(({ limits, colours }) => limits === undefined || limits.length === colours.length + 1)

const roleStyle = z.strictObject({
  /** Drawn from bottom to top in this order. */
  order: z.number(),
  visible: z.boolean(),
  /** Attribute that chooses the class; `landClass` takes the colours of the land classes; null: one style for all. */
  by: z.string().nullable(),
  source: z.string().min(1),
  certainty,
  classes: z.array(z.strictObject({ values: z.array(z.string()).min(1), label: bilingual, ...look })),
  otherwise: namedLook,
  ramp: ramp.optional(),
})

/** Shape of `resources/reference/map-styles.json`: how each role is drawn on screen and on paper. */
export const mapStylesSchema = z.strictObject({
  greenprint: z.literal('map-styles/1'),
  note: bilingual,
  roles: z.record(z.enum(ROLE_IDS), roleStyle),
  landClass: z.strictObject({
    stroke: colour,
    strokeWidthPx: z.number().positive(),
    hatched: z.record(z.string(), z.strictObject({ hatch: z.enum(['diagonal', 'cross', 'dots']), hatchColour: colour })),
    source: z.string(),
    certainty,
  }),
  /** Overlaps and gaps found at import. */
  topology: z.strictObject({
    title: bilingual,
    order: z.number(),
    source: z.string().min(1),
    certainty,
    looks: z.strictObject({ overlap: namedLook, gap: namedLook }),
  }),
  evidence: z.strictObject({ label: bilingual, ...look, source: z.string(), certainty }),
})

export type MapStyles = z.infer<typeof mapStylesSchema>
export type RoleStyle = z.infer<typeof roleStyle>
export type Ramp = z.infer<typeof ramp>
export type NamedLook = z.infer<typeof namedLook>

/** The product's map styles, checked when the module loads: a broken file stops the program, not a map. */
export const MAP_STYLES: MapStyles = mapStylesSchema.parse(mapStylesFile)

export const roleStyleOf = (role: Role): RoleStyle => MAP_STYLES.roles[role]
