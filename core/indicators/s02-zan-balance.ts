import type { LayerColumns } from '../geo/columns.ts'
import { box } from '../geo/sketch.ts'
import type { EvidenceFeature, Quality } from '../model/measurement.ts'
import type { TablePlace } from '../model/result-table.ts'
import { classGroup, classGroupInfo } from '../reference/class-groups.ts'
import { LAND_CLASSES } from '../reference/land-class-list.ts'
import { CN_PROFILE, FR_PROFILE, type ZanProfile } from '../reference/zan-profiles.ts'
import { toBase } from '../model/units.ts'
import type { Bilingual } from '../text.ts'
import { seenShare, unclassedNote } from './by-class.ts'
import { defineIndicator, type PlanData } from './indicator.ts'
import {
  classTransition,
  comparedLand,
  fateOf,
  fatesM2,
  flowOfBaseParcels,
  flowOfPlanParcels,
  matrixOf,
  type ClassTransition,
  type WantsFlow,
} from './land-transition.ts'
import { conditionsTable, conditionWeights, fatesTable, transitionTable } from './land-transition-tables.ts'
import { draft, measured, missing, type Draft } from './outcomes.ts'
import { trajectoryTable } from './s02-trajectory.ts'
import { topEvidence } from './top-evidence.ts'
import { areaBasis, hectares } from './words.ts'

/** Classes of the first level, which the matrix in the details is told in. */
const CLASS_NAMES = Object.fromEntries(
  LAND_CLASSES.filter(({ parent }) => parent === null).map(({ code, zh, en }) => [
    code,
    { zh: `${code} ${zh}`, en: `${code} ${en}` },
  ]),
)

