import { numberAt, textAt, type LayerColumns } from '../geo/columns.ts'
import { shapeCount } from '../geo/edited.ts'
import { areasWithin } from '../geo/overlay-area.ts'
import type { TablePlace } from '../model/result-table.ts'
import { CRITERIA, OPPORTUNITY } from '../opportunity/criteria.ts'
import type { FoundAreas } from '../opportunity/find-areas.ts'
import type { Bilingual } from '../text.ts'
import { OPPORTUNITY_EXAMPLES } from './f01-examples.ts'
import { areaTitle, areasOfPlan, type AreaParameters, type AreasOfPlan, type SubmittedArea } from './f01-areas.ts'
import { criteriaTable, proposedTable, submittedTable, VERDICTS } from './f01-tables.ts'
import { defineIndicator, type ParameterInfo, type PlanData } from './indicator.ts'
import { draft, measured, missing } from './outcomes.ts'
import { topEvidence } from './top-evidence.ts'
import { hectares } from './words.ts'

const OWN_CHOICE = 'Our default (interpolated); see opportunity-criteria.json'

const weight = (at: number): ParameterInfo => {
  const { zh = '', en = '', weight: value = 1 } = CRITERIA[at] ?? {}
  return {
    default: value,
    min: 0,
    max: 100,
    unit: 'index',
    title: { zh: `权重：${zh}`, en: `Weight: ${en}` },
    source: OWN_CHOICE,
  }
}

