import * as z from 'zod'
import gb50137Json from '../../resources/reference/crosswalk-gb50137.json' with { type: 'json' }
import survey3Json from '../../resources/reference/crosswalk-survey3.json' with { type: 'json' }
import trial2020Json from '../../resources/reference/crosswalk-2020-trial.json' with { type: 'json' }
import { bilingualText, provenance } from './provenance.ts'

const row = z.strictObject({
  from: z.string().min(1),
  zh: z.string().min(1),
  to: z.array(z.string().regex(/^(\d{2}){1,3}$/)).min(1),
  /** One source code stands for several classes: the first is taken and the land is marked 待细分. */
  split: z.boolean(),
  note: bilingualText.optional(),
  ...provenance,
})

/** A table from another classification's codes to those of 2023. */
export const crosswalkSchema = z.strictObject({
  greenprint: z.literal('crosswalk/1'),
  id: z.enum(['survey3', 'gb50137', 'trial2020']),
  title: bilingualText,
  remark: bilingualText,
  rows: z.array(row),
})

export type Crosswalk = z.infer<typeof crosswalkSchema>
export type CrosswalkRow = z.infer<typeof row>

/** The three classifications that offices still deliver, beside that of 2023. */
export const CROSSWALKS: Readonly<Record<Crosswalk['id'], Crosswalk>> = {
  survey3: crosswalkSchema.parse(survey3Json),
  gb50137: crosswalkSchema.parse(gb50137Json),
  trial2020: crosswalkSchema.parse(trial2020Json),
}
