import * as z from 'zod'
import json from '../../resources/reference/green-pattern.json' with { type: 'json' }
import { bilingualText, provenance } from './provenance.ts'

const figure = z.strictObject({ value: z.number().positive(), ...provenance })

/** How the pattern of habitat is read on cells, and the classes that it is divided into, in the order in which people see them. */
export const greenPatternSchema = z.strictObject({
  greenprint: z.literal('green-pattern/1'),
  title: bilingualText,
  remark: bilingualText,
  edgeWidthM: figure,
  cellM: figure,
  /** A grid that needs more cells gets larger ones. */
  mostCells: figure,
  classes: z.array(
    z.strictObject({
      id: z.enum(['core', 'edge', 'perforation', 'bridge', 'loop', 'branch', 'islet']),
      title: bilingualText,
      colour: z.string().regex(/^#[0-9a-f]{6}$/),
      ...provenance,
    }),
  ),
})

export const GREEN_PATTERN = greenPatternSchema.parse(json)