/** What data can show of how opportunity areas were chosen: submitted areas and what the rule would have found, side by side. */
export const opportunityAreas = defineIndicator({
  id: 'F01',
  version: 2,
  title: { zh: '潜力地区识别（可测部分）', en: 'Opportunity areas identified (measurable part)' },
  unit: 'level',
  displayUnit: 'level',
  better: 'higher',
  formula: {
    zh: '方格（或存量地块）多准则评价：得分 = Σ 权重 × 准则值（或 TOPSIS），排除管控线、保护地、高灾害风险区与水域，得分达到门槛且相连（8 邻域）的方格成为建议地区；申报地区用同一准则评分。级别：有图形为 2，三项原则可量化且大部分申报面积符合准则为 3；容量、时序、主体（4 级）由审查人核定。',
    en: 'Several criteria over square cells (or parcels of stock land): score = Σ weight × figure (or TOPSIS); control lines, reserves, zones of high hazard and water are out; cells at or above the cut that touch (8 neighbours) are proposed areas; submitted areas are scored by the same rule. Step 2 when areas are drawn, 3 when all three principles can be quantified and most submitted ground meets the rule; capacity, phase and actor (step 4) are for the reviewer.',
  },
  source:
    'Seed article L189 (London Plan 2021: stock land concentrated, near centres, near main transport); AHP: Saaty 1980; TOPSIS: Hwang & Yoon 1981',
  seed: ['S060', 'S088'],
  isSlow: true,
  needs: ['opportunity_area'],
  uses: [
    'stock',
    'centre',
    'rail_station',
    'road_network',
    'green',
    'landuse_base',
    'pbf',
    'eco_redline',
    'protected',
    'water',
    'corridor',
    'hazard',
    'landuse_plan',
  ],
  overlays: [
    ['opportunity_area', 'pbf'],
    ['opportunity_area', 'eco_redline'],
    ['opportunity_area', 'protected'],
    ['opportunity_area', 'corridor'],
  ],
  parameters: {
    unitOfAnalysis: {
      default: 0,
      min: 0,
      max: 1,
      unit: 'index',
      title: { zh: '评价单元（0 方格，1 存量地块）', en: 'Units that are scored (0 cells, 1 stock parcels)' },
      source: OWN_CHOICE,
    },
    opportunityCellM: {
      default: 100,
      min: 25,
      max: 1000,
      unit: 'm',
      title: { zh: '方格边长', en: 'Side of a cell' },
      source: OWN_CHOICE,
    },
    weighting: {
      default: 0,
      min: 0,
      max: 2,
      unit: 'index',
      title: { zh: '权重来源（0 直接给定，1 层次分析法，2 等权）', en: 'Weights (0 as given, 1 by AHP, 2 equal)' },
      source: OWN_CHOICE,
    },
    ranking: {
      default: 0,
      min: 0,
      max: 1,
      unit: 'index',
      title: { zh: '排序方法（0 加权求和，1 TOPSIS）', en: 'Ranking (0 weighted sum, 1 TOPSIS)' },
      source: OWN_CHOICE,
    },
    opportunityCut: {
      default: 0.5,
      min: 0,
      max: 1,
      unit: 'index',
      title: { zh: '得分门槛', en: 'Cut of the score' },
      source: OWN_CHOICE,
    },
    leastStockShare: {
      default: 25,
      min: 1,
      max: 100,
      unit: 'percent',
      title: { zh: '方格内最低存量占比', en: 'Least stock land in a cell' },
      source: OWN_CHOICE,
    },
    leastAreaHa: {
      default: OPPORTUNITY.leastAreaHa.value,
      min: 0,
      max: 1000,
      unit: 'ha',
      title: { zh: '地区最小面积', en: 'Least area' },
      source: 'Domain rule 4.11 (10 hm², interpolated)',
    },
    weightChange: {
      default: 20,
      min: 0,
      max: 100,
      unit: 'percent',
      title: { zh: '敏感性：权重变动幅度', en: 'Sensitivity: change of weights' },
      source: 'Domain rule 4.11',
    },
    coveredShare: {
      default: 25,
      min: 1,
      max: 100,
      unit: 'percent',
      title: { zh: '建议地区视为已申报的覆盖率', en: 'Cover from which a proposed area counts as submitted' },
      source: OWN_CHOICE,
    },
    passShare: {
      default: 80,
      min: 0,
      max: 100,
      unit: 'percent',
      title: { zh: '符合准则的申报面积占比（3 级）', en: 'Submitted ground that must meet the rule (step 3)' },
      source: OWN_CHOICE,
    },
    weightStock: weight(0),
    weightCentre: weight(1),
    weightRail: weight(2),
    weightRoad: weight(3),
    weightInefficiency: weight(4),
    weightGreen: weight(5),
    weightTenure: weight(6),
    weightHazard: weight(7),
  },
  detailTitles: {
    submittedAreas: { zh: '申报机遇地区', en: 'Submitted areas', unit: 'count' },
    meetingRule: { zh: '其中符合准则', en: 'Of them meeting the rule', unit: 'count' },
    touchingLines: { zh: '其中触及管控线或保护地', en: 'Of them touching a control line or reserve', unit: 'count' },
    inHazard: { zh: '其中位于高灾害风险区', en: 'Of them in zones of high hazard', unit: 'count' },
    onGaps: { zh: '其中压在廊道断点上', en: 'Of them on gaps of corridors', unit: 'count' },
    onCorridors: { zh: '其中压占生态廊道', en: 'Of them on green corridors', unit: 'count' },
    passingShare: { zh: '符合准则的申报面积占比', en: 'Submitted ground that meets the rule', unit: 'percent' },
    principles: { zh: '可量化的原则（共 3 项）', en: 'Principles that can be quantified (of 3)', unit: 'count' },
    withCapacity: { zh: '申报了容量', en: 'With homes or jobs stated', unit: 'count' },
    withPhase: { zh: '申报了时序', en: 'With a phase stated', unit: 'count' },
    proposedAreas: { zh: '按准则识别的建议地区', en: 'Areas that the rule finds', unit: 'count' },
    missedAreas: { zh: '其中未申报', en: 'Of them not submitted', unit: 'count' },
    step: { zh: '数据可支持的级别', en: 'Step that data can show', unit: 'level' },
  },
  compute(plan, parameters) {
    const cut = parameters.opportunityCut.toFixed(2)
    const units =
      parameters.unitOfAnalysis >= 0.5
        ? { zh: '以存量地块为单元', en: 'Parcels of stock land were' }
        : { zh: `以 ${parameters.opportunityCellM} m 方格`, en: `Cells of ${parameters.opportunityCellM} m were` }
    const work = draft(
      `${units.zh}按存量集中、临近中心、临近交通等准则评分（门槛 ${cut}），识别建议地区，并以同一准则评价申报地区；距离为直线距离，容量按默认密度估算。`,
      `${units.en} scored by stock concentration, nearness to centres and transport and further criteria (cut ${cut}); areas found this way stand beside the submitted ones, scored by the same rule. Distances are straight lines, capacity is estimated by default densities.`,
    )
    const result = areasOfPlan(plan, parameters)
    const { found, areas, submitted } = result
    if (found) work.notes.push(...ruleNotes(found, parameters))
    work.tables = tablesOf(result, parameters.coveredShare)
    work.quality = { distance: 'straight', ...(found ? { proxies: [CAPACITY_PROXY] } : {}) }
    if (!areas || shapeCount(areas) === 0) {
      return missing(work, NOT_SUBMITTED, ['opportunity_area'])
    }
    const stated = (select: (feature: number) => boolean) => submitted.filter(({ feature }) => select(feature)).length
    const passing = submitted.filter(({ verdict }) => verdict === 'passes')
    const areaOf = (list: readonly SubmittedArea[]) => list.reduce((sum, { areaM2 }) => sum + areaM2, 0)
    const passingShare = areaOf(submitted) > 0 ? areaOf(passing) / areaOf(submitted) : 0
    const principles = principlesOf(found)
    const step = principles === 3 && passingShare >= parameters.passShare ? 3 : 2
    work.details = {
      submittedAreas: submitted.length,
      meetingRule: passing.length,
      touchingLines: submitted.filter(({ keepOffM2 }) => keepOffM2 > 1).length,
      inHazard: submitted.filter(({ hazardM2 }) => hazardM2 > 1).length,
      onGaps: submitted.filter(({ gaps }) => gaps.length > 0).length,
      onCorridors: submitted.filter(({ corridorM2 }) => corridorM2 > 1).length,
      passingShare,
      principles,
      withCapacity: stated((at) => (numberAt(areas, 'homes', at) ?? 0) > 0 || (numberAt(areas, 'jobs', at) ?? 0) > 0),
      withPhase: stated((at) => textAt(areas, 'phase', at) !== undefined),
      proposedAreas: found?.proposed.length ?? 0,
      missedAreas: result.coveredShare.filter((share) => share < parameters.coveredShare).length,
      step,
    }
    work.notes.push(FOR_REVIEWER)
    return measured({ ...work, ...failing(areas, submitted) }, step, 'level')
  },
  featuresOf: (plan, parameters, place) => featuresBehind(plan, parameters, place),
  examples: OPPORTUNITY_EXAMPLES,
})

