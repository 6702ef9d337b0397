import { numberAt, type LayerColumns } from '../geo/columns.ts'
import { featureAreas, sumOfAreas } from '../geo/feature-areas.ts'
import { nearest } from '../geo/nearest.ts'
import type { Select } from '../geo/overlay-area.ts'
import { box } from '../geo/sketch.ts'
import type { ResultTable } from '../model/result-table.ts'
import type { Bilingual } from '../text.ts'
import { onlyWhere } from './amounts.ts'
import { landUnder } from './b02-tables.ts'
import { defineIndicator, type PlanData } from './indicator.ts'
import { areaColumn } from './land-transition-tables.ts'
import { draft, measured, missing } from './outcomes.ts'
import { topEvidence } from './top-evidence.ts'
import { wordedField } from './worded-field.ts'
import { areaBasis, hectares, metres } from './words.ts'

const SIDES = {
  reclaim: { zh: '拆旧复垦', en: 'Reclaimed' },
  build: { zh: '建新', en: 'Built' },
  unknown: { zh: '未注明', en: 'Not stated' },
} as const
type Side = keyof typeof SIDES
const SIDE_WORDS = { reclaim: ['reclaim', 'reclaimed', '拆旧', '复垦'], build: ['build', 'built', '建新'], unknown: [] }

