import type { LayerColumns } from '../geo/columns.ts'
import { box } from '../geo/sketch.ts'
import type { ResultTable } from '../model/result-table.ts'
import type { Bilingual } from '../text.ts'
import { defineIndicator } from './indicator.ts'
import { jobsByUnit, peopleByUnit, type AmountsByUnit } from './jobs-and-homes.ts'
import { draft, measured, missing } from './outcomes.ts'
import { unitOfRow, unitsAt, unitTable, type AdminUnit } from './per-unit.ts'
import { LEVEL_WORDS } from './study-area.ts'
import { topEvidence } from './top-evidence.ts'

/** Levels that can be balanced in themselves, the wanted one first. */
const LEVELS = ['cluster', 'district', 'unit'] as const

/** Share of the clusters whose jobs and employed residents match. */
export const jobHousingBalance = defineIndicator({
  id: 'F04',
  version: 1,
  title: { zh: '职住平衡', en: 'Job–housing balance' },
  unit: 'ratio',
  displayUnit: 'percent',
  better: 'higher',
  formula: {
    zh: '职住比在平衡区间内的组团数 ÷ 组团数；职住比＝岗位数 ÷（人口 × 就业人口比例）。',
    en: 'Clusters whose ratio lies in the band ÷ clusters; ratio = jobs ÷ (people × share of employed).',
  },
  source: 'Seed article L202; band 0.8–1.2 from the literature (unverified); 城乡职住用地比例 is a 城市体检 indicator',
  seed: ['S065'],
  needs: ['jobs', 'population', 'admin'],
  uses: ['landuse_plan'],
  parameters: {
    balanceLow: {
      default: 0.8,
      min: 0,
      max: 1,
      unit: 'ratio',
      title: { zh: '平衡区间下限', en: 'Lower end of the band' },
      source: 'Literature (unverified)',
    },
    balanceHigh: {
      default: 1.2,
      min: 1,
      max: 5,
      unit: 'ratio',
      title: { zh: '平衡区间上限', en: 'Upper end of the band' },
      source: 'Literature (unverified)',
    },
    employedShare: {
      default: 50,
      min: 10,
      max: 100,
      unit: 'percent',
      title: { zh: '就业人口占常住人口比例', en: 'Employed people among residents' },
      source: 'Our default (interpolated); to be replaced by the city’s census',
    },
  },
  overlays: [
    ['landuse_plan', 'admin'],
    ['population', 'admin'],
    ['jobs', 'admin'],
  ],
  detailTitles: {
    clusters: { zh: '参评组团', en: 'Clusters judged', unit: 'count' },
    level: { zh: '统计层级', en: 'Level', words: LEVEL_WORDS },
    balanced: { zh: '平衡的组团', en: 'Balanced clusters', unit: 'count' },
    fewJobs: { zh: '岗位不足的组团', en: 'Clusters short of jobs', unit: 'count' },
    fewHomes: { zh: '居住不足的组团', en: 'Clusters short of homes', unit: 'count' },
    jobs: { zh: '岗位总数', en: 'All jobs', unit: 'count' },
    persons: { zh: '人口总数', en: 'All people', unit: 'persons' },
    ratio: { zh: '全域职住比', en: 'Ratio of the whole plan', unit: 'ratio' },
  },
  compute(plan, { balanceLow, balanceHigh, employedShare }) {
    const admin = plan.layer('admin')
    const level = admin && LEVELS.find((each) => unitsAt(admin, each).length > 0)
    const word = level ? LEVEL_WORDS[level] : LEVEL_WORDS.cluster
    const work = draft(
      `按${word.zh}统计岗位数与就业人口（人口 × ${employedShare}），职住比在 ${balanceLow}–${balanceHigh} 之间的${word.zh}数占比；点整点计入，面按面积比例分摊。`,
      `By ${word.en}: jobs divided by employed residents (people × ${employedShare}); share of those with a ratio of ${balanceLow}–${balanceHigh}. Points whole, areas by area share.`,
    )
    if (!admin || !level) return missing(work, NO_UNITS, ['admin'])
    const [jobs, people] = [jobsByUnit(plan, admin), peopleByUnit(plan, admin)]
    if (!jobs || !people) return missing(work, NO_COUNTS, [...(jobs ? [] : ['jobs']), ...(people ? [] : ['population'])])
    const all = unitsAt(admin, level).map((unit): Balance => {
      const [has, lives] = [jobs.amounts[unit.feature] ?? 0, (people.amounts[unit.feature] ?? 0) * employedShare]
      return { unit, jobs: has, employed: lives, ratio: has + lives > 0 ? has / lives : null, verdict: null }
    })
    for (const balance of all) balance.verdict = verdictOf(balance, balanceLow, balanceHigh)
    const judged = all.filter(({ verdict }) => verdict !== null)
    const counted = (verdict: Verdict) => judged.filter((balance) => balance.verdict === verdict).length
    work.details = {
      clusters: judged.length,
      level,
      balanced: counted('balanced'),
      fewJobs: counted('fewJobs'),
      fewHomes: counted('fewHomes'),
      jobs: jobs.total,
      persons: people.total,
      ratio: jobs.total / (people.total * employedShare),
    }
    if (judged.length < all.length) work.notes.push(EMPTY)
    const proxies = [...jobs.proxies, ...people.proxies]
    work.notes.push(...proxies.map(({ zh, en }) => ({ zh: `代理指标：${zh}。`, en: `Proxy: ${en}.` })))
    const result = {
      ...work,
      ...unbalanced(admin, all),
      tables: [balanceTable(admin, level, all, jobs, people)],
      quality: { proxies, seenShare: Math.min(jobs.seenShare, people.seenShare) },
    }
    if (judged.length === 0) return missing(result, NOBODY, ['jobs', 'population'])
    return measured(result, counted('balanced') / judged.length, 'ratio')
  },
  featuresOf(plan, _, { row, column }) {
    const admin = plan.layer('admin')
    const unit = admin && unitOfRow(admin, row)
    if (!unit) return []
    return (column === 'jobs' ? jobsByUnit(plan, admin) : peopleByUnit(plan, admin))?.inUnit(unit.feature) ?? []
  },
  examples: [
    {
      title: 'three clusters of 2,000 people: 1,000 jobs (ratio 1), 300 jobs (0.3) and 1,250 jobs (1.25)',
      layers: {
        admin: [0, 1, 2].map((at) => ({ polygon: [box(1000 * at, 0, 1000, 1000)], attributes: { level: '组团' } })),
        population: [0, 1, 2].map((at) => ({ point: [1000 * at + 500, 500] as [number, number], attributes: { persons: 2000 } })),
        jobs: [1000, 300, 1250].map((jobs, at) => ({
          point: [1000 * at + 400, 500] as [number, number],
          attributes: { jobs },
        })),
      },
      answer: 0.3333333333,
      details: { clusters: 3, balanced: 1, fewJobs: 1, fewHomes: 1, ratio: 0.85 },
    },
    {
      title: 'areas are shared out by area: half of 4,000 people live in each cluster; the empty one is not judged',
      layers: {
        admin: [0, 1, 5].map((at) => ({ polygon: [box(1000 * at, 0, 1000, 1000)], attributes: { level: 'cluster' } })),
        population: [{ polygon: [box(500, 0, 1000, 1000)], attributes: { persons: 4000 } }],
        jobs: [{ polygon: [box(900, 0, 200, 1000)], attributes: { jobs: 2000 } }],
      },
      answer: 1,
      details: { clusters: 2, balanced: 2 },
    },
    {
      title:
        'without jobs their land stands for them: 1 ha of industry has 70; floor area where the ratio is known: 500 of offices',
      layers: {
        admin: [0, 1].map((at) => ({ polygon: [box(1000 * at, 0, 1000, 1000)], attributes: { level: 'district' } })),
        population: [
          { point: [10, 10], attributes: { persons: 140 } },
          { point: [1010, 10], attributes: { persons: 500 } },
        ],
        landuse_plan: [
          { polygon: [box(0, 0, 100, 100)], attributes: { class: '1001', far: null } },
          { polygon: [box(1000, 0, 50, 100)], attributes: { class: '0902', far: 2.5 } },
        ],
      },
      answer: 0.5,
      details: { jobs: 570, level: 'district', balanced: 1, fewHomes: 1 },
    },
    {
      title: 'without units there is nothing to balance',
      layers: { jobs: [{ point: [0, 0], attributes: { jobs: 5 } }] },
      answer: 'missing',
    },
  ],
})

