import type { LayerColumns } from '../geo/columns.ts'
import { box } from '../geo/sketch.ts'
import type { Quality } from '../model/measurement.ts'
import type { TablePlace } from '../model/result-table.ts'
import { formatValue } from '../model/units.ts'
import { CARBON_SETS, CARBON_SIGN } from '../reference/carbon.ts'
import { classGroup } from '../reference/land-classes.ts'
import type { Bilingual } from '../text.ts'
import { unclassedNote } from './by-class.ts'
import { carbonBalance, conversions, sharedEnergy, type CarbonBalance, type Conversion } from './carbon-balance.ts'
import { carbonTable, conversionTable, energyTable, setsTable } from './carbon-tables.ts'
import { bothYears, classBalances, COVER_PROXY, gainOfPlanParcels, NEEDS_BOTH } from './class-balance.ts'
import { defineIndicator, type PlanData } from './indicator.ts'
import { classTransition, flowOfBaseParcels, flowOfPlanParcels } from './land-transition.ts'
import { draft, measured, missing, type Draft } from './outcomes.ts'
import { topEvidence } from './top-evidence.ts'
import { areaBasis, hectares } from './words.ts'

const SET_WORDS = Object.fromEntries(CARBON_SETS.map(({ id, title }) => [id, title]))
const isSettlement = classGroup('construction')

