import type { LineBlocks } from './land.ts'
import { field, polygons, type SampleFeature, type SampleLayer } from './layer.ts'
import { LINES_PER_BLOCK, rectangle, type Lattice } from './lattice.ts'
import { outline } from './outline.ts'
import { blockRing, type Parcel } from './parcels.ts'
import { chance } from './random.ts'
import { RADII, type Zone } from './zones.ts'
import type { Zoning } from './planted-blocks.ts'

const blockFeature = (lattice: Lattice, block: number, values: SampleFeature['values']): SampleFeature => ({
  parts: [[blockRing(lattice, block)]],
  values,
})

/** Blocks of new town: fields of the base year that the plan builds on inside the boundary. */
const newTown = (lattice: Lattice, zoning: Zoning): number[] =>
  [...zoning.plan.keys()].filter(
    (block) =>
      zoning.base[block] === 'farm' &&
      (zoning.plan[block] === 'residential' || zoning.plan[block] === 'commercial') &&
      (lattice.radius[block] ?? 1) < RADII.planEdge,
  )

/** Land supply by year: most of it stock, some new. */
export function projects(lattice: Lattice, zoning: Zoning): SampleLayer {
  const stock = [...zoning.stock.keys()].filter((block) => zoning.stock[block] === 1)
  const fresh = newTown(lattice, zoning).slice(0, Math.max(2, Math.floor(stock.length / 2)))
  const row = (block: number, i: number, source: string) =>
    blockFeature(lattice, block, [`${source === 'stock' ? '更新' : '新建'}项目${i + 1}`, source, 2021 + (i % 15)])
  return {
    role: 'project',
    table: 'GDJH',
    kind: 'polygon',
    fields: [field('MC'), field('YDLY'), field('GYNF', 'number')],
    mapping: { name: 'MC', source: 'YDLY', year: 'GYNF' },
    features: [...stock.map((block, i) => row(block, i, 'stock')), ...fresh.map((block, i) => row(block, i, 'new'))],
  }
}

/** Villages given back to the fields, and the plots built for them: more is built than reclaimed (a planted defect). */
export function landSwap(lattice: Lattice, zoning: Zoning): { layer: SampleLayer; names: string[] } {
  const { reclaimed } = zoning
  const built = newTown(lattice, zoning).slice(-2 * Math.max(1, reclaimed.length))
  const features = [
    ...reclaimed.map((block, i) => blockFeature(lattice, block, [`复垦地块${i + 1}`, 'reclaim', true, true])),
    ...built.map((block, i) => blockFeature(lattice, block, [`建新地块${i + 1}`, 'build', true, i > 0])),
  ]
  return {
    names: features.map(({ values }) => String(values[0])),
    layer: {
      role: 'swap',
      table: 'ZJGG',
      kind: 'polygon',
      fields: [field('MC'), field('ZJLX'), field('QSQC', 'boolean'), field('SYFP', 'boolean')],
      mapping: { name: 'MC', side: 'ZJLX', rights: 'QSQC', benefit: 'SYFP' },
      features,
    },
  }
}

const PLACE_KINDS: Partial<Record<Zone, string>> = { industrial: '低效厂区', public: '校园', commercial: '停车场' }
const MODES = ['bioengineering', 'stop', 'spontaneous'] as const

/** Paving that could go: a corner of some yards, campuses and car parks; a third of it is to be renatured. */
export function depavingSites(lattice: Lattice, zoning: Zoning, seed: number): SampleLayer {
  const n = lattice.blocks
  const sites = [...zoning.plan.keys()].filter(
    (block) => PLACE_KINDS[zoning.plan[block] ?? 'farm'] !== undefined && chance(seed, block, 80) < 0.12 && lattice.radius[block],
  )
  return {
    role: 'depaving',
    table: 'QYH',
    kind: 'polygon',
    fields: [field('MC'), field('CDLX'), field('ZZRH', 'boolean'), field('FS')],
    mapping: { name: 'MC', kind: 'CDLX', renatured: 'ZZRH', mode: 'FS' },
    features: sites.map((block, i) => {
      const [c, r] = [(block % n) * LINES_PER_BLOCK, Math.floor(block / n) * LINES_PER_BLOCK]
      const renatured = i % 3 === 0
      const kind = PLACE_KINDS[zoning.plan[block] ?? 'farm'] ?? '停车场'
      return {
        parts: [[rectangle(lattice, c + 2, r + 2, c + 3, r + 3)]],
        values: [`硬化场地${i + 1}`, kind, renatured, renatured ? (MODES[(i / 3) % MODES.length] ?? null) : null],
      }
    }),
  }
}

/** Zones of the plan, which tile the city: what each piece of ground is mainly for. */
export function planZones(lattice: Lattice, zoning: Zoning, lines: LineBlocks): SampleLayer {
  const n = lattice.blocks
  const zoneOf = (bi: number, bj: number): number => {
    const block = bj * n + bi
    const zone = zoning.plan[block]
    if (lines.redline[block] === 1) return 0
    if (lines.pbf[block] === 1) return 2
    if (lines.udb[block] === 1) return 3
    if (zone === 'ring' || zone === 'wedge' || zone === 'river' || zone === 'lake' || zone === 'forest') return 1
    return 4
  }
  const zones = [
    ['100', '生态保护区', '生态保护'],
    ['200', '生态控制区', '生态控制'],
    ['300', '农田保护区', '农业生产'],
    ['400', '城镇发展区', '城镇建设'],
    ['500', '乡村发展区', '乡村发展'],
  ] as const
  return {
    role: 'plan_zone',
    table: 'GHFQ',
    kind: 'polygon',
    fields: [field('MC'), field('GHFQDM'), field('ZDGN')],
    mapping: { name: 'MC', code: 'GHFQDM', mainFunction: 'ZDGN' },
    features: zones.flatMap(([code, name, use], at) =>
      outline(lattice, (bi, bj) => zoneOf(bi, bj) === at).flatMap((part, i) => polygons([part], [`${name}${i + 1}`, code, use])),
    ),
  }
}

/** What a parcel of a detailed plan states besides its class. */
export interface DetailedControls {
  mixRatio: string
  greenRatio: number
  greenBuilding: string
  renewable: string
}

const STATES_CONTROLS = /^(07|08|09|10|11|13|15)/

/** Controls of a parcel by its class; undefined for roads and open land, which state none. */
export function controlsOf({ code }: Pick<Parcel, 'code'>): DetailedControls | undefined {
  if (!STATES_CONTROLS.test(code)) return undefined
  if (code.startsWith('07'))
    return { mixRatio: '住宅90%，商业10%', greenRatio: 35, greenBuilding: '二星级', renewable: '太阳能热水' }
  if (code.startsWith('09'))
    return { mixRatio: '商业70%，办公30%', greenRatio: 20, greenBuilding: '二星级', renewable: '屋顶光伏≥30%' }
  if (code.startsWith('10') || code.startsWith('11'))
    return { mixRatio: '单一用途', greenRatio: 15, greenBuilding: '一星级', renewable: '屋顶光伏≥50%' }
  return { mixRatio: '单一用途', greenRatio: 30, greenBuilding: '三星级', renewable: '屋顶光伏≥40%' }
}
