import { numberAt, type LayerColumns } from '../geo/columns.ts'
import { box } from '../geo/sketch.ts'
import type { ResultTable } from '../model/result-table.ts'
import { toBase } from '../model/units.ts'
import type { Bilingual } from '../text.ts'
import { inGroup } from './by-class.ts'
import { closureOfAreas } from './closure.ts'
import { defineIndicator, type PlanData } from './indicator.ts'
import { areaColumn } from './land-transition-tables.ts'
import { draft, largestFirst, measured, missing } from './outcomes.ts'
import { groupByUnit, parcelsInUnit, unitOfRow, unitsAt, unitTable, type AdminUnit } from './per-unit.ts'
import { LEVEL_WORDS, type AdminLevel } from './study-area.ts'
import { transmissionFeatures, transmissionTables } from './transmission-tables.ts'
import { linkStates, type LinkState } from './transmission.ts'
import { areaBasis, hectares } from './words.ts'

/**
 * Indicators that bind: how the city states them, which attribute of a district carries its part, and whether the parts together
 * must reach the city's figure (floor) or stay below it (cap).
 */
const BINDING = [
  { key: 'farmland', quota: 'farmlandHa', field: 'farmlandHa', rule: 'floor', title: { zh: '耕地保有量', en: 'Cropland' } },
  { key: 'pbf', quota: 'pbfHa', field: 'pbfHa', rule: 'floor', title: { zh: '永久基本农田', en: 'Basic farmland' } },
  {
    key: 'redline',
    quota: 'eclRedlineHa',
    field: 'eclRedlineHa',
    rule: 'floor',
    title: { zh: '生态保护红线', en: 'Ecological redline' },
  },
  {
    key: 'construction',
    quota: 'constructionHa',
    field: 'constructionHa',
    rule: 'cap',
    title: { zh: '建设用地规模', en: 'Construction land' },
  },
  {
    key: 'intensity',
    quota: 'developmentIntensityCap',
    field: 'intensityCap',
    rule: 'cap',
    title: { zh: '开发强度上限', en: 'Intensity cap' },
  },
] as const
type Binding = (typeof BINDING)[number]

