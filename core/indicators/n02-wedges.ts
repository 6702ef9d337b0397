import { featureAreas } from '../geo/feature-areas.ts'
import { box } from '../geo/sketch.ts'
import type { EvidenceFeature } from '../model/measurement.ts'
import type { Bilingual } from '../text.ts'
import { unclassedNote } from './by-class.ts'
import { corridorKey } from './corridor-axes.ts'
import { defineIndicator, type PlanData } from './indicator.ts'
import { gapTable, wedgeTable } from './n02-tables.ts'
import { draft, largestFirst, measured, missing } from './outcomes.ts'
import { causeOf, GAP_RULE, wedgeContinuity, type GapRule, type WedgeContinuity, type WedgeGap } from './wedge-gaps.ts'
import { fromRingToCore, wedgeReach } from './wedge-reach.ts'
import { hectares, metres } from './words.ts'

/** Share of the axes of green wedges that runs over open ground wide enough, and what breaks the rest. */
export const wedgesContinuous = defineIndicator({
  id: 'N02',
  version: 1,
  title: { zh: '绿楔贯通', en: 'Wedges continuous to the core' },
  unit: 'ratio',
  displayUnit: 'percent',
  better: 'higher',
  formula: {
    zh: '绿楔轴线上开敞空间横向宽度不小于 w_min 的长度 ÷ 轴线总长；列出大于设定长度的断点及其用地。',
    en: 'Length of wedge axes where open ground is at least w_min wide across ÷ length of the axes; gaps above a given length are listed with the land that breaks them.',
  },
  source:
    'Seed article L86 (continuous belts and wedges of Paris); 60 m and 100 m: interpolated; width along an axis: domain §4.6',
  seed: ['S020', 'S027'],
  isSlow: true,
  needs: ['corridor', 'landuse_plan'],
  uses: ['green', 'centre'],
  parameters: {
    wedgeWidthM: {
      default: GAP_RULE.minimumWidthM,
      min: 5,
      max: 2000,
      unit: 'm',
      title: { zh: '绿楔最小宽度', en: 'Least width of a wedge' },
      source: 'Domain rule N02 (interpolated)',
    },
    listedGapM: {
      default: GAP_RULE.shortestGapM,
      min: 10,
      max: 5000,
      unit: 'm',
      title: { zh: '列出的断点长度', en: 'Gaps listed above' },
      source: 'Domain rule N02 (interpolated)',
    },
    axisStepM: {
      default: GAP_RULE.stepM,
      min: 1,
      max: 200,
      unit: 'm',
      title: { zh: '轴线采样间距', en: 'Step along the axis' },
      source: 'Domain §4.6 samples every 50 m; finer here so that streets are seen',
    },
    coreReachM: {
      default: 1000,
      min: 50,
      max: 20_000,
      unit: 'm',
      title: { zh: '计为到达核心的距离', en: 'Distance from the main centre that counts as reaching the core' },
      source: 'As near a centre in F02 (1 km, interpolated)',
    },
  },
  detailTitles: {
    wedges: { zh: '绿楔', en: 'Wedges', unit: 'count' },
    axisM: { zh: '轴线总长', en: 'Length of axes', unit: 'km' },
    continuousM: { zh: '贯通长度', en: 'Continuous length', unit: 'km' },
    greenOnlyM: { zh: '其中不计耕地、园地等农用地的贯通长度', en: 'Continuous without fields and orchards', unit: 'km' },
    gaps: { zh: '断点', en: 'Gaps', unit: 'count' },
    longestGapM: { zh: '最长断点', en: 'Longest gap', unit: 'm' },
    fromRingToCore: { zh: '自环城绿带贯通至核心的绿楔', en: 'Wedges unbroken from ring to core', unit: 'count' },
    brokenWedges: { zh: '有断点的绿楔', en: 'Wedges with gaps', unit: 'count' },
  },
  compute(plan, parameters) {
    const rule = ruleOf(parameters)
    const [width, listed] = [metres(rule.minimumWidthM), metres(rule.shortestGapM)]
    const work = draft(
      `沿每条绿楔的中轴每 ${rule.stepM} m 取一处，量取规划绿地、水域和耕园林草等开敞用地（含绿地图层）的横向宽度；宽度不小于 ${width.zh} 的长度除以轴线总长。大于 ${listed.zh} 的间断列为断点。`,
      `Along the middle of every wedge, each ${rule.stepM} m, the width across of planned green, water, fields, orchards, woods and grass (and of the green layer) was measured; the length with at least ${width.en} was divided by the length of the axes. Breaks above ${listed.en} are listed as gaps.`,
    )
    if (!plan.layer('landuse_plan') && plan.layers('green').length === 0) {
      return missing(work, NO_GROUND, ['landuse_plan', 'green'])
    }
    const wedges = wedgeContinuity(plan, rule).filter(({ lengthM }) => lengthM > 0)
    if (wedges.length === 0) return missing(work, NO_WEDGES, ['corridor'])
    const parcels = plan.layer('landuse_plan')
    if (parcels) work.notes.push(...unclassedNote(parcels, '规划用地', 'planned land use'))
    const total = (of: (one: WedgeContinuity) => number) => wedges.reduce((sum, one) => sum + of(one), 0)
    const gaps = wedges.flatMap((one) => one.gaps)
    const [axisM, continuousM, greenOnlyM] = [
      total((one) => one.lengthM),
      total((one) => one.continuousM),
      total((one) => one.greenOnlyM),
    ]
    work.details = {
      wedges: wedges.length,
      axisM,
      continuousM,
      greenOnlyM,
      gaps: gaps.length,
      longestGapM: gaps.reduce((most, { gap }) => Math.max(most, gap.lengthM), 0),
      brokenWedges: wedges.filter((one) => one.gaps.length > 0).length,
    }
    const reach = wedgeReach(plan, wedges)
    if (reach.every(({ toRingM, toCentreM }) => toRingM !== null && toCentreM !== null)) {
      const whole = fromRingToCore(wedges, reach, { ringGapM: rule.shortestGapM, coreReachM: parameters.coreReachM })
      work.details = { ...work.details, fromRingToCore: whole.whole }
      work.notes.push(wholeNote(whole, metres(parameters.coreReachM)))
    }
    work.tables = [wedgeTable(wedges, reach), gapTable(plan, gaps)]
    work.evidence = gapEvidence(plan, gaps)
    if (greenOnlyM < continuousM) {
      work.quality = { range: { low: greenOnlyM / axisM, high: continuousM / axisM, why: FIELDS_TOO } }
    }
    return measured(work, continuousM / axisM, 'ratio')
  },
  featuresOf(plan, parameters, { table, row }) {
    const gaps = wedgeContinuity(plan, ruleOf(parameters)).flatMap((one) => one.gaps)
    if (table === 'gaps')
      return gapEvidence(
        plan,
        [gaps[Number(row) - 1]].flatMap((gap) => gap ?? []),
      )
    return gapEvidence(
      plan,
      gaps.filter(({ axis }) => corridorKey(axis) === row),
    )
  },
  examples: [
    {
      title: 'a wedge 2,000 m long, cut by 400 m of warehouses; a street 20 m wide is too short to be listed',
      layers: {
        corridor: [
          {
            line: [
              [0, 0],
              [2000, 0],
            ],
            attributes: { name: '西楔', form: 'wedge' },
          },
        ],
        landuse_plan: [
          { polygon: [box(0, -100, 600, 200)], attributes: { class: '1401' } },
          { polygon: [box(600, -100, 400, 200)], attributes: { class: '1101' } },
          { polygon: [box(1000, -100, 500, 200)], attributes: { class: '0301' } },
          { polygon: [box(1500, -100, 20, 200)], attributes: { class: '1207' } },
          { polygon: [box(1520, -100, 480, 200)], attributes: { class: '0101' } },
        ],
      },
      answer: 0.79,
      details: { wedges: 1, axisM: 2000, continuousM: 1580, greenOnlyM: 1100, gaps: 1, longestGapM: 400, brokenWedges: 1 },
    },
    {
      title: 'a strip of 40 m is too narrow, unless less is asked for; rings do not count',
      layers: {
        corridor: [
          {
            line: [
              [0, 0],
              [1000, 0],
            ],
            attributes: { form: '绿楔' },
          },
          {
            line: [
              [0, 5000],
              [1000, 5000],
            ],
            attributes: { form: 'ring' },
          },
        ],
        landuse_plan: [
          { polygon: [box(0, -20, 1000, 40)], attributes: { class: '1401' } },
          { polygon: [box(0, 20, 500, 100)], attributes: { class: '1402' } },
        ],
      },
      answer: 0.5,
      details: { gaps: 1, longestGapM: 500 },
    },
    {
      title: 'two wedges begin at the ring; one comes within 1 km of the main centre, the other ends 2 km before it',
      layers: {
        corridor: [
          { line: [[500, 0], [3000, 0]], attributes: { name: '东楔', form: 'wedge' } }, // prettier-ignore
          { line: [[0, 2000], [0, 3000]], attributes: { name: '北楔', form: 'wedge' } }, // prettier-ignore
          { line: [[3000, -500], [3000, 3000], [0, 3000]], attributes: { form: 'ring' } }, // prettier-ignore
        ],
        landuse_plan: [
          { polygon: [box(-100, 1900, 200, 1200)], attributes: { class: '0301' } },
          { polygon: [box(400, -100, 2700, 200)], attributes: { class: '0301' } },
        ],
        centre: [{ point: [0, 0], attributes: { rank: 1 } }, { point: [0, 1900], attributes: { rank: 2 } }], // prettier-ignore
      },
      answer: 1,
      details: { wedges: 2, gaps: 0, fromRingToCore: 1 },
    },
    {
      title: 'corridors without wedges',
      layers: {
        corridor: [{ polygon: [box(0, 0, 1000, 100)], attributes: { form: 'ring' } }],
        landuse_plan: [{ polygon: [box(0, 0, 1000, 100)], attributes: { class: '1401' } }],
      },
      answer: 'missing',
    },
  ],
})

