import { field, madeOnDemand, polygons, type SampleLayer } from './layer.ts'
import { isArterial, LINES_PER_BLOCK, rectangle, type Lattice } from './lattice.ts'
import { outline } from './outline.ts'
import { farOf, parcelRing, type Parcel } from './parcels.ts'
import { chance } from './random.ts'
import type { NumberedParcel } from './revision.ts'
import { inWedge, placeOf, RADII, type Zone, type Zoning } from './zones.ts'

/** Class names as the plan's own table gives them; the importer must agree with the codes. */
export type ClassName = (code: string) => string

export function landUse(
  role: 'landuse_base' | 'landuse_plan',
  lattice: Lattice,
  parcels: readonly (Parcel & Partial<NumberedParcel>)[],
  className: ClassName,
): SampleLayer {
  const plan = role === 'landuse_plan'
  return {
    role,
    table: plan ? 'GHYDYH' : 'JQYDYH',
    kind: 'polygon',
    fields: [field('BSM'), field('YDYHFLDM'), field('YDYHFLMC'), field('RJL', 'number'), field('LDL', 'number')],
    mapping: { parcel: 'BSM', class: 'YDYHFLDM', name: 'YDYHFLMC', far: 'RJL', greenRatio: 'LDL' },
    features: madeOnDemand(parcels.length, (index) => {
      const parcel = parcels[index]
      if (parcel === undefined) return { parts: [], values: [] }
      const { code } = parcel
      return {
        parts: [[parcelRing(lattice, parcel)]],
        values: [
          parcel.number ?? parcelNumber(role, index),
          code,
          className(code),
          plan ? (parcel.far ?? farOf(parcel)) : null,
          plan && code.startsWith('07') ? 30 + ((parcel.place ?? index) % 3) * 5 : null,
        ],
      }
    }),
  }
}

/** The parcel's own number, as offices give it. */
export const parcelNumber = (role: 'landuse_base' | 'landuse_plan', index: number): string =>
  `${role === 'landuse_plan' ? 'GH' : 'JQ'}${String(index + 1).padStart(7, '0')}`

const BLOCK_LAYER = {
  kind: 'polygon' as const,
  fields: [field('BSM'), field('MC'), field('HMYJ')],
  mapping: { name: 'MC', exemption: 'HMYJ' },
}

/** Blocks where the three lines run. The redline includes one built parcel of the plan: the planted conflict. */
export function controlLines(lattice: Lattice, zoning: Zoning): SampleLayer[] {
  const n = lattice.blocks
  const at = (zones: readonly Zone[], bi: number, bj: number) => zones[bj * n + bi]
  const redline = (bi: number, bj: number) => {
    const zone = at(zoning.plan, bi, bj)
    return zone === 'reserve' || zone === 'wetland' || bj * n + bi === zoning.conflictBlock
  }
  const farmland = (bi: number, bj: number) =>
    at(zoning.plan, bi, bj) === 'farm' &&
    at(zoning.base, bi, bj) === 'farm' &&
    placeOf(lattice, bi, bj).radius > RADII.ringOuter + 0.05 &&
    chance(1, bi >> 2, bj >> 2, 60) < 0.8
  const boundary = (bi: number, bj: number) =>
    placeOf(lattice, bi, bj).radius <= RADII.ringInner && at(zoning.plan, bi, bj) !== 'river'
  const lines: [SampleLayer['role'], string, string, (bi: number, bj: number) => boolean][] = [
    ['pbf', 'YJJBNT', '永久基本农田', farmland],
    ['eco_redline', 'STBHHX', '生态保护红线', redline],
    ['udb', 'CZKFBJ', '城镇集中建设区', boundary],
  ]
  return lines.map(([role, table, name, inside]) => ({
    role,
    table,
    ...BLOCK_LAYER,
    features: outline(lattice, inside).flatMap((part, i) => polygons([part], [`${table}${i + 1}`, `${name}${i + 1}`, null])),
  }))
}

const SECTORS = [
  ['青北区', 45, 135],
  ['青西区', 135, 205],
  ['临江区', 205, 250],
  ['南湖区', 250, 305],
  ['东岭区', 305, 405],
] as const

function districtOf(lattice: Lattice, bi: number, bj: number): string {
  const place = placeOf(lattice, bi, bj)
  if (place.radius < RADII.inner) return '中心区'
  return SECTORS.find(([, from, to]) => (place.degrees - from + 720) % 360 < to - from)?.[0] ?? '东岭区'
}

/** Municipality, central city, districts with caps, and units of 6 × 6 blocks inside the built-up ring. */
export function adminUnits(lattice: Lattice): SampleLayer {
  const n = lattice.blocks
  const row = (code: string, name: string, level: string, cap: number | null) => [code, name, level, cap]
  const central = (bi: number, bj: number) => placeOf(lattice, bi, bj).radius <= RADII.ringInner
  const districts = Array.from({ length: n * n }, (_, block) => districtOf(lattice, block % n, Math.floor(block / n)))
  const features = [
    ...polygons(
      outline(lattice, () => true),
      row('450900', '青岚市', 'municipal', 0.42),
    ),
    ...polygons(outline(lattice, central), row('450901', '中心城区', 'central_city', null)),
  ]
  const caps: Record<string, number> = { 中心区: 0.98, 青北区: 0.42, 青西区: 0.34, 临江区: 0.4, 南湖区: 0.42, 东岭区: 0.42 }
  Object.entries(caps).forEach(([name, cap], i) =>
    features.push({
      parts: outline(lattice, (bi, bj) => districts[bj * n + bi] === name),
      values: row(`45090${i + 2}`, name, 'district', cap),
    }),
  )
  const side = Math.max(3, Math.round(n / 12))
  for (let bj = 0; bj < n; bj += side) {
    for (let bi = 0; bi < n; bi += side) {
      const mine = (x: number, y: number) => x >= bi && x < bi + side && y >= bj && y < bj + side && central(x, y)
      const parts = outline(lattice, mine)
      if (parts.length > 0)
        features.push({ parts, values: row(`DY${bi / side}-${bj / side}`, `单元${bi / side}-${bj / side}`, 'unit', null) })
    }
  }
  return {
    role: 'admin',
    table: 'XZQ',
    kind: 'polygon',
    fields: [field('XZQDM'), field('XZQMC'), field('CJ'), field('KFQDSX', 'number')],
    mapping: { code: 'XZQDM', name: 'XZQMC', level: 'CJ', intensityCap: 'KFQDSX' },
    features,
  }
}

