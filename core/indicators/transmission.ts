import { textAt, type LayerColumns } from '../geo/columns.ts'
import { geometryOf, lastStepOf, perLayer, perLayers, shapeCount } from '../geo/edited.ts'
import { featureAreas, sumOfAreas } from '../geo/feature-areas.ts'
import { overlapTable, patchedAreasWithin, tableAreasWithin } from '../geo/overlap-table.ts'
import { keptByObjects } from '../geo/per-objects.ts'
import { suitsZone, zoneFunction, type ZoneFunction } from '../reference/zone-functions.ts'
import type { PlanData } from './indicator.ts'
import { onlyWhere, totalOf } from './amounts.ts'
import { landUnder } from './b02-tables.ts'
import { areaOfGroup, inGroup } from './by-class.ts'
import { adminUnits, groupByUnit, unitsAt } from './per-unit.ts'
import { studyArea } from './study-area.ts'

/** The five links of transmission, from the whole pattern to the parcel (seed article L220). */
export const LINKS = ['pattern', 'layout', 'zones', 'units', 'parcels'] as const
export type Link = (typeof LINKS)[number]

/** What the layers of a plan say of one link. Shares are 0 … 1; null where the question cannot be asked of these data. */
export interface LinkState {
  link: Link
  isPresent: boolean
  features: number
  /** Share of what it should cover that it does. */
  covered: number | null
  /** Share of what carries a total whose parts agree with it. */
  sums: number | null
  /** Share of the ground whose use suits what the link above says. */
  functions: number | null
}

/** Ground of a planned parcel that fails a link, m² by parcel: what a figure opens. */
export type Failing = 'outsideZones' | 'againstZone' | 'outsideUnits' | 'wrongUnit'

const PATTERN = ['pbf', 'eco_redline', 'udb', 'corridor', 'centre'] as const

/** The state of every link; undefined without planned land use, which the chain ends in. */
export function linkStates(plan: PlanData): LinkState[] | undefined {
  const parcels = plan.layer('landuse_plan')
  if (!parcels || shapeCount(parcels) === 0) return undefined
  return [
    patternState(plan, parcels),
    layoutState(plan, parcels),
    zoneState(plan, parcels),
    unitState(plan, parcels),
    parcelState(plan, parcels),
  ]
}

const share = (part: number, whole: number): number | null => (whole > 0 ? Math.min(1, Math.max(0, part / whole)) : null)

/** The overall pattern: control lines and structure; its ground must not be built on. */
function patternState(plan: PlanData, parcels: LayerColumns): LinkState {
  const layers = PATTERN.flatMap((role) => plan.layer(role) ?? [])
  const kept = (['pbf', 'eco_redline'] as const).flatMap((role) => plan.layer(role) ?? [])
  const isBuilt = inGroup(parcels, 'construction')
  let [groundM2, builtM2] = [0, 0]
  for (const line of kept) {
    groundM2 += sumOfAreas(line)
    builtM2 += totalOf(landUnder(parcels, line), isBuilt)
  }
  return {
    link: 'pattern',
    isPresent: layers.length > 0,
    features: layers.reduce((sum, { count }) => sum + count, 0),
    covered: null,
    sums: null,
    functions: share(groundM2 - builtM2, groundM2),
  }
}

/** The layout of space: planned land use over the whole territory, construction within its total. */
function layoutState(plan: PlanData, parcels: LayerColumns): LinkState {
  const territory = studyArea(plan, 'whole')?.areaM2 ?? 0
  const quotaM2 = (plan.quotas['constructionHa'] ?? 0) * 10_000
  const builtM2 = areaOfGroup(parcels, 'construction')
  return {
    link: 'layout',
    isPresent: true,
    features: shapeCount(parcels),
    covered: share(sumOfAreas(parcels), territory),
    sums: quotaM2 > 0 ? share(quotaM2, builtM2) : null,
    functions: null,
  }
}

/** The main function of every zone, told by what it says of itself or by its name. */
export function zonesOf(plan: PlanData): Zones | undefined {
  const layer = plan.layer('plan_zone')
  return layer && shapeCount(layer) > 0 ? { layer, functions: functionsOf(layer) } : undefined
}

/** A layer of zones with the function of each, where it is known. */
interface Zones {
  layer: LayerColumns
  functions: readonly (ZoneFunction | undefined)[]
}

const functionsOf = perLayer((layer) =>
  Array.from(layer.fid, (_, zone) =>
    [textAt(layer, 'mainFunction', zone), textAt(layer, 'name', zone)]
      .flatMap((text) => (text === undefined ? [] : (zoneFunction(text) ?? [])))
      .at(0),
  ),
)

