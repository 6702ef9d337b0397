import type { LayerColumns } from '../geo/columns.ts'
import { box } from '../geo/sketch.ts'
import { LAND_CLASSES } from '../reference/land-class-list.ts'
import { classGroupInfo } from '../reference/land-classes.ts'
import { toBase } from '../model/units.ts'
import { unclassedNote } from './by-class.ts'
import { defineIndicator, type PlanData } from './indicator.ts'
import { landTransition, type LandTransition } from './land-transition.ts'
import { draft, largestFirst, measured, missing, type Draft } from './outcomes.ts'
import { areaBasis, hectares } from './words.ts'

const PROFILE = 'artificialised_cn'

/** Classes of the first level, which the transition matrix is told in. */
const CLASS_NAMES = Object.fromEntries(
  LAND_CLASSES.filter(({ parent }) => parent === null).map(({ code, zh, en }) => [
    code,
    { zh: `${code} ${zh}`, en: `${code} ${en}` },
  ]),
)

/** How far the plan cuts the yearly net growth of artificialised land, compared with the past decade. */
export const zanBalance = defineIndicator({
  id: 'S02',
  version: 1,
  title: { zh: '土地净零平衡', en: 'ZAN balance' },
  unit: 'ratio',
  displayUnit: 'percent',
  better: 'higher',
  formula: {
    zh: '1－(规划期年均净人工化面积 ÷ 过去十年年均净人工化面积)；净人工化＝新增人工化－再自然化。',
    en: '1 − (planned net artificialisation per year ÷ that of the past decade); net = artificialised − renatured.',
  },
  source:
    'Seed article L180 (ZAN, net zero by 2050); Code de l’urbanisme annexe R.101-1 for the accounting, CN-default class profile',
  seed: ['S054', 'S055'],
  needs: ['landuse_base', 'landuse_plan'],
  uses: [],
  parameters: {},
  detailTitles: {
    netM2: { zh: '净人工化面积', en: 'Net artificialised', unit: 'ha' },
    artificialisedM2: { zh: '新增人工化', en: 'Newly artificialised', unit: 'ha' },
    renaturedM2: { zh: '再自然化', en: 'Renatured', unit: 'ha' },
    reusedM2: { zh: '存量再利用', en: 'Reused', unit: 'ha' },
    years: { zh: '规划年数', en: 'Years of the plan' },
    netPerYearM2: { zh: '规划期年均净人工化', en: 'Net artificialised per plan year', unit: 'ha' },
    pastNetPerYearM2: { zh: '过去十年年均净人工化', en: 'Net artificialised per year, past decade', unit: 'ha' },
    comparedM2: { zh: '参与比较的面积', en: 'Land compared', unit: 'ha' },
    baseOnlyM2: { zh: '仅基期有用地', en: 'Land of the base year only', unit: 'ha' },
    planOnlyM2: { zh: '仅规划有用地', en: 'Land of the plan only', unit: 'ha' },
    profile: { zh: '人工化判定口径', en: 'What counts as artificial', words: { [PROFILE]: classGroupInfo(PROFILE).title } },
    matrix: {
      zh: '用地转移',
      en: 'Transition of land use',
      unit: 'ha',
      names: CLASS_NAMES,
      heads: [
        { zh: '基期地类', en: 'Base year' },
        { zh: '规划地类', en: 'Plan' },
        { zh: '面积', en: 'Area' },
      ],
    },
  },
  compute(plan) {
    const basis = areaBasis(plan.basis)
    const profile = classGroupInfo(PROFILE).title
    const work = draft(
      `基期与规划用地叠加得转移矩阵，按“${profile.zh}”判定人工化；净人工化面积除以规划年数，与过去十年年均值比较，得削减比例。规划用地只是实际覆盖的代理。${basis.zh}`,
      `Base and planned land use were overlaid into a transition matrix with the classes of “${profile.en}”; net artificialised land per plan year was compared with the past decade. Planned use is a proxy of real cover. ${basis.en}`,
    )
    const [base, planned] = [plan.layer('landuse_base'), plan.layer('landuse_plan')]
    if (!base || !planned) {
      const needs = [...(base ? [] : ['landuse_base']), ...(planned ? [] : ['landuse_plan'])]
      return missing(
        work,
        { zh: '需要基期和规划两套用地用海图层。', en: 'Both base-year and planned land use are needed.' },
        needs,
      )
    }
    work.notes.push(
      PROXY,
      ...unclassedNote(base, '基期用地', 'base-year land use'),
      ...unclassedNote(planned, '规划用地', 'planned land use'),
    )
    const flows = landTransition(base, planned, PROFILE)
    const years = yearsOf(plan)
    const netM2 = flows.artificialisedM2 - flows.renaturedM2
    work.details = { ...detailsOf(flows, netM2), years, netPerYearM2: years === undefined ? null : netM2 / years }
    work.evidence = evidenceOf(planned, flows)
    return compared(plan, work, netM2, years)
  },
  examples: [
    {
      title: '2 ha of cropland built on and 0.5 ha of industry renatured in 15 years; 0.4 ha a year before',
      layers: {
        landuse_base: [
          {
            polygon: [box(0, 0, 200, 100)],
            attributes: { class: '0101' },
          },
          {
            polygon: [box(200, 0, 100, 100)],
            attributes: { class: '1001' },
          },
        ],
        landuse_plan: [
          {
            polygon: [box(0, 0, 200, 100)],
            attributes: { class: '0701' },
          },
          {
            polygon: [box(200, 0, 50, 100)],
            attributes: { class: '1401' },
          },
          {
            polygon: [box(250, 0, 50, 100)],
            attributes: { class: '0901' },
          },
        ],
      },
      baseYear: 2020,
      targetYear: 2035,
      quotas: { pastNetArtificialisationHaPerYear: 0.4 },
      answer: 0.75,
      details: { artificialisedM2: 20_000, renaturedM2: 5000, reusedM2: 5000, netM2: 15_000, netPerYearM2: 1000 },
    },
    {
      title: 'without the past rate the cut is unknown, but the balance is not',
      layers: {
        landuse_base: [
          {
            polygon: [box(0, 0, 100, 100)],
            attributes: { class: '03' },
          },
        ],
        landuse_plan: [
          {
            polygon: [box(0, 0, 100, 100)],
            attributes: { class: '1001' },
          },
        ],
      },
      baseYear: 2020,
      targetYear: 2030,
      answer: 'missing',
      details: { artificialisedM2: 10_000, matrix: { '03': { 10: 10_000 } } },
    },
    {
      title: 'a coarser code of the same use is no change, and a plan that gives land back cuts more than everything',
      layers: {
        landuse_base: [
          {
            polygon: [box(0, 0, 100, 100)],
            attributes: { class: '07' },
          },
          {
            polygon: [box(100, 0, 100, 100)],
            attributes: { class: '1001' },
          },
        ],
        landuse_plan: [
          {
            polygon: [box(0, 0, 100, 100)],
            attributes: { class: '0701' },
          },
          {
            polygon: [box(100, 0, 100, 100)],
            attributes: { class: '03' },
          },
        ],
      },
      baseYear: 2020,
      targetYear: 2030,
      quotas: { pastNetArtificialisationHaPerYear: 0.2 },
      answer: 1.5,
      details: { reusedM2: 0, renaturedM2: 10_000, netM2: -10_000 },
    },
  ],
})