/** Change of the net carbon of land from the base year to the plan, with two sets of coefficients side by side. */
export const netLandUseCarbon = defineIndicator({
  id: 'C02',
  version: 1,
  title: { zh: '用地净碳变化', en: 'Net land-use carbon' },
  unit: 'ratio',
  displayUnit: 'percent',
  better: 'lower',
  formula: {
    zh: '（规划净碳－基期净碳）÷ |基期净碳|；净碳＝Σ 地类面积 × 系数（＋两期均给出的全市能源排放）；正为排放、负为吸收；两套系数分别计算、互不混用。',
    en: '(planned net − base net) ÷ |base net|; net = Σ class area × coefficient (+ the city’s energy emission where both years are given); positive is a source; two sets are computed apart and never mixed.',
  },
  source:
    'Seed article L259; IPCC 2006/2019 guidelines vol. 4; set A: values common in Chinese literature (unverified), set B: Acta Geographica Sinica 2023, 78(3):640, table 7 (Guangdong 2018)',
  seed: ['S090', 'S093'],
  needs: ['landuse_base', 'landuse_plan'],
  uses: [],
  parameters: {
    carbonSet: {
      default: 0,
      min: 0,
      max: 1,
      unit: 'index',
      title: {
        zh: '取值所用系数（0＝A 组文献，1＝B 组广东清单）',
        en: 'Set of the value (0 = A literature, 1 = B Guangdong inventory)',
      },
      source:
        'Our default: set A names more classes of open land (orchards, water, unused land), set B is one subtropical province',
    },
    nearZeroShare: {
      default: 0.01,
      min: 0,
      max: 0.5,
      unit: 'ratio',
      title: { zh: '净值低于收支总量的此比例时只报吨数', en: 'Below this share of emission + uptake only tonnes are reported' },
      source: 'Our default (interpolated)',
    },
  },
  overlays: [['landuse_base', 'landuse_plan']],
  detailTitles: {
    set: { zh: '取值所用系数', en: 'Coefficients of the value', words: SET_WORDS },
    netBaseTCO2: { zh: '基期净碳', en: 'Net, base year', unit: 'tco2_per_year' },
    netPlanTCO2: { zh: '规划净碳', en: 'Net, plan', unit: 'tco2_per_year' },
    changeTCO2: { zh: '净碳变化', en: 'Change of the net', unit: 'tco2_per_year' },
    landChangeTCO2: { zh: '其中土地直接净碳变化', en: 'Of it, land alone', unit: 'tco2_per_year' },
    changeTCO2A: { zh: '土地净碳变化（A 组）', en: 'Change of land alone, set A', unit: 'tco2_per_year' },
    changeTCO2B: { zh: '土地净碳变化（B 组）', en: 'Change of land alone, set B', unit: 'tco2_per_year' },
    oneOffTCO2: { zh: '林地转建设用地一次性排放（B 组）', en: 'One-off of forest turned settlement, set B', unit: 'tco2' },
    oneOffM2: { zh: '林地转建设用地面积', en: 'Forest turned settlement', unit: 'ha' },
    energyIncluded: { zh: '净碳含能源排放', en: 'The net holds energy emission' },
    comparedM2: { zh: '参与比较的面积', en: 'Land compared', unit: 'ha' },
  },
  compute(plan, { carbonSet, nearZeroShare }) {
    const set = carbonSet >= 0.5 ? 1 : 0
    const title = CARBON_SETS[set]?.title ?? CARBON_SIGN
    const basis = areaBasis(plan.basis)
    const work = draft(
      `基期与规划用地叠加，在两期重叠范围内按地类面积乘以系数求净碳（${title.zh}；${CARBON_SIGN.zh}；tCO₂/年），变化量除以基期净值的绝对值；另一套系数单独计算并以区间列出。${basis.zh}`,
      `Base and planned land use were overlaid; on the ground that both show, class areas were multiplied by coefficients (${title.en}; ${CARBON_SIGN.en}; tCO2 per year) and the change divided by the absolute base net; the other set is computed apart and shown as a range. ${basis.en}`,
    )
    const { base, planned, needs } = bothYears(plan)
    if (!base || !planned) return missing(work, NEEDS_BOTH, needs)
    work.notes.push(...unclassedNote(base, '基期用地', 'base-year land use'))
    work.notes.push(...unclassedNote(planned, '规划用地', 'planned land use'))
    const transition = classTransition(base, planned)
    const classes = classBalances(transition)
    const sets = CARBON_SETS.map((each) => carbonBalance(each, classes))
    const converted = sets.map((balance) => ({ balance, list: conversions(balance.set, transition) }))
    const chosen = sets[set]
    if (!chosen) throw new Error('carbon-coefficients.json holds fewer than two sets')
    const energy = energyOf(plan, work)
    const shares = energy ? sharedEnergy(classes, energy.before, energy.after) : []
    const whole = wholeOf(chosen, energy)
    work.details = detailsOf(sets, chosen, converted, whole)
    work.method = {
      zh: `${work.method.zh}${whole.included ? WITH_ENERGY.zh : WITHOUT_ENERGY.zh}`,
      en: `${work.method.en} ${whole.included ? WITH_ENERGY.en : WITHOUT_ENERGY.en}`,
    }
    const coefficient = (code: string) => chosen.set.of(code)?.value ?? 0
    const result = {
      ...work,
      ...topEvidence(
        planned,
        gainOfPlanParcels(base, planned, (code) => coefficient(code) / 10_000),
        moreCarbon,
      ),
      tables: [
        setsTable(sets, (letter) => onceOf(converted.filter(({ balance }) => balance.set.letter === letter))),
        ...sets.map((balance) => carbonTable(balance, base, planned)),
        ...converted.filter(({ list }) => list.length > 0).map(({ balance, list }) => conversionTable(balance, list)),
        ...(energy && shares.length > 0 ? [energyTable(shares, energy.before, energy.after)] : []),
      ],
      quality: qualityOf(sets, chosen, energy),
    }
    if (chosen.comparedM2 === 0) return missing(result, NOTHING_COMPARED, ['landuse_base', 'landuse_plan'])
    const gross = chosen.grossTCO2 + (whole.included ? (energy?.before ?? 0) : 0)
    if (Math.abs(whole.before) <= nearZeroShare * gross) return missing(result, nearZero(whole), ENERGY_NEEDS)
    return measured(result, (whole.after - whole.before) / Math.abs(whole.before), 'ratio')
  },
  featuresOf(plan, _, place) {
    const { base, planned } = bothYears(plan)
    return base && planned ? featuresBehind(base, planned, place) : []
  },
  examples: [
    {
      title: '60 ha of cropland and 40 ha of forest take +8.07 tCO2 a year (set A); 10 ha of cropland become forest',
      layers: {
        landuse_base: [
          { polygon: [box(0, 0, 600, 1000)], attributes: { class: '0101' } },
          { polygon: [box(600, 0, 400, 1000)], attributes: { class: '0301' } },
        ],
        landuse_plan: [
          { polygon: [box(0, 0, 500, 1000)], attributes: { class: '0101' } },
          { polygon: [box(500, 0, 500, 1000)], attributes: { class: '0301' } },
        ],
      },
      answer: -4.545454545,
      details: { netBaseTCO2: 8.066666666666666, changeTCO2: -36.666666666666664, changeTCO2B: -40, energyIncluded: false },
    },
    {
      title: 'a forest turned into industry under set B: 48.7 t once for each hectare, and the sink is gone',
      layers: {
        landuse_base: [{ polygon: [box(0, 0, 300, 100)], attributes: { class: '0301' } }],
        landuse_plan: [
          { polygon: [box(0, 0, 100, 100)], attributes: { class: '1001' } },
          { polygon: [box(100, 0, 200, 100)], attributes: { class: '0301' } },
        ],
      },
      parameters: { carbonSet: 1 },
      answer: 0.38461538,
      details: { netBaseTCO2: -11.7, netPlanTCO2: -7.2, oneOffTCO2: 48.7, oneOffM2: 10_000 },
    },
    {
      title: 'energy totals of both years join the net: 100 t become 90 t, and the land loses a sink of 2.119 t',
      layers: {
        landuse_base: [
          { polygon: [box(0, 0, 100, 100)], attributes: { class: '0301' } },
          { polygon: [box(100, 0, 100, 100)], attributes: { class: '1001' } },
        ],
        landuse_plan: [{ polygon: [box(0, 0, 200, 100)], attributes: { class: '1001' } }],
      },
      quotas: { energyEmissionTCO2PerYear: 100, plannedEnergyEmissionTCO2PerYear: 90 },
      answer: -0.0805130056,
      details: { energyIncluded: true, landChangeTCO2: 2.119333333 },
    },
    {
      title: 'where emission and uptake cancel out, only tonnes are reported',
      layers: {
        landuse_base: [
          { polygon: [box(0, 0, 578, 100)], attributes: { class: '01' } },
          { polygon: [box(578, 0, 422, 100)], attributes: { class: '03' } },
        ],
        landuse_plan: [{ polygon: [box(0, 0, 1000, 100)], attributes: { class: '03' } }],
      },
      answer: 'missing',
      details: { changeTCO2: -21.193333333333335 },
    },
  ],
})

