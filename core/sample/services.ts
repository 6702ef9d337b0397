import { field, pointAt, type SampleFeature, type SampleLayer } from './layer.ts'
import { blockPoint, polarPoint, type Lattice } from './lattice.ts'

const SERVICE_KINDS = ['school', 'clinic', 'culture', 'sport', 'eldercare', 'market'] as const

/** Every home has a centre within this distance; a walk of 1,000 m is 769 m as the crow flies. */
const SPACING_M = 690
const WALK_STRAIGHT_M = 1000 / 1.3
/** Facilities of one centre stand around it. */
const SPREAD_M = 32

/** The quarter without a clinic (a planted defect): around this place. */
const NO_CLINIC = { degrees: 112, radius: 0.36, reachM: 1150 }
const CLINIC = 1

type Point = [x: number, y: number]

/** More than any city has, so that every square has a number of its own. */
const SQUARES_PER_ROW = 2 ** 20

/** Points that can be asked whether one of them is near: a grid of squares as large as the reach. */
class NearGrid {
  private readonly squares = new Map<number, Point[]>()
  private readonly reachM: number

  constructor(reachM: number) {
    this.reachM = reachM
  }

  add([x, y]: Point): void {
    const key = this.keyOf(x, y, 0, 0)
    const square = this.squares.get(key)
    if (square) square.push([x, y])
    else this.squares.set(key, [[x, y]])
  }

  /** Distance to the nearest point, or infinity where none is within reach. */
  nearestM([x, y]: Point): number {
    let least = Infinity
    for (const dx of [-1, 0, 1]) {
      for (const dy of [-1, 0, 1]) {
        for (const [px, py] of this.squares.get(this.keyOf(x, y, dx, dy)) ?? [])
          least = Math.min(least, Math.hypot(px - x, py - y))
      }
    }
    return least <= this.reachM ? least : Infinity
  }

  private keyOf(x: number, y: number, dx: number, dy: number): number {
    return (Math.floor(x / this.reachM) + dx) * SQUARES_PER_ROW + Math.floor(y / this.reachM) + dy
  }
}

/** Public facilities, six kinds around every centre, so that each inhabited block has all of them but for the planted quarter. */
export function facilities(
  lattice: Lattice,
  inhabited: readonly number[],
): { layer: SampleLayer; /** Inhabited blocks without a clinic in reach. */ withoutClinic: number[] } {
  const homes = inhabited.map((block) => ({
    block,
    at: blockPoint(lattice, block % lattice.blocks, Math.floor(block / lattice.blocks)),
  }))
  const centres = new NearGrid(SPACING_M)
  const places: Point[] = []
  for (const { at } of homes) {
    if (centres.nearestM(at) <= SPACING_M) continue
    centres.add(at)
    places.push(at)
  }
  const quarter = polarPoint(lattice, NO_CLINIC.degrees, NO_CLINIC.radius)
  const inQuarter = ([x, y]: Point) => Math.hypot(x - quarter[0], y - quarter[1]) < NO_CLINIC.reachM
  const points: { at: Point; kind: number }[] = places.flatMap((centre) =>
    SERVICE_KINDS.flatMap((_, kind) => (kind === CLINIC && inQuarter(centre) ? [] : [{ at: around(centre, kind), kind }])),
  )
  const clinics = new NearGrid(WALK_STRAIGHT_M)
  for (const { at, kind } of points) if (kind === CLINIC) clinics.add(at)
  const withoutClinic: number[] = []
  for (const { block, at } of homes) {
    const distanceM = clinics.nearestM(at)
    if (inQuarter(at)) {
      if (distanceM > WALK_STRAIGHT_M) withoutClinic.push(block)
    } else if (distanceM > SPACING_M + SPREAD_M) {
      points.push({ at, kind: CLINIC })
      clinics.add(at)
    }
  }
  const served = withoutClinic.filter((block) => {
    const home = blockPoint(lattice, block % lattice.blocks, Math.floor(block / lattice.blocks))
    return clinics.nearestM(home) > WALK_STRAIGHT_M
  })
  return { layer: layerOf(points), withoutClinic: served }
}

/** Six places around a centre, whole millimetres. */
function around([x, y]: Point, kind: number): Point {
  const angle = (kind * Math.PI) / 3
  const toMillimetre = (metres: number) => Math.round(metres * 1000) / 1000
  return [toMillimetre(x + SPREAD_M * Math.cos(angle)), toMillimetre(y + SPREAD_M * Math.sin(angle))]
}

const layerOf = (points: readonly { at: Point; kind: number }[]): SampleLayer => ({
  role: 'facility',
  table: 'GGFWSS',
  kind: 'point',
  fields: [field('MC'), field('LX')],
  mapping: { name: 'MC', kind: 'LX' },
  features: points.map(({ at, kind }, i): SampleFeature => pointAt(...at, [`设施${i + 1}`, SERVICE_KINDS[kind] ?? 'school'])),
})
