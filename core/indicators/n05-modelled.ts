import type { LayerColumns } from '../geo/columns.ts'
import { OUTSIDE, zoneAt } from '../geo/within.ts'
import { corridorPlaces, modelledCorridors } from '../network/modelled-corridors.ts'
import { RESISTANCE, resistanceOfClass } from '../reference/resistance.ts'
import { classOf } from './by-class.ts'
import { habitatOf } from './habitat.ts'
import type { PlanData } from './indicator.ts'
import { habitatNetwork } from '../network/habitat-graph.ts'

/** Patches that corridors are modelled between: the largest of at least 2 ha, each with what is within 5 km. */
const MOST_PATCHES = 12
const LEAST_PATCH_M2 = 20_000
const REACH_M = 5000

/** A corridor is where the way costs at most a twentieth more than the cheapest. */
const TOLERANCE = 1.05

/** Least-cost corridors between the largest patches: their ground, the part of it under each parcel, and the resistances. */
export function modelled(plan: PlanData, parcels: LayerColumns) {
  const network = habitatNetwork(plan.geos, habitatOf(parcels), LEAST_PATCH_M2, REACH_M)
  const pairs = network.links
    .filter(({ to, lengthM }) => to < MOST_PATCHES && lengthM > 0)
    .map(({ from, to }) => [from, to] as const)
  const found = modelledCorridors(
    parcels,
    (parcel) => resistanceOfClass(classOf(parcels, parcel)),
    network.layer,
    pairs,
    TOLERANCE,
  )
  if (!found || found.cells.length === 0) return undefined
  const cellM2 = (found.mask.cellMm / 1000) ** 2
  const underM2 = new Float64Array(parcels.count)
  for (const [x, y] of corridorPlaces(found)) {
    const parcel = zoneAt(parcels, x, y)
    if (parcel !== OUTSIDE) underM2[parcel] = (underM2[parcel] ?? 0) + cellM2
  }
  return { corridorM2: cellM2 * found.cells.length, underM2, resistance: RESISTANCE }
}
