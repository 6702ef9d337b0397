import { field, pointAt, polygons, ringAreaM2, type SampleLayer } from './layer.ts'
import { blockCentre, blockPoint, polarPoint, type Lattice } from './lattice.ts'
import { outline } from './outline.ts'
import { parcelRing, type Parcel } from './parcels.ts'

/** Residents and jobs per hectare of land of a class, in the invented city. */
const RESIDENTS_PER_HA: Record<string, number> = { '0701': 210, '0703': 40 }
const JOBS_PER_HA: Record<string, number> = { '09': 260, '08': 110, '10': 70, '11': 45 }

function perBlock(lattice: Lattice, parcels: readonly Parcel[], density: (code: string) => number): Map<number, number> {
  const totals = new Map<number, number>()
  for (const parcel of parcels) {
    const perHa = density(parcel.code)
    if (perHa === 0) continue
    const persons = (perHa * ringAreaM2(parcelRing(lattice, parcel))) / 10_000
    if (persons > 0) totals.set(parcel.block, (totals.get(parcel.block) ?? 0) + persons)
  }
  return totals
}

/** One point per inhabited block with whole persons, and one per working block with whole jobs. */
export function peopleAndJobs(lattice: Lattice, parcels: readonly Parcel[]): { layers: SampleLayer[]; residents: number } {
  const points = (totals: Map<number, number>) =>
    [...totals].map(([block, value]) =>
      pointAt(...blockPoint(lattice, block % lattice.blocks, Math.floor(block / lattice.blocks)), [
        `网格${block}`,
        Math.round(value),
      ]),
    )
  const residents = points(perBlock(lattice, parcels, (code) => RESIDENTS_PER_HA[code.slice(0, 4)] ?? 0))
  const jobs = points(perBlock(lattice, parcels, (code) => JOBS_PER_HA[code.slice(0, 2)] ?? 0))
  return {
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

/** Potential areas: five by the rule (stock land, near centres and rail) and one against it. */
export function opportunityAreas(lattice: Lattice): SampleLayer {
  const features = AREAS.flatMap(([name, degrees, radius, size, homes, jobs], i) => {
    const angle = (degrees * Math.PI) / 180
    const [cx, cy] = [radius * Math.cos(angle), radius * Math.sin(angle)]
    const reach = Math.max(1.6 / lattice.blocks, Math.min(size, LARGEST_AREA_M / lattice.halfSizeM))
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

const FACILITY_KINDS = ['school', 'clinic', 'culture', 'sport', 'eldercare', 'market'] as const

/** Public facilities scattered over the built-up ring in a sunflower pattern. */
export function facilities(lattice: Lattice): SampleLayer {
  const count = Math.max(24, lattice.blocks * 3)
  const features = Array.from({ length: count }, (_, i) => {
    const kind = FACILITY_KINDS[i % FACILITY_KINDS.length] ?? 'school'
    return pointAt(...polarPoint(lattice, (i * 137.508) % 360, 0.54 * Math.sqrt((i + 0.5) / count)), [`设施${i + 1}`, kind])
  })
  return {
    role: 'facility',
    table: 'GGFWSS',
    kind: 'point',
    fields: [field('MC'), field('LX')],
    mapping: { name: 'MC', kind: 'LX' },
    features,
  }
}
