import * as z from 'zod'
import coolingJson from '../../resources/reference/cooling-coefficients.json' with { type: 'json' }
import permeabilityJson from '../../resources/reference/surface-permeability.json' with { type: 'json' }
import { bilingualText, provenance } from './provenance.ts'

const classes = z.array(z.string().regex(/^(\d{2}){1,3}$/)).min(1)
const share = z.number().min(0).max(1)

/** Share of permeable surface by class of land: what stands for a grid of impervious surface. */
export const permeabilitySchema = z.strictObject({
  greenprint: z.literal('surface-permeability/1'),
  title: bilingualText,
  remark: bilingualText,
  rows: z.array(z.strictObject({ classes, share, ...provenance })),
})

/** Shade, albedo and evaporation by class of land, and how they weigh in the cooling capacity. */
export const coolingSchema = z.strictObject({
  greenprint: z.literal('cooling-coefficients/1'),
  title: bilingualText,
  remark: bilingualText,
  weights: z.strictObject({ shade: share, albedo: share, evaporation: share, ...provenance }),
  minimumGreenM2: z.strictObject({ value: z.number().positive(), ...provenance }),
  rows: z.array(
    z.strictObject({ classes, shade: share, albedo: share, kc: z.number().min(0).max(1.5), green: z.boolean(), ...provenance }),
  ),
})

const shares = byClass(permeabilitySchema.parse(permeabilityJson).rows)

/** Share of permeable surface of a class, 0 … 1; the longest matching class decides. Undefined for sea and unknown codes. */
export const permeableShare = (code: string): number | undefined => longest(shares, code)?.share

export const COOLING = coolingSchema.parse(coolingJson)

const cooling = byClass(COOLING.rows)

/** The row of cooling coefficients of a class, as its number in the table, or −1. */
export function coolingRow(code: string): number {
  const row = longest(cooling, code)
  return row ? COOLING.rows.indexOf(row) : -1
}

function byClass<R extends { classes: string[] }>(rows: readonly R[]): ReadonlyMap<string, R> {
  return new Map(rows.flatMap((row) => row.classes.map((code) => [code, row] as const)))
}

function longest<R>(rows: ReadonlyMap<string, R>, code: string): R | undefined {
  for (let length = code.length; length >= 2; length -= 1) {
    const found = rows.get(code.slice(0, length))
    if (found) return found
  }
  return undefined
}
