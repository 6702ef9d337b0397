import type { LayerColumns } from '../geo/columns.ts'
import { featureAreas } from '../geo/feature-areas.ts'
import { overlapTable } from '../geo/overlap-table.ts'
import { landClass } from '../reference/land-classes.ts'
import type { Bilingual } from '../text.ts'
import type { PlanData } from './indicator.ts'
import { UNCLASSED, type ClassTransition } from './land-transition.ts'
import { kindOfParcels } from './per-unit.ts'

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
  const [before, after] = [worthOfParcels(base, worth), worthOfParcels(planned, worth)]
  const { offset, partner, areaM2 } = overlapTable(base, planned)
  const gained = new Float64Array(planned.count)
  for (let parcel = 0; parcel < base.count; parcel += 1) {
    const own = before[parcel] ?? NaN
    if (Number.isNaN(own)) continue
    for (let pair = offset[parcel] ?? 0; pair < (offset[parcel + 1] ?? 0); pair += 1) {
      const other = partner[pair] ?? 0
      const gain = (after[other] ?? NaN) - own
      if (!Number.isNaN(gain)) gained[other] = (gained[other] ?? 0) + (areaM2[pair] ?? 0) * gain
    }
  }
  return gained
}

/** NaN where the class is not known; each code is asked once. */
function worthOfParcels(layer: LayerColumns, worth: (code: string) => number): Float64Array {
  const values: number[] = []
  const kinds = kindOfParcels(layer, (code) => values.push(worth(code)) - 1)
  return Float64Array.from(kinds, (kind) => values[kind] ?? NaN)
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

/** A sum of rows beside the whole layer, with a sentence where land has no partner in the other year or no class. */
export function closureOf(sum: number, layer: LayerColumns) {
  const whole = featureAreas(layer).reduce((total, areaM2) => total + areaM2, 0)
  const differs = Math.abs(sum - whole) > 1e-6 * Math.max(1, whole)
  return differs ? { sum, whole, remark: NOT_COMPARED } : { sum, whole }
}

const NOT_COMPARED: Bilingual = {
  zh: '差额为只在一期出现、重复绘制或未识别地类的土地，未计入。',
  en: 'The difference is land that only one of both years shows, that is drawn twice, or whose class is not recognised.',
}

/** A class as readers know it: code and name. */
export function classTitle(code: string): Bilingual {
  const found = landClass(code)
  return { zh: `${code} ${found?.zh ?? ''}`.trim(), en: `${code} ${found?.en ?? ''}`.trim() }
}