/** How far the plan cuts the yearly net growth of artificialised land, compared with the past decade. */
export const zanBalance = defineIndicator({
  id: 'S02',
  version: 2,
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
  overlays: [['landuse_base', 'landuse_plan']],
  parameters: {},
  detailTitles: {
    netM2: { zh: '净人工化面积', en: 'Net artificialised', unit: 'ha' },
    artificialisedM2: { zh: '新增人工化', en: 'Newly artificialised', unit: 'ha' },
    renaturedM2: { zh: '再自然化（路径二）', en: 'Renatured (path 2)', unit: 'ha' },
    reusedM2: { zh: '存量再利用（路径一）', en: 'Reused (path 1)', unit: 'ha' },
    frNetM2: { zh: '净人工化面积（法国口径，另计）', en: 'Net artificialised (French profile, apart)', unit: 'ha' },
    years: { zh: '规划年数', en: 'Years of the plan' },
    netPerYearM2: { zh: '规划期年均净人工化', en: 'Net artificialised per plan year', unit: 'ha' },
    pastNetPerYearM2: { zh: '过去十年年均净人工化', en: 'Net artificialised per year, past decade', unit: 'ha' },
    comparedM2: { zh: '参与比较的面积', en: 'Land compared', unit: 'ha' },
    baseOnlyM2: { zh: '仅基期有用地', en: 'Land of the base year only', unit: 'ha' },
    planOnlyM2: { zh: '仅规划有用地', en: 'Land of the plan only', unit: 'ha' },
    profile: { zh: '人工化判定口径', en: 'What counts as artificial', words: { [CN_PROFILE.group]: groupTitle(CN_PROFILE) } },
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
    const profile = groupTitle(CN_PROFILE)
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
    const transition = classTransition(base, planned)
    const years = yearsOf(plan)
    const fates = fatesM2(transition, CN_PROFILE.group)
    const netM2 = fates.artificialised - fates.renatured
    const weights = conditionWeights(CN_PROFILE, transition)
    work.details = {
      ...detailsOf(transition, fates, netM2),
      years: years ?? null,
      netPerYearM2: years === undefined ? null : netM2 / years,
    }
    work.tables = tablesOf(plan, transition, weights, years === undefined ? null : netM2 / years)
    work.quality = { proxies: [PROXY, FRENCH], seenShare: Math.min(seenShare(base), seenShare(planned)) }
    Object.assign(work, evidenceOf(base, planned))
    return compared(plan, work, netM2, years, weights)
  },
  featuresOf: (plan, _, place) => featuresOf(plan, place),
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
  zh: '人工化以实际地表覆盖为准，此处以规划地类代替；宽度、树冠、填海与留白等条件的处理见“口径条件”表。',
  en: 'Artificialisation is about real cover; planned classes stand for it here. How width, tree cover, filling and reserved land were read is in the table of conditions.',
}

/** Least areas of the French cover categories: classes cannot tell them, so they are said and not applied. */
const FRENCH = leastAreas(FR_PROFILE)

function leastAreas({ title, coverCategories }: ZanProfile): Bilingual {
  const least = [...new Set(coverCategories.flatMap(({ minAreaM2 }) => minAreaM2 ?? []))].map((areaM2) => `${areaM2} m²`)
  return {
    zh: `“${title.zh}”的面积门槛（${least.join('、')}）须按实际覆盖判定，此处未应用。`,
    en: `The least areas of “${title.en}” (${least.join(', ')}) are about real cover and were not applied.`,
  }
}

function groupTitle({ group }: ZanProfile) {
  return classGroupInfo(group).title
}

function yearsOf(plan: PlanData): number | undefined {
  if (plan.baseYear === null || plan.targetYear === null || plan.targetYear <= plan.baseYear) return undefined
  return plan.targetYear - plan.baseYear
}

function detailsOf(transition: ClassTransition, fates: ReturnType<typeof fatesM2>, netM2: number): Record<string, unknown> {
  const french = fatesM2(transition, FR_PROFILE.group)
  return {
    profile: CN_PROFILE.group,
    netM2,
    matrix: matrixOf(transition, 2),
    artificialisedM2: fates.artificialised,
    renaturedM2: fates.renatured,
    reusedM2: fates.reused,
    frNetM2: french.artificialised - french.renatured,
    ...comparedLand(transition),
  }
}

type Weights = ReturnType<typeof conditionWeights>

function tablesOf(plan: PlanData, transition: ClassTransition, weights: Weights, planM2: number | null) {
  const { baseYear, targetYear } = plan
  const pastHa = plan.quotas['pastNetArtificialisationHaPerYear']
  const pastM2 = pastHa === undefined ? null : toBase(pastHa, 'ha')
  return [
    transitionTable(transition, 2),
    transitionTable(transition, 4),
    fatesTable('balanceCn', CN_PROFILE, transition),
    conditionsTable('conditionsCn', CN_PROFILE, weights),
    fatesTable('balanceFr', FR_PROFILE, transition),
    conditionsTable('conditionsFr', FR_PROFILE, conditionWeights(FR_PROFILE, transition)),
    ...(planM2 !== null && baseYear !== null && targetYear !== null
      ? [trajectoryTable({ baseYear, targetYear, planM2, pastM2 })]
      : []),
  ]
}

function compared(plan: PlanData, work: Draft, netM2: number, years: number | undefined, weights: Weights) {
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
  const cut = (m2: number) => 1 - m2 / years / toBase(pastHa, 'ha')
  work.details['pastNetPerYearM2'] = toBase(pastHa, 'ha')
  work.quality = { ...work.quality, ...rangeOf(netM2, weights, cut) }
  return measured(work, cut(netM2), 'ratio')
}

/** The value with every doubtful condition read for the plan, and with every one against it. */
function rangeOf(netM2: number, weights: Weights, cut: (netM2: number) => number): Quality {
  const more = weights.reduce((sum, { netChangeM2 }) => sum + Math.max(0, netChangeM2), 0)
  const less = weights.reduce((sum, { netChangeM2 }) => sum + Math.min(0, netChangeM2), 0)
  if (more === 0 && less === 0) return {}
  const why = {
    zh: '口径条件（宽度、树冠、填海、留白）全部从宽与全部从严时的值。',
    en: 'The value with every condition (width, tree cover, filling, reserved land) read one way and the other.',
  }
  return { range: { low: cut(netM2 + more), high: cut(netM2 + less), why } }
}

function evidenceOf(base: LayerColumns, planned: LayerColumns) {
  const takenM2 = flowOfPlanParcels(base, planned, ofFate(CN_PROFILE, 'artificialised'))
  return topEvidence(planned, takenM2, (areaM2) => ({
    zh: `新增人工化 ${hectares(areaM2).zh}`,
    en: `${hectares(areaM2).en} newly artificialised`,
  }))
}

function ofFate({ group }: ZanProfile, fate: string): WantsFlow {
  const isArtificial = classGroup(group)
  return (from, to) => fateOf(isArtificial, from, to) === fate
}

/** Which flows a figure of a table is made of; undefined for figures that no parcel stands behind. */
function flowsOf({ table, row, column }: TablePlace): WantsFlow | undefined {
  const profile = table.endsWith('Fr') ? FR_PROFILE : CN_PROFILE
  if (table.startsWith('balance')) return ofFate(profile, row)
  if (table.startsWith('conditions')) {
    const codes = row.split('+')
    const isOf = (code: string) => codes.some((own) => code.startsWith(own))
    if (column === 'baseM2') return (from) => isOf(from)
    return column === 'planM2' ? (_, to) => isOf(to) : (from, to) => isOf(from) !== isOf(to)
  }
  if (table !== 'transition' && table !== 'transition2') return undefined
  const digits = table === 'transition' ? 2 : 4
  const isWhole = column === undefined || column === 'total'
  return (from, to) => from.slice(0, digits) === row && (isWhole || to.slice(0, digits) === column)
}

function featuresOf(plan: PlanData, place: TablePlace): EvidenceFeature[] {
  const [base, planned] = [plan.layer('landuse_base'), plan.layer('landuse_plan')]
  const wants = flowsOf(place)
  if (!base || !planned || !wants) return []
  return place.column === 'baseM2'
    ? topEvidence(base, flowOfBaseParcels(base, planned, wants), hectares).evidence
    : topEvidence(planned, flowOfPlanParcels(base, planned, wants), hectares).evidence
}
