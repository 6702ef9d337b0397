import type { LayerColumns } from '../geo/columns.ts'
import { OUTSIDE, zoneAt } from '../geo/within.ts'
import { corridorPlaces, modelledCorridors } from '../network/modelled-corridors.ts'
import { CORRIDOR_MODEL } from '../reference/corridor-model.ts'
import { RESISTANCE } from '../reference/resistance.ts'
import { corridorModel } from './corridor-model.ts'
import type { PlanData } from './indicator.ts'

/** Least-cost corridors between the largest patches: their ground, the part of it under each parcel, and the resistances. */
export function modelled(plan: PlanData, parcels: LayerColumns) {
  const { cellsAcross, leastCellM, cutoff } = CORRIDOR_MODEL.corridor
  const model = corridorModel(plan, parcels, { cellsAcross: cellsAcross.value, leastCellM: leastCellM.value })
  if (!model) return undefined
  const found = modelledCorridors(model.ground, model.network.layer, model.pairs, cutoff.value)
  if (found.cells.length === 0) return undefined
  const cellM2 = (found.mask.cellMm / 1000) ** 2
  const underM2 = new Float64Array(parcels.count)
  for (const [x, y] of corridorPlaces(found)) {
    const parcel = zoneAt(parcels, x, y)
    if (parcel !== OUTSIDE) underM2[parcel] = (underM2[parcel] ?? 0) + cellM2
  }
  return { corridorM2: cellM2 * found.cells.length, underM2, resistance: RESISTANCE }
}