const NO_UNITS: Bilingual = {
  zh: '行政区图层没有组团、区县或单元，无法按组团判定。',
  en: 'The admin layer holds no clusters, districts or units, so nothing can be judged by cluster.',
}
const NO_COUNTS: Bilingual = {
  zh: '没有岗位或人口数据，规划用地也不足以代替。',
  en: 'There are no data of jobs or of people, and planned land use cannot stand for them.',
}
const NOBODY: Bilingual = { zh: '各组团内既无岗位也无人口。', en: 'No cluster holds jobs or people.' }
const EMPTY: Bilingual = {
  zh: '既无岗位也无人口的单元未参评。',
  en: 'Units without jobs and people were not judged.',
}

type Verdict = 'balanced' | 'fewJobs' | 'fewHomes'

interface Balance {
  unit: AdminUnit
  jobs: number
  employed: number
  /** Infinite where there are jobs and nobody lives; null where there is nothing. */
  ratio: number | null
  verdict: Verdict | null
}

const VERDICTS: Record<Verdict, Bilingual> = {
  balanced: { zh: '平衡', en: 'balanced' },
  fewJobs: { zh: '岗位不足', en: 'short of jobs' },
  fewHomes: { zh: '居住不足', en: 'short of homes' },
}

/** A hair of rounding does not push a ratio over the edge of the band. */
function verdictOf({ ratio }: Balance, low: number, high: number): Verdict | null {
  if (ratio === null) return null
  if (ratio < low * (1 - 1e-9)) return 'fewJobs'
  return ratio > high * (1 + 1e-9) ? 'fewHomes' : 'balanced'
}

