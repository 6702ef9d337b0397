import { textAt, type LayerColumns } from '../geo/columns.ts'
import { hasShape } from '../geo/edited.ts'
import { featureAreas } from '../geo/feature-areas.ts'
import { tableAreasWithin } from '../geo/overlap-table.ts'
import { OUTSIDE, zoneOfPoints } from '../geo/within.ts'
import { PLACE_TYPES, type PlaceType } from '../reference/place-types.ts'
import { ofClass } from './by-class.ts'
import type { PlanData } from './indicator.ts'
import { greenRatios } from './parcel-greening.ts'

/** Places of one kind in one layer: their amounts (m² of polygons, 1 for each point), and what of it lies in areas with a strategy. */
export interface PlacesInLayer {
  layer: LayerColumns
  amounts: Float64Array
  inStrategy: Float64Array
}

/** Where a kind of places is located. */
export interface LocatedType {
  type: PlaceType
  layers: PlacesInLayer[]
  places: number
  /** Places that lie, in part at least, in an opportunity area that states a strategy. */
  placesInStrategy: number
  areaM2: number
}

/** Every kind of places with what the planned land use and the layers show of it. */
export function locatedTypes(plan: PlanData, greenRatio: number): LocatedType[] {
  const strategies = strategyGround(plan)
  return PLACE_TYPES.map((type) => {
    const layers = [
      ...type.roles.flatMap((role) => plan.layers(role).map((layer) => placesIn(layer, () => true, strategies))),
      ...plan.layers('facility').flatMap((layer) => facilityPlaces(layer, type, strategies)),
    ]
    const parcels = plan.layer('landuse_plan')
    // a drawn layer names its places; parcels stand in where there is none
    const drawn = layers.some(({ amounts }) => amounts.some((amount) => amount > 0))
    if (parcels && !drawn && type.classes.length > 0) {
      layers.push(placesIn(parcels, parcelsOf(parcels, type, greenRatio), strategies))
    }
    const count = (of: (one: PlacesInLayer) => Float64Array) =>
      layers.reduce((sum, one) => sum + of(one).reduce((places, amount) => places + (amount > 0 ? 1 : 0), 0), 0)
    const polygons = layers.filter(({ layer }) => layer.kind === 'polygon')
    return {
      type,
      layers,
      places: count(({ amounts }) => amounts),
      placesInStrategy: count(({ inStrategy }) => inStrategy),
      areaM2: polygons.reduce((sum, { amounts }) => sum + amounts.reduce((area, amount) => area + amount, 0), 0),
    }
  })
}

/** Ground of the opportunity areas that state a strategy; undefined where none does. */
function strategyGround(plan: PlanData): LayerColumns | undefined {
  const areas = plan.layer('opportunity_area')
  if (!areas || areas.kind !== 'polygon') return undefined
  const states = (area: number) => hasShape(areas, area) && (textAt(areas, 'strategy', area) ?? '').trim() !== ''
  if (!areas.fid.some((_, area) => states(area))) return undefined
  return plan.geos.union(areas, states)
}

function placesIn(
  layer: LayerColumns,
  isPlace: (feature: number) => boolean,
  strategies: LayerColumns | undefined,
): PlacesInLayer {
  const chosen = (feature: number) => hasShape(layer, feature) && isPlace(feature)
  const amounts = new Float64Array(layer.count)
  const inStrategy = new Float64Array(layer.count)
  const areas = layer.kind === 'polygon' ? featureAreas(layer) : undefined
  const within = layer.kind === 'polygon' && strategies ? tableAreasWithin(layer, strategies) : undefined
  const zones = layer.kind === 'point' && strategies ? zoneOfPoints(layer, strategies) : undefined
  for (let feature = 0; feature < layer.count; feature += 1) {
    if (!chosen(feature)) continue
    amounts[feature] = areas ? (areas[feature] ?? 0) : 1
    inStrategy[feature] = within?.[feature] ?? ((zones?.[feature] ?? OUTSIDE) === OUTSIDE ? 0 : 1)
  }
  return { layer, amounts, inStrategy }
}

function facilityPlaces(layer: LayerColumns, type: PlaceType, strategies: LayerColumns | undefined): PlacesInLayer[] {
  if (type.facilities.length === 0) return []
  const kinds = new Set(type.facilities)
  return [placesIn(layer, (feature) => kinds.has((textAt(layer, 'kind', feature) ?? '').trim().toLowerCase()), strategies)]
}

function parcelsOf(parcels: LayerColumns, type: PlaceType, greenRatio: number): (parcel: number) => boolean {
  const ofType = ofClass(parcels, (code) => type.classes.some((listed) => code.startsWith(listed)))
  if (type.isGreenRich !== true) return ofType
  const ratios = greenRatios(parcels)
  return (parcel) => ofType(parcel) && (ratios[parcel] ?? NaN) >= greenRatio
}
