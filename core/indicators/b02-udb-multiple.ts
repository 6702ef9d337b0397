import type { LayerColumns } from '../geo/columns.ts'
import { featureAreas, sumOfAreas } from '../geo/feature-areas.ts'
import { box } from '../geo/sketch.ts'
import { toBase } from '../model/units.ts'
import { classGroup, classGroupInfo } from '../reference/class-groups.ts'
import type { Bilingual } from '../text.ts'
import { onlyWhere, totalOf } from './amounts.ts'
import { inClass } from './b01-crossing.ts'
import { groundTable, landUnder } from './b02-tables.ts'
import { inGroup, ofClass, seenShare, unclassedNote } from './by-class.ts'
import { coveredOnce } from './covered-once.ts'
import { defineIndicator, type PlanData } from './indicator.ts'
import { draft, measured, missing, type Draft } from './outcomes.ts'
import { topEvidence } from './top-evidence.ts'
import { areaBasis, hectares } from './words.ts'

const URBAN = 'urban_construction'
/** The year that the allotment counts from. */
const ALLOTMENT_YEAR = 2020

/** How many times the urban land of the base year fits into the urban development boundary, against the allotment. */
export const udbMultiple = defineIndicator({
  id: 'B02',
  version: 1,
  title: { zh: '城镇开发边界扩展倍数', en: 'UDB expansion multiple' },
  unit: 'ratio',
  displayUnit: 'multiple',
  better: 'lower',
  formula: {
    zh: '扩展倍数＝A(城镇开发边界) ÷ A(基期城镇建设用地)；不得超过下达的倍数（quotas.udbMultipleCap）或面积（quotas.udbHa）。',
    en: 'Multiple = A(urban development boundary) ÷ A(urban construction land of the base year), within the allotted multiple (quotas.udbMultipleCap) or area (quotas.udbHa).',
  },
  source:
    'Public reports on drawing the three control lines (2024): provinces stay within 1.3 × of 2020 urban land; urban classes after GB 50137',
  seed: ['S053', 'S082'],
  needs: ['udb', 'landuse_base'],
  uses: [],
  overlays: [
    ['landuse_base', 'udb'],
    ['udb', 'udb'],
  ],
  parameters: {
    defaultMultipleCap: {
      default: 1.3,
      min: 0.5,
      max: 3,
      unit: 'multiple',
      title: { zh: '未给出地方配额时的倍数上限', en: 'Cap where no local quota is given' },
      source: '3L, verified: provinces ≤ 1.3 × of 2020',
    },
    shrinkingAim: {
      default: 1,
      min: 0.5,
      max: 2,
      unit: 'multiple',
      title: { zh: '收缩城市的目标倍数', en: 'Aim of shrinking cities' },
      source: '3L, verified: shrinking cities should aim at ≤ 1.0',
    },
  },
  detailTitles: {
    udbM2: { zh: '城镇开发边界面积', en: 'Urban development boundary', unit: 'ha' },
    urbanBaseM2: { zh: '基期城镇建设用地', en: 'Urban construction land, base year', unit: 'ha' },
    cap: { zh: '倍数上限', en: 'Cap', unit: 'multiple' },
    capIsLocal: { zh: '上限为地方配额', en: 'The cap is a local quota' },
    quotaM2: { zh: '下达的边界面积', en: 'Allotted area', unit: 'ha' },
    allowedM2: { zh: '允许的边界面积', en: 'Area allowed', unit: 'ha' },
    headroomM2: { zh: '余量', en: 'Headroom', unit: 'ha' },
    exceeded: { zh: '超过配额', en: 'Over the quota' },
    aboveAim: { zh: '高于收缩城市目标', en: 'Above the aim of shrinking cities' },
    udbOnUrbanM2: { zh: '边界内基期城镇建设用地', en: 'Base-year urban land inside the boundary', unit: 'ha' },
  },
  compute(plan, { defaultMultipleCap, shrinkingAim }) {
    const basis = areaBasis(plan.basis)
    const group = classGroupInfo(URBAN).title
    const work = draft(
      `城镇开发边界面积除以基期“${group.zh}”面积，与下达的倍数或面积比较。${basis.zh}`,
      `The area of the urban development boundary was divided by base-year “${group.en}” and compared with the allotment. ${basis.en}`,
    )
    const [udb, base] = [plan.layer('udb'), plan.layer('landuse_base')]
    if (!udb || !base) {
      const why = {
        zh: '需要城镇开发边界和基期用地用海图层。',
        en: 'The development boundary and base-year land use are needed.',
      }
      return missing(work, why, [...(udb ? [] : ['udb']), ...(base ? [] : ['landuse_base'])])
    }
    const { areaM2: udbM2, notes } = coveredOnce(udb, '城镇开发边界', 'the development boundary')
    const urbanBaseM2 = sumOfAreas(base, inGroup(base, URBAN))
    work.notes.push(...notes, ...unclassedNote(base, '基期用地', 'base-year land use'), ...yearNote(plan))
    const inside = landUnder(base, udb)
    work.tables = [groundTable(base, inside, udbM2), urbanTable(base)]
    if (udbM2 === 0 || urbanBaseM2 === 0) {
      const why = {
        zh: '边界或基期城镇建设用地为空，倍数无从计算。',
        en: 'The boundary or base-year urban land is empty: there is no multiple.',
      }
      return missing(work, why, [urbanBaseM2 === 0 ? 'landuse_base' : 'udb'])
    }
    const value = udbM2 / urbanBaseM2
    const allowance = allowanceOf(plan, urbanBaseM2, defaultMultipleCap)
    const isUrban = inGroup(base, URBAN)
    work.details = {
      udbM2,
      urbanBaseM2,
      ...allowance,
      headroomM2: allowance.allowedM2 - udbM2,
      exceeded: udbM2 > allowance.allowedM2 * (1 + 1e-9),
      aboveAim: plan.city.kind === 'shrinking' && value > shrinkingAim,
      udbOnUrbanM2: totalOf(inside, isUrban),
    }
    work.quality = { seenShare: seenShare(base), ...rangeOf(base, udbM2, value) }
    describe(work, plan, shrinkingAim)
    Object.assign(work, topEvidence(udb, featureAreas(udb), hectares))
    return measured(work, value, 'ratio')
  },
  featuresOf(plan, _, { table, row }) {
    const [udb, base] = [plan.layer('udb'), plan.layer('landuse_base')]
    if (!udb || !base) return []
    const isOfRow = inClass(base, row)
    const amounts = table === 'urbanBase' ? featureAreas(base) : landUnder(base, udb)
    return topEvidence(base, onlyWhere(amounts, isOfRow), hectares).evidence
  },
  examples: [
    {
      title: '2.4 ha inside the boundary, 2 ha of urban land in 2020: 1.2 ×, homesteads and highways do not count',
      layers: {
        udb: [{ polygon: [box(0, 0, 240, 100)] }],
        landuse_base: [
          { polygon: [box(0, 0, 150, 100)], attributes: { class: '0701' } },
          { polygon: [box(150, 0, 50, 100)], attributes: { class: '07' } },
          { polygon: [box(200, 0, 100, 100)], attributes: { class: '0703' } },
          { polygon: [box(300, 0, 100, 100)], attributes: { class: '1202' } },
        ],
      },
      baseYear: 2020,
      answer: 1.2,
      details: { urbanBaseM2: 20_000, cap: 1.3, capIsLocal: false, exceeded: false, headroomM2: 2000, udbOnUrbanM2: 20_000 },
    },
    {
      title: 'a local quota of 1.1 is exceeded by the same plan, and a shrinking city is above its aim',
      layers: {
        udb: [{ polygon: [box(0, 0, 240, 100)] }],
        landuse_base: [{ polygon: [box(0, 0, 200, 100)], attributes: { class: '1001' } }],
      },
      city: { kind: 'shrinking' },
      quotas: { udbMultipleCap: 1.1 },
      answer: 1.2,
      details: { cap: 1.1, capIsLocal: true, exceeded: true, aboveAim: true, headroomM2: -2000 },
    },
    {
      title: 'an allotted area of 2 ha binds before the multiple',
      layers: {
        udb: [{ polygon: [box(0, 0, 240, 100)] }, { polygon: [box(140, 0, 100, 100)] }],
        landuse_base: [{ polygon: [box(0, 0, 200, 100)], attributes: { class: '0901' } }],
      },
      quotas: { udbHa: 2 },
      answer: 1.2,
      details: { quotaM2: 20_000, allowedM2: 20_000, exceeded: true, cap: 1.3 },
    },
    {
      title: 'without urban land in the base year there is no multiple',
      layers: {
        udb: [{ polygon: [box(0, 0, 240, 100)] }],
        landuse_base: [{ polygon: [box(0, 0, 200, 100)], attributes: { class: '0101' } }],
      },
      answer: 'missing',
    },
  ],
})