/** How much land the swap reclaims for what it builds, and whether it mends the green network. */
export const landSwap = defineIndicator({
  id: 'S08',
  version: 1,
  title: { zh: '增减挂钩与生态修复', en: 'Swap + restoration' },
  unit: 'ratio',
  displayUnit: 'ratio',
  better: 'higher',
  formula: {
    zh: '复垦与建新面积之比＝A(拆旧复垦) ÷ A(建新)；复垦地块位于网络断点：压占规划廊道面，或距廊道线不超过设定距离，或与至少两处绿地相距不超过设定距离（可把它们连起来）。',
    en: 'A(reclaimed) ÷ A(built); a reclaimed plot lies in a gap of the network when it overlaps a planned corridor, comes within reach of a corridor line, or within reach of two green spaces at least (so that it can join them).',
  },
  source: 'Seed article L250 (swap joined with restoration); the definition of a network gap is this project’s own',
  seed: ['S087'],
  needs: ['swap'],
  uses: ['corridor', 'green'],
  overlays: [['swap', 'corridor']],
  parameters: {
    gapReachM: {
      default: 100,
      min: 1,
      max: 2000,
      unit: 'm',
      title: { zh: '断点判定距离', en: 'Reach of a network gap' },
      source: 'N02 lists gaps above 100 m (interpolated)',
    },
    gapShare: {
      default: 0.5,
      min: 0,
      max: 1,
      unit: 'ratio',
      title: { zh: '位于断点的最低占比', en: 'Least share in gaps' },
      source: 'Interpolated by this project',
    },
  },
  detailTitles: {
    reclaimedM2: { zh: '拆旧复垦', en: 'Reclaimed', unit: 'ha' },
    builtM2: { zh: '建新', en: 'Built', unit: 'ha' },
    unknownM2: { zh: '类别未注明（未计入）', en: 'Side not stated (not counted)', unit: 'ha' },
    ratioMet: { zh: '复垦不少于建新', en: 'Reclaimed at least what is built' },
    gapsChecked: { zh: '已核查网络断点', en: 'Gaps of the network checked' },
    inGapsM2: { zh: '位于网络断点的复垦面积', en: 'Reclaimed in gaps of the network', unit: 'ha' },
    inGapsShare: { zh: '占复垦面积', en: 'Share of reclaimed land', unit: 'percent' },
    inGaps: { zh: '复垦主要位于网络断点', en: 'Reclaimed mainly in gaps' },
    rightsShare: { zh: '权属已理清的面积占比', en: 'Share with rights cleared', unit: 'percent' },
    benefitShare: { zh: '有收益分配方案的面积占比', en: 'Share with a benefit plan', unit: 'percent' },
  },
  compute(plan, { gapReachM, gapShare }) {
    const basis = areaBasis(plan.basis)
    const reach = metres(gapReachM)
    const work = draft(
      `增减挂钩台账中拆旧复垦面积除以建新面积；复垦地块压占廊道、距廊道线 ${reach.zh} 以内或 ${reach.zh} 内有至少两处绿地的，视为位于网络断点。${basis.zh}`,
      `Reclaimed land of the swap ledger was divided by what is built; a reclaimed plot that overlaps a corridor, lies within ${reach.en} of a corridor line, or has two green spaces within ${reach.en} counts as lying in a gap. ${basis.en}`,
    )
    const swap = plan.layer('swap')
    if (!swap || sumOfAreas(swap) === 0) {
      const why = {
        zh: '没有增减挂钩地块图层；有无文字安排由审查人判断。',
        en: 'There is no layer of swap plots; whether the text speaks of it is for the reviewer.',
      }
      return missing(work, why, ['swap'])
    }
    const sideOf = sides(swap)
    const is = (side: Side) => (plot: number) => (sideOf(plot) ?? 'unknown') === side
    const [reclaimedM2, builtM2] = [sumOfAreas(swap, is('reclaim')), sumOfAreas(swap, is('build'))]
    const gaps = gapsOf(plan, swap, gapReachM)
    const inGapsM2 = gaps ? sumOfAreas(swap, (plot) => is('reclaim')(plot) && gaps(plot)) : null
    const inGapsShare = inGapsM2 === null || reclaimedM2 === 0 ? null : inGapsM2 / reclaimedM2
    const stated = (field: string) => sumOfAreas(swap, (plot) => numberAt(swap, field, plot) === 1) / sumOfAreas(swap)
    work.details = {
      reclaimedM2,
      builtM2,
      unknownM2: sumOfAreas(swap, is('unknown')),
      ratioMet: reclaimedM2 >= builtM2 * (1 - 1e-9) && reclaimedM2 > 0,
      gapsChecked: gaps !== undefined,
      inGapsM2,
      inGapsShare,
      inGaps: inGapsShare !== null && inGapsShare >= gapShare,
      rightsShare: stated('rights'),
      benefitShare: stated('benefit'),
    }
    work.quality = { distance: 'straight', seenShare: 1 - sumOfAreas(swap, is('unknown')) / sumOfAreas(swap) }
    work.notes.push(REVIEWER, ...(gaps ? [] : [NO_NETWORK]))
    work.tables = [sideTable(swap, gaps), plotTable(swap, gaps)]
    Object.assign(work, topEvidence(swap, amountsOf(swap, is('reclaim')), hectares))
    if (builtM2 === 0) {
      const why = { zh: '台账中没有建新地块，比例无从计算。', en: 'The ledger names no plot that is built: there is no ratio.' }
      return missing(work, why, ['swap'])
    }
    return measured(work, reclaimedM2 / builtM2, 'ratio')
  },
  featuresOf(plan, { gapReachM }, { table, row, column }) {
    const swap = plan.layer('swap')
    if (!swap) return []
    if (table === 'plots')
      return topEvidence(
        swap,
        amountsOf(swap, (plot) => String(swap.fid[plot]) === row),
        hectares,
      ).evidence
    const sideOf = sides(swap)
    const gaps = gapsOf(plan, swap, gapReachM)
    const isCounted: Select = (plot) =>
      column === 'gapM2'
        ? (gaps?.(plot) ?? false)
        : column === 'rightsM2'
          ? numberAt(swap, 'rights', plot) === 1
          : column !== 'benefitM2' || numberAt(swap, 'benefit', plot) === 1
    return topEvidence(
      swap,
      amountsOf(swap, (plot) => (sideOf(plot) ?? 'unknown') === row && isCounted(plot)),
      hectares,
    ).evidence
  },
  examples: [
    {
      title: '3 ha reclaimed for 2 ha built; 2 ha of them inside a corridor',
      layers: {
        swap: [
          { polygon: [box(0, 0, 200, 100)], attributes: { side: 'reclaim', rights: true, benefit: true } },
          { polygon: [box(900, 0, 100, 100)], attributes: { side: '拆旧复垦', rights: true, benefit: false } },
          { polygon: [box(2000, 0, 200, 100)], attributes: { side: '建新区', rights: false, benefit: false } },
        ],
        corridor: [{ polygon: [box(50, -500, 100, 1000)] }],
      },
      answer: 1.5,
      details: {
        reclaimedM2: 30_000,
        builtM2: 20_000,
        ratioMet: true,
        inGapsM2: 20_000,
        inGaps: true,
        rightsShare: 0.6,
        benefitShare: 0.4,
      },
    },
    {
      title: 'a plot between two parks 80 m away each joins them; one park alone makes no gap',
      layers: {
        swap: [
          { polygon: [box(0, 0, 100, 100)], attributes: { side: 'reclaim' } },
          { polygon: [box(1000, 0, 100, 100)], attributes: { side: 'reclaim' } },
          { polygon: [box(5000, 0, 400, 100)], attributes: { side: 'build' } },
        ],
        green: [
          { polygon: [box(-180, 0, 100, 100)] },
          { polygon: [box(180, 0, 100, 100)] },
          { polygon: [box(1150, 0, 100, 100)] },
        ],
      },
      answer: 0.5,
      details: { ratioMet: false, inGapsM2: 10_000, inGapsShare: 0.5, gapsChecked: true },
    },
    {
      title: 'without corridors and parks the ratio is known, the gaps are not',
      layers: {
        swap: [
          { polygon: [box(0, 0, 100, 100)], attributes: { side: 'reclaim' } },
          { polygon: [box(200, 0, 100, 100)], attributes: { side: 'build' } },
        ],
      },
      answer: 1,
      details: { ratioMet: true, gapsChecked: false, inGaps: false, inGapsM2: null },
    },
  ],
})

