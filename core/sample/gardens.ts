import { blockPoint, LINES_PER_BLOCK, rectangle, vertex, type Lattice } from './lattice.ts'
import { parcelAreaM2, wedgeCode } from './parcels.ts'
import type { Zoning } from './planted-blocks.ts'
import { nearUnserved, placeOf, type Zone } from './zones.ts'

/** Blocks of these uses hold homes. */
const HOMES = new Set<Zone>(['residential', 'quarter', 'commercial', 'garden', 'village', 'commons'])
const PARKS = new Set<Zone>(['park', 'ring'])
const WITH_GREEN: Partial<Record<Zone, Zone>> = { residential: 'garden', commercial: 'garden', village: 'commons' }

/** A review asks for green of half a hectare within 300 m, as the crow flies; a little less keeps clear of rounding. */
const WITHIN_M = 295
/** Farther than this is out of that reach, rounding and all. */
const CLEAR_M = 305
const LARGE_ENOUGH_M2 = 5500

const isInhabited = (zone: Zone | undefined): boolean => zone !== undefined && HOMES.has(zone)

const inQuarter = (lattice: Lattice, block: number): boolean =>
  nearUnserved(placeOf(lattice, block % lattice.blocks, Math.floor(block / lattice.blocks)), lattice)

/** A block with homes that are to have a green, because they are not of the planted quarter, and that is no green block itself. */
export const isServedHome = (lattice: Lattice, { plan }: Zoning, block: number): boolean =>
  WITH_GREEN[plan[block] ?? 'farm'] !== undefined && !inQuarter(lattice, block)

/** Turns a block of homes into one with a garden (where cells are too small for one, into a park); false where it cannot be. */
export function giveGreen(lattice: Lattice, zoning: Zoning, block: number): boolean {
  const { plan, base } = zoning
  const before = plan[block] ?? 'farm'
  const green = WITH_GREEN[before]
  if (!green || block === zoning.outsideBlock || inQuarter(lattice, block)) return false
  const [c, r] = corner(lattice, block)
  const cellM2 = parcelAreaM2(lattice, { c0: c + 1, r0: r + 1, c1: c + 2, r1: r + 2 })
  const after = cellM2 >= LARGE_ENOUGH_M2 ? green : 'park'
  plan[block] = after
  if (base[block] === before) base[block] = after
  return true
}

/**
 * Gives every home a green within 300 m but in the quarter that is planted without one: block by block from the south-west, in the
 * farthest block to the north-east that still serves it.
 */
export function greenHomes(lattice: Lattice, zoning: Zoning, seed: number): void {
  const { plan, base, outsideBlock } = zoning
  const n = lattice.blocks
  const besides = outsideBlock - 1
  if (outsideBlock >= 0 && plan[besides] === 'farm' && base[besides] === 'farm') plan[besides] = base[besides] = 'park'
  const steps = Math.max(1, Math.floor(WITHIN_M / (2 * sideM(lattice))))
  for (const [block, zone] of plan.entries()) {
    if (!HOMES.has(zone) || inQuarter(lattice, block) || hasGreen(lattice, zoning, seed, block)) continue
    const [bi, bj] = [block % n, Math.floor(block / n)]
    const farthestFirst = Array.from(
      { length: (steps + 1) ** 2 },
      (_, at) => [at % (steps + 1), Math.floor(at / (steps + 1))] as const,
    )
      .filter(([dx, dy]) => bi + dx < n && bj + dy < n)
      .toSorted((one, other) => other[0] + other[1] - one[0] - one[1])
    for (const [dx, dy] of farthestFirst) {
      const at = (bj + dy) * n + bi + dx
      const before = { plan: plan[at] ?? 'farm', base: base[at] ?? 'farm' }
      if (!giveGreen(lattice, zoning, at)) continue
      if (hasGreen(lattice, zoning, seed, block)) break
      plan[at] = before.plan
      base[at] = before.base
    }
  }
  clearRim(lattice, zoning, seed)
}

