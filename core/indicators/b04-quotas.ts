import type { LayerColumns } from '../geo/columns.ts'
import { featureAreas } from '../geo/feature-areas.ts'
import { box } from '../geo/sketch.ts'
import type { ResultTable } from '../model/result-table.ts'
import type { Role } from '../model/roles.ts'
import { toBase } from '../model/units.ts'
import type { Bilingual } from '../text.ts'
import { onlyWhere } from './amounts.ts'
import { areaOfGroup, inGroup, seenShare, unclassedNote } from './by-class.ts'
import { coveredOnce } from './covered-once.ts'
import { defineIndicator, type PlanData } from './indicator.ts'
import { areaColumn } from './land-transition-tables.ts'
import { draft, measured, missing } from './outcomes.ts'
import { topEvidence } from './top-evidence.ts'
import { areaBasis, hectares } from './words.ts'

/** What is held against which quota. */
const LINES = [
  { key: 'farmland', quota: 'farmlandHa', role: 'landuse_plan', title: { zh: '耕地保有量', en: 'Cropland' } },
  { key: 'pbf', quota: 'pbfHa', role: 'pbf', title: { zh: '永久基本农田', en: 'Basic farmland' } },
  { key: 'redline', quota: 'eclRedlineHa', role: 'eco_redline', title: { zh: '生态保护红线', en: 'Ecological redline' } },
] as const satisfies { key: string; quota: string; role: Role; title: Bilingual }[]
type Line = (typeof LINES)[number]

/** A quota typed in mu or in km² shows as a ratio near one of these. */
const MU_PER_HA = 15
const HA_PER_KM2 = 100

/** Whether cropland, basic farmland and redline of the plan reach what the upper level allotted: the smallest ratio decides. */
export const upperQuotas = defineIndicator({
  id: 'B04',
  version: 1,
  title: { zh: '耕地与红线指标', en: 'Farmland and redline quotas' },
  unit: 'ratio',
  displayUnit: 'ratio',
  better: 'higher',
  formula: {
    zh: 'min(规划耕地÷耕地保有量指标, 永久基本农田÷指标, 生态保护红线÷指标)；指标为 quotas.farmlandHa、pbfHa、eclRedlineHa（公顷）。',
    en: 'min(planned cropland ÷ quota, basic farmland ÷ quota, ecological redline ÷ quota); quotas.farmlandHa, pbfHa and eclRedlineHa in hectares.',
  },
  source: 'Binding indicators of the guide for city territorial master plans (2020, wording not checked); seed article L247',
  seed: ['S082'],
  needs: ['landuse_plan', 'pbf', 'eco_redline'],
  uses: [],
  overlays: [
    ['pbf', 'pbf'],
    ['eco_redline', 'eco_redline'],
  ],
  parameters: {},
  detailTitles: {
    farmlandM2: { zh: '规划耕地', en: 'Planned cropland', unit: 'ha' },
    pbfM2: { zh: '永久基本农田', en: 'Basic farmland', unit: 'ha' },
    redlineM2: { zh: '生态保护红线', en: 'Ecological redline', unit: 'ha' },
    farmlandRatio: { zh: '耕地与指标之比', en: 'Cropland ÷ quota', unit: 'ratio' },
    pbfRatio: { zh: '永久基本农田与指标之比', en: 'Basic farmland ÷ quota', unit: 'ratio' },
    redlineRatio: { zh: '红线与指标之比', en: 'Redline ÷ quota', unit: 'ratio' },
    binding: {
      zh: '最紧的指标',
      en: 'What binds',
      words: Object.fromEntries(LINES.map(({ key, title }) => [key, title])),
    },
    shortfalls: { zh: '未达指标数', en: 'Quotas not met', unit: 'count' },
  },
  compute(plan) {
    const basis = areaBasis(plan.basis)
    const work = draft(
      `规划耕地（地类 01）、永久基本农田和生态保护红线图层面积分别除以下达指标，取最小值。${basis.zh}`,
      `Planned cropland (class 01) and the layers of basic farmland and of the redline were each divided by their quota; the smallest ratio counts. ${basis.en}`,
    )
    const lines = LINES.map((line) => held(plan, line))
    work.notes.push(...lines.flatMap(({ notes }) => notes))
    const ratios = lines.flatMap(({ ratio }) => (ratio === null ? [] : [ratio]))
    const least = Math.min(...ratios)
    const binding = lines.find(({ ratio }) => ratio === least)
    for (const { line, actualM2, ratio } of lines) {
      work.details[`${line.key}M2`] = actualM2
      work.details[`${line.key}Ratio`] = ratio
    }
    work.details['binding'] = binding?.line.key ?? null
    work.details['shortfalls'] = ratios.filter((ratio) => ratio < 1).length
    work.tables = lines.some(({ actualM2 }) => actualM2 !== null) ? [quotaTable(lines)] : []
    const parcels = plan.layer('landuse_plan')
    if (parcels) work.quality = { seenShare: seenShare(parcels) }
    if (binding) Object.assign(work, evidenceOf(plan, binding.line))
    const needs = lines.flatMap(({ needs }) => needs)
    const isDecided = binding !== undefined && (needs.length === 0 || least < 1)
    if (isDecided) return measured(work, least, 'ratio')
    const why = {
      zh: `缺少${lines
        .filter(({ ratio }) => ratio === null)
        .map(({ line }) => line.title.zh)
        .join('、')}的图层或指标，未能全部核对。`,
      en: `Layer or quota is missing for ${lines
        .filter(({ ratio }) => ratio === null)
        .map(({ line }) => line.title.en.toLowerCase())
        .join(', ')}: not everything could be checked.`,
    }
    return missing(work, why, needs)
  },
  featuresOf(plan, _, { row }) {
    const line = LINES.find(({ key }) => key === row)
    return line ? evidenceOf(plan, line).evidence : []
  },
  examples: [
    {
      title: 'cropland 2 ha of 2, basic farmland 1.01 ha of 1, redline 0.99 ha of 1: the redline binds and falls short',
      layers: {
        landuse_plan: [
          { polygon: [box(0, 0, 200, 100)], attributes: { class: '0101' } },
          { polygon: [box(200, 0, 200, 100)], attributes: { class: '0301' } },
        ],
        pbf: [{ polygon: [box(0, 0, 101, 100)] }],
        eco_redline: [{ polygon: [box(200, 0, 99, 100)] }],
      },
      quotas: { farmlandHa: 2, pbfHa: 1, eclRedlineHa: 1 },
      answer: 0.99,
      details: { binding: 'redline', shortfalls: 1, farmlandRatio: 1, pbfRatio: 1.01 },
    },
    {
      title: 'polygons of basic farmland that overlap count once',
      layers: {
        landuse_plan: [{ polygon: [box(0, 0, 300, 100)], attributes: { class: '01' } }],
        pbf: [{ polygon: [box(0, 0, 100, 100)] }, { polygon: [box(50, 0, 100, 100)] }],
        eco_redline: [{ polygon: [box(200, 0, 100, 100)] }],
      },
      quotas: { farmlandHa: 2, pbfHa: 1, eclRedlineHa: 0.8 },
      answer: 1.25,
      details: { binding: 'redline', pbfM2: 15_000, pbfRatio: 1.5, shortfalls: 0 },
    },
    {
      title: 'a quota that is met does not pass the gate while the others are unknown',
      layers: { landuse_plan: [{ polygon: [box(0, 0, 300, 100)], attributes: { class: '01' } }] },
      quotas: { farmlandHa: 2, pbfHa: 1 },
      answer: 'missing',
      details: { farmlandRatio: 1.5, pbfRatio: null, redlineM2: null },
    },
    {
      title: 'a quota that is missed fails it, whatever else is unknown',
      layers: { landuse_plan: [{ polygon: [box(0, 0, 100, 100)], attributes: { class: '01' } }] },
      quotas: { farmlandHa: 2 },
      answer: 0.5,
      details: { binding: 'farmland', shortfalls: 1 },
    },
  ],
})