/** Units outside the band, the largest surplus of people or jobs first. */
function unbalanced(admin: LayerColumns, all: readonly Balance[]) {
  const byUnit = new Map(all.map((balance) => [balance.unit.feature, balance]))
  const gaps = Float64Array.from({ length: admin.count }, (_, unit) => {
    const found = byUnit.get(unit)
    return !found || found.verdict === null || found.verdict === 'balanced' ? 0 : Math.abs(found.jobs - found.employed)
  })
  return topEvidence(admin, gaps, (_, unit) => {
    const { unit: named, ratio, verdict } = byUnit.get(unit) ?? { unit: undefined, ratio: null, verdict: null }
    const shown = ratio === null || !Number.isFinite(ratio) ? '—' : ratio.toFixed(2)
    const said = VERDICTS[verdict ?? 'balanced']
    return {
      zh: `${named?.title.zh ?? ''} 职住比 ${shown}，${said.zh}`,
      en: `${named?.title.en ?? ''} ratio ${shown}, ${said.en}`,
    }
  })
}

function balanceTable(
  admin: LayerColumns,
  level: (typeof LEVELS)[number],
  all: readonly Balance[],
  jobs: AmountsByUnit,
  people: AmountsByUnit,
): ResultTable {
  const byUnit = new Map(all.map((balance) => [balance.unit.feature, balance]))
  const word = LEVEL_WORDS[level]
  const sumOf = (amounts: Float64Array) => all.reduce((sum, { unit }) => sum + (amounts[unit.feature] ?? 0), 0)
  const closure = (from: AmountsByUnit) => {
    const sum = sumOf(from.amounts)
    return Math.abs(sum - from.total) > 1e-6 * from.total
      ? { sum, whole: from.total, remark: OUTSIDE }
      : { sum, whole: from.total }
  }
  const head = {
    id: 'balance',
    title: { zh: `各${word.zh}职住比`, en: `Jobs and homes by ${word.en}` },
    columns: [
      { key: 'ratio', title: { zh: '职住比', en: 'Ratio' }, unit: 'ratio' as const },
      { key: 'jobs', title: { zh: '岗位', en: 'Jobs' }, unit: 'count' as const },
      { key: 'persons', title: { zh: '人口', en: 'People' }, unit: 'persons' as const },
      { key: 'employed', title: { zh: '就业人口', en: 'Employed residents' }, unit: 'persons' as const },
      { key: 'verdict', title: { zh: '判定', en: 'Result' }, unit: null },
    ],
    closure: { jobs: closure(jobs), persons: closure(people) },
  }
  return unitTable(admin, level, head, ({ feature }) => {
    const { ratio = null, employed = 0, verdict = null } = byUnit.get(feature) ?? {}
    const shown = ratio !== null && Number.isFinite(ratio) ? ratio : null
    return [shown, jobs.amounts[feature] ?? 0, people.amounts[feature] ?? 0, employed, verdict && VERDICTS[verdict]]
  })
}

const OUTSIDE: Bilingual = {
  zh: '差额在各单元之外（或单元互相重叠）。',
  en: 'The difference lies outside of these units (or they overlap).',
}
