import type { Lattice } from './lattice.ts'
import { chance } from './random.ts'
import { RADII } from './zones.ts'

const SECTORS = [
  ['青北', 45, 135],
  ['青西', 135, 205],
  ['临江', 205, 250],
  ['南湖', 250, 305],
  ['东岭', 305, 405],
] as const

/** Districts in the order of their codes. */
export const DISTRICTS = ['中心区', '青北区', '青西区', '临江区', '南湖区', '东岭区'] as const
/** Functional clusters of the central city, in the same order. */
export const CLUSTERS = ['中心组团', '青北组团', '青西组团', '临江组团', '南湖组团', '东岭组团'] as const
export type PlaceIndex = 0 | 1 | 2 | 3 | 4 | 5

/** Where every block lies: district, and cluster and plan unit inside the central city (−1 outside). */
export interface Places {
  district: Int8Array
  cluster: Int8Array
  unit: Int32Array
  /** Blocks along a plan unit's side, and units along the city's. */
  unitBlocks: number
  unitsPerSide: number
  /** Units that have a detailed plan. */
  detailed: ReadonlySet<number>
}

const DETAILED_UNITS = 6

/** Sorts blocks into districts, clusters and plan units. */
export function placesOf(lattice: Lattice, seed: number): Places {
  const { blocks } = lattice
  const unitBlocks = Math.max(3, Math.round(blocks / 12))
  const unitsPerSide = Math.ceil(blocks / unitBlocks)
  const district = new Int8Array(blocks ** 2)
  const cluster = new Int8Array(blocks ** 2).fill(-1)
  const unit = new Int32Array(blocks ** 2).fill(-1)
  const inside = new Map<number, number>()
  for (let block = 0; block < blocks ** 2; block++) {
    const sector = sectorOf(lattice, block)
    district[block] = sector
    if ((lattice.radius[block] ?? 0) > RADII.ringInner) continue
    cluster[block] = sector
    const own = Math.floor(Math.floor(block / blocks) / unitBlocks) * unitsPerSide + Math.floor((block % blocks) / unitBlocks)
    unit[block] = own
    inside.set(own, (inside.get(own) ?? 0) + 1)
  }
  const whole = [...inside].filter(([, count]) => count === unitBlocks ** 2).map(([own]) => own)
  const drawn = whole.toSorted((a, b) => chance(seed, a, 70) - chance(seed, b, 70))
  return { district, cluster, unit, unitBlocks, unitsPerSide, detailed: new Set(drawn.slice(0, DETAILED_UNITS)) }
}

function sectorOf({ radius, degrees }: Lattice, block: number): number {
  if ((radius[block] ?? 0) < RADII.inner) return 0
  const at = degrees[block] ?? 0
  return 1 + SECTORS.findIndex(([, from, to]) => (at - from + 720) % 360 < to - from)
}

/** Code of a plan unit: column and row, as its parcels name it. */
export const unitCode = ({ unitsPerSide }: Places, unit: number): string =>
  `DY${unit % unitsPerSide}-${Math.floor(unit / unitsPerSide)}`
