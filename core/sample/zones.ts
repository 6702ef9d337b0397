import { blockCentre, type Lattice } from './lattice.ts'
import { chance, smoothNoise } from './random.ts'

/** What a block of the city is for. The same words serve the base year and the plan. */
export type Zone =
  | 'river'
  | 'core'
  | 'commercial'
  | 'residential'
  | 'quarter'
  | 'industrial'
  | 'public'
  | 'park'
  | 'garden'
  | 'wedge'
  | 'ring'
  | 'farm'
  | 'orchard'
  | 'forest'
  | 'wetland'
  | 'village'
  | 'reserve'

/** Distances from the centre, as a share of the half size of the city's square. */
export const RADII = { core: 0.07, inner: 0.22, baseEdge: 0.5, ringInner: 0.56, ringOuter: 0.635, planEdge: 0.56 }

/** Green wedges: directions in degrees from east, counter-clockwise. The third is broken in the plan (a planted defect). */
export const WEDGES_DEG = [28, 98, 172, 242, 318] as const
export const BROKEN_WEDGE = 2

/** The quarter that no park serves (a planted defect): a sector of the ring of housing. */
export const UNSERVED = { fromDeg: 258, toDeg: 296, inner: 0.27, outer: 0.46 }

const INDUSTRY = { fromDeg: 335, toDeg: 375, inner: 0.3, outer: 0.56 }
const RIVER_V = -0.13

/** The broken wedge is cut in the plan by warehouses across its whole width, at least a block and a half deep. */
const CUT_INNER = 0.36
const cutOuter = (lattice: Lattice): number => CUT_INNER + Math.max(0.045, 3.2 / lattice.blocks)

export interface BlockPlace {
  /** Distance from the centre, 0..1.1, and direction in degrees, 0..360. */
  radius: number
  degrees: number
}

export function placeOf(lattice: Lattice, bi: number, bj: number): BlockPlace {
  const [x, y] = blockCentre(lattice, bi, bj)
  return { radius: Math.hypot(x, y), degrees: ((Math.atan2(y, x) * 180) / Math.PI + 360) % 360 }
}

const inSector = (degrees: number, from: number, to: number): boolean => (degrees - from + 720) % 360 < to - from

/** Index of the wedge that a place lies in, or -1. Wedges widen outwards from 5° to 9° either side. */
export function wedgeAt(place: BlockPlace): number {
  if (place.radius < 0.16) return -1
  const half = 5 + 4 * Math.min(1, place.radius / RADII.ringInner)
  return WEDGES_DEG.findIndex((axis) => inSector(place.degrees, axis - half, axis + half))
}

/** The river is a band of block rows; wide cities get a wider river. */
export function isRiver(lattice: Lattice, bj: number): boolean {
  const row = Math.round(((RIVER_V + 1) / 2) * lattice.blocks)
  return bj >= row && bj < row + Math.max(1, Math.round(lattice.blocks / 44))
}

function countryside(lattice: Lattice, bi: number, bj: number, place: BlockPlace, seed: number): Zone {
  const hills = smoothNoise(seed + 11, (bi * 9) / lattice.blocks, (bj * 9) / lattice.blocks)
  if (inSector(place.degrees + 14 * hills, 100, 190) && place.radius > 0.68 + 0.12 * hills)
    return place.radius > 0.86 ? 'reserve' : 'forest'
  if (isRiver(lattice, bj - 1) && place.radius > 0.72) return 'wetland'
  const rural = smoothNoise(seed + 23, (bi * 14) / lattice.blocks, (bj * 14) / lattice.blocks)
  if (rural > 0.62) return 'orchard'
  return chance(seed, bi >> 1, bj >> 1, 5) < 0.045 ? 'village' : 'farm'
}

/** Land use inside the built-up ring, for the base year; the plan turns part of it over. */
function builtUp(bi: number, bj: number, place: BlockPlace, seed: number): Zone {
  if (place.radius < RADII.core) return 'core'
  if (inSector(place.degrees, UNSERVED.fromDeg, UNSERVED.toDeg) && place.radius > UNSERVED.inner && place.radius < UNSERVED.outer)
    return 'quarter'
  if (inSector(place.degrees, INDUSTRY.fromDeg, INDUSTRY.toDeg) && place.radius > INDUSTRY.inner) return 'industrial'
  const draw = chance(seed, bi, bj, 1)
  if (place.radius < RADII.inner) return draw < 0.3 ? 'commercial' : draw < 0.42 ? 'public' : draw < 0.52 ? 'park' : 'residential'
  return draw < 0.07
    ? 'commercial'
    : draw < 0.15
      ? 'public'
      : draw < 0.21
        ? 'park'
        : draw < 0.26
          ? 'industrial'
          : draw < 0.36
            ? 'garden'
            : 'residential'
}

