import * as z from 'zod'
import { ROLE_IDS } from './roles.ts'

const words = z.record(z.string().max(200), z.string().max(200))

/** How layers whose name fits a pattern are read: `*` stands for anything, upper and lower case are the same. */
export const profileRuleSchema = z.strictObject({
  pattern: z.string().trim().min(1).max(200),
  kind: z.enum(['polygon', 'line', 'point', 'raster']).nullable(),
  role: z.enum(ROLE_IDS),
  /** Used only where the file itself does not say its encoding. */
  encoding: z.string().max(40).nullable(),
  fields: words,
  /** Source value → code of the 2023 classification. */
  classes: words,
})

/** What an office has once answered about the files of one kind of submission, under a name ("县级总规"). */
export const profileDraftSchema = z.strictObject({
  name: z.string().trim().min(1).max(80),
  rules: z.array(profileRuleSchema).min(1).max(500),
})

export type ProfileRule = z.infer<typeof profileRuleSchema>
export type ProfileDraft = z.infer<typeof profileDraftSchema>

/** A saved profile. Names are unique: saving under the same name replaces. */
export interface MappingProfile extends ProfileDraft {
  id: string
  by: string
  at: string
}
