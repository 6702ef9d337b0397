import { field, pointAt, polygons, type SampleLayer } from './layer.ts'
import { blockCentre, blockPoint, type Lattice } from './lattice.ts'
import { outline } from './outline.ts'
import { parcelAreaM2, type Parcel } from './parcels.ts'
import { CLUSTERS, type Places } from './places.ts'

/** Residents and jobs per hectare of land of a class, in the invented city. */
const RESIDENTS_PER_HA: Record<string, number> = { '0701': 210, '0703': 40 }
const JOBS_PER_HA: Record<string, number> = { '09': 260, '08': 110, '10': 70, '11': 45 }

function perBlock(lattice: Lattice, parcels: readonly Parcel[], density: (code: string) => number): Map<number, number> {
  const totals = new Map<number, number>()
  for (const parcel of parcels) {
    const perHa = density(parcel.code)
    if (perHa === 0) continue
    const persons = (perHa * parcelAreaM2(lattice, parcel)) / 10_000
    if (persons > 0) totals.set(parcel.block, (totals.get(parcel.block) ?? 0) + persons)
  }
  return totals
}

/** The cluster whose jobs are far too few for its people (a planted defect). */
export const FEW_JOBS = 4
const EMPLOYED = 0.5
/** Jobs for every employed resident, cluster by cluster. */
const JOB_RATIOS = [1.08, 0.96, 0.92, 1.1, 0.35, 1.02] as const

/** Scales the jobs of every cluster to its people; jobs outside the clusters stay as they are. */
function balanced(jobs: Map<number, number>, residents: ReadonlyMap<number, number>, { cluster }: Places): Map<number, number> {
  const sumBy = (totals: ReadonlyMap<number, number>) => {
    const sums = CLUSTERS.map(() => 0)
    for (const [block, value] of totals) {
      const at = cluster[block] ?? -1
      if (at >= 0) sums[at] = (sums[at] ?? 0) + value
    }
    return sums
  }
  const [work, live] = [sumBy(jobs), sumBy(residents)]
  const factors = CLUSTERS.map((_, at) => ((JOB_RATIOS[at] ?? 1) * EMPLOYED * (live[at] ?? 0)) / (work[at] || 1))
  return new Map(
    [...jobs].map(([block, value]) => {
      const at = cluster[block] ?? -1
      return [block, at < 0 ? value : value * (factors[at] ?? 1)]
    }),
  )
}

/** One point per inhabited block with whole persons, and one per working block with whole jobs. */
export function peopleAndJobs(
  lattice: Lattice,
  parcels: readonly Parcel[],
  places: Places,
): { layers: SampleLayer[]; residents: number; inhabited: number[] } {
  const points = (totals: ReadonlyMap<number, number>) =>
    [...totals].map(([block, value]) =>
      pointAt(...blockPoint(lattice, block % lattice.blocks, Math.floor(block / lattice.blocks)), [
        `网格${block}`,
        Math.round(value),
      ]),
    )
  const living = perBlock(lattice, parcels, (code) => RESIDENTS_PER_HA[code.slice(0, 4)] ?? 0)
  const working = perBlock(lattice, parcels, (code) => JOBS_PER_HA[code.slice(0, 2)] ?? 0)
  const residents = points(living)
  const jobs = points(balanced(working, living, places))
  return {
    inhabited: [...living.keys()],
    layers: [
      {
        role: 'population',
        table: 'RK',
        kind: 'point',
        fields: [field('MC'), field('CZRK', 'number')],
        mapping: { name: 'MC', persons: 'CZRK' },
        features: residents,
      },
      {
        role: 'jobs',
        table: 'JYGW',
        kind: 'point',
        fields: [field('MC'), field('GWS', 'number')],
        mapping: { name: 'MC', jobs: 'GWS' },
        features: jobs,
      },
    ],
    residents: residents.reduce((sum, feature) => sum + Number(feature.values[1]), 0),
  }
}

const AREAS = [
  ['中心区更新区', 40, 0.12, 0.07, 3200, 12_000],
  ['枢纽东片区', 4, 0.39, 0.075, 4200, 9000],
  ['北站片区', 94, 0.4, 0.08, 5200, 6000],
  ['西江工业更新区', 200, 0.36, 0.075, 2600, 5200],
  ['副中心三片区', 208, 0.43, 0.06, 2800, 4000],
  /* Far from any station or centre: the rule of the seed article would not choose it. */
  ['远郊文旅新城', 60, 0.86, 0.085, 6000, 3000],
] as const

/** However large the city, an opportunity area is one neighbourhood. */
const LARGEST_AREA_M = 1100
/** The area of old industry lies where most of the stock land is, and holds little else. */
const OLD_INDUSTRY = { at: 3, reachM: 350 }

/** Potential areas: five near centres or rail, one of them on stock land as the rule of the seed article wants it, and one against it. */
export function opportunityAreas(lattice: Lattice, stock: Uint8Array): SampleLayer {
  const most = mostStock(lattice, stock, OLD_INDUSTRY.reachM / lattice.halfSizeM)
  const features = AREAS.flatMap(([name, degrees, radius, size, homes, jobs], i) => {
    const angle = (degrees * Math.PI) / 180
    const onStock = i === OLD_INDUSTRY.at ? most : undefined
    const [cx, cy] = onStock ?? [radius * Math.cos(angle), radius * Math.sin(angle)]
    const largestM = onStock ? OLD_INDUSTRY.reachM : LARGEST_AREA_M
    const reach = Math.max((onStock ? 0.9 : 1.6) / lattice.blocks, Math.min(size, largestM / lattice.halfSizeM))
    const parts = outline(lattice, (bi, bj) => {
      const [x, y] = blockCentre(lattice.blocks, bi, bj)
      return Math.hypot(x - cx, y - cy) < reach
    })
    return polygons(parts, [name, i === 5 ? '新建' : '更新提升', homes, jobs, i < 3 ? '近期' : '远期'])
  })
  return {
    role: 'opportunity_area',
    table: 'QLDQ',
    kind: 'polygon',
    fields: [field('MC'), field('CL'), field('ZFTS', 'number'), field('GWS', 'number'), field('SX')],
    mapping: { name: 'MC', strategy: 'CL', homes: 'ZFTS', jobs: 'GWS', phase: 'SX' },
    features,
  }
}

/** Middle of the block of stock land with the most others within reach; of equals the one nearest to the city's centre. */
function mostStock(lattice: Lattice, stock: Uint8Array, reach: number): readonly [number, number] | undefined {
  const middles = Array.from(stock.keys())
    .filter((block) => stock[block] === 1)
    .map((block) => blockCentre(lattice.blocks, block % lattice.blocks, Math.floor(block / lattice.blocks)))
  const near = ([x, y]: readonly [number, number]) =>
    middles.filter((other) => Math.hypot(other[0] - x, other[1] - y) < reach).length
  const ranked = middles.map((middle) => ({ middle, near: near(middle), out: Math.hypot(...middle) }))
  return ranked.toSorted((one, other) => other.near - one.near || one.out - other.out)[0]?.middle
}