/** Parks must not stand within reach of the unserved quarter. */
function nearUnserved(place: BlockPlace, lattice: Lattice): boolean {
  const margin = 3 / lattice.blocks
  const turn = (margin / Math.max(place.radius, 0.2)) * 57.3
  return (
    inSector(place.degrees, UNSERVED.fromDeg - turn, UNSERVED.toDeg + turn) &&
    place.radius > UNSERVED.inner - margin &&
    place.radius < UNSERVED.outer + margin
  )
}

export interface Zoning {
  base: Zone[]
  plan: Zone[]
  /** Blocks whose old industry the plan turns over: the stock land of the city. */
  stock: Uint8Array
  /** The block of new industry inside the reserve, and so inside the redline (a planted defect). */
  conflictBlock: number
}

/** The reserve block nearest to its heart. */
function conflictIn(lattice: Lattice, zones: readonly Zone[]): number {
  const miss = (block: number) => {
    const place = placeOf(lattice, block % lattice.blocks, Math.floor(block / lattice.blocks))
    return zones[block] === 'reserve' ? Math.abs(place.degrees - 145) / 57 + Math.abs(place.radius - 0.93) : Infinity
  }
  return zones.reduce((best, _, block) => (miss(block) < miss(best) ? block : best), 0)
}

/** Gives every block its use in the base year and in the plan. */
export function zoneCity(lattice: Lattice, seed: number): Zoning {
  const count = lattice.blocks * lattice.blocks
  const base = Array.from<Zone>({ length: count })
  const plan = Array.from<Zone>({ length: count })
  const stock = new Uint8Array(count)
  for (let bj = 0; bj < lattice.blocks; bj++) {
    for (let bi = 0; bi < lattice.blocks; bi++) {
      const index = bj * lattice.blocks + bi
      const place = placeOf(lattice, bi, bj)
      const before = baseZone(lattice, bi, bj, place, seed)
      base[index] = before
      plan[index] = plannedZone(lattice, bi, bj, place, before, seed)
      if (before === 'industrial' && plan[index] !== 'industrial') stock[index] = 1
    }
  }
  const conflictBlock = conflictIn(lattice, plan)
  plan[conflictBlock] = 'industrial'
  return { base, plan, stock, conflictBlock }
}

function baseZone(lattice: Lattice, bi: number, bj: number, place: BlockPlace, seed: number): Zone {
  if (isRiver(lattice, bj)) return 'river'
  if (wedgeAt(place) >= 0 && place.radius < RADII.ringOuter) return chance(seed, bi, bj, 8) < 0.3 ? 'farm' : 'wedge'
  const wobble = 0.03 * smoothNoise(seed + 7, (bi * 8) / lattice.blocks, (bj * 8) / lattice.blocks)
  if (place.radius >= RADII.baseEdge + wobble) return countryside(lattice, bi, bj, place, seed)
  const zone = builtUp(bi, bj, place, seed)
  const green = zone === 'park' || zone === 'garden'
  return green && (nearUnserved(place, lattice) || chance(seed, bi, bj, 9) < 0.4) ? 'residential' : zone
}

function plannedZone(lattice: Lattice, bi: number, bj: number, place: BlockPlace, before: Zone, seed: number): Zone {
  if (before === 'river') return 'river'
  const wedge = wedgeAt(place)
  if (wedge === BROKEN_WEDGE && place.radius > CUT_INNER && place.radius < cutOuter(lattice)) return 'industrial'
  if (wedge >= 0 && place.radius < RADII.ringOuter) return 'wedge'
  if (place.radius > RADII.ringInner && place.radius < RADII.ringOuter) return 'ring'
  if (place.radius >= RADII.planEdge) return before
  const zone =
    before === 'farm' || before === 'orchard' || before === 'village' || before === 'forest'
      ? builtUp(bi, bj, place, seed + 1)
      : before
  if (zone === 'industrial' && !inSector(place.degrees, INDUSTRY.fromDeg, INDUSTRY.toDeg)) {
    return (['residential', 'commercial', 'park', 'public'] as const)[Math.floor(chance(seed, bi, bj, 3) * 4)] ?? 'residential'
  }
  const wanted = zone === 'residential' && builtUp(bi, bj, place, seed) !== 'residential' ? builtUp(bi, bj, place, seed) : zone
  const green = wanted === 'park' || wanted === 'garden'
  return green && nearUnserved(place, lattice) ? 'residential' : wanted
}