const REVIEWER: Bilingual = {
  zh: '权属与收益分配按图层所载字段统计，是否成立须由审查人引证；测算最多支持到“位于网络断点”一级。',
  en: 'Rights and benefits are counted as the layer states them; whether they hold is for the reviewer to quote. The figure supports “in gaps of the network” at most.',
}
const NO_NETWORK: Bilingual = {
  zh: '没有生态廊道或绿地图层，未核查复垦地块是否位于网络断点。',
  en: 'There are neither corridors nor green spaces: whether plots lie in gaps was not checked.',
}

const sides = (swap: LayerColumns) => wordedField<Side>(swap, 'side', SIDE_WORDS)
const amountsOf = (swap: LayerColumns, select: Select): Float64Array => onlyWhere(featureAreas(swap), select)

/** Overlap with a corridor below this is only a touch. */
const TOUCH_M2 = 1

/** Which plots lie in a gap of the network; undefined where no network is drawn. */
function gapsOf(plan: PlanData, swap: LayerColumns, reachM: number): Select | undefined {
  const corridors = plan.layers('corridor')
  const areas = corridors.find(({ kind }) => kind === 'polygon')
  const lines = corridors.find(({ kind }) => kind === 'line')
  const green = plan.layer('green')
  if (!areas && !lines && !green) return undefined
  const insideM2 = areas && landUnder(swap, areas)
  const lineDistanceM = lines && nearest(swap, lines, { limitM: reachM }).distanceM
  const greenDistanceM = green && nearest(swap, green, { limitM: reachM, count: 2 }).distanceM
  return (plot) =>
    (insideM2?.[plot] ?? 0) > TOUCH_M2 ||
    (lineDistanceM?.[plot] ?? Infinity) <= reachM ||
    // The second nearest of two.
    (greenDistanceM?.[2 * plot + 1] ?? Infinity) <= reachM
}

function sideTable(swap: LayerColumns, gaps: Select | undefined): ResultTable {
  const sideOf = sides(swap)
  const rows = (Object.keys(SIDES) as Side[]).map((side) => {
    const is = (plot: number) => (sideOf(plot) ?? 'unknown') === side
    const stated = (field: string) => sumOfAreas(swap, (plot) => is(plot) && numberAt(swap, field, plot) === 1)
    const inGaps = gaps && side === 'reclaim' ? sumOfAreas(swap, (plot) => is(plot) && gaps(plot)) : null
    return { key: side, title: SIDES[side], cells: [sumOfAreas(swap, is), inGaps, stated('rights'), stated('benefit')] }
  })
  return {
    id: 'bySide',
    kind: 'classes',
    title: { zh: '台账汇总', en: 'The ledger in sums' },
    rowTitle: { zh: '类别', en: 'Side' },
    columns: [
      areaColumn('areaM2', '面积', 'Area'),
      areaColumn('gapM2', '位于网络断点', 'In gaps of the network'),
      areaColumn('rightsM2', '权属已理清', 'Rights cleared'),
      areaColumn('benefitM2', '有收益分配方案', 'With a benefit plan'),
    ],
    rows,
    closure: { areaM2: { sum: rows.reduce((sum, { cells }) => sum + (cells[0] ?? 0), 0), whole: sumOfAreas(swap) } },
  }
}

const YES_NO: Record<'true' | 'false', Bilingual> = { true: { zh: '是', en: 'yes' }, false: { zh: '否', en: 'no' } }

/** The ledger itself, plot by plot. */
function plotTable(swap: LayerColumns, gaps: Select | undefined): ResultTable {
  const sideOf = sides(swap)
  const areaM2 = featureAreas(swap)
  const said = (field: string, plot: number) => {
    const value = numberAt(swap, field, plot)
    return value === undefined ? null : YES_NO[`${value === 1}`]
  }
  return {
    id: 'plots',
    kind: 'list',
    title: { zh: '增减挂钩台账', en: 'Ledger of swap plots' },
    rowTitle: { zh: '地块', en: 'Plot' },
    columns: [
      { key: 'side', title: { zh: '类别', en: 'Side' }, unit: null },
      areaColumn('areaM2', '面积', 'Area'),
      { key: 'gap', title: { zh: '位于网络断点', en: 'In a gap' }, unit: null },
      { key: 'rights', title: { zh: '权属已理清', en: 'Rights cleared' }, unit: null },
      { key: 'benefit', title: { zh: '收益分配方案', en: 'Benefit plan' }, unit: null },
    ],
    rows: Array.from(swap.fid, (fid, plot) => {
      const side = sideOf(plot) ?? 'unknown'
      const gap = gaps && side === 'reclaim' ? YES_NO[`${gaps(plot)}`] : null
      const title = { zh: `地块 ${fid}`, en: `plot ${fid}` }
      const cells = [SIDES[side], areaM2[plot] ?? 0, gap, said('rights', plot), said('benefit', plot)]
      return { key: String(fid), title, cells, place: { layer: 'swap' as const, fid } }
    }),
  }
}