/** Share of the city's binding indicators that every district carries a part of, with sums that agree. */
export const passedDown = defineIndicator({
  id: 'B05',
  version: 1,
  title: { zh: '指标分解', en: 'Indicators passed down' },
  unit: 'ratio',
  displayUnit: 'percent',
  better: 'higher',
  formula: {
    zh: '分解完整且合计一致的约束性指标数 ÷ 已下达的约束性指标数；下限类（耕地、永久基本农田、红线）Σ下级≥上级，上限类（建设用地、开发强度）Σ下级≤上级。',
    en: 'Binding indicators with a complete and consistent split ÷ binding indicators stated; floors (cropland, basic farmland, redline): Σ children ≥ parent; caps (construction, intensity): Σ children ≤ parent.',
  },
  source:
    'Review points of 自然资发〔2019〕87号 (split of binding indicators, not checked word by word); seed article L220, L250',
  seed: ['S072', 'S084'],
  needs: ['admin'],
  uses: ['landuse_plan', 'plan_zone', 'pbf', 'eco_redline', 'udb', 'corridor', 'centre'],
  overlays: [
    ['landuse_plan', 'admin'],
    ['landuse_plan', 'plan_zone'],
    ['admin', 'plan_zone'],
    ['landuse_plan', 'pbf'],
    ['landuse_plan', 'eco_redline'],
  ],
  parameters: {},
  detailTitles: {
    stated: { zh: '已给出的约束性指标', en: 'Binding indicators stated', unit: 'count' },
    complete: { zh: '分解完整', en: 'Completely split', unit: 'count' },
    consistent: { zh: '分解完整且合计一致', en: 'Split with sums that agree', unit: 'count' },
    level: { zh: '分解层级', en: 'Split to', words: LEVEL_WORDS },
    children: { zh: '下级单元数', en: 'Children', unit: 'count' },
    clusterSplit: { zh: '同时分解到组团的指标', en: 'Also split to clusters', unit: 'count' },
    linksPresent: { zh: '五级传导链中图上有据的环节', en: 'Links of transmission that layers show', unit: 'count' },
    linksUnbroken: { zh: '自总体格局起连续的环节', en: 'Of them unbroken from the pattern on', unit: 'count' },
  },
  compute(plan) {
    const basis = areaBasis(plan.basis)
    const work = draft(
      `城市约束性指标与行政区图层所载的下级指标逐项比对：每个下级都有数，且合计不突破（上限类）或不低于（下限类）上级。${basis.zh}`,
      `The city's binding indicators were compared with the parts that the admin layer carries: every child has one, and their sum stays within (caps) or reaches (floors) the city's. ${basis.en}`,
    )
    const links = linkStates(plan)
    if (links) {
      work.tables = transmissionTables(plan, links)
      work.notes.push(SUPPORT)
    }
    work.details = chainOf(links)
    const admin = plan.layer('admin')
    const level = admin && splitLevel(admin)
    if (!admin || !level) {
      const why = {
        zh: '没有区县或组团图层，无法核对分解。',
        en: 'There are no districts or clusters: the split cannot be checked.',
      }
      return missing(work, why, ['admin'])
    }
    const splits = BINDING.flatMap((binding) => splitOf(plan, admin, binding, level) ?? [])
    const clusters = level === 'district' ? BINDING.flatMap((binding) => splitOf(plan, admin, binding, 'cluster') ?? []) : []
    const consistent = splits.filter(({ isConsistent }) => isConsistent).length
    work.details = {
      ...work.details,
      stated: splits.length,
      complete: splits.filter(({ isComplete }) => isComplete).length,
      consistent,
      level,
      children: unitsAt(admin, level).length,
      clusterSplit: clusters.filter(({ isComplete }) => isComplete).length,
    }
    work.notes.push(REVIEWER)
    work.tables = [splitTable(splits), childrenTable(plan, admin, level, splits), ...(work.tables ?? [])]
    if (splits.length === 0) {
      const why = {
        zh: '方案未给出任何约束性指标的城市总量（quotas）。',
        en: 'The plan states no city total of a binding indicator (quotas).',
      }
      return missing(
        work,
        why,
        BINDING.map(({ quota }) => `quotas.${quota}`),
      )
    }
    work.evidence = largestFirst(
      splits
        .flatMap(({ without }) => without)
        .filter(isFirst)
        .map(asEvidence),
    )
    return measured(work, consistent / splits.length, 'ratio')
  },
  featuresOf(plan, _, place) {
    const found = transmissionFeatures(plan, place)
    if (found) return found
    const { table, row, column } = place
    const admin = plan.layer('admin')
    const level = admin && splitLevel(admin)
    if (!admin || !level) return []
    if (table === 'split') {
      const units = unitsAt(admin, level)
      return units.map(asEvidence).toSorted((one, other) => (other.value ?? 0) - (one.value ?? 0))
    }
    const unit = unitOfRow(admin, row)
    const parcels = plan.layer('landuse_plan')
    const group = column === 'farmlandPlannedM2' ? 'cropland' : column === 'constructionPlannedM2' ? 'construction' : undefined
    if (!unit) return []
    return parcels && group ? parcelsInUnit(parcels, admin, unit.feature, inGroup(parcels, group), hectares) : [asEvidence(unit)]
  },
  examples: [
    {
      title: 'cropland is split and reached, construction is split beyond its cap, basic farmland only to one of two districts',
      layers: {
        admin: [
          {
            polygon: [box(0, 0, 100, 100)],
            attributes: { level: 'district', farmlandHa: 0.5, constructionHa: 0.4, pbfHa: 0.3 },
          },
          {
            polygon: [box(100, 0, 100, 100)],
            attributes: { level: 'district', farmlandHa: 0.6, constructionHa: 0.3, pbfHa: null },
          },
        ],
      },
      quotas: { farmlandHa: 1, constructionHa: 0.6, pbfHa: 0.3 },
      answer: 1 / 3,
      details: { stated: 3, complete: 2, consistent: 1, level: 'district', children: 2, clusterSplit: 0 },
    },
    {
      title: 'caps on intensity of 40 % and 20 % of equal districts fit under a city cap of 30 %',
      layers: {
        admin: [
          { polygon: [box(0, 0, 100, 100)], attributes: { level: '组团', intensityCap: 40 } },
          { polygon: [box(100, 0, 100, 100)], attributes: { level: '组团', intensityCap: 0.2 } },
        ],
      },
      quotas: { developmentIntensityCap: 0.3 },
      answer: 1,
      details: { stated: 1, consistent: 1, level: 'cluster' },
    },
    {
      title: 'districts without any part: nothing is passed down',
      layers: { admin: [{ polygon: [box(0, 0, 100, 100)], attributes: { level: 'district' } }] },
      quotas: { farmlandHa: 1 },
      answer: 0,
      details: { stated: 1, complete: 0 },
    },
    {
      title: 'five links are drawn, but nothing is passed down: zones, units and parcels under one pattern',
      layers: {
        admin: [
          { polygon: [box(0, 0, 200, 100)], attributes: { level: 'district', code: 'D', constructionHa: null } },
          { polygon: [box(0, 0, 100, 100)], attributes: { level: 'unit', code: 'U1', constructionHa: 0.8 } },
          { polygon: [box(100, 0, 100, 100)], attributes: { level: 'unit', code: 'U2', constructionHa: 0.5 } },
        ],
        eco_redline: [{ polygon: [box(180, 0, 20, 100)] }],
        plan_zone: [
          { polygon: [box(0, 0, 100, 100)], attributes: { name: '城东', mainFunction: '居住生活区' } },
          { polygon: [box(100, 0, 100, 100)], attributes: { name: '工业发展区', mainFunction: null } },
        ],
        landuse_plan: [
          { polygon: [box(0, 0, 80, 100)], attributes: { class: '0701', unit: 'U1', far: 2 } },
          { polygon: [box(80, 0, 20, 100)], attributes: { class: '1401', unit: 'U2', far: null } },
          { polygon: [box(100, 0, 60, 100)], attributes: { class: '1001', unit: 'U2', far: 1 } },
          { polygon: [box(160, 0, 40, 100)], attributes: { class: '0301', unit: null, far: null } },
        ],
      },
      quotas: { constructionHa: 1.6 },
      answer: 0,
      details: { stated: 1, complete: 0, linksPresent: 5, linksUnbroken: 5 },
    },
    {
      title: 'without totals of the city there is nothing to pass down',
      layers: { admin: [{ polygon: [box(0, 0, 100, 100)], attributes: { level: 'district', farmlandHa: 3 } }] },
      answer: 'missing',
    },
  ],
})