interface Allowance {
  cap: number
  capIsLocal: boolean
  quotaM2: number | null
  /** The smaller of both. */
  allowedM2: number
}

function allowanceOf({ quotas }: PlanData, urbanBaseM2: number, defaultCap: number): Allowance {
  const local = quotas['udbMultipleCap']
  const cap = local ?? defaultCap
  const quotaHa = quotas['udbHa']
  const quotaM2 = quotaHa === undefined ? null : toBase(quotaHa, 'ha')
  return { cap, capIsLocal: local !== undefined, quotaM2, allowedM2: Math.min(cap * urbanBaseM2, quotaM2 ?? Infinity) }
}

/** The multiple if every class that cannot be told apart were urban; the default reading counts none of them. */
function rangeOf(base: LayerColumns, udbM2: number, value: number) {
  const { conditional } = classGroupInfo(URBAN).rule
  const isUrban = classGroup(URBAN, { otherwise: [...conditional.keys()] })
  const low = udbM2 / sumOfAreas(base, ofClass(base, isUrban))
  if (Math.abs(low - value) < 1e-9) return {}
  const codes = conditional.flatMap((each) => each.codes)
  const why = {
    zh: `${codes.join('、')} 是否计入城镇建设用地。`,
    en: `Whether ${codes.join(', ')} count as urban construction land.`,
  }
  return { range: { low: Math.min(low, value), high: Math.max(low, value), why } }
}

