import { sumOf } from '../geo/areal.ts'
import type { Bilingual } from '../text.ts'
import type { PlanData } from './indicator.ts'

/** How many people a figure is divided by, and where that number comes from. */
export interface Residents {
  persons: number
  title: Bilingual
  notes: Bilingual[]
}

/** People of the whole plan: as stated in the manifest, otherwise the sum of the population layer. Undefined without either. */
export function residentsOf(plan: PlanData): Residents | undefined {
  const { population, populationYear } = plan.city
  const counted = countedResidents(plan)
  if (population !== null && population > 0) {
    const year = populationYear === null ? '' : ` (${populationYear})`
    return {
      persons: population,
      title: { zh: `方案所报人口${year}`, en: `the stated population${year}` },
      notes: differing(population, counted),
    }
  }
  if (counted === undefined) return undefined
  return { persons: counted, title: { zh: '人口图层合计', en: 'the sum of the population layer' }, notes: [] }
}

/** Sum of the population layers, or undefined where there is none. */
export function countedResidents(plan: PlanData): number | undefined {
  const persons = plan.layers('population').reduce((sum, layer) => sum + sumOf(layer, 'persons').total, 0)
  return persons > 0 ? persons : undefined
}

function differing(stated: number, counted: number | undefined): Bilingual[] {
  if (counted === undefined || Math.abs(counted / stated - 1) <= 0.05) return []
  const percent = ((counted / stated) * 100).toFixed(0)
  return [
    {
      zh: `人口图层合计为所报人口的 ${percent}%，请核对口径。`,
      en: `The population layer adds up to ${percent}% of the stated population: check that both mean the same people.`,
    },
  ]
}