const REVIEWER: Bilingual = {
  zh: '此处只核对图层所载数值；文本和附表中的分解是否一致，仍须审查人引证判断。',
  en: 'Only figures that layers carry were compared; whether text and annexes say the same is for the reviewer to quote.',
}

/** Links that layers show, and how many of them follow each other from the first. */
function chainOf(links: readonly LinkState[] | undefined): Record<string, unknown> {
  if (!links) return {}
  const gap = links.findIndex(({ isPresent }) => !isPresent)
  return {
    linksPresent: links.filter(({ isPresent }) => isPresent).length,
    linksUnbroken: gap === -1 ? links.length : gap,
  }
}

const SUPPORT: Bilingual = {
  zh: '五级传导链的图上依据列于表中，供 B06 引证；该项等级由审查人判断。',
  en: 'What layers show of the five links is in the tables, to be quoted under B06; that level is for the reviewer to choose.',
}

const splitLevel = (admin: LayerColumns): AdminLevel | undefined =>
  (['district', 'cluster'] as const).find((level) => unitsAt(admin, level).length > 0)

interface Split {
  binding: Binding
  /** The city's figure and the sum of its parts, m² (of a cap on intensity: the land that it allows). */
  parentM2: number
  sumM2: number
  given: number
  children: number
  without: AdminUnit[]
  isComplete: boolean
  isConsistent: boolean
}

/** How one indicator is split to the units of a level; undefined where the city states no figure of it. */
function splitOf(plan: PlanData, admin: LayerColumns, binding: Binding, level: AdminLevel): Split | undefined {
  const units = unitsAt(admin, level)
  const stated = plan.quotas[binding.quota]
  if (stated === undefined || units.length === 0) return undefined
  const groundM2 = units.reduce((sum, { areaM2 }) => sum + areaM2, 0)
  const parentM2 = asAreaM2(binding, stated, groundM2)
  const parts = units.map((unit) => partOf(admin, binding, unit))
  const sumM2 = parts.reduce<number>((sum, part) => sum + (part ?? 0), 0)
  const without = units.filter((_, at) => parts[at] === undefined)
  const isComplete = without.length === 0
  const slack = 1e-9 * parentM2
  const holds = binding.rule === 'floor' ? sumM2 >= parentM2 - slack : sumM2 <= parentM2 + slack
  return {
    binding,
    parentM2,
    sumM2,
    given: units.length - without.length,
    children: units.length,
    without,
    isComplete,
    isConsistent: isComplete && holds,
  }
}

