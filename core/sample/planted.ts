import type { Lattice } from './lattice.ts'
import { parcelNumber } from './land.ts'
import type { Parcel } from './parcels.ts'
import { CLUSTERS, unitCode, type Places } from './places.ts'
import { districtCode } from './admin.ts'
import { FEW_JOBS } from './people.ts'
import { OVER_CAP, SHORT_FARMLAND } from './targets.ts'
import { BROKEN_WEDGE, inWedge, placeOf, WEDGE_NAMES } from './zones.ts'
import type { Zoning } from './planted-blocks.ts'

/** A defect put into the city on purpose, with the place where a review must find it. */
export interface PlantedDefect {
  id:
    | 'parcel-in-redline'
    | 'broken-wedge'
    | 'unserved-quarter'
    | 'town-outside-boundary'
    | 'forest-to-industry'
    | 'district-over-cap'
    | 'farmland-split-short'
    | 'cluster-without-jobs'
    | 'quarter-without-clinic'
    | 'swap-built-more'
    | 'unit-without-green-ratio'
  /** Item of the built-in checklist that it concerns. */
  item: string
  layer: string
  /** Values of the layer's number, code or name field (`BSM`, `XZQDM` or `MC`) of the features concerned. */
  features: string[]
  zh: string
  en: string
}

/** What the layers were made from, as far as defects need it. */
export interface PlantedFrom {
  lattice: Lattice
  zoning: Zoning
  plan: readonly Parcel[]
  places: Places
  /** Inhabited blocks without public green in reach, and without a clinic. */
  withoutGreen: readonly number[]
  withoutClinic: readonly number[]
  swapNames: string[]
  /** The unit whose parcels lack a green ratio. */
  bareUnit: number
}

const isBuilt = (code: string) => /^(07|08|09|10|11|12|13|15|16)/.test(code)
const DETAILED = /^(07|08|09|10|11|13|15)/

/** Every defect of the city, in the order of the checklist. */
export function plantedDefects({ lattice, zoning, plan, places, ...made }: PlantedFrom): PlantedDefect[] {
  const place = (parcel: Parcel) => placeOf(lattice, parcel.block % lattice.blocks, Math.floor(parcel.block / lattice.blocks))
  const where = (wanted: (parcel: Parcel) => boolean) =>
    plan.flatMap((parcel, index) => (wanted(parcel) ? [parcelNumber('landuse_plan', index)] : []))
  const inBlock = (block: number) => where((parcel) => parcel.block === block)
  const parcels = (id: PlantedDefect['id'], item: string, features: string[], zh: string, en: string): PlantedDefect => ({
    id,
    item,
    layer: 'landuse_plan',
    features,
    zh,
    en,
  })
  return [
    parcels(
      'parcel-in-redline',
      'B01',
      inBlock(zoning.conflictBlock),
      '保护区内新增工业用地，位于生态保护红线之内。',
      'New industrial parcels inside the reserve lie within the ecological redline.',
    ),
    parcels(
      'town-outside-boundary',
      'B03',
      inBlock(zoning.outsideBlock),
      '城镇开发边界之外的农田上新增居住用地。',
      'New housing stands in the fields outside the development boundary.',
    ),
    {
      id: 'farmland-split-short',
      item: 'B05',
      layer: 'admin',
      features: [districtCode(SHORT_FARMLAND)],
      zh: '南湖区的耕地保有量指标分解不足，各区之和低于城市总量。',
      en: 'A district was given half of its cropland quota: the parts add up to less than the city’s.',
    },
    parcels(
      'broken-wedge',
      'N02',
      where((parcel) => inWedge(place(parcel), BROKEN_WEDGE) && isBuilt(parcel.code) && parcel.code !== '1207'),
      `${WEDGE_NAMES[BROKEN_WEDGE]}被整块仓储工业用地截断。`,
      'The western green wedge is cut through by warehouses and industry.',
    ),
    {
      id: 'unserved-quarter',
      item: 'A03',
      layer: 'population',
      features: made.withoutGreen.map((block) => `网格${block}`),
      zh: '城南居住片区300米内没有公园绿地，其中多数居民步行10分钟也到不了公园。',
      en: 'A southern housing quarter has no park within 300 m, and most of its people cannot walk to one in ten minutes.',
    },
    {
      id: 'district-over-cap',
      item: 'S01',
      layer: 'admin',
      features: [districtCode(OVER_CAP)],
      zh: '青北区规划建设用地超出其开发强度上限。',
      en: 'The northern district builds more than its intensity cap allows.',
    },
    {
      id: 'swap-built-more',
      item: 'S08',
      layer: 'swap',
      features: made.swapNames,
      zh: '增减挂钩建新面积大于拆旧复垦面积。',
      en: 'The land swap builds more than it reclaims.',
    },
    {
      id: 'cluster-without-jobs',
      item: 'F04',
      layer: 'admin',
      features: [CLUSTERS[FEW_JOBS] ?? ''],
      zh: `${CLUSTERS[FEW_JOBS] ?? ''}岗位远少于就业人口（睡城）。`,
      en: 'A southern cluster has far fewer jobs than employed residents.',
    },
    {
      id: 'quarter-without-clinic',
      item: 'F05',
      layer: 'population',
      features: made.withoutClinic.map((block) => `网格${block}`),
      zh: '城北居住片区步行范围内没有医疗设施。',
      en: 'A northern housing quarter has no clinic within a walk.',
    },
    parcels(
      'forest-to-industry',
      'C03',
      inBlock(zoning.forestBlock),
      '林地规划为工业用地，碳汇空间减少。',
      'A wood is planned as industry: sink land is lost.',
    ),
    parcels(
      'unit-without-green-ratio',
      'C07',
      where((parcel) => places.unit[parcel.block] === made.bareUnit && DETAILED.test(parcel.code)),
      `${unitCode(places, made.bareUnit)} 单元详规地块未填绿地率。`,
      'The parcels of one detailed plan state no green ratio.',
    ),
  ]
}
