import { boxOfFeature } from '../../geo/feature-box.ts'
import type { PlanEdit } from '../../analysis/plan-session.ts'
import type { LayerColumns } from '../../geo/columns.ts'
import type { PlanData } from '../../indicators/indicator.ts'
import type { Parts } from '../../geo/build.ts'
import type { Candidate } from '../change.ts'
import { coverOrder } from '../cover.ts'
import { PARK_CLASS } from '../flip-rules.ts'
import { convertibleParcels, costOf, type ConvertibleParcel } from '../park-places.ts'
import { knownAttributes, partsInMetres } from '../plan-places.ts'
import { amountOf, byWorth, type Move, type MoveInput } from './move.ts'

/** A planned parcel gets the class of a park, and the green layer, where the plan has one, gets the same ground as a planned park. */
export const parkOnParcel: Move = {
  id: 'park-on-parcel',
  candidates(input) {
    const parcels = input.plan.layer('landuse_plan')
    if (!parcels) return []
    const tiers = tiersOf(input)
    const least = tiers[0]?.minimumM2 ?? 0
    const places = convertibleParcels(input.plan, parcels, input.rule.within).filter(({ areaM2 }) => areaM2 >= least)
    if (!usesShortfalls(input)) return byWorth(places.map((place) => asPark(input, parcels, place, placeWorth(place))))
    const things = places.map(({ parcel, areaM2, rank }) => {
      const tier = tiers.findLast(({ minimumM2 }) => areaM2 >= minimumM2)
      return { box: boxOfFeature(parcels, parcel), reachMm: 1000 * (tier?.reachM ?? 0), cost: costOf(areaM2, rank) }
    })
    return coverOrder(things, input.shortfalls).flatMap(({ at, gain }) => {
      const place = places[at]
      return place ? [asPark(input, parcels, place, gain / place.areaM2)] : []
    })
  },
}

/** Whether people are named who lack a park: then parks are looked for near them, otherwise anywhere. */
export const usesShortfalls = ({ rule }: MoveInput): boolean => rule.shortfall === true || rule.shortfallOf !== undefined

/** Sizes and reaches of parks that the rule knows, smallest first. */
export const tiersOf = ({ rule, measurement }: MoveInput): { minimumM2: number; reachM: number }[] =>
  (rule.tiers ?? [])
    .map((tier) => ({
      minimumM2: amountOf(tier.minimumM2, measurement) ?? 0,
      reachM: amountOf(tier.reachM, measurement) ?? 0,
    }))
    .toSorted((one, other) => one.minimumM2 - other.minimumM2)

/** Better land comes before larger land: no parcel is 10¹² m². */
const placeWorth = ({ rank, countedM2 }: ConvertibleParcel): number => countedM2 - 1e12 * rank

function asPark(input: MoveInput, parcels: LayerColumns, place: ConvertibleParcel, worth: number): Candidate {
  const { parcel, areaM2, code } = place
  const at = input.address(parcels, parcel)
  return {
    move: 'park-on-parcel',
    edits: [
      { ...at, change: 'attributes', attributes: { class: PARK_CLASS, ...knownAttributes(parcels, { name: null }) } },
      ...drawnPark(input.plan, partsInMetres(parcels, parcel)),
    ],
    features: [{ layer: parcels.role, fid: at.fid }],
    shapes: [],
    size: { unit: 'm2', value: areaM2 },
    from: code,
    to: PARK_CLASS,
    note: null,
    worth,
  }
}

/** A planned public park in the green layer; nothing where the plan draws none, because then the land use is read instead. */
export function drawnPark(plan: PlanData, parts: Parts): PlanEdit[] {
  const green = plan.layer('green')
  if (!green) return []
  const attributes = knownAttributes(green, { status: 'planned', isPublic: 1 })
  return [{ role: 'green', kind: green.kind, change: 'add', parts, attributes }]
}
