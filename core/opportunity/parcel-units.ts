import type { LayerColumns } from '../geo/columns.ts'
import { partsOf } from '../geo/edit-layer.ts'
import { hasShape } from '../geo/edited.ts'
import { featureAreas } from '../geo/feature-areas.ts'
import { closestPoints } from '../geo/nearest.ts'
import { areasWithin, overlapAreas } from '../geo/overlay-area.ts'
import { placesOfPolygon } from '../geo/places-within.ts'
import { OUTSIDE, zoneAt } from '../geo/within.ts'
import { boxOf } from '../network/cell-mask.ts'
import { gatherPairs } from './gather.ts'
import { OPPORTUNITY } from './criteria.ts'
import { figuresAt, type CellFigures, type Surroundings } from './figures.ts'
import { inefficiencyAt, siteCells, type SiteGround } from './site-cells.ts'
import { mostCentral, type SiteUnits, type UnitsRule } from './units.ts'

/** One unit: a parcel of stock land, or a submitted area. */
interface Unit {
  layer: LayerColumns
  feature: number
  places: readonly (readonly [x: number, y: number])[]
  shares: readonly number[]
}

/**
 * Parcels of stock land as they are, each a unit, and every submitted area as one. Figures that belong to places are means over even
 * places inside; those of stock land are the parcel's own, in submitted areas means by the stock land that they hold.
 */
export function parcelUnits(
  ground: SiteGround,
  around: Surroundings,
  submitted: readonly LayerColumns[],
  rule: UnitsRule,
): SiteUnits | undefined {
  const site = siteCells(ground, submitted, rule.cellM)
  const { stock } = ground
  if (!site) return undefined
  const units = [...(stock ? [stock] : []), ...submitted].flatMap((layer) => unitsOf(layer, rule.cellM))
  const places = units.flatMap((unit) => unit.places)
  const spot = figuresAt(site, places, around, ground)
  let placed = 0
  const starts = units.map((unit) => (placed += unit.places.length) - unit.places.length)
  const mean = (values: ArrayLike<number>) =>
    Float64Array.from(units, ({ shares }, unit) =>
      shares.reduce((sum, share, place) => sum + share * (values[(starts[unit] ?? 0) + place] ?? 0), 0),
    )
  const own = ownFigures(ground, units, submitted)
  const hazards = ground.hazards ?? []
  const severity = places.map(([x, y]) => Math.max(0, ...hazards.map((zone) => severityAt(zone, x, y))))
  const figures: CellFigures = {
    ...Object.fromEntries(Object.entries(spot).map(([id, values]) => [id, mean(values)])),
    ...(stock ? { inefficiency: own.inefficiency } : {}),
    ...(stock && ground.tenureOf ? { tenure: own.tenure } : {}),
    ...(hazards.length > 0 ? { hazard: mean(severity).map((value) => 1 - value) } : {}),
  }
  const unitOf = (layer: LayerColumns, feature: number) =>
    units.findIndex((unit) => unit.layer === layer && unit.feature === feature)
  return {
    cellM: site.cellMm / 1000,
    areaM2: own.areaM2,
    stockM2: own.stockM2,
    excludedM2: own.excludedM2,
    figures,
    candidates: Array.from(units.keys()).filter(
      (unit) =>
        units[unit]?.layer === stock && (own.excludedM2[unit] ?? 0) < OPPORTUNITY.parcels.sliverM2 && (own.areaM2[unit] ?? 0) > 0,
    ),
    sharesOf(layer, feature) {
      const unit = unitOf(layer, feature)
      return unit < 0 ? undefined : new Map([[unit, 1]])
    },
    groups: (chosen) => together(units, chosen),
    nameOf: (unit) => units[unit]?.feature ?? -1,
    outlineOf(group) {
      const parts = group.flatMap((unit) => {
        const one = units[unit]
        return one ? partsOf(one.layer, one.feature).map((part) => part.map((ring) => Float64Array.from(ring))) : []
      })
      return ground.unite ? ground.unite(parts) : parts
    },
    middleOf: (group) => mostCentral(group.map((unit) => units[unit]?.places[0] ?? [0, 0])),
  }
}

function unitsOf(layer: LayerColumns, spacingM: number): Unit[] {
  return Array.from({ length: layer.count }, (_, feature) => feature)
    .filter((feature) => hasShape(layer, feature))
    .map((feature): Unit => {
      const { xy, share } = placesOfPolygon(layer, feature, spacingM)
      return {
        layer,
        feature,
        places: share.map((_, at) => [Math.round(xy[2 * at] ?? 0), Math.round(xy[2 * at + 1] ?? 0)]),
        shares: share,
      }
    })
}