const ENERGY_BASE = 'energyEmissionTCO2PerYear'
const ENERGY_PLAN = 'plannedEnergyEmissionTCO2PerYear'
const ENERGY_NEEDS = [`quotas.${ENERGY_BASE}`, `quotas.${ENERGY_PLAN}`]

const NOTHING_COMPARED: Bilingual = {
  zh: '两期用地没有重叠的、地类可识别的土地。',
  en: 'Both years show no common ground with recognised classes.',
}
const NO_ENERGY: Bilingual = {
  zh: '方案未给出全市能源排放总量，建设用地能源排放未计入（不设默认值）。',
  en: 'The plan gives no total of the city’s energy emission; energy of construction land is not counted (there is no default).',
}
const ONE_YEAR_ONLY: Bilingual = {
  zh: '只给出基期能源排放总量：按相对权重分摊列表，但未计入变化。',
  en: 'Only the base year’s energy emission is given: it is shared out in a table by relative weights, but not part of the change.',
}

const WITH_ENERGY: Bilingual = {
  zh: '净碳含方案给出的两期全市能源排放总量。',
  en: 'The net holds the city’s energy emission that the plan gives for both years.',
}
const WITHOUT_ENERGY: Bilingual = {
  zh: '净碳只含土地直接排放与吸收。',
  en: 'The net holds direct emission and uptake of land only.',
}

interface Energy {
  before: number
  after: number | null
}

/** The city's totals where the plan gives them; a note otherwise. */
function energyOf(plan: PlanData, work: Draft): Energy | undefined {
  const before = plan.quotas[ENERGY_BASE]
  const after = plan.quotas[ENERGY_PLAN] ?? null
  if (before === undefined || before <= 0) {
    work.notes.push(NO_ENERGY)
    return undefined
  }
  if (after === null) work.notes.push(ONE_YEAR_ONLY)
  return { before, after }
}

interface Whole {
  before: number
  after: number
  included: boolean
}

