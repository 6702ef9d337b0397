import type { LayerColumns } from '../geo/columns.ts'
import { chosenLayer } from '../geo/keyed-layer.ts'
import type { Geos } from '../geo/geos.ts'
import {
  connectivity,
  decayRate,
  importances,
  topology,
  type Connectivity,
  type Importances,
  type Topology,
} from '../network/connectivity.ts'
import { habitatNetwork, patchAreas, type HabitatNetwork } from '../network/habitat-graph.ts'
import { classGroup } from '../reference/land-classes.ts'
import { ofClass } from './by-class.ts'

/** More patches than this are not told apart: importances of all of them would take minutes. */
const MOST_PATCHES = 500

/** A link that fewer than one of a hundred would take is none. */
const LEAST_PROBABILITY = 0.01

const ecological = classGroup('eco_source')
const green = classGroup('green_broad')

/** Classes of habitat: ecological land and green space. */
export const isHabitatClass = (code: string): boolean => ecological(code) || green(code)

/** The parcels of a land-use layer that are habitat. */
export const habitatOf = (parcels: LayerColumns): LayerColumns =>
  chosenLayer(parcels, 'habitat', ofClass(parcels, isHabitatClass))

/** How habitat is read: the distance that half of the animals cover, and the least patch, m and m². */
export interface HabitatRule {
  medianM: number
  minimumM2: number
}

/** p = ½ at the median distance. */
export const rateOf = ({ medianM }: HabitatRule): number => decayRate(0.5, medianM)

/** How far links reach: where p falls below one in a hundred. */
export const reachOf = (rule: HabitatRule): number => -Math.log(LEAST_PROBABILITY) / rateOf(rule)

/** The rule with a least patch that leaves no state more patches than can be told apart. */
export function ruleFor(geos: Geos, states: readonly LayerColumns[], rule: HabitatRule): HabitatRule {
  const least = states.map((parcels) => patchAreas(geos, habitatOf(parcels))[MOST_PATCHES - 1] ?? 0)
  return { ...rule, minimumM2: Math.max(rule.minimumM2, ...least) }
}

/** One state of the land as a habitat network with its figures. */
export interface HabitatState {
  network: HabitatNetwork
  figures: Connectivity
  form: Topology | undefined
  usedM2: number
}

export function habitatState(geos: Geos, parcels: LayerColumns, rule: HabitatRule, landscapeM2: number): HabitatState {
  const network = habitatNetwork(geos, habitatOf(parcels), rule.minimumM2, reachOf(rule))
  const figures = keptFor(network, `figures ${rule.medianM} ${landscapeM2}`, () =>
    connectivity({ ...network, landscapeM2 }, rateOf(rule)),
  )
  return { network, figures, form: topology(network.graph), usedM2: network.areaM2.reduce((sum, area) => sum + area, 0) }
}

/** dPC of every patch and link of a network; shares, so that the landscape's area does not matter. */
export const habitatImportances = (network: HabitatNetwork, rule: HabitatRule): Importances =>
  keptFor(network, `importances ${rule.medianM}`, () => importances({ ...network, landscapeM2: 1 }, rateOf(rule)))

const known = new WeakMap<HabitatNetwork, Map<string, unknown>>()

function keptFor<T>(network: HabitatNetwork, name: string, find: () => T): T {
  const ofNetwork = known.get(network) ?? new Map<string, unknown>()
  known.set(network, ofNetwork)
  if (!ofNetwork.has(name)) ofNetwork.set(name, find())
  return ofNetwork.get(name) as T // the name says what was stored
}