/** Around the quarter nobody lives who has a green at hand but a long way round to it: whoever is left there has none. */
function clearRim(lattice: Lattice, zoning: Zoning, seed: number): void {
  const { plan, base } = zoning
  for (const [block, zone] of plan.entries()) {
    if (!HOMES.has(zone) || !inQuarter(lattice, block) || !hasGreen(lattice, zoning, seed, block, CLEAR_M)) continue
    if (base[block] === zone) base[block] = 'public'
    plan[block] = 'public'
  }
}

/** Blocks of homes of the planted quarter: none has a green within 300 m. */
export const withoutGreen = (lattice: Lattice, zoning: Zoning): number[] =>
  Array.from(zoning.plan.keys()).filter((block) => isInhabited(zoning.plan[block]) && inQuarter(lattice, block))

const sideM = ({ halfSizeM, blocks }: Lattice): number => (2 * halfSizeM) / blocks

const corner = ({ blocks }: Lattice, block: number): [column: number, row: number] => [
  (block % blocks) * LINES_PER_BLOCK,
  Math.floor(block / blocks) * LINES_PER_BLOCK,
]

function hasGreen(lattice: Lattice, zoning: Zoning, seed: number, block: number, withinM = WITHIN_M): boolean {
  const n = lattice.blocks
  const reach = Math.ceil(withinM / sideM(lattice)) + 1
  const [bi, bj] = [block % n, Math.floor(block / n)]
  const home = blockPoint(lattice, bi, bj)
  for (let row = Math.max(0, bj - reach); row <= Math.min(n - 1, bj + reach); row += 1) {
    for (let column = Math.max(0, bi - reach); column <= Math.min(n - 1, bi + reach); column += 1) {
      const at = row * n + column
      const [x, y] = blockPoint(lattice, column, row)
      if (Math.hypot(x - home[0], y - home[1]) > withinM + sideM(lattice)) continue
      const cells = greenCells(lattice, zoning, seed, at)
      if (cells && distanceM(lattice, home, ...cells) <= withinM) return true
    }
  }
  return false
}

/** The lattice lines around the public green of a block, without streets that may cross it; undefined where it has none. */
function greenCells(
  lattice: Lattice,
  { plan }: Zoning,
  seed: number,
  block: number,
): [number, number, number, number] | undefined {
  const zone = plan[block] ?? 'farm'
  const [c, r] = corner(lattice, block)
  if (zone === 'garden' || zone === 'commons') {
    const cellM2 = parcelAreaM2(lattice, { c0: c + 1, r0: r + 1, c1: c + 2, r1: r + 2 })
    return cellM2 >= LARGE_ENOUGH_M2 ? [c + 1, r + 1, c + 2, r + 2] : undefined
  }
  const code = zone === 'wedge' ? wedgeCode(lattice, seed, block % lattice.blocks, Math.floor(block / lattice.blocks)) : ''
  const isPark = PARKS.has(zone) || code === '1401' || code === '0301'
  return isPark ? [c + 1, r + 1, c + LINES_PER_BLOCK, r + LINES_PER_BLOCK] : undefined
}

/** Distance from a place to a rectangle of the lattice: 0 on its corners and beyond that to its edges from outside. */
function distanceM(lattice: Lattice, [x, y]: readonly [number, number], c0: number, r0: number, c1: number, r1: number): number {
  const [middleX, middleY] = vertex(lattice, c0 + 1, r0 + 1)
  if (c1 - c0 > 1 && middleX === x && middleY === y) return 0
  const ring = rectangle(lattice, c0, r0, c1, r1)
  let least = Infinity
  for (let at = 0; at + 3 < ring.length; at += 2) {
    const [ax = 0, ay = 0, bx = 0, by = 0] = ring.subarray(at, at + 4)
    const [dx, dy] = [bx - ax, by - ay]
    const share = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / Math.max(1e-9, dx * dx + dy * dy)))
    least = Math.min(least, Math.hypot(ax + share * dx - x, ay + share * dy - y))
  }
  return least
}
