import { isArterial, LINES_PER_BLOCK, rectangle, type Lattice, type Ring } from './lattice.ts'
import { chance, fractalNoise } from './random.ts'
import { RADII, type Zone } from './zones.ts'

/** A rectangle of the lattice with its use; its outline is made when asked for. */
export interface Parcel {
  /** Lattice lines that bound it: columns c0…c1, rows r0…r1. */
  c0: number
  r0: number
  c1: number
  r1: number
  /** Code of the 2023 land-use classification. */
  code: string
  block: number
}

export const parcelRing = (lattice: Lattice, { c0, r0, c1, r1 }: Parcel): Ring => rectangle(lattice, c0, r0, c1, r1)

/** Construction land of the 2023 classification. */
export const isConstruction = (code: string): boolean => /^(07|08|09|10|11|12|13|14|15|16)/.test(code)

/** Area of a parcel in m², without making its outline. */
export function parcelAreaM2(lattice: Lattice, { c0, r0, c1, r1 }: Pick<Parcel, 'c0' | 'r0' | 'c1' | 'r1'>): number {
  const { vertices, lines } = lattice
  const first = 2 * (r0 * lines + c0)
  const [x0, y0] = [vertices[first] ?? 0, vertices[first + 1] ?? 0]
  let [twice, fromX, fromY] = [0, 0, 0]
  const step = (column: number, row: number) => {
    const at = 2 * (row * lines + column)
    const [x, y] = [(vertices[at] ?? 0) - x0, (vertices[at + 1] ?? 0) - y0]
    twice += fromX * y - x * fromY
    fromX = x
    fromY = y
  }
  for (let c = c0; c < c1; c++) step(c, r0)
  for (let r = r0; r < r1; r++) step(c1, r)
  for (let c = c1; c > c0; c--) step(c, r1)
  for (let r = r1; r > r0; r--) step(c0, r)
  return Math.abs(twice) / 2
}

/** Area of every block in m². */
export const blockAreasM2 = (lattice: Lattice): Float64Array =>
  Float64Array.from({ length: lattice.blocks ** 2 }, (_, block) => {
    const [c0, r0] = [(block % lattice.blocks) * LINES_PER_BLOCK, Math.floor(block / lattice.blocks) * LINES_PER_BLOCK]
    return parcelAreaM2(lattice, { c0, r0, c1: c0 + LINES_PER_BLOCK, r1: r0 + LINES_PER_BLOCK })
  })

/** The outline of a whole block. */
export function blockRing(lattice: Lattice, block: number): Ring {
  const [c0, r0] = [(block % lattice.blocks) * LINES_PER_BLOCK, Math.floor(block / lattice.blocks) * LINES_PER_BLOCK]
  return rectangle(lattice, c0, r0, c0 + LINES_PER_BLOCK, r0 + LINES_PER_BLOCK)
}

/** Classes drawn for the lots of a built-up block, with their shares. Facts of the invented city, not of the standard. */
const MIX: Partial<Record<Zone, readonly (readonly [string, number])[]>> = {
  core: [
    ['0902', 0.42],
    ['0901', 0.28],
    ['0803', 0.1],
    ['0801', 0.08],
    ['1401', 0.12],
  ],
  commercial: [
    ['0901', 0.5],
    ['0902', 0.3],
    ['070102', 0.2],
  ],
  residential: [
    ['070102', 0.8],
    ['0702', 0.06],
    ['080403', 0.05],
    ['0901', 0.05],
    ['1403', 0.04],
  ],
  quarter: [
    ['070102', 0.88],
    ['0901', 0.06],
    ['080403', 0.06],
  ],
  industrial: [
    ['100101', 0.4],
    ['100102', 0.35],
    ['110101', 0.25],
  ],
  public: [
    ['080401', 0.24],
    ['080601', 0.2],
    ['0801', 0.16],
    ['0802', 0.16],
    ['080501', 0.12],
    ['0807', 0.12],
  ],
}

/** One class for a whole block that is not divided into lots. */
const WHOLE: Partial<Record<Zone, string>> = {
  river: '1701',
  park: '1401',
  lake: '1702',
  ring: '0301',
  farm: '0101',
  orchard: '0201',
  forest: '0301',
  wetland: '0506',
  village: '0703',
  reserve: '0301',
}

const FAR: Record<string, number> = { '0902': 4.5, '0901': 3, '070102': 2.2, '100101': 1.4, '100102': 1.1 }

/** Floor area ratio that the plan gives a parcel; null where it gives none. */
export const farOf = ({ code }: Parcel): number | null => FAR[code] ?? null

/** Wedges are parks near the city and woods, orchards and fields farther out. */
export function wedgeCode(lattice: Lattice, seed: number, bi: number, bj: number): string {
  const radius = lattice.radius[bj * lattice.blocks + bi] ?? 0
  const soil = fractalNoise(seed + 31, (bi * 12) / lattice.blocks, (bj * 12) / lattice.blocks)
  if (radius < 0.3 + 0.12 * soil) return '1401'
  return soil > 0.3 ? '0201' : soil < -0.25 ? '0103' : '0301'
}

function draw(mix: readonly (readonly [string, number])[], at: number): string {
  let sum = 0
  for (const [code, share] of mix) {
    sum += share
    if (at < sum) return code
  }
  return mix[0]?.[0] ?? '16'
}

/** Lots of a built-up block: 1, 2 or 4 rectangles of its two by two cells. */
const SPLITS: readonly (readonly [number, number, number, number][])[] = [
  [[1, 1, 3, 3]],
  [
    [1, 1, 2, 3],
    [2, 1, 3, 3],
  ],
  [
    [1, 1, 3, 2],
    [1, 2, 3, 3],
  ],
  [
    [1, 1, 2, 2],
    [2, 1, 3, 2],
    [1, 2, 2, 3],
    [2, 2, 3, 3],
  ],
]

