import type { LayerColumns } from '../geo/columns.ts'
import { attacher } from '../network/attach.ts'
import { alongLink, catchmentsOf } from '../network/catchments.ts'
import { walkNetwork } from '../network/walk-network.ts'
import { BASIC_SERVICES } from '../reference/services.ts'
import { WALKING } from '../reference/walking.ts'
import { SAMPLE_ORIGIN, sampleColumns } from './columns.ts'
import { field, pointAt, type SampleFeature, type SampleLayer } from './layer.ts'
import { blockPoint, polarPoint, type Lattice } from './lattice.ts'

const SERVICE_KINDS = ['school', 'clinic', 'culture', 'sport', 'eldercare', 'market'] as const
const CLINIC = 1

/** Facilities of one centre stand around it. */
const SPREAD_M = 32
/** Every home is so much nearer to its services than a review asks, so that rounding on the way to it changes nothing. */
const CLEAR_M = 10

/** The quarter without a clinic (a planted defect): around this place. */
const NO_CLINIC = { degrees: 112, radius: 0.36, reachM: 1150 }

type Point = [x: number, y: number]

/** Public facilities, six kinds around every centre, so that each inhabited block can walk to all of them but in the planted quarter. */
export function facilities(
  lattice: Lattice,
  inhabited: readonly number[],
  roads: SampleLayer,
): { layer: SampleLayer; /** Inhabited blocks without a clinic in reach. */ withoutClinic: number[] } {
  const homes = inhabited.map((block) => blockPoint(lattice, block % lattice.blocks, Math.floor(block / lattice.blocks)))
  const walks = SERVICE_KINDS.map(() => new Float64Array(homes.length).fill(Infinity))
  const serve = walkers(sampleColumns(roads), homes)
  const points: { at: Point; kind: number }[] = []
  const open = (at: Point, kind: number) => {
    points.push({ at, kind })
    serve(at, walks[kind] ?? new Float64Array())
  }
  const quarter = polarPoint(lattice, NO_CLINIC.degrees, NO_CLINIC.radius)
  const inQuarter = ([x, y]: Point) => Math.hypot(x - quarter[0], y - quarter[1]) < NO_CLINIC.reachM
  const lacks = (home: number, kind: number) => (walks[kind]?.[home] ?? Infinity) > LONGEST_WALK_M - CLEAR_M
  for (const [home, at] of homes.entries()) {
    const wanted = [...SERVICE_KINDS.keys()].filter((kind) => kind !== CLINIC || !inQuarter(at))
    if (wanted.some((kind) => lacks(home, kind))) for (const kind of wanted) open(around(at, kind), kind)
  }
  // a home at the edge of the quarter that nearly reaches a clinic gets one, so that nobody stands on the line
  const isClose = (home: number) => Math.abs((walks[CLINIC]?.[home] ?? Infinity) - LONGEST_WALK_M) <= CLEAR_M
  for (let home = homes.findIndex((_, at) => isClose(at)); home >= 0; home = homes.findIndex((_, at) => isClose(at)))
    open(homes[home] ?? quarter, CLINIC)
  const withoutClinic = inhabited.filter((_, home) => lacks(home, CLINIC))
  return { layer: layerOf(points), withoutClinic }
}

/** How far people walk to any service: the same for all of them. */
const LONGEST_WALK_M = Math.min(...BASIC_SERVICES.map(({ walkM }) => walkM))

/** Walks along the roads from a facility to the homes around it, kept where they are shorter than those known. */
function walkers(roads: LayerColumns, homes: readonly Point[]): (at: Point, known: Float64Array) => void {
  const network = walkNetwork(roads, { snapM: WALKING.snapM.value })
  const attach = attacher(network, WALKING.attachWithinM.value)
  const search = catchmentsOf(network)
  const [originX, originY] = SAMPLE_ORIGIN
  const onRoad = ([x, y]: Point) => attach(Math.round(1000 * (x - originX)), Math.round(1000 * (y - originY)))
  const attached = homes.map(onRoad)
  const homesOn = Map.groupBy(attached.keys(), (home) => attached[home]?.link ?? -1)
  return (at, known) => {
    const start = onRoad(at)
    if (!start) return
    search([{ at: start, owner: 0 }], LONGEST_WALK_M, (link, first, second, onLink) => {
      for (const home of homesOn.get(link) ?? []) {
        const place = attached[home]
        if (!place) continue
        const walkM = alongLink(network, link, place, first, second, onLink)
        known[home] = Math.min(known[home] ?? Infinity, walkM)
      }
    })
  }
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
