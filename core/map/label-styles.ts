import * as z from 'zod'
import json from '../../resources/reference/map-labels.json' with { type: 'json' }
import { ROLE_IDS, type Role } from '../model/roles.ts'
import { bilingualText, provenance } from '../reference/provenance.ts'

const labelStyle = z.strictObject({
  /** Attributes in the order in which they are tried; `class` is told in the reader's language. */
  fields: z.array(z.string().min(1)).min(1),
  /** What is set first keeps its place. */
  priority: z.number(),
  sizePx: z.number().min(8).max(30),
  colour: z.string().regex(/^#[0-9A-F]{6}$/),
  /** Least mean side of an area, or length of a line, on the screen. */
  leastPx: z.number().min(0),
  /** No names at scales smaller than 1:`from`. */
  from: z.number().positive(),
})

/** Shape of `resources/reference/map-labels.json`. */
export const mapLabelsSchema = z.strictObject({
  greenprint: z.literal('map-labels/1'),
  note: bilingualText,
  ...provenance,
  roles: z.partialRecord(z.enum(ROLE_IDS), labelStyle),
})

export type LabelStyle = z.infer<typeof labelStyle>

const STYLES = mapLabelsSchema.parse(json).roles

/** How the names of a role are set; undefined for roles whose features have no name worth showing. */
export const labelStyleOf = (role: Role): LabelStyle | undefined => STYLES[role]