interface Held {
  line: Line
  actualM2: number | null
  quotaM2: number | null
  ratio: number | null
  needs: string[]
  notes: Bilingual[]
}

/** One area beside its quota; what is missing for that is named. */
function held(plan: PlanData, line: Line): Held {
  const layer = plan.layer(line.role)
  const quotaHa = plan.quotas[line.quota]
  const { areaM2: actualM2, notes } = layer ? areaOf(layer, line) : { areaM2: null, notes: [] }
  const quotaM2 = quotaHa === undefined || quotaHa <= 0 ? null : toBase(quotaHa, 'ha')
  const ratio = actualM2 === null || quotaM2 === null ? null : actualM2 / quotaM2
  const needs = [...(layer ? [] : [line.role]), ...(quotaM2 === null ? [`quotas.${line.quota}`] : [])]
  return { line, actualM2, quotaM2, ratio, needs, notes: [...notes, ...unitNote(line, ratio)] }
}

function areaOf(layer: LayerColumns, { role, title }: Line): { areaM2: number; notes: Bilingual[] } {
  if (role !== 'landuse_plan') return coveredOnce(layer, title.zh, title.en.toLowerCase())
  return { areaM2: areaOfGroup(layer, 'cropland'), notes: unclassedNote(layer, '规划用地', 'planned land use') }
}

/** A ratio of about 1/15, or of about 100, is a quota in another unit, not a plan out of bounds. */
function unitNote({ title }: Line, ratio: number | null): Bilingual[] {
  const isNear = (expected: number) => ratio !== null && Math.abs(ratio / expected - 1) < 0.2
  const unit = isNear(1 / MU_PER_HA) ? { zh: '亩', en: 'mu' } : isNear(HA_PER_KM2) ? { zh: '平方公里', en: 'km²' } : undefined
  if (!unit) return []
  return [
    {
      zh: `${title.zh}指标疑以${unit.zh}为单位，应为公顷，请核对。`,
      en: `The quota of ${title.en.toLowerCase()} looks as if it were in ${unit.en}; hectares are expected: please check.`,
    },
  ]
}

function quotaTable(lines: readonly Held[]): ResultTable {
  return {
    id: 'quotas',
    kind: 'list',
    title: { zh: '规划面积与下达指标', en: 'Planned areas beside quotas' },
    rowTitle: { zh: '指标', en: 'Indicator' },
    columns: [
      areaColumn('actualM2', '规划面积', 'Planned'),
      areaColumn('quotaM2', '下达指标', 'Quota'),
      areaColumn('surplusM2', '余缺', 'Surplus'),
      { key: 'ratio', title: { zh: '比值', en: 'Ratio' }, unit: 'ratio' },
    ],
    rows: lines.map(({ line, actualM2, quotaM2, ratio }) => ({
      key: line.key,
      title: line.title,
      cells: [actualM2, quotaM2, actualM2 === null || quotaM2 === null ? null : actualM2 - quotaM2, ratio],
    })),
  }
}

function evidenceOf(plan: PlanData, { role }: Line) {
  const layer = plan.layer(role)
  if (!layer) return { evidence: [], evidenceTotal: 0 }
  const counts = role === 'landuse_plan' ? inGroup(layer, 'cropland') : () => true
  return topEvidence(layer, onlyWhere(featureAreas(layer), counts), hectares)
}