const NO_GROUND: Bilingual = {
  zh: '没有规划用地或绿地图层，无法判断绿楔是否贯通。',
  en: 'There is neither planned land use nor a green layer to tell whether wedges are continuous.',
}
const NO_WEDGES: Bilingual = {
  zh: '没有形态为“绿楔”的廊道。',
  en: 'There is no corridor whose form is a wedge.',
}
const FIELDS_TOO: Bilingual = {
  zh: '低值不计耕地、园地等农用地，高值计入。',
  en: 'The low value leaves out fields and orchards, the high one counts them.',
}

const wholeNote = ({ names, whole }: { names: number; whole: number }, reach: Bilingual): Bilingual => ({
  zh: `${names} 条绿楔中有 ${whole} 条自环城绿带无断点地到达主中心 ${reach.zh} 以内。`,
  en: `${whole} of ${names} wedges run without a gap from the ring to within ${reach.en} of the main centre.`,
})

const ruleOf = ({
  wedgeWidthM,
  listedGapM,
  axisStepM,
}: Readonly<Record<'wedgeWidthM' | 'listedGapM' | 'axisStepM', number>>): GapRule => ({
  minimumWidthM: wedgeWidthM,
  shortestGapM: listedGapM,
  stepM: axisStepM,
})

/** Parcels across the gaps that are no open ground, the largest first. */
function gapEvidence(plan: PlanData, gaps: readonly WedgeGap[]): EvidenceFeature[] {
  const parcels = plan.layer('landuse_plan')
  if (!parcels) return []
  const gapOf = new Map<number, WedgeGap>()
  for (const gap of gaps) for (const parcel of gap.parcels) if (!gapOf.has(parcel)) gapOf.set(parcel, gap)
  const areaM2 = featureAreas(parcels)
  return largestFirst(
    [...gapOf].map(([parcel, { axis, gap, causes }]) => {
      const value = areaM2[parcel] ?? 0
      const [size, length, cause] = [hectares(value), metres(gap.lengthM), causeOf(causes)]
      const note = {
        zh: `${axis.title.zh}断点（${length.zh}，${cause.zh}）：${size.zh}`,
        en: `gap of ${axis.title.en} (${length.en}, ${cause.en}): ${size.en}`,
      }
      return { layer: 'landuse_plan', fid: parcels.fid[parcel] ?? 0, value, note }
    }),
  )
}
