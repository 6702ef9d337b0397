import type { LayerColumns } from '../geo/columns.ts'
import { connectedPieces, type Connected } from '../geo/connected.ts'
import { featureAreas } from '../geo/feature-areas.ts'
import { chosenLayer } from '../geo/keyed-layer.ts'
import type { Select } from '../geo/overlay-area.ts'
import type { Bilingual } from '../text.ts'
import { onlyWhere } from './amounts.ts'
import { drawnGreen, plannedParks, type GreenSpaces } from './green-spaces.ts'
import type { PlanData } from './indicator.ts'

/** Public parks of a plan: drawn ones, otherwise park land of the planned land use. */
export const parksOf = (plan: PlanData): GreenSpaces | undefined => drawnGreen(plan) ?? plannedParks(plan)

/** Ground of the connected piece that each chosen park is part of, m²; 0 for features that are not chosen. */
export function pieceAreas(plan: PlanData, parks: GreenSpaces): { open: LayerColumns; areaM2: Float64Array } {
  const open = chosenLayer(parks.layer, 'open green', parks.select)
  return { open, areaM2: areaOfPieces(connectedPieces(plan.geos, open)) }
}

const knownAreas = new WeakMap<Connected, Float64Array>()

function areaOfPieces(pieces: Connected): Float64Array {
  const { pieceOf, areaM2 } = pieces
  const found = knownAreas.get(pieces) ?? new Float64Array(pieceOf.length)
  if (knownAreas.has(pieces)) return found
  for (let feature = 0; feature < found.length; feature += 1) {
    const piece = pieceOf[feature] ?? -1
    if (piece >= 0) found[feature] = areaM2[piece] ?? 0
  }
  knownAreas.set(pieces, found)
  return found
}

/** Parks whose connected ground is of a size, as a layer with the indices of the source; the others have no geometry. */
export function parksOfSize(plan: PlanData, parks: GreenSpaces, minimumM2: number, belowM2 = Infinity): LayerColumns {
  const { open, areaM2 } = pieceAreas(plan, parks)
  return chosenLayer(open, `of ${minimumM2} to ${belowM2} m²`, isOfSize(areaM2, minimumM2, belowM2))
}

/** Their areas, m², 0 for all others: the same as of that layer, without making it. */
export function areasOfSize(plan: PlanData, parks: GreenSpaces, minimumM2: number, belowM2 = Infinity): Float64Array {
  const { open, areaM2 } = pieceAreas(plan, parks)
  return onlyWhere(featureAreas(open), isOfSize(areaM2, minimumM2, belowM2))
}

const isOfSize =
  (areaM2: Float64Array, minimumM2: number, belowM2: number): Select =>
  (feature) => {
    const piece = areaM2[feature] ?? 0
    return piece > 0 && piece >= minimumM2 && piece < belowM2
  }

export const NO_PARKS: Bilingual = {
  zh: '没有绿地图层，规划用地中也没有公园绿地。',
  en: 'There is no green layer and no planned park land.',
}
export const PARKS_FROM_LAND_USE: Bilingual = {
  zh: '没有绿地图层，以规划公园绿地（1401）代替。',
  en: 'There is no green layer; planned park land (1401) was used instead.',
}
