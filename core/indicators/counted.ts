import { sumOf } from '../geo/areal.ts'
import { numberAt, type LayerColumns } from '../geo/columns.ts'
import { geometryOf, perLayer } from '../geo/edited.ts'
import { featureAreas } from '../geo/feature-areas.ts'
import { overlapTable } from '../geo/overlap-table.ts'
import { featureOfPart, partsMeeting } from '../geo/prepared.ts'
import { OUTSIDE, partHolds, zoneOfPoints } from '../geo/within.ts'
import type { EvidenceFeature } from '../model/measurement.ts'
import type { Bilingual } from '../text.ts'
import type { PlanData } from './indicator.ts'
import { adminUnits } from './per-unit.ts'
import { EVIDENCE_CAP, topEvidence, type TopEvidence } from './top-evidence.ts'

/** A quantity that lies in features: people or jobs, as points or as areas that are taken as evenly filled. */
export interface CountedLayer {
  layer: LayerColumns
  field: 'persons' | 'jobs'
  /** Amount of every feature; 0 where none is stated. */
  amounts: Float64Array
  total: number
  /** Features without a number. */
  uncounted: number
}

/** The people or jobs of a plan, one entry per kind of geometry; empty where the plan has none. */
export function countedLayers(plan: PlanData, role: 'population' | 'jobs'): CountedLayer[] {
  return plan.layers(role).map((layer) => (role === 'population' ? countedPersons(layer) : countedJobs(layer)))
}

/** Counted once for as long as the layer lives: a dozen indicators ask after every edit. Read only. */
const counts = (field: CountedLayer['field']) =>
  perLayer((layer): CountedLayer => {
    const amounts = new Float64Array(layer.count)
    for (let feature = 0; feature < layer.count; feature += 1) amounts[feature] = numberAt(layer, field, feature) ?? 0
    return { layer, field, amounts, ...sumOf(layer, field) }
  })
const countedPersons = counts('persons')
const countedJobs = counts('jobs')

export const totalOf = (counted: readonly CountedLayer[]): number => counted.reduce((sum, { total }) => sum + total, 0)

const knownShares = new WeakMap<object, WeakMap<object, Float64Array>>()

/** Of every feature the share inside a zone, 0 … 1: points whole or not at all, areas by area. The zone must not overlap itself. */
export function sharesWithin(layer: LayerColumns, zone: LayerColumns): Float64Array {
  const ofLayer = knownShares.get(geometryOf(layer)) ?? new WeakMap<object, Float64Array>()
  knownShares.set(geometryOf(layer), ofLayer)
  const found = ofLayer.get(geometryOf(zone))
  if (found) return found
  const shares = layer.kind === 'point' ? pointShares(layer, zone) : areaShares(layer, zone)
  ofLayer.set(geometryOf(zone), shares)
  return shares
}

const pointShares = (layer: LayerColumns, zone: LayerColumns): Float64Array =>
  Float64Array.from(zoneOfPoints(layer, zone), (owner) => (owner === OUTSIDE ? 0 : 1))

function areaShares(layer: LayerColumns, zone: LayerColumns): Float64Array {
  const { offset, areaM2 } = overlapTable(layer, zone)
  return featureAreas(layer).map((whole, feature) => {
    let inside = 0
    for (let pair = offset[feature] ?? 0; pair < (offset[feature + 1] ?? 0); pair += 1) inside += areaM2[pair] ?? 0
    return whole > 0 ? Math.min(1, inside / whole) : 0
  })
}

/** Where features of a counted layer lie among the units: feature f lies in `unit[i]` by `share[i]`, offsets as in an overlap table. */
interface Placement {
  offset: Uint32Array
  unit: ArrayLike<number>
  share: ArrayLike<number>
}

const knownPlacements = new WeakMap<object, WeakMap<LayerColumns, Placement>>()

function placement(layer: LayerColumns, admin: LayerColumns): Placement {
  const ofLayer = knownPlacements.get(geometryOf(layer)) ?? new WeakMap<LayerColumns, Placement>()
  knownPlacements.set(geometryOf(layer), ofLayer)
  const found = ofLayer.get(admin)
  if (found) return found
  const made = layer.kind === 'point' ? pointPlacement(layer, admin) : areaPlacement(layer, admin)
  ofLayer.set(admin, made)
  return made
}

function areaPlacement(layer: LayerColumns, admin: LayerColumns): Placement {
  const { offset, partner, areaM2 } = overlapTable(layer, admin)
  const areas = featureAreas(layer)
  const share = new Float64Array(areaM2.length)
  for (let feature = 0; feature < layer.count; feature += 1) {
    for (let pair = offset[feature] ?? 0; pair < (offset[feature + 1] ?? 0); pair += 1) {
      share[pair] = (areaM2[pair] ?? 0) / (areas[feature] ?? 1)
    }
  }
  return { offset, unit: partner, share }
}

