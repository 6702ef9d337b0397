import { NO_TEXT, type LayerColumns } from '../geo/columns.ts'
import { perGeometry } from '../geo/edited.ts'
import { featureAreas } from '../geo/feature-areas.ts'
import { overlapTable } from '../geo/overlap-table.ts'
import type { Bilingual } from '../text.ts'
import type { PlanData } from './indicator.ts'
import { UNCLASSED, type ClassTransition } from './land-transition.ts'

/** Land of one class before and after, on the ground where both years know the class, m². */
export interface ClassBalance {
  code: string
  beforeM2: number
  afterM2: number
}

/** Every class on the ground that both years show, by code; the two columns have the same sum. */
export function classBalances({ from, to, areaM2 }: ClassTransition): ClassBalance[] {
  const balances = new Map<string, ClassBalance>()
  const of = (code: string): ClassBalance => {
    const found = balances.get(code) ?? { code, beforeM2: 0, afterM2: 0 }
    balances.set(code, found)
    return found
  }
  for (const [row, before] of from.entries()) {
    for (const [column, after] of to.entries()) {
      const cell = areaM2[row * to.length + column] ?? 0
      if (!(cell > 0) || before === UNCLASSED || after === UNCLASSED) continue
      of(before).beforeM2 += cell
      of(after).afterM2 += cell
    }
  }
  return [...balances.values()].toSorted((a, b) => (a.code < b.code ? -1 : 1))
}

/** What every planned parcel gains: Σ over the base parcels it covers of area · (worth of its class − worth of theirs). */
export function gainOfPlanParcels(base: LayerColumns, planned: LayerColumns, worth: (code: string) => number): Float64Array {
  const [before, after] = [worthByCode(base, worth), worthByCode(planned, worth)]
  const { offset, partner, areaM2 } = overlapTable(base, planned)
  const gained = new Float64Array(planned.count)
  if (!before || !after) return gained
  for (let parcel = 0; parcel < base.count; parcel += 1) {
    const own = before.worth[before.codes[parcel] ?? NO_TEXT]
    if (own === undefined) continue
    const end = offset[parcel + 1] ?? 0
    for (let pair = offset[parcel] ?? 0; pair < end; pair += 1) {
      const other = partner[pair] ?? 0
      const becomes = after.worth[after.codes[other] ?? NO_TEXT]
      if (becomes !== undefined && becomes !== own) gained[other] = (gained[other] ?? 0) + (areaM2[pair] ?? 0) * (becomes - own)
    }
  }
  return gained
}

/** Codes of a layer's classes with what each is worth; each class is asked once. */
function worthByCode(layer: LayerColumns, worth: (code: string) => number) {
  const column = layer.attributes['class']
  return column?.type === 'text' ? { codes: column.codes, worth: column.dictionary.map(worth) } : undefined
}

/** Both years' land use, and the roles that are not there. */
export function bothYears(plan: PlanData): {
  base: LayerColumns | undefined
  planned: LayerColumns | undefined
  needs: string[]
} {
  const [base, planned] = [plan.layer('landuse_base'), plan.layer('landuse_plan')]
  return { base, planned, needs: [...(base ? [] : ['landuse_base']), ...(planned ? [] : ['landuse_plan'])] }
}

/** Said by every figure that compares both years where one is not there. */
export const NEEDS_BOTH: Bilingual = {
  zh: '需要基期和规划两套用地用海图层。',
  en: 'Both base-year and planned land use are needed.',
}

/** Planned classes say what land shall be, not what covers it. */
export const COVER_PROXY: Bilingual = { zh: '以规划地类代替实际地表覆盖', en: 'planned classes stand for real cover' }

const wholeAreaM2 = perGeometry((layer) => featureAreas(layer).reduce((total, areaM2) => total + areaM2, 0))

/** A sum of rows beside the whole layer, with a sentence where land has no partner in the other year or no class. */
export function closureOf(sum: number, layer: LayerColumns) {
  const whole = wholeAreaM2(layer)
  const differs = Math.abs(sum - whole) > 1e-6 * Math.max(1, whole)
  return differs ? { sum, whole, remark: NOT_COMPARED } : { sum, whole }
}

const NOT_COMPARED: Bilingual = {
  zh: '差额为只在一期出现、重复绘制或未识别地类的土地，未计入。',
  en: 'The difference is land that only one of both years shows, that is drawn twice, or whose class is not recognised.',
}
