import type { LayerColumns } from '../geo/columns.ts'
import { corridorGround, type CellRule, type CorridorGround, type PatchPair } from '../network/modelled-corridors.ts'
import { habitatNetwork, type HabitatNetwork } from '../network/habitat-graph.ts'
import { CORRIDOR_MODEL } from '../reference/corridor-model.ts'
import { resistanceOfClass } from '../reference/resistance.ts'
import { classOf } from './by-class.ts'
import { habitatOf } from './habitat.ts'
import type { PlanData } from './indicator.ts'

/** Resistance by class code; the longest matching code decides. */
export type Resistances = Readonly<Record<string, number>>

/** What corridors are modelled between and on: patches, the pairs of them that may be joined, and land as cells that resist. */
export interface CorridorModel {
  network: HabitatNetwork
  pairs: PatchPair[]
  ground: CorridorGround
}

/** The model of a plan's corridors; undefined where no two patches lie within reach of each other. */
export function corridorModel(
  plan: PlanData,
  parcels: LayerColumns,
  cells: CellRule,
  resistances?: Resistances,
): CorridorModel | undefined {
  const { patches, leastPatchM2, reachM } = CORRIDOR_MODEL
  const network = habitatNetwork(plan.geos, habitatOf(parcels), leastPatchM2.value, reachM.value)
  const pairs = network.links
    .filter(({ to, lengthM }) => to < patches.value && lengthM > 0)
    .map(({ from, to }): PatchPair => [from, to])
  if (pairs.length === 0) return undefined
  const resistanceOf = (parcel: number) => resistanceOfClass(classOf(parcels, parcel), resistances)
  const ground = corridorGround(parcels, resistanceOf, cells)
  return ground && { network, pairs, ground }
}
