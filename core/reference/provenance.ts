import * as z from 'zod'
import { CERTAINTIES } from '../checklist/schema.ts'

/** Both languages, as every text of a reference file. */
export const bilingualText = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })

/** Where a row comes from (a key of `sources.json`) and how sure it is: every reference row carries both. */
export const provenance = { source: z.string().min(1), certainty: z.enum(CERTAINTIES) }