/** A part in m². A cap on intensity given as 28 means 28 %. */
function partOf(admin: LayerColumns, binding: Binding, { feature, areaM2 }: AdminUnit): number | undefined {
  const value = numberAt(admin, binding.field, feature)
  return value === undefined ? undefined : asAreaM2(binding, value, areaM2)
}

function asAreaM2({ key }: Binding, value: number, groundM2: number): number {
  if (key !== 'intensity') return toBase(value, 'ha')
  return (value > 1 ? value / 100 : value) * groundM2
}

const VERDICTS: Record<string, Bilingual> = {
  open: { zh: '未分解', en: 'not split' },
  partly: { zh: '部分分解', en: 'split in part' },
  consistent: { zh: '一致', en: 'consistent' },
  short: { zh: '合计不足', en: 'the sum falls short' },
  beyond: { zh: '合计突破', en: 'the sum exceeds the cap' },
}

function verdict({ given, isComplete, isConsistent, binding }: Split): Bilingual | null {
  const key =
    given === 0 ? 'open' : !isComplete ? 'partly' : isConsistent ? 'consistent' : binding.rule === 'floor' ? 'short' : 'beyond'
  return VERDICTS[key] ?? null
}

function splitTable(splits: readonly Split[]): ResultTable {
  return {
    id: 'split',
    kind: 'list',
    title: { zh: '约束性指标的分解', en: 'Split of binding indicators' },
    rowTitle: { zh: '指标', en: 'Indicator' },
    columns: [
      areaColumn('parentM2', '城市总量', 'City'),
      areaColumn('sumM2', '下级合计', 'Sum of children'),
      areaColumn('differenceM2', '差额', 'Difference'),
      { key: 'given', title: { zh: '已有数的下级', en: 'Children with a part' }, unit: 'count' },
      { key: 'children', title: { zh: '下级总数', en: 'Children' }, unit: 'count' },
      { key: 'verdict', title: { zh: '结论', en: 'Verdict' }, unit: null },
    ],
    rows: splits.map((split) => ({
      key: split.binding.key,
      title: split.binding.title,
      cells: [split.parentM2, split.sumM2, split.sumM2 - split.parentM2, split.given, split.children, verdict(split)],
    })),
  }
}

/** The parts of every child, beside what the plan itself draws there. */
function childrenTable(plan: PlanData, admin: LayerColumns, level: AdminLevel, splits: readonly Split[]): ResultTable {
  const parcels = plan.layer('landuse_plan')
  const planned = (['cropland', 'construction'] as const).map((group) => parcels && groupByUnit(parcels, admin, group))
  const closure = Object.fromEntries(
    splits.map(({ binding, sumM2, parentM2 }) => [
      binding.key,
      closureOfAreas(sumM2, parentM2, (size, isShort) =>
        isShort
          ? { zh: `下级合计比城市总量少 ${size.zh}。`, en: `The children add up to ${size.en} less than the city.` }
          : { zh: `下级合计比城市总量多 ${size.zh}。`, en: `The children add up to ${size.en} more than the city.` },
      ),
    ]),
  )
  const columns = [
    ...BINDING.map(({ key, title }) => ({ key, title, unit: 'ha' as const })),
    areaColumn('farmlandPlannedM2', '规划耕地（图上）', 'Cropland as drawn'),
    areaColumn('constructionPlannedM2', '规划建设用地（图上）', 'Construction as drawn'),
  ]
  const title = {
    zh: `各${LEVEL_WORDS[level].zh}分解指标与图上面积`,
    en: `Parts of each ${LEVEL_WORDS[level].en}, and what is drawn there`,
  }
  return unitTable(admin, level, { id: 'byChild', title, columns, closure }, (unit) => [
    ...BINDING.map((binding) => partOf(admin, binding, unit) ?? null),
    ...planned.map((sums) => sums?.[unit.feature] ?? null),
  ])
}

const asEvidence = ({ fid, areaM2, title }: AdminUnit) => ({ layer: 'admin', fid, value: areaM2, note: title })
const isFirst = (unit: AdminUnit, at: number, all: readonly AdminUnit[]) => all.indexOf(unit) === at