function zoneState(plan: PlanData, parcels: LayerColumns): LinkState {
  const zones = zonesOf(plan)
  const agreement = zones && zoneAgreement(parcels, zones)
  return {
    link: 'zones',
    isPresent: zones !== undefined,
    features: zones ? shapeCount(zones.layer) : 0,
    covered: zones ? share(totalOf(landUnder(parcels, zones.layer)), sumOfAreas(parcels)) : null,
    sums: null,
    functions: agreement ? share(totalOf(agreement.suitedM2), totalOf(agreement.judgedM2)) : null,
  }
}

/** By zone, the ground whose planned class is known and whose zone has a known function, and the part of it that suits. */
export interface ZoneAgreement {
  judgedM2: Float64Array
  suitedM2: Float64Array
  /** By parcel, ground that does not suit its zone. */
  againstM2: Float64Array
}

export const zoneAgreement = (parcels: LayerColumns, { layer }: Zones): ZoneAgreement => agreementOf(parcels, layer)

const agreementOf = perLayers((parcels, layer): ZoneAgreement => {
  const functions = functionsOf(layer)
  const column = parcels.attributes['class']
  const codes = column?.type === 'text' ? column.dictionary : []
  // One answer per zone and class code, not one per pair of parcels; 2 where nothing is known of the zone.
  const answers = Uint8Array.from(
    functions.flatMap((zone) => codes.map((code) => (zone === undefined ? 2 : suitsZone(zone, code) ? 1 : 0))),
  )
  const { offset, partner, areaM2 } = overlapTable(parcels, layer)
  const [judgedM2, suitedM2] = [new Float64Array(layer.count), new Float64Array(layer.count)]
  const againstM2 = new Float64Array(parcels.count)
  for (let parcel = 0; parcel < parcels.count; parcel += 1) {
    const code = column?.type === 'text' ? (column.codes[parcel] ?? codes.length) : codes.length
    if (code >= codes.length) continue
    const end = offset[parcel + 1] ?? 0
    for (let pair = offset[parcel] ?? 0; pair < end; pair += 1) {
      const zone = partner[pair] ?? 0
      const answer = answers[zone * codes.length + code] ?? 2
      if (answer === 2) continue
      const ground = areaM2[pair] ?? 0
      judgedM2[zone] = (judgedM2[zone] ?? 0) + ground
      if (answer === 1) suitedM2[zone] = (suitedM2[zone] ?? 0) + ground
      else againstM2[parcel] = (againstM2[parcel] ?? 0) + ground
    }
  }
  return { judgedM2, suitedM2, againstM2 }
})

/** Units of detailed planning: they hold what is built, within the sums they were given. */
function unitState(plan: PlanData, parcels: LayerColumns): LinkState {
  const admin = plan.layer('admin')
  const units = admin ? unitsAt(admin, 'unit') : []
  if (!admin || units.length === 0)
    return { link: 'units', isPresent: false, features: 0, covered: null, sums: null, functions: null }
  const { insideM2, builtByUnit } = groundInUnits(parcels, admin)
  const isBuilt = inGroup(parcels, 'construction')
  const quota = admin.attributes['constructionHa']
  const given = units.filter(({ feature }) => quota?.type === 'number' && !Number.isNaN(quota.values[feature] ?? NaN))
  const within = given.filter(
    ({ feature }) =>
      quota?.type === 'number' && (builtByUnit[feature] ?? 0) <= (quota.values[feature] ?? 0) * 10_000 * (1 + 1e-6),
  )
  const zones = plan.layer('plan_zone')
  const unitM2 = units.reduce((sum, { areaM2 }) => sum + areaM2, 0)
  const zoned = zones && landUnder(admin, zones)
  const zonedM2 = units.reduce((sum, { feature }) => sum + (zoned?.[feature] ?? 0), 0)
  const builtInsideM2 = totalOf(insideM2, isBuilt)
  return {
    link: 'units',
    isPresent: true,
    features: units.length,
    covered: share(builtInsideM2, areaOfGroup(parcels, 'construction')),
    sums: share(within.length, given.length),
    functions: zones ? share(zonedM2, unitM2) : null,
  }
}

const insideUnits = keptByObjects<Float64Array>()

/** The part of every parcel inside any unit, and what each unit has built on; folds of `overlapTable(parcels, admin)`. Read only. */
export const groundInUnits = (parcels: LayerColumns, admin: LayerColumns) => ({
  insideM2: insideUnits.of([geometryOf(parcels), admin], () => {
    const units = adminUnits(admin)
    const isUnit = (unit: number) => units[unit]?.level === 'unit'
    const step = lastStepOf(parcels)
    const before = step && insideUnits.known([geometryOf(step.root), admin])
    return step && before ? patchedAreasWithin(before, parcels, admin, step, isUnit) : tableAreasWithin(parcels, admin, isUnit)
  }),
  builtByUnit: groupByUnit(parcels, admin, 'construction'),
})