/** Ring and wedges as corridors; the broken wedge keeps its designed outline, so that the cut shows. */
export function corridors(lattice: Lattice, zoning: Zoning, wedgeNames: readonly string[]): SampleLayer {
  const n = lattice.blocks
  const ring = outline(lattice, (bi, bj) => zoning.plan[bj * n + bi] === 'ring').flatMap((part, i) =>
    polygons([part], [`环城绿带${i + 1}`, 'ring', 300]),
  )
  const wedges = wedgeNames.flatMap((name, index) =>
    polygons(
      outline(lattice, (bi, bj) => {
        return inWedge(placeOf(lattice, bi, bj), index) && zoning.plan[bj * n + bi] !== 'river'
      }),
      [name, 'wedge', 400],
    ),
  )
  return {
    role: 'corridor',
    table: 'STLD',
    kind: 'polygon',
    fields: [field('MC'), field('XT'), field('KD', 'number')],
    mapping: { name: 'MC', form: 'XT', widthM: 'KD' },
    features: [...ring, ...wedges],
  }
}

const PARK_NAMES = ['青岚', '望江', '听松', '枫林', '荷风', '文峰', '朝晖', '古塔', '清溪', '星湖']

/** Park level of a parcel by the zone it stands in: 1 reserve … 5 community garden. */
function parkLevel(zone: Zone | undefined): number | null {
  if (zone === 'reserve') return 1
  if (zone === 'ring') return 2
  if (zone === 'wedge') return 3
  if (zone === 'park' || zone === 'core' || zone === 'public') return 4
  return zone === 'garden' ? 5 : null
}

/** Parks of five levels, from the plan's own green parcels, and an entrance at each corner that meets a street. */
export function parks(lattice: Lattice, zoning: Zoning, parcels: readonly Parcel[]): SampleLayer[] {
  const green = parcels.filter((parcel) => parcel.code === '1401' || parcel.code === '0301')
  const features = green.flatMap((parcel, i) => {
    const zone = zoning.plan[parcel.block]
    const level = parkLevel(zone)
    if (level === null) return []
    const existing = zoning.base[parcel.block] === zone
    return polygons(
      [[parcelRing(lattice, parcel)]],
      [
        `${PARK_NAMES[i % PARK_NAMES.length] ?? ''}${level === 5 ? '游园' : level === 4 ? '公园' : level === 3 ? '郊野公园' : '林地'}${i + 1}`,
        level,
        existing ? 'existing' : 'planned',
        level > 1,
      ],
    )
  })
  const entrances = features
    .filter((feature) => Number(feature.values[1]) >= 3)
    .flatMap((feature) => {
      const ring = feature.parts[0]?.[0] ?? new Float64Array()
      const half = Math.floor(ring.length / 4) * 2
      return [0, half].map((at) => ({
        parts: [[Float64Array.of(ring[at] ?? 0, ring[at + 1] ?? 0)]],
        values: [feature.values[0] ?? null],
      }))
    })
  return [
    {
      role: 'green',
      table: 'GYLD',
      kind: 'polygon',
      fields: [field('MC'), field('GYJB', 'number'), field('ZT'), field('GKKF', 'boolean')],
      mapping: { name: 'MC', parkLevel: 'GYJB', status: 'ZT', isPublic: 'GKKF' },
      features,
    },
    { role: 'park_entrance', table: 'GYCRK', kind: 'point', fields: [field('MC')], mapping: { name: 'MC' }, features: entrances },
  ]
}

/** Old industry that the plan turns over, as stock land. */
export function stockLand(lattice: Lattice, zoning: Zoning): SampleLayer {
  const n = lattice.blocks
  const features = Array.from({ length: n * n }, (_, block) => block)
    .filter((block) => zoning.stock[block] === 1)
    .map((block, i) => {
      const [c, r] = [(block % n) * LINES_PER_BLOCK, Math.floor(block / n) * LINES_PER_BLOCK]
      const street = isArterial(block % n) ? 1 : 0
      return {
        parts: [[rectangle(lattice, c + street, r, c + LINES_PER_BLOCK, r + LINES_PER_BLOCK)]],
        values: [`存量${i + 1}`, i % 3 === 0 ? 'idle' : 'inefficient', i % 4 !== 0],
      }
    })
  return {
    role: 'stock',
    table: 'CLYD',
    kind: 'polygon',
    fields: [field('MC'), field('LX'), field('YAP', 'boolean')],
    mapping: { name: 'MC', kind: 'LX', programmed: 'YAP' },
    features,
  }
}