/** Land, and energy where both years are given: half of a comparison would be none. */
function wholeOf({ beforeTCO2, afterTCO2 }: CarbonBalance, energy: Energy | undefined): Whole {
  if (!energy || energy.after === null) return { before: beforeTCO2, after: afterTCO2, included: false }
  return { before: beforeTCO2 + energy.before, after: afterTCO2 + energy.after, included: true }
}

type Converted = readonly { balance: CarbonBalance; list: Conversion[] }[]

const onceOf = (converted: Converted): number =>
  converted.reduce((sum, { list }) => sum + list.reduce((t, { tCO2 }) => t + tCO2, 0), 0)

function detailsOf(sets: readonly CarbonBalance[], chosen: CarbonBalance, converted: Converted, whole: Whole) {
  const change = ({ beforeTCO2, afterTCO2 }: CarbonBalance) => afterTCO2 - beforeTCO2
  const bySet = Object.fromEntries(sets.map((balance) => [`changeTCO2${balance.set.letter}`, change(balance)]))
  return {
    set: chosen.set.id,
    netBaseTCO2: whole.before,
    netPlanTCO2: whole.after,
    changeTCO2: whole.after - whole.before,
    landChangeTCO2: change(chosen),
    ...bySet,
    oneOffTCO2: onceOf(converted),
    oneOffM2: converted.reduce((sum, { list }) => sum + list.reduce((m2, { areaM2 }) => m2 + areaM2, 0), 0),
    energyIncluded: whole.included,
    comparedM2: chosen.comparedM2,
  }
}

function qualityOf(sets: readonly CarbonBalance[], chosen: CarbonBalance, energy: Energy | undefined): Quality {
  const relative = sets.flatMap((balance) => {
    const { before, after } = wholeOf(balance, energy)
    return before === 0 ? [] : [(after - before) / Math.abs(before)]
  })
  return {
    proxies: [COVER_PROXY],
    seenShare: chosen.comparedM2 > 0 ? chosen.coveredM2 / chosen.comparedM2 : 0,
    ...(relative.length === sets.length
      ? { range: { low: Math.min(...relative), high: Math.max(...relative), why: TWO_SETS } }
      : {}),
  }
}

const TWO_SETS: Bilingual = { zh: '两套系数各自的结果', en: 'the results of both sets of coefficients' }

function nearZero({ before, after }: Whole): Bilingual {
  const said = (lang: 'zh' | 'en') => [after - before, before].map((tonnes) => formatValue(tonnes, 'tco2_per_year', lang))
  const [changeZh, baseZh] = said('zh')
  const [changeEn, baseEn] = said('en')
  return {
    zh: `基期净碳（${baseZh}）接近零，相对变化没有意义；净碳变化 ${changeZh}。`,
    en: `The base net (${baseEn}) is close to zero, so a relative change has no meaning; the net changes by ${changeEn}.`,
  }
}

const moreCarbon = (tonnes: number): Bilingual => ({
  zh: `净碳增加 ${formatValue(tonnes, 'tco2_per_year', 'zh', 2)}`,
  en: `net carbon rises by ${formatValue(tonnes, 'tco2_per_year', 'en', 2)}`,
})

/** Base-year parcels behind figures of the base year, planned parcels behind all others. */
function featuresBehind(base: LayerColumns, planned: LayerColumns, { table, row, column = '' }: TablePlace) {
  if (table === 'conversion') {
    const wants = (from: string, to: string) =>
      isSettlement(to) && to.startsWith(row) && CARBON_SETS.some((set) => set.onceToSettlement(from) !== 0)
    return topEvidence(planned, flowOfPlanParcels(base, planned, wants), hectares).evidence
  }
  if (table === 'sets') {
    const set = CARBON_SETS.find(({ letter }) => letter === row)
    const gain = gainOfPlanParcels(base, planned, (code) => (set?.of(code)?.value ?? 0) / 10_000)
    return topEvidence(planned, gain, moreCarbon).evidence
  }
  const ofBase = column.startsWith('base')
  const areaM2 = ofBase
    ? flowOfBaseParcels(base, planned, (from) => from.startsWith(row))
    : flowOfPlanParcels(base, planned, (_, to) => to.startsWith(row))
  return topEvidence(ofBase ? base : planned, areaM2, hectares).evidence
}
