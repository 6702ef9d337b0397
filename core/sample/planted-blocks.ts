import type { Lattice } from './lattice.ts'
import { greenHomes } from './gardens.ts'
import { HILLS_DEG, RADII, zoneCity, type Zone, type Zoned } from './zones.ts'

/** Blocks of the plan that are wrong on purpose, or that the land swap is about. −1 where the city has no such block. */
export interface PlantedBlocks {
  /** New industry inside the reserve, and so inside the redline. */
  conflictBlock: number
  /** New housing in the fields outside the development boundary. */
  outsideBlock: number
  /** Industry in the middle of a wood. */
  forestBlock: number
  /** Villages that the plan turns back into fields, for the land swap. */
  reclaimed: number[]
}

/** The use of every block in the base year and in the plan, defects included. */
export interface Zoning extends Zoned, PlantedBlocks {}

/** Zones the city, plants its defects, and gives a green to every home that is not planted without one. */
export function plantedZoning(lattice: Lattice, seed: number): Zoning {
  const zoned = zoneCity(lattice, seed)
  const zoning = { ...zoned, ...plantBlocks(lattice, zoned) }
  greenHomes(lattice, zoning, seed)
  return zoning
}

const VILLAGES_RECLAIMED = 2

/** The block of a zone nearest to a direction and radius, −1 where there is none. */
function nearest(
  lattice: Lattice,
  zones: readonly Zone[],
  wanted: Zone,
  degrees: number,
  radius: number,
  leastRadius = 0,
): number {
  let [best, least] = [-1, Infinity]
  zones.forEach((zone, block) => {
    const at = lattice.radius[block] ?? 0
    if (zone !== wanted || at < leastRadius) return
    const turn = Math.abs((((lattice.degrees[block] ?? 0) - degrees + 540) % 360) - 180)
    const miss = turn / 57 + Math.abs(at - radius)
    if (miss < least) [best, least] = [block, miss]
  })
  return best
}

/** Changes the planned zones of a few blocks and tells which. */
function plantBlocks(lattice: Lattice, { base, plan }: Zoned): PlantedBlocks {
  const country = RADII.ringOuter + 0.02
  const turned = (block: number, zone: Zone): number => {
    if (block >= 0) plan[block] = zone
    return block
  }
  const conflictBlock = turned(nearest(lattice, plan, 'reserve', HILLS_DEG, 0.93), 'industrial')
  const forestBlock = turned(nearest(lattice, plan, 'forest', HILLS_DEG + 14, 0.8, country), 'industrial')
  const fields = plan.map((zone, block) => (zone === 'farm' && base[block] === 'farm' ? zone : 'river'))
  const outsideBlock = turned(nearest(lattice, fields, 'farm', 30, 0.68, country), 'residential')
  const reclaimed: number[] = []
  while (reclaimed.length < VILLAGES_RECLAIMED) {
    const village = turned(nearest(lattice, plan, 'village', 200, 0.75, country), 'farm')
    if (village < 0) break
    reclaimed.push(village)
  }
  return { conflictBlock, outsideBlock, forestBlock, reclaimed }
}