const NOT_SUBMITTED: Bilingual = {
  zh: '没有机遇（潜力）地区图层；下表为按准则识别的建议地区，仅供参考。',
  en: 'There is no layer of opportunity areas; what the rule finds is listed as a proposal only.',
}
const FOR_REVIEWER: Bilingual = {
  zh: '实施主体以及容量、时序是否落实（4 级），须由审查人从文本核定。',
  en: 'Who acts, and whether capacity and phase are settled (step 4), is for the reviewer to find in the text.',
}
const CAPACITY_PROXY: Bilingual = {
  zh: '住房与岗位容量按默认容积率和人均建筑面积估算。',
  en: 'Homes and jobs are estimated by default floor area ratios and floor per home and job.',
}

/** How many of the three principles the plan's layers can show. */
function principlesOf(found: FoundAreas | undefined): number {
  const shown = CRITERIA.filter(({ id }) => found?.criteria.includes(id)).flatMap(({ principle }) => principle ?? [])
  return new Set(shown).size
}

function ruleNotes(found: FoundAreas, parameters: AreaParameters): Bilingual[] {
  const left = CRITERIA.filter(({ id }) => !found.criteria.includes(id))
  const notes: Bilingual[] = []
  if (left.length > 0)
    notes.push({
      zh: `缺少图层或权重为零，未计入准则：${left.map(({ zh }) => zh).join('、')}。`,
      en: `Left out for want of a layer or of weight: ${left.map(({ en }) => en.toLowerCase()).join(', ')}.`,
    })
  if (found.cellM > parameters.opportunityCellM)
    notes.push({
      zh: `范围较大，方格放宽为 ${found.cellM} m。`,
      en: `The ground is large: cells of ${found.cellM} m were taken.`,
    })
  if (found.consistencyRatio !== undefined) {
    const ratio = found.consistencyRatio.toFixed(3)
    notes.push({
      zh: found.isConsistent
        ? `层次分析法一致性比率 CR = ${ratio}（小于 0.1 为一致）。`
        : `层次分析法判断前后矛盾：一致性比率 CR = ${ratio}（应小于 0.1），未采用其权重，改用等权。`,
      en: found.isConsistent
        ? `Consistency ratio of the AHP weights: ${ratio} (below 0.1 is consistent).`
        : `The AHP comparisons contradict each other: consistency ratio ${ratio} (should be below 0.1). Their weights were refused; all criteria weigh alike.`,
    })
  }
  return notes
}