/** A point on the edge of two units of one level belongs to the first: nobody is counted twice. */
function pointPlacement(layer: LayerColumns, admin: LayerColumns): Placement {
  const owners = featureOfPart(admin)
  const levels = adminUnits(admin).map(({ level }) => level)
  const offset = new Uint32Array(layer.count + 1)
  const unit: number[] = []
  for (let feature = 0; feature < layer.count; feature += 1) {
    const part = layer.featureOff[feature] ?? 0
    const vertex = layer.ringOff[layer.partOff[part] ?? 0] ?? 0
    const [x, y] = [layer.xy[2 * vertex] ?? 0, layer.xy[2 * vertex + 1] ?? 0]
    const isPlaced = part < (layer.featureOff[feature + 1] ?? 0)
    const near = isPlaced ? [...partsMeeting(admin, x, y, x, y)].filter((candidate) => partHolds(admin, candidate, x, y)) : []
    const holders = [...new Set(near.map((candidate) => owners[candidate] ?? 0))].toSorted((a, b) => a - b)
    const first = holders.filter((holder, at) => holders.findIndex((other) => levels[other] === levels[holder]) === at)
    unit.push(...first)
    offset[feature + 1] = unit.length
  }
  return { offset, unit, share: new Uint8Array(unit.length).fill(1) }
}

/**
 * Sum of amounts (one per feature of a counted layer) within every feature of the admin layer. Areas give each unit the share of
 * their ground that lies in it.
 */
export function amountByUnit(layer: LayerColumns, amounts: ArrayLike<number>, admin: LayerColumns): Float64Array {
  const { offset, unit, share } = placement(layer, admin)
  const sums = new Float64Array(admin.count)
  for (let feature = 0; feature < layer.count; feature += 1) {
    const amount = amounts[feature] ?? 0
    if (amount === 0) continue
    for (let pair = offset[feature] ?? 0; pair < (offset[feature + 1] ?? 0); pair += 1) {
      const at = unit[pair] ?? 0
      sums[at] = (sums[at] ?? 0) + amount * (share[pair] ?? 0)
    }
  }
  return sums
}

/** Visits every place of a layer among the units: feature, unit, and the share of the feature that lies there. */
export function forEachPlace(
  layer: LayerColumns,
  admin: LayerColumns,
  visit: (feature: number, unit: number, share: number) => void,
): void {
  const { offset, unit, share } = placement(layer, admin)
  for (let feature = 0; feature < layer.count; feature += 1) {
    for (let pair = offset[feature] ?? 0; pair < (offset[feature + 1] ?? 0); pair += 1) {
      visit(feature, unit[pair] ?? 0, share[pair] ?? 0)
    }
  }
}

/** The same over several layers. */
export function sumByUnit(
  parts: readonly { layer: LayerColumns; amounts: ArrayLike<number> }[],
  admin: LayerColumns,
): Float64Array {
  const sums = new Float64Array(admin.count)
  for (const { layer, amounts } of parts) {
    for (const [at, amount] of amountByUnit(layer, amounts, admin).entries()) sums[at] = (sums[at] ?? 0) + amount
  }
  return sums
}

/** The part of every feature's amount that lies in one unit. */
export function amountsInUnit(layer: LayerColumns, amounts: ArrayLike<number>, admin: LayerColumns, of: number): Float64Array {
  const { offset, unit, share } = placement(layer, admin)
  const inside = new Float64Array(layer.count)
  for (let feature = 0; feature < layer.count; feature += 1) {
    for (let pair = offset[feature] ?? 0; pair < (offset[feature + 1] ?? 0); pair += 1) {
      if (unit[pair] === of) inside[feature] = (amounts[feature] ?? 0) * (share[pair] ?? 0)
    }
  }
  return inside
}

/** Largest first over several layers; amounts below half a person or job are nobody. */
export function topCounted(
  parts: readonly { layer: LayerColumns; amounts: ArrayLike<number>; note: (amount: number, feature: number) => Bilingual }[],
): TopEvidence {
  const each = parts.map(({ layer, amounts, note }) =>
    topEvidence(
      layer,
      Float64Array.from(amounts, (amount) => (amount >= 0.5 ? amount : 0)),
      note,
    ),
  )
  const evidence = each.flatMap((one): EvidenceFeature[] => one.evidence).toSorted((a, b) => (b.value ?? 0) - (a.value ?? 0))
  return {
    evidence: evidence.slice(0, EVIDENCE_CAP),
    evidenceTotal: each.reduce((sum, { evidenceTotal }) => sum + evidenceTotal, 0),
  }
}
