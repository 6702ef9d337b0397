import { field, lineThrough, madeOnDemand, pointAt, type SampleFeature, type SampleLayer } from './layer.ts'
import { isArterial, LINES_PER_BLOCK, polarPoint, vertex, type Lattice } from './lattice.ts'
import { isRiver, RADII, SUBCENTRE_RADIUS, SUBCENTRES_DEG, WEDGES_DEG, type Zone } from './zones.ts'
import type { Zoning } from './planted-blocks.ts'

const STREETS = new Set<Zone>(['core', 'commercial', 'residential', 'quarter', 'industrial', 'public', 'garden'])
const NAMED_LINE = { kind: 'line' as const, mapping: { name: 'MC', kind: 'LX' }, fields: [field('MC'), field('LX')] }
const NAMED_POINT = { kind: 'point' as const, fields: [field('MC'), field('JB', 'number')] }

/** Where two streets cross: the middle of the crossing's lattice cell. */
function crossing(lattice: Lattice, bi: number, bj: number): [number, number] {
  const last = lattice.lines - 1
  const [x0, y0] = vertex(lattice, bi * LINES_PER_BLOCK, bj * LINES_PER_BLOCK)
  const [x1, y1] = vertex(lattice, Math.min(last, bi * LINES_PER_BLOCK + 1), Math.min(last, bj * LINES_PER_BLOCK + 1))
  return [(x0 + x1) / 2, (y0 + y1) / 2]
}

/** Streets between crossings, as a graph whose ends meet exactly; pieces that the main network does not reach are left out. */
export function roads(lattice: Lattice, zoning: Zoning): SampleLayer {
  const n = lattice.blocks
  const built = (bi: number, bj: number) => bi < n && bj < n && STREETS.has(zoning.plan[bj * n + bi] ?? 'farm')
  const segments: { from: number; to: number; arterial: boolean }[] = []
  for (let bj = 0; bj < n; bj++) {
    for (let bi = 0; bi < n; bi++) {
      const here = bj * (n + 1) + bi
      if (isArterial(bj) || built(bi, bj)) segments.push({ from: here, to: here + 1, arterial: isArterial(bj) })
      if (isArterial(bi) || built(bi, bj)) segments.push({ from: here, to: here + n + 1, arterial: isArterial(bi) })
    }
  }
  segments.push(...lanes(n, zoning, new Set(segments.map(({ from, to }) => `${from}/${to}`))))
  const root = mainComponent((n + 1) * (n + 1), segments)
  const end = (node: number) => crossing(lattice, node % (n + 1), Math.floor(node / (n + 1)))
  const connected = segments.filter((segment) => root(segment.from))
  const features = madeOnDemand(connected.length, (i) => {
    const { from, to, arterial } = connected[i] ?? { from: 0, to: 0, arterial: false }
    return lineThrough([end(from), end(to)], [`道路${i + 1}`, arterial ? 'primary' : 'residential'])
  })
  return { role: 'road_network', table: 'DL', ...NAMED_LINE, mapping: { name: 'MC', roadClass: 'LX' }, features }
}

/** Lanes of settlements outside of the city: along two sides of each, and on to the next arterial street. */
function lanes(n: number, { plan, outsideBlock }: Zoning, known: ReadonlySet<string>) {
  const found = new Map<string, { from: number; to: number; arterial: boolean }>()
  const add = (from: number, to: number) => {
    if (!known.has(`${from}/${to}`)) found.set(`${from}/${to}`, { from, to, arterial: false })
  }
  for (const [block, zone] of plan.entries()) {
    if (zone !== 'village' && zone !== 'commons' && block !== outsideBlock) continue
    const [bi, bj] = [block % n, Math.floor(block / n)]
    const here = bj * (n + 1) + bi
    add(here, here + 1)
    add(here, here + n + 1)
    for (let column = bi; !isArterial(column); column -= 1) add(bj * (n + 1) + column - 1, bj * (n + 1) + column)
  }
  return found.values()
}

/** Tells which nodes belong to the largest connected part (union–find). */
function mainComponent(nodes: number, segments: readonly { from: number; to: number }[]): (node: number) => boolean {
  const parent = Int32Array.from({ length: nodes }, (_, i) => i)
  const find = (node: number): number => {
    let at = node
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] ?? at] ?? at
      at = parent[at] ?? at
    }
    return at
  }
  for (const { from, to } of segments) parent[find(from)] = find(to)
  const sizes = new Map<number, number>()
  for (const { from } of segments) sizes.set(find(from), (sizes.get(find(from)) ?? 0) + 1)
  const main = [...sizes].sort((a, b) => b[1] - a[1])[0]?.[0] ?? -1
  return (node) => find(node) === main
}