function severityAt({ layer, severityOf }: NonNullable<SiteGround['hazards']>[number], x: number, y: number): number {
  const zone = zoneAt(layer, x, y)
  return zone === OUTSIDE ? 0 : severityOf(zone)
}

/** Areas of every unit, and the figures that come of the stock land in it. */
function ownFigures(ground: SiteGround, units: readonly Unit[], submitted: readonly LayerColumns[]) {
  const { stock } = ground
  const lists = new Map([...(stock ? [stock] : []), ...submitted].map((layer) => [layer, ownAreas(ground, layer)]))
  const of = (unit: Unit) => lists.get(unit.layer)
  const inStock = new Map(
    submitted.map((layer) => [layer, stock ? stockInside(layer, stock) : new Map<number, [number, number][]>()]),
  )
  /** Stock parcels in a unit with their usable area there. */
  const parcelsIn = (unit: Unit): [feature: number, areaM2: number][] => {
    if (unit.layer === stock) return [[unit.feature, usable(of(unit), unit.feature)]]
    const ofStock = stock && lists.get(stock)
    const found = inStock.get(unit.layer)?.get(unit.feature) ?? []
    return found.map(([parcel, areaM2]) => [parcel, areaM2 * usableShare(ofStock, parcel)])
  }
  const held = units.map(parcelsIn)
  const meanOf = (figureOf: (parcel: number) => number) =>
    Float64Array.from(held, (parcels) => {
      const whole = parcels.reduce((sum, [, areaM2]) => sum + areaM2, 0)
      return whole > 0 ? parcels.reduce((sum, [parcel, areaM2]) => sum + areaM2 * figureOf(parcel), 0) / whole : 0
    })
  return {
    areaM2: Float64Array.from(units, (unit) => of(unit)?.areaM2[unit.feature] ?? 0),
    excludedM2: Float64Array.from(units, (unit) => of(unit)?.excludedM2[unit.feature] ?? 0),
    stockM2: Float64Array.from(held, (parcels) => parcels.reduce((sum, [, areaM2]) => sum + areaM2, 0)),
    inefficiency: meanOf((parcel) => inefficiencyAt(ground, parcel)),
    tenure: meanOf((parcel) => ground.tenureOf?.(parcel) ?? 0),
  }
}

interface OwnAreas {
  areaM2: Float64Array
  excludedM2: Float64Array
}

function ownAreas({ excluded }: SiteGround, layer: LayerColumns): OwnAreas {
  const areaM2 = featureAreas(layer)
  const lists = excluded.map(({ layer: other, select }) => areasWithin(layer, other, select && { b: select }))
  const excludedM2 = areaM2.map((whole, feature) =>
    Math.min(
      whole,
      lists.reduce((sum, list) => sum + (list[feature] ?? 0), 0),
    ),
  )
  return { areaM2, excludedM2 }
}

const usable = (own: OwnAreas | undefined, feature: number): number =>
  Math.max(0, (own?.areaM2[feature] ?? 0) - (own?.excludedM2[feature] ?? 0))

const usableShare = (own: OwnAreas | undefined, feature: number): number => {
  const whole = own?.areaM2[feature] ?? 0
  return whole > 0 ? usable(own, feature) / whole : 0
}

function stockInside(layer: LayerColumns, stock: LayerColumns): Map<number, [number, number][]> {
  const found = new Map<number, [number, number][]>()
  overlapAreas(layer, stock, (feature, parcel, areaM2) => {
    found.set(feature, [...(found.get(feature) ?? []), [parcel, areaM2]])
  })
  return found
}

/** Chosen parcels no farther apart than a street is wide, directly or over others. */
function together(units: readonly Unit[], chosen: readonly number[]): number[][] {
  const { togetherWithinM } = OPPORTUNITY.parcels
  const boxes = chosen.map((unit) => units[unit] && boxOf(units[unit].layer, [units[unit].feature]))
  const isNear = (one: number, other: number) => {
    const [a, b] = [units[chosen[one] ?? -1], units[chosen[other] ?? -1]]
    if (!a || !b) return false
    const [x, y, toX, toY] = closestPoints(a.layer, a.feature, b.layer, b.feature)
    return Math.hypot(toX - x, toY - y) <= 1000 * togetherWithinM
  }
  return gatherPairs(boxes, togetherWithinM, isNear).map((group) => group.map((at) => chosen[at] ?? -1))
}