/** Parcels of detailed plans: they carry controls, and name the unit that they lie in. */
function parcelState(plan: PlanData, parcels: LayerColumns): LinkState {
  const isBuilt = inGroup(parcels, 'construction')
  const builtM2 = areaOfGroup(parcels, 'construction')
  const isControlled = controlledParcels(parcels)
  const controlledM2 = sumOfAreas(parcels, (parcel) => isBuilt(parcel) && isControlled[parcel] === 1)
  const admin = plan.layer('admin')
  const units = admin && unitsAt(admin, 'unit').length > 0 ? namedUnits(parcels, admin) : undefined
  const isPresent = controlledM2 > 0 || (units?.namedM2 ?? 0) > 0
  return {
    link: 'parcels',
    isPresent,
    features: isPresent ? countOf(isControlled) : 0,
    covered: isPresent ? share(controlledM2, builtM2) : null,
    sums: null,
    functions: units ? share(units.namedM2 - totalOf(units.wrongM2), units.namedM2) : null,
  }
}

function countOf(flags: Uint8Array): number {
  let count = 0
  for (let at = 0; at < flags.length; at += 1) count += flags[at] ?? 0
  return count
}

const controlled = keptByObjects<Uint8Array>()
const NO_COLUMN = {}

/** 1 for parcels with a floor area ratio or a green ratio; the same for as long as nobody edits one of them. Read only. */
const controlledParcels = (parcels: LayerColumns): Uint8Array => {
  const columns = ['far', 'greenRatio'].map((field) => parcels.attributes[field])
  return controlled.of([parcels.fid, ...columns.map((column) => column ?? NO_COLUMN)], () => {
    const isControlled = new Uint8Array(parcels.count)
    for (const column of columns) {
      if (column?.type !== 'number') continue
      for (let parcel = 0; parcel < parcels.count; parcel += 1) {
        if (!Number.isNaN(column.values[parcel] ?? NaN)) isControlled[parcel] = 1
      }
    }
    return isControlled
  })
}

interface NamedUnits {
  namedM2: number
  wrongM2: Float64Array
}

const named = keptByObjects<NamedUnits>()

/** Area of parcels that name a unit, and by parcel the area of those that lie for the most part elsewhere. Read only. */
const namedUnits = (parcels: LayerColumns, admin: LayerColumns): NamedUnits =>
  named.of([geometryOf(parcels), parcels.attributes['unit'] ?? NO_COLUMN, admin], () => findNamedUnits(parcels, admin))

function findNamedUnits(parcels: LayerColumns, admin: LayerColumns): NamedUnits {
  const wrongM2 = new Float64Array(parcels.count)
  const column = parcels.attributes['unit']
  if (column?.type !== 'text') return { namedM2: 0, wrongM2 }
  const unitOf = new Map(unitsAt(admin, 'unit').flatMap(({ code, feature }) => (code === null ? [] : [[code, feature] as const])))
  const units = column.dictionary.map((code) => unitOf.get(code))
  const { offset, partner, areaM2 } = overlapTable(parcels, admin)
  const own = featureAreas(parcels)
  let namedM2 = 0
  for (let parcel = 0; parcel < parcels.count; parcel += 1) {
    const code = column.codes[parcel] ?? units.length
    if (code >= units.length) continue
    namedM2 += own[parcel] ?? 0
    let insideM2 = 0
    for (let pair = offset[parcel] ?? 0; pair < (offset[parcel + 1] ?? 0); pair += 1) {
      if (partner[pair] === units[code]) insideM2 += areaM2[pair] ?? 0
    }
    if (insideM2 < (own[parcel] ?? 0) / 2) wrongM2[parcel] = own[parcel] ?? 0
  }
  return { namedM2, wrongM2 }
}

/** What stands behind a share that is not whole: by planned parcel the ground that fails, m². */
export function failingM2(plan: PlanData, parcels: LayerColumns, failing: Failing): Float64Array {
  const admin = plan.layer('admin')
  const zones = zonesOf(plan)
  const nothing = () => new Float64Array(parcels.count)
  if (failing === 'againstZone') return zones ? zoneAgreement(parcels, zones).againstM2 : nothing()
  if (failing === 'wrongUnit') return admin ? namedUnits(parcels, admin).wrongM2 : nothing()
  const isBuilt = inGroup(parcels, 'construction')
  const inside =
    failing === 'outsideZones' ? zones && landUnder(parcels, zones.layer) : admin && groundInUnits(parcels, admin).insideM2
  if (!inside) return nothing()
  const outside = onlyWhere(featureAreas(parcels), (parcel) => failing !== 'outsideUnits' || isBuilt(parcel))
  for (let parcel = 0; parcel < outside.length; parcel += 1) {
    outside[parcel] = Math.max(0, (outside[parcel] ?? 0) - (inside[parcel] ?? 0))
  }
  return outside
}
