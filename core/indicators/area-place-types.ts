import type { LayerColumns } from '../geo/columns.ts'
import { featureAreas } from '../geo/feature-areas.ts'
import { nearest } from '../geo/nearest.ts'
import { areasWithin } from '../geo/overlay-area.ts'
import { roleInfo } from '../model/roles.ts'
import { OPPORTUNITY } from '../opportunity/criteria.ts'
import { DENSE_GREEN } from '../reference/place-types.ts'
import type { Bilingual } from '../text.ts'
import type { PlanData } from './indicator.ts'
import { locatedTypes, type PlacesInLayer } from './place-types.ts'

/** One of Tokyo's nine kinds of characterful places that an area is of, and what shows it. */
export interface AreaPlaceType {
  id: string
  title: Bilingual
  reason: Bilingual
}

/**
 * Which of the nine kinds every area is of: places of the kind cover enough of it, or stand near it. In the order of the list; none where
 * nothing shows any. A proposal: what an area is to become stands in the plan's text.
 */
export function areaPlaceTypes(plan: PlanData, areas: LayerColumns): AreaPlaceType[][] {
  const found = Array.from({ length: areas.count }, (): AreaPlaceType[] => [])
  for (const { type, layers } of locatedTypes(plan, DENSE_GREEN.value / 100)) {
    const reasons = layers.map((places) =>
      places.layer.kind === 'polygon' ? byGround(areas, places) : byNearness(areas, places),
    )
    for (const [area, types] of found.entries()) {
      const reason = reasons.map((list) => list[area]).find((one) => one !== undefined)
      if (reason) types.push({ id: type.id, title: type.title, reason })
    }
  }
  return found
}

function byGround(areas: LayerColumns, { layer, amounts }: PlacesInLayer): (Bilingual | undefined)[] {
  const { zh, en } = roleInfo(layer.role).title
  const inside = areasWithin(areas, layer, { b: (place) => (amounts[place] ?? 0) > 0 })
  return Array.from(featureAreas(areas), (areaM2, area) => {
    const share = areaM2 > 0 ? Math.min(1, (inside[area] ?? 0) / areaM2) : 0
    const percent = Math.round(100 * share)
    return share >= OPPORTUNITY.placeTypes.leastShare
      ? { zh: `${zh}：占 ${percent}%`, en: `${en}: ${percent} % of it` }
      : undefined
  })
}

function byNearness(areas: LayerColumns, { layer, amounts }: PlacesInLayer): (Bilingual | undefined)[] {
  const { zh, en } = roleInfo(layer.role).title
  const limitM = OPPORTUNITY.placeTypes.nearM
  const { distanceM } = nearest(areas, layer, { limitM, selectTo: (place) => (amounts[place] ?? 0) > 0 })
  return Array.from(distanceM, (metres) => {
    if (!(metres <= limitM)) return undefined
    const away = Math.round(metres)
    return away === 0 ? { zh: `${zh}：在内`, en: `${en}: inside` } : { zh: `${zh}：距 ${away} m`, en: `${en}: ${away} m away` }
  })
}
