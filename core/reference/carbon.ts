import * as z from 'zod'
import carbonJson from '../../resources/reference/carbon-coefficients.json' with { type: 'json' }
import weightsJson from '../../resources/reference/energy-weights.json' with { type: 'json' }
import type { Bilingual } from '../text.ts'
import { bilingualText, provenance } from './provenance.ts'
import { carbonSchema } from './reference-tables.ts'

/** Relative energy use of construction land per area, to share out a city total that a plan gives. */
export const energyWeightsSchema = z.strictObject({
  greenprint: z.literal('energy-weights/1'),
  title: bilingualText,
  remark: bilingualText,
  rows: z.array(
    z.strictObject({ classes: z.array(z.string().regex(/^(\d{2}){1,3}$/)).min(1), weight: z.number(), ...provenance }),
  ),
})

/** Emission (positive) or uptake (negative) of one class of land in tCO2 per hectare and year. */
export interface CarbonCoefficient {
  low: number
  value: number
  high: number
}

/** One set of coefficients. Two sets are never mixed in one sum. */
export interface CarbonSet {
  id: string
  /** A, B … in the order of the file: how tables and sentences tell the sets apart. */
  letter: string
  title: Bilingual
  /** Coefficient of a class code; the longest matching class of the file decides. Undefined where the set says nothing. */
  of(code: string): CarbonCoefficient | undefined
  /** tCO2 set free once by every hectare of `from` that becomes settlement; 0 where the set has no such row. */
  onceToSettlement(from: string): number
}

/** 1 kgC/m² is 10 tC/ha; a tonne of carbon is 44/12 tonnes of carbon dioxide. */
const TCO2_PER_HA = { kgC_per_m2_year: (10 * 44) / 12, tCO2_per_ha_year: 1 } as const

const data = carbonSchema.parse(carbonJson)

/** How signs are to be read, for every table of carbon. */
export const CARBON_SIGN: Bilingual = data.sign

export const CARBON_SETS: readonly CarbonSet[] = data.sets.map((set, index) => {
  const factor = TCO2_PER_HA[set.unit]
  const byClass = new Map(
    set.rows.flatMap(({ classes, low, value, high }) =>
      classes.map((code) => [code, { low: low * factor, value: value * factor, high: high * factor }] as const),
    ),
  )
  const once = new Map(set.oneOff.filter(({ to }) => to === 'settlement').map(({ from, value }) => [from, value]))
  return {
    id: set.id,
    letter: String.fromCharCode(65 + index),
    title: set.title,
    of: (code) => longestMatch(byClass, code),
    onceToSettlement: (from) => longestMatch(once, from) ?? 0,
  }
})

const weights = energyWeightsSchema.parse(weightsJson)
const weightOf = new Map(weights.rows.flatMap(({ classes, weight }) => classes.map((code) => [code, weight] as const)))

/** Weight per area by which a class of construction land shares in the city's energy emission; 0 for all other land. */
export const energyWeight = (code: string): number => longestMatch(weightOf, code) ?? 0

function longestMatch<T>(rows: ReadonlyMap<string, T>, code: string): T | undefined {
  for (let length = code.length; length >= 2; length -= 1) {
    const found = rows.get(code.slice(0, length))
    if (found !== undefined) return found
  }
  return undefined
}
