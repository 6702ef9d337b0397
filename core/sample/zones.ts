import { isArterial, type Lattice } from './lattice.ts'
import { chance, fractalNoise, smoothNoise } from './random.ts'

/** What a block of the city is for. The same words serve the base year and the plan. */
export type Zone =
  | 'river'
  | 'lake'
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
  | 'commons'
  | 'reserve'

/** Distances from the centre, as a share of the half size of the city's square. */
export const RADII = { core: 0.07, inner: 0.22, baseEdge: 0.5, ringInner: 0.55, ringOuter: 0.635, planEdge: 0.55 }

/** Green wedges: directions in degrees from east, counter-clockwise. The third is broken in the plan (a planted defect). */
export const WEDGES_DEG = [28, 98, 172, 242, 318] as const
export const BROKEN_WEDGE = 2
export const WEDGE_NAMES = ['东北绿楔', '北山绿楔', '西岭绿楔', '西南绿楔', '东南绿楔'] as const

/** The quarter that no park serves (a planted defect): a sector of the ring of housing. */
export const UNSERVED = { fromDeg: 258, toDeg: 296, inner: 0.27, outer: 0.46 }

const INDUSTRY = { fromDeg: 335, toDeg: 375, inner: 0.3, outer: 0.56 }
const RIVER_V = -0.13

/** Directions of the four sub-centres, where shops and offices gather, and how far out they lie. */
export const SUBCENTRES_DEG = [64, 136, 208, 280] as const
export const SUBCENTRE_RADIUS = 0.4

/** Hills rise around this direction; the lake lies beyond the ring. */
export const HILLS_DEG = 146
const LAKE = { degrees: 291, radius: 0.77, reach: 0.1 }

/** The broken wedge is cut in the plan by warehouses across its whole width, at least a block and a half deep. */
const CUT_INNER = 0.36
const cutOuter = (lattice: Lattice): number => CUT_INNER + Math.max(0.045, 3.2 / lattice.blocks)

export interface BlockPlace {
  /** Distance from the centre, 0..1.1, and direction in degrees, 0..360. */
  radius: number
  degrees: number
}

export function placeOf(lattice: Lattice, bi: number, bj: number): BlockPlace {
  const block = bj * lattice.blocks + bi
  return { radius: lattice.radius[block] ?? 0, degrees: lattice.degrees[block] ?? 0 }
}

/** Distance between two places, as a share of the half size. */
function apart(a: BlockPlace, b: BlockPlace): number {
  const turn = ((a.degrees - b.degrees) * Math.PI) / 180
  return Math.sqrt(Math.max(0, a.radius ** 2 + b.radius ** 2 - 2 * a.radius * b.radius * Math.cos(turn)))
}

const inSector = (degrees: number, from: number, to: number): boolean => (degrees - from + 720) % 360 < to - from

/** Index of the wedge that a place lies in, or -1. Wedges widen outwards from 5° to 9° either side. */
export function wedgeAt(place: BlockPlace): number {
  if (place.radius < 0.16) return -1
  const half = 5 + 4 * Math.min(1, place.radius / RADII.ringInner)
  return WEDGES_DEG.findIndex((axis) => inSector(place.degrees, axis - half, axis + half))
}

/** Whether a place lies in a wedge as designed: from the inner city to the outer edge of the ring. */
export const inWedge = (place: BlockPlace, wedge: number): boolean => place.radius < RADII.ringOuter && wedgeAt(place) === wedge

/** The river is a band of block rows; wide cities get a wider river. */
export function isRiver(lattice: Lattice, bj: number): boolean {
  const row = Math.round(((RIVER_V + 1) / 2) * lattice.blocks)
  return bj >= row && bj < row + Math.max(1, Math.round(lattice.blocks / 44))
}

function countryside(lattice: Lattice, bi: number, bj: number, place: BlockPlace, seed: number): Zone {
  const at = (perSide: number): [number, number] => [(bi * perSide) / lattice.blocks, (bj * perSide) / lattice.blocks]
  const height = heightAt(place, seed, at(7))
  if (height > 0.62) return 'reserve'
  // Woods end in a fringe of copses, not in a line.
  if (height + 0.3 * (chance(seed, bi >> 1, bj >> 1, 12) - 0.5) > 0.3) return 'forest'
  const shore = apart(place, LAKE) / LAKE.reach + 0.5 * fractalNoise(seed + 41, ...at(11))
  if (shore < 1) return 'lake'
  if (shore < 1.25 || (isRiver(lattice, bj - 1) && place.radius > 0.72)) return 'wetland'
  if (fractalNoise(seed + 23, ...at(14)) > 0.42) return 'orchard'
  return chance(seed, bi >> 1, bj >> 1, 5) < 0.045 ? 'village' : 'farm'
}

/** Height of the land, 0 in the plain and about 1 on the hill tops; woods and the reserve follow its contours. */
function heightAt(place: BlockPlace, seed: number, at: [number, number]): number {
  const turn = Math.abs(((place.degrees - HILLS_DEG + 540) % 360) - 180)
  return (1 - turn / 48) * 0.75 + (place.radius - 0.78) * 1.6 + 0.55 * fractalNoise(seed + 13, ...at)
}

