import { field, madeOnDemand, polygons, type SampleLayer } from './layer.ts'
import { isArterial, LINES_PER_BLOCK, rectangle, type Lattice } from './lattice.ts'
import { unitCode, type Places } from './places.ts'
import { controlsOf } from './supply.ts'
import { outline } from './outline.ts'
import { farOf, isConstruction, parcelRing, type Parcel } from './parcels.ts'
import { chance } from './random.ts'
import type { NumberedParcel } from './revision.ts'
import { inWedge, placeOf, RADII, type Zone } from './zones.ts'
import type { Zoning } from './planted-blocks.ts'

/** Class names as the plan's own table gives them; the importer must agree with the codes. */
export type ClassName = (code: string) => string

export interface LandUseOf {
  lattice: Lattice
  parcels: readonly (Parcel & Partial<NumberedParcel>)[]
  className: ClassName
  /** Units with a detailed plan, and the one of them whose parcels lack a green ratio; of the plan only. */
  places?: Places
  bareUnit?: number
}

/** Parcels of the base year or of the plan. Those of units with a detailed plan state its controls. */
export function landUse(
  role: 'landuse_base' | 'landuse_plan',
  { lattice, parcels, className, places, bareUnit }: LandUseOf,
): SampleLayer {
  const plan = role === 'landuse_plan'
  const detailed = plan
    ? { fields: [field('BZDYBH'), field('HHBL'), field('LSJZ'), field('KZSNY')], mapping: DETAILED_MAPPING }
    : { fields: [], mapping: {} }
  return {
    role,
    table: plan ? 'GHYDYH' : 'JQYDYH',
    kind: 'polygon',
    fields: [
      field('BSM'),
      field('YDYHFLDM'),
      field('YDYHFLMC'),
      field('RJL', 'number'),
      field('LDL', 'number'),
      ...detailed.fields,
    ],
    mapping: { parcel: 'BSM', class: 'YDYHFLDM', name: 'YDYHFLMC', far: 'RJL', greenRatio: 'LDL', ...detailed.mapping },
    features: madeOnDemand(parcels.length, (index) => {
      const parcel = parcels[index]
      if (parcel === undefined) return { parts: [], values: [] }
      const { code } = parcel
      const number = parcel.number ?? parcelNumber(role, index)
      const parts = [[parcelRing(lattice, parcel)]]
      if (!plan) return { parts, values: [number, code, className(code), null, null] }
      const unit = places?.unit[parcel.block] ?? -1
      const isDetailed = places?.detailed.has(unit) ?? false
      const controls = isDetailed ? controlsOf(parcel) : undefined
      const usual = code.startsWith('07') ? 30 + ((parcel.place ?? index) % 3) * 5 : null
      return {
        parts,
        values: [
          number,
          code,
          className(code),
          parcel.far ?? farOf(parcel),
          unit === bareUnit ? null : (controls?.greenRatio ?? usual),
          places && isDetailed ? unitCode(places, unit) : null,
          controls?.mixRatio ?? null,
          controls?.greenBuilding ?? null,
          controls?.renewable ?? null,
        ],
      }
    }),
  }
}

const DETAILED_MAPPING = { unit: 'BZDYBH', mixRatio: 'HHBL', greenBuilding: 'LSJZ', renewable: 'KZSNY' }

/** The parcel's own number, as offices give it. */
export const parcelNumber = (role: 'landuse_base' | 'landuse_plan', index: number): string =>
  `${role === 'landuse_plan' ? 'GH' : 'JQ'}${String(index + 1).padStart(7, '0')}`

const BLOCK_LAYER = {
  kind: 'polygon' as const,
  fields: [field('BSM'), field('MC'), field('HMYJ')],
  mapping: { name: 'MC', exemption: 'HMYJ' },
}

/** By block whether it is basic farmland, lies in the redline, or inside the development boundary: 1 where it does. */
export interface LineBlocks {
  pbf: Uint8Array
  redline: Uint8Array
  udb: Uint8Array
}

/** Where the three lines run; the boundary holds what the central city builds on, and no open land. */
export function lineBlocks(lattice: Lattice, zoning: Zoning, plan: readonly Parcel[]): LineBlocks {
  const n = lattice.blocks
  const redline = Uint8Array.from(zoning.plan, (zone, block) =>
    zone === 'reserve' || zone === 'wetland' || block === zoning.conflictBlock ? 1 : 0,
  )
  const pbf = Uint8Array.from(zoning.plan, (zone, block) => {
    const [bi, bj] = [block % n, Math.floor(block / n)]
    const isFarm = zone === 'farm' && zoning.base[block] === 'farm' && placeOf(lattice, bi, bj).radius > RADII.ringOuter + 0.05
    return isFarm && chance(1, bi >> 2, bj >> 2, 60) < 0.8 ? 1 : 0
  })
  const udb = new Uint8Array(n * n)
  for (const { code, block } of plan) {
    const isCity = (lattice.radius[block] ?? 1) <= RADII.ringInner && zoning.plan[block] !== 'river'
    if (isCity && isConstruction(code)) udb[block] = 1
  }
  return { pbf, redline, udb }
}

/** Blocks where the three lines run. The redline includes one built parcel of the plan: the planted conflict. */
export function controlLines(lattice: Lattice, blocks: LineBlocks): SampleLayer[] {
  const n = lattice.blocks
  const redline = (bi: number, bj: number) => blocks.redline[bj * n + bi] === 1
  const farmland = (bi: number, bj: number) => blocks.pbf[bj * n + bi] === 1
  const boundary = (bi: number, bj: number) => blocks.udb[bj * n + bi] === 1
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
  return zone === 'garden' || zone === 'commons' ? 5 : null
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

const NEW_USES = ['居住', '商业商务', '公共服务', '公园绿地'] as const

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
        values: [
          `存量${i + 1}`,
          i % 3 === 0 ? 'idle' : 'inefficient',
          i % 4 !== 0,
          i % 4 === 0 ? null : (NEW_USES[i % NEW_USES.length] ?? null),
          i % 4 === 0 ? null : 2025 + (i % 10),
        ],
      }
    })
  return {
    role: 'stock',
    table: 'CLYD',
    kind: 'polygon',
    fields: [field('MC'), field('LX'), field('YAP', 'boolean'), field('GHYT'), field('WCNF', 'number')],
    mapping: { name: 'MC', kind: 'LX', programmed: 'YAP', use: 'GHYT', year: 'WCNF' },
    features,
  }
}