class Cutter {
  private readonly lattice: Lattice
  private readonly seed: number
  private readonly take: (parcel: Parcel) => void

  constructor(lattice: Lattice, seed: number, take: (parcel: Parcel) => void) {
    this.lattice = lattice
    this.seed = seed
    this.take = take
  }

  /** Cuts lattice lines c0…c1 × r0…r1, relative to a block, as one parcel. */
  cut(bi: number, bj: number, c0: number, r0: number, c1: number, r1: number, code: string): void {
    const [c, r] = [bi * LINES_PER_BLOCK, bj * LINES_PER_BLOCK]
    this.take({ c0: c + c0, r0: r + r0, c1: c + c1, r1: r + r1, code, block: bj * this.lattice.blocks + bi })
  }

  /** Streets on two sides, lots inside. */
  builtUp(bi: number, bj: number, zone: Zone): void {
    this.cut(bi, bj, 0, 0, 3, 1, '1207')
    this.cut(bi, bj, 0, 1, 1, 3, '1207')
    const mix = MIX[zone] ?? [['16', 1]]
    const pattern = chance(this.seed, bi, bj, 20)
    const split = SPLITS[pattern < 0.12 ? 0 : pattern < 0.34 ? 1 : pattern < 0.56 ? 2 : 3] ?? []
    split.forEach(([c0, r0, c1, r1], lot) => this.cut(bi, bj, c0, r0, c1, r1, draw(mix, chance(this.seed, bi, bj, 30 + lot))))
  }

  /** A housing block with a community garden in one corner. */
  garden(bi: number, bj: number): void {
    this.cut(bi, bj, 0, 0, 3, 1, '1207')
    this.cut(bi, bj, 0, 1, 1, 3, '1207')
    this.cut(bi, bj, 1, 1, 2, 2, '1401')
    this.cut(bi, bj, 2, 1, 3, 2, '070102')
    this.cut(bi, bj, 1, 2, 3, 3, '070102')
  }

  /** A village block around a green. */
  commons(bi: number, bj: number): void {
    this.cut(bi, bj, 0, 0, 3, 1, '0703')
    this.cut(bi, bj, 0, 1, 1, 3, '0703')
    this.cut(bi, bj, 1, 1, 2, 2, '1401')
    this.cut(bi, bj, 2, 1, 3, 2, '0703')
    this.cut(bi, bj, 1, 2, 3, 3, '0703')
  }

  /** Open land: arterial streets cross it, others do not. Bridges are arterial streets over the river. */
  open(bi: number, bj: number, code: string, across: boolean): void {
    const down = across && isArterial(bi)
    const over = across && isArterial(bj)
    if (over) this.cut(bi, bj, 0, 0, 3, 1, '1207')
    if (down) this.cut(bi, bj, 0, over ? 1 : 0, 1, 3, '1207')
    this.cut(bi, bj, down ? 1 : 0, over ? 1 : 0, 3, 3, code)
  }
}

/** The parcels of one state of the city. */
export function cutParcels(lattice: Lattice, zones: readonly Zone[], seed: number): Parcel[] {
  const parcels: Parcel[] = []
  walkParcels(lattice, zones, seed, (parcel) => parcels.push(parcel))
  return parcels
}

/** Open land that streets cross inside the city; farther out, or across a wedge, they would be new urban land beyond the boundary. */
const CROSSED = new Set<Zone>(['river', 'park'])

/** Cuts every block of one state of the city into parcels that tile it exactly. Country blocks of like use merge 2 × 2. */
export function walkParcels(lattice: Lattice, zones: readonly Zone[], seed: number, take: (parcel: Parcel) => void): void {
  const cutter = new Cutter(lattice, seed, take)
  const n = lattice.blocks
  const done = new Uint8Array(n * n)
  const rural = new Set<Zone>(['farm', 'orchard', 'forest', 'reserve', 'wetland'])
  const zoneAt = (bi: number, bj: number) => zones[bj * n + bi] ?? 'farm'
  const mergeable = (bi: number, bj: number, zone: Zone) =>
    bi + 1 < n &&
    bj + 1 < n &&
    [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ].every(([dx = 0, dy = 0]) => zoneAt(bi + dx, bj + dy) === zone && done[(bj + dy) * n + bi + dx] === 0)
  for (let bj = 0; bj < n; bj++) {
    for (let bi = 0; bi < n; bi++) {
      if (done[bj * n + bi] === 1) continue
      const zone = zoneAt(bi, bj)
      const whole = zone === 'wedge' ? wedgeCode(lattice, seed, bi, bj) : WHOLE[zone]
      if (rural.has(zone) && bi % 2 === 0 && bj % 2 === 0 && mergeable(bi, bj, zone)) {
        cutter.cut(bi, bj, 0, 0, 6, 6, zone === 'farm' && chance(seed, bi, bj, 40) < 0.35 ? '0103' : (whole ?? '0101'))
        for (const offset of [0, 1, n, n + 1]) done[bj * n + bi + offset] = 1
      } else if (zone === 'garden') cutter.garden(bi, bj)
      else if (zone === 'commons') cutter.commons(bi, bj)
      else if (whole === undefined) cutter.builtUp(bi, bj, zone)
      else cutter.open(bi, bj, whole, CROSSED.has(zone) && (lattice.radius[bj * n + bi] ?? 0) <= RADII.ringInner)
    }
  }
}
