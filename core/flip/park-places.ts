import { featureAreas } from '../geo/feature-areas.ts'
import type { LayerColumns } from '../geo/columns.ts'
import { hasShape } from '../geo/edited.ts'
import { tableAreasWithin } from '../geo/overlap-table.ts'
import { classOf } from '../indicators/by-class.ts'
import type { PlanData } from '../indicators/indicator.ts'
import { studyArea } from '../indicators/study-area.ts'
import { convertibleRank, COST_PER_RANK } from './flip-rules.ts'

/** A planned parcel that could become a park, whole or in part. */
export interface ConvertibleParcel {
  parcel: number
  code: string
  /** 0 is looked at first. */
  rank: number
  areaM2: number
  /** The part of it that lies where new parks count. */
  countedM2: number
}

/** What ground is weighed with when it is chosen: land that should give way first costs least. */
export const costOf = (areaM2: number, rank: number): number => areaM2 * COST_PER_RANK ** rank

/** How much of a parcel may lie inside basic farmland or the redline before it is left alone: more than a crooked outline. */
const MOST_IN_LINES = 0.01

/** Parcels whose planned use may give way to a park: stock, white and idle land first; never inside basic farmland or the redline. */
export function convertibleParcels(
  plan: PlanData,
  parcels: LayerColumns,
  within: 'central_city' | 'whole' | undefined,
): ConvertibleParcel[] {
  const areas = featureAreas(parcels)
  const stock = plan.layer('stock')
  const inLines = (['pbf', 'eco_redline'] as const).flatMap((role) => {
    const line = plan.layer(role)
    return line ? [tableAreasWithin(parcels, line)] : []
  })
  const inStock = stock && tableAreasWithin(parcels, stock)
  const ground = within && studyArea(plan, within)?.zone
  const counted = ground ? tableAreasWithin(parcels, ground) : areas
  const found: ConvertibleParcel[] = []
  for (let parcel = 0; parcel < parcels.count; parcel += 1) {
    const [code, areaM2, countedM2] = [classOf(parcels, parcel), areas[parcel] ?? 0, counted[parcel] ?? 0]
    const rank = convertibleRank(code)
    if (code === undefined || rank === undefined || !hasShape(parcels, parcel) || !(countedM2 > 0)) continue
    if (inLines.some((within) => (within[parcel] ?? 0) > MOST_IN_LINES * areaM2)) continue
    const isStock = (inStock?.[parcel] ?? 0) > areaM2 / 2
    found.push({ parcel, code, rank: isStock ? 0 : rank, areaM2, countedM2 })
  }
  return found
}