function tablesOf(result: AreasOfPlan, coveredFrom: number) {
  const { found, areas, submitted } = result
  return [
    ...(areas && submitted.length > 0 ? [submittedTable(areas, result)] : []),
    ...(found && found.proposed.length > 0 ? [proposedTable(found, result, coveredFrom)] : []),
    ...(found ? [criteriaTable(found)] : []),
  ]
}

/** Submitted areas that do not meet the rule, the largest first. */
function failing(areas: LayerColumns, submitted: readonly SubmittedArea[]) {
  const byFeature = new Map(submitted.filter(({ verdict }) => verdict !== 'passes').map((area) => [area.feature, area]))
  const amounts = Float64Array.from({ length: areas.count }, (_, feature) => byFeature.get(feature)?.areaM2 ?? 0)
  return topEvidence(areas, amounts, (_, feature) => failureNote(areas, feature, byFeature.get(feature)))
}

function failureNote(areas: LayerColumns, feature: number, area: SubmittedArea | undefined): Bilingual {
  const { zh, en } = areaTitle(areas, feature)
  const verdict = VERDICTS[area?.verdict ?? 'unknown']
  const [lines, score] = [hectares((area?.keepOffM2 ?? 0) + (area?.hazardM2 ?? 0)), area?.card?.score.toFixed(2) ?? '—']
  if (area?.verdict === 'gate') return { zh: `${zh}：${verdict.zh}（${lines.zh}）`, en: `${en}: ${verdict.en} (${lines.en})` }
  return { zh: `${zh}：${verdict.zh}（${score}）`, en: `${en}: ${verdict.en} (${score})` }
}

/** Stock land behind proposed areas and figures of stock; the area itself behind every other figure of a submitted one. */
function featuresBehind(plan: PlanData, parameters: AreaParameters, { table, row, column }: TablePlace) {
  const [areas, stock] = [plan.layer('opportunity_area'), plan.layer('stock')]
  const inside = (zone: LayerColumns, feature: number) =>
    stock ? topEvidence(stock, areasWithin(stock, zone, { b: (other) => other === feature }), stockNote).evidence : []
  if (table === 'proposed') {
    const { proposedLayer } = areasOfPlan(plan, parameters)
    return proposedLayer ? inside(proposedLayer, Number(row) - 1) : []
  }
  if (table !== 'submitted' || !areas) return []
  const feature = areas.fid.findIndex((fid) => String(fid) === row)
  if (feature < 0) return []
  if (column === 'stockM2' || column === 'stock') return inside(areas, feature)
  const title = areaTitle(areas, feature)
  return [{ layer: 'opportunity_area', fid: areas.fid[feature] ?? 0, note: title }]
}

const stockNote = (areaM2: number): Bilingual => ({
  zh: `存量用地 ${hectares(areaM2).zh}`,
  en: `${hectares(areaM2).en} of stock land`,
})