function yearNote({ baseYear }: PlanData): Bilingual[] {
  if (baseYear === null || baseYear === ALLOTMENT_YEAR) return []
  return [
    {
      zh: `配额以 ${ALLOTMENT_YEAR} 年为基期，本方案基期为 ${baseYear} 年，请核对口径。`,
      en: `The allotment counts from ${ALLOTMENT_YEAR}; this plan's base year is ${baseYear}: check that both mean the same.`,
    },
  ]
}

function describe(work: Draft, plan: PlanData, aim: number): void {
  if (work.details['aboveAim'] === true) {
    work.notes.push({
      zh: `收缩城市宜不超过基期的 ${aim} 倍。`,
      en: `A shrinking city should aim at no more than ${aim} × of its base year.`,
    })
  }
  if (plan.quotas['udbMultipleCap'] === undefined && plan.quotas['udbHa'] === undefined) {
    work.notes.push({
      zh: '方案未给出地方配额（quotas.udbMultipleCap 或 quotas.udbHa），按全国口径判断。',
      en: 'No local quota is given (quotas.udbMultipleCap or quotas.udbHa); the national figure was used.',
    })
  }
}

/** Base-year urban land by class. */
function urbanTable(base: LayerColumns) {
  const isUrban = inGroup(base, URBAN)
  const areaM2 = onlyWhere(featureAreas(base), isUrban)
  return groundTable(base, areaM2, sumOfAreas(base, isUrban), 'urbanBase')
}