/** Land use inside the built-up ring, for the base year; the plan turns part of it over. */
function builtUp(lattice: Lattice, bi: number, bj: number, place: BlockPlace, seed: number): Zone {
  if (place.radius < RADII.core) return 'core'
  if (inSector(place.degrees, UNSERVED.fromDeg, UNSERVED.toDeg) && place.radius > UNSERVED.inner && place.radius < UNSERVED.outer)
    return 'quarter'
  if (inSector(place.degrees, INDUSTRY.fromDeg, INDUSTRY.toDeg) && place.radius > INDUSTRY.inner) return 'industrial'
  const draw = chance(seed, bi, bj, 1)
  if (place.radius < RADII.inner) return draw < 0.3 ? 'commercial' : draw < 0.42 ? 'public' : draw < 0.52 ? 'park' : 'residential'
  if (draw < shopsShare(bi, bj, place)) return 'commercial'
  const at = (perSide: number): [number, number] => [(bi * perSide) / lattice.blocks, (bj * perSide) / lattice.blocks]
  const next = chance(seed, bi, bj, 2)
  if (next < (fractalNoise(seed + 51, ...at(26)) > 0.28 ? 0.4 : 0.05)) return 'public'
  if (chance(seed, bi, bj, 4) < (fractalNoise(seed + 61, ...at(30)) > 0.38 ? 0.6 : 0.045)) return 'park'
  if (chance(seed, bi, bj, 6) < (fractalNoise(seed + 71, ...at(18)) > 0.5 ? 0.6 : 0.01)) return 'industrial'
  return chance(seed, bi, bj, 7) < 0.12 ? 'garden' : 'residential'
}

/** Shops and offices gather around the sub-centres and along arterial streets. */
function shopsShare(bi: number, bj: number, place: BlockPlace): number {
  const nearest = Math.min(...SUBCENTRES_DEG.map((degrees) => apart(place, { degrees, radius: SUBCENTRE_RADIUS })))
  const arterial = isArterial(bi) || isArterial(bj) ? 0.05 : 0
  return 0.02 + arterial + 0.7 * Math.max(0, 1 - nearest / 0.065)
}

/** Parks must not stand within reach of the unserved quarter: farther than the 300 m that a review measures. */
const CLEAR_OF_PARKS_M = 450

/** Whether a place lies in the quarter that no park serves, or so near to it that a park there would. */
export function nearUnserved(place: BlockPlace, lattice: Lattice): boolean {
  const margin = Math.max(3 / lattice.blocks, CLEAR_OF_PARKS_M / lattice.halfSizeM)
  const turn = (margin / Math.max(place.radius, 0.2)) * 57.3
  return (
    inSector(place.degrees, UNSERVED.fromDeg - turn, UNSERVED.toDeg + turn) &&
    place.radius > UNSERVED.inner - margin &&
    place.radius < UNSERVED.outer + margin
  )
}

export interface Zoned {
  base: Zone[]
  plan: Zone[]
  /** Blocks whose old industry the plan turns over: the stock land of the city. */
  stock: Uint8Array
}

/** Gives every block its use in the base year and in the plan. */
export function zoneCity(lattice: Lattice, seed: number): Zoned {
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
  return { base, plan, stock }
}

function baseZone(lattice: Lattice, bi: number, bj: number, place: BlockPlace, seed: number): Zone {
  if (isRiver(lattice, bj)) return 'river'
  if (wedgeAt(place) >= 0 && place.radius < RADII.ringOuter) return chance(seed, bi, bj, 8) < 0.3 ? 'farm' : 'wedge'
  const wobble = 0.03 * smoothNoise(seed + 7, (bi * 8) / lattice.blocks, (bj * 8) / lattice.blocks)
  if (place.radius >= RADII.baseEdge + wobble) return countryside(lattice, bi, bj, place, seed)
  const zone = builtUp(lattice, bi, bj, place, seed)
  const green = zone === 'park' || zone === 'garden'
  return green && (nearUnserved(place, lattice) || chance(seed, bi, bj, 9) < 0.4) ? 'residential' : zone
}

/** What the city may grow over; woods and waters stay, inside the city too. */
const BUILDABLE = new Set<Zone>(['farm', 'orchard', 'village'])

function plannedZone(lattice: Lattice, bi: number, bj: number, place: BlockPlace, before: Zone, seed: number): Zone {
  if (before === 'river') return 'river'
  const wedge = wedgeAt(place)
  if (wedge === BROKEN_WEDGE && place.radius > CUT_INNER && place.radius < cutOuter(lattice)) return 'industrial'
  if (wedge >= 0 && place.radius < RADII.ringOuter) return 'wedge'
  if (place.radius > RADII.ringInner && place.radius < RADII.ringOuter) return 'ring'
  if (place.radius >= RADII.planEdge) return before
  const zone = BUILDABLE.has(before) ? builtUp(lattice, bi, bj, place, seed + 1) : before
  if (zone === 'industrial' && !inSector(place.degrees, INDUSTRY.fromDeg, INDUSTRY.toDeg)) {
    return (['residential', 'commercial', 'park', 'public'] as const)[Math.floor(chance(seed, bi, bj, 3) * 4)] ?? 'residential'
  }
  const wanted = zone === 'residential' ? builtUp(lattice, bi, bj, place, seed) : zone
  const green = wanted === 'park' || wanted === 'garden'
  return green && nearUnserved(place, lattice) ? 'residential' : wanted
}