const arc = (lattice: Lattice, radius: number, from: number, to: number): [number, number][] =>
  Array.from({ length: Math.round((to - from) / 3) + 1 }, (_, i) => polarPoint(lattice, from + i * 3, radius))

/** Greenways along part of the ring, along the wedges and the river bank. */
export function greenways(lattice: Lattice): SampleLayer {
  const mid = (RADII.ringInner + RADII.ringOuter) / 2
  const wedges = WEDGES_DEG.map((degrees, i) => {
    const outward = Array.from({ length: 13 }, (_, k) => polarPoint(lattice, degrees, 0.17 + (k * (mid - 0.17)) / 12))
    return lineThrough(outward, [`楔形绿道${i + 1}`, 'greenway'])
  })
  return {
    role: 'greenway',
    table: 'LVD',
    ...NAMED_LINE,
    features: [
      lineThrough(arc(lattice, mid, 20, 175), ['环城绿道', 'greenway']),
      ...wedges,
      lineThrough(riverRow(lattice, 1), ['滨江绿道', 'park_connector']),
    ],
  }
}

/** Lattice vertices along the river's bank (`side` 0) or the other bank (1). */
function riverRow(lattice: Lattice, side: 0 | 1): [number, number][] {
  const rows = Array.from({ length: lattice.blocks }, (_, bj) => bj).filter((bj) => isRiver(lattice, bj))
  const row = ((rows[0] ?? 0) + side * rows.length) * LINES_PER_BLOCK
  return Array.from({ length: lattice.lines }, (_, column) => vertex(lattice, column, row))
}

/** The river's middle line and three brooks from the hills. */
export function waterways(lattice: Lattice): SampleLayer {
  const banks = [riverRow(lattice, 0), riverRow(lattice, 1)] as const
  const middle = banks[0].map(([x, y], i): [number, number] => [
    (x + (banks[1][i]?.[0] ?? x)) / 2,
    (y + (banks[1][i]?.[1] ?? y)) / 2,
  ])
  const brook = (degrees: number) =>
    Array.from({ length: 20 }, (_, k) => polarPoint(lattice, degrees + 4 * Math.sin(k / 2), 0.98 - (k * 0.8) / 19))
  return {
    role: 'waterway',
    table: 'HL',
    kind: 'line',
    fields: [field('MC'), field('ALX'), field('ZRH', 'boolean')],
    mapping: { name: 'MC', bankType: 'ALX', renatured: 'ZRH' },
    features: [
      lineThrough(middle, ['青岚江', 'natural', false]),
      ...[118, 150, 205].map((degrees, i) =>
        lineThrough(brook(degrees), [`${'清枫岚'[i] ?? ''}溪`, i === 1 ? 'hardened' : 'natural', i === 1]),
      ),
    ],
  }
}

const STATION_SPACING_M = 1250
/** Directions of the rail lines through the centre; large cities have the third and fourth. */
const RAIL_DEG = [4, 94, 50, 140] as const
const FOUR_LINES_FROM_M = 9000

/** Stations on lines that cross in the centre, which has one station for all of them. */
function stationsOf(lattice: Lattice): SampleFeature[] {
  const perArm = Math.max(4, Math.round((0.52 * lattice.halfSizeM) / STATION_SPACING_M))
  const places = Array.from({ length: 2 * perArm + 1 }, (_, i) => (0.52 * (i - perArm)) / perArm)
  return RAIL_DEG.slice(0, lattice.halfSizeM < FOUR_LINES_FROM_M ? 2 : 4).flatMap((degrees, line) =>
    places
      .filter((at) => line === 0 || at !== 0)
      .map((at, i) =>
        pointAt(...polarPoint(lattice, at < 0 ? degrees + 180 : degrees, Math.abs(at)), [`${line + 1}号线${i + 1}站`, line + 1]),
      ),
  )
}

/** Rail stations, and centres of three ranks. */
export function railAndCentres(lattice: Lattice): SampleLayer[] {
  const stations = stationsOf(lattice)
  const centres = [
    pointAt(...polarPoint(lattice, 0, 0), ['青岚中心', 1]),
    ...SUBCENTRES_DEG.map((degrees, i) => pointAt(...polarPoint(lattice, degrees, SUBCENTRE_RADIUS), [`副中心${i + 1}`, 2])),
    ...[350, 110, 230].map((degrees, i) => pointAt(...polarPoint(lattice, degrees, 0.5), [`组团中心${i + 1}`, 3])),
  ]
  return [
    { role: 'rail_station', table: 'GDZD', ...NAMED_POINT, mapping: { name: 'MC' }, features: stations },
    { role: 'centre', table: 'CSZX', ...NAMED_POINT, mapping: { name: 'MC', rank: 'JB' }, features: centres },
  ]
}