const PROXY = {
  zh: '人工化以实际地表覆盖为准，此处以规划地类代替；留白用地（16）按非人工化计。',
  en: 'Artificialisation is about real cover; planned classes stand for it here. Reserved land (16) counts as not artificialised.',
}

function yearsOf(plan: PlanData): number | undefined {
  if (plan.baseYear === null || plan.targetYear === null || plan.targetYear <= plan.baseYear) return undefined
  return plan.targetYear - plan.baseYear
}

function detailsOf({ takenM2: _, ...flows }: LandTransition, netM2: number): Record<string, unknown> {
  return { profile: PROFILE, netM2, ...flows }
}

function compared(plan: PlanData, work: Draft, netM2: number, years: number | undefined) {
  const pastHa = plan.quotas['pastNetArtificialisationHaPerYear']
  const needs = [
    ...(plan.baseYear === null ? ['baseYear'] : []),
    ...(plan.targetYear === null ? ['targetYear'] : []),
    ...(pastHa === undefined ? ['quotas.pastNetArtificialisationHaPerYear'] : []),
  ]
  if (pastHa === undefined || years === undefined) {
    const why = {
      zh: '缺少规划期年限或过去十年年均净人工化面积，无法比较；转移矩阵和流量已列出。',
      en: 'The plan period or the past decade’s net artificialisation per year is not given, so nothing can be compared; matrix and flows are listed.',
    }
    return missing(work, why, needs.length > 0 ? needs : ['targetYear'])
  }
  if (pastHa <= 0) {
    const why = {
      zh: '过去十年净人工化面积不是正数，削减比例没有意义。',
      en: 'The past net artificialisation is not positive: a cut of it has no meaning.',
    }
    return missing(work, why, ['quotas.pastNetArtificialisationHaPerYear'])
  }
  work.details['pastNetPerYearM2'] = toBase(pastHa, 'ha')
  return measured(work, 1 - netM2 / years / toBase(pastHa, 'ha'), 'ratio')
}

const evidenceOf = (planned: LayerColumns, { takenM2 }: LandTransition) =>
  largestFirst(
    [...takenM2].flatMap((value, feature) => {
      if (value < 1) return []
      const note = { zh: `新增人工化 ${hectares(value).zh}`, en: `${hectares(value).en} newly artificialised` }
      return [{ layer: 'landuse_plan', fid: planned.fid[feature] ?? 0, value, note }]
    }),
  )
