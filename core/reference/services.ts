import * as z from 'zod'
import json from '../../resources/reference/services.json' with { type: 'json' }
import { bilingualText, provenance } from './provenance.ts'

/** Services that a 15-minute life circle should hold, how far people walk to them, and what facilities are called. */
export const servicesSchema = z.strictObject({
  greenprint: z.literal('services/1'),
  title: bilingualText,
  remark: bilingualText,
  /** Of the list itself; rows say where their distance comes from. */
  ...provenance,
  services: z
    .array(
      z.strictObject({
        id: z.string(),
        ...bilingualText.shape,
        walkM: z.number().positive(),
        kinds: z.array(z.string()).min(1),
        ...provenance,
      }),
    )
    .min(1),
})

export const BASIC_SERVICES = servicesSchema.parse(json).services

const byKind = new Map(BASIC_SERVICES.flatMap(({ kinds }, index) => kinds.map((kind) => [kind, index] as const)))

/** Index in `BASIC_SERVICES` of what a facility of this kind offers, or −1 for a kind that is none of them. */
export const serviceOfKind = (kind: string): number => byKind.get(kind.trim().toLowerCase()) ?? -1
