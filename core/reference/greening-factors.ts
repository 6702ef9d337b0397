import json from '../../resources/reference/urban-greening-factors.json' with { type: 'json' }
import type { Bilingual } from '../text.ts'
import { greeningFactorsSchema } from './reference-tables.ts'

const data = greeningFactorsSchema.parse(json)

/** Uses of land that have a target. */
export type GreenedUse = 'residential' | 'commercial'

/** The target of the Urban Greening Factor of a use, with its title. */
export function greeningTarget(use: GreenedUse): { target: number; title: Bilingual } {
  const found = data.targets.find((one) => one.use === use)
  if (!found) throw new Error(`urban-greening-factors.json has no target "${use}"`)
  return found
}

/** The factor of a kind of surface by its id. */
export function greeningFactor(id: string): number {
  const found = data.factors.find((one) => one.id === id)
  if (!found) throw new Error(`urban-greening-factors.json has no surface "${id}"`)
  return found.factor
}

/** Names of surfaces as people write them: ids and both titles, lower case. */
const byName = new Map(
  data.factors.flatMap(({ id, title, factor }) => [id, title.zh, title.en].map((name) => [name.toLowerCase(), factor] as const)),
)

/**
 * Sum of factor × area of a list of surfaces, m²: "amenity_grass: 300; 垂直绿化: 50". Undefined where the text holds anything that is
 * not a known surface with an area: half a list would understate the parcel.
 */
export function greenedM2(text: string): number | undefined {
  const parts = text
    .normalize('NFKC')
    .split(/[;；\n]/u)
    .map((part) => part.trim())
    .filter((part) => part !== '')
  let sum = 0
  for (const part of parts) {
    const match = /^(.*?)\s*[:=：]\s*(\d+(?:\.\d+)?)\s*(?:m2|㎡|平方米)?$/iu.exec(part)
    const factor = byName.get(match?.[1]?.toLowerCase() ?? '')
    if (!match || factor === undefined) return undefined
    sum += factor * Number(match[2])
  }
  return parts.length > 0 ? sum : undefined
}
