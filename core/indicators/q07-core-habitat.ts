import type { LayerColumns } from '../geo/columns.ts'
import { shapeCount } from '../geo/edited.ts'
import { box } from '../geo/sketch.ts'
import type { ResultTable } from '../model/result-table.ts'
import { PATTERN } from '../network/morphology.ts'
import { GREEN_PATTERN } from '../reference/green-pattern.ts'
import type { Bilingual } from '../text.ts'
import { seenShare, unclassedNote } from './by-class.ts'
import { greenPattern, patternAreas, underParcels, type GreenPattern, type PatternRule } from './green-pattern.ts'
import { defineIndicator, type PlanData } from './indicator.ts'
import { areaColumn } from './land-transition-tables.ts'
import { draft, measured, missing } from './outcomes.ts'
import { topEvidence } from './top-evidence.ts'
import { hectares, metres } from './words.ts'

/** Share of the planned habitat that is core: farther from anything else than an edge is wide. */
export const coreHabitat = defineIndicator({
  id: 'Q07',
  version: 1,
  title: { zh: '核心生境比例（类 MSPA）', en: 'Core habitat share (MSPA-like)' },
  unit: 'ratio',
  displayUnit: 'percent',
  better: 'higher',
  formula: {
    zh: 'A(核心区) ÷ A(生境前景)；核心区为距非生境大于边缘宽度的格网，另分边缘、孔隙、桥接、环道、支线、孤岛（类 MSPA，按距离简化）。',
    en: 'A(core) ÷ A(habitat); core are cells farther from other land than an edge is wide; the rest is edge, perforation, bridge, loop, branch or islet (MSPA-like, simplified by distance).',
  },
  source: 'After MSPA (Soille & Vogt 2009), simplified; edge width 30 m and levels interpolated',
  seed: ['S078'],
  isSlow: true,
  needs: ['landuse_plan'],
  uses: ['landuse_base', 'green', 'admin'],
  parameters: {
    edgeWidthM: {
      default: GREEN_PATTERN.edgeWidthM.value,
      min: 5,
      max: 1000,
      unit: 'm',
      title: { zh: '边缘宽度', en: 'Width of edges' },
      source: 'green-pattern: one pixel of 30 m, as MSPA studies usually take (interpolated)',
    },
    patternCellM: {
      default: GREEN_PATTERN.cellM.value,
      min: 2,
      max: 200,
      unit: 'm',
      title: { zh: '格网边长', en: 'Cell' },
      source: 'Our default; larger where the plan would need more than a million cells',
    },
  },
  detailTitles: {
    habitatM2: { zh: '生境前景', en: 'Habitat', unit: 'ha' },
    coreM2: { zh: '核心区', en: 'Core', unit: 'ha' },
    bridgeM2: { zh: '桥接区', en: 'Bridges', unit: 'ha' },
    isletM2: { zh: '孤岛', en: 'Islets', unit: 'ha' },
    baseShare: { zh: '现状核心比例', en: 'Core share, base year', unit: 'percent' },
    edgeM: { zh: '实际采用的边缘宽度', en: 'Edge width in use', unit: 'm' },
    cellM: { zh: '实际采用的格网边长', en: 'Cell in use', unit: 'm' },
  },
  compute(plan, parameters) {
    const rule = ruleOf(parameters)
    const [edge, cell] = [metres(rule.edgeWidthM), metres(rule.cellM)]
    const work = draft(
      `把规划生态用地与绿地（含绿地图层）转为 ${cell.zh} 格网，距其他用地大于 ${edge.zh} 的为核心区，其面积除以生境面积；其余按类 MSPA 方法分类。方案范围以外视为未知。`,
      `Planned ecological land and green space (with the green layer) became cells of ${cell.en}; those farther than ${edge.en} from other land are core, and their area was divided by that of all habitat; the rest is divided by an MSPA-like method. What lies beyond the plan is unknown.`,
    )
    const parcels = plan.layer('landuse_plan')
    if (!parcels || shapeCount(parcels) === 0) return missing(work, NO_LAND, ['landuse_plan'])
    const planned = greenPattern(plan, parcels, rule, plan.layers('green'))
    const areas = planned && patternAreas(planned)
    const habitatM2 = areas ? totalM2(areas) : 0
    if (!planned || !areas || habitatM2 === 0) return missing(work, NO_HABITAT, ['landuse_plan'])
    const before = plan.layer('landuse_base')
    const base = before && greenPattern(plan, before, rule)
    const baseAreas = base && patternAreas(base)
    const baseM2 = baseAreas ? totalM2(baseAreas) : 0
    const baseShare = baseAreas && baseM2 > 0 ? baseAreas.core / baseM2 : null
    const { core: coreM2, bridge: bridgeM2, islet: isletM2 } = areas
    const { edgeM, cellM } = planned
    work.details = { habitatM2, coreM2, bridgeM2, isletM2, baseShare, edgeM, cellM }
    work.notes.push(...unclassedNote(parcels, '规划用地', 'planned land use'), ...coarser(planned, rule))
    work.tables = [classTable(areas, baseM2 > 0 ? baseAreas : undefined)]
    Object.assign(
      work,
      topEvidence(
        parcels,
        underParcels(planned, parcels, (kind) => kind !== PATTERN.core),
        noteOf,
      ),
    )
    work.quality = { proxies: [LIKE_MSPA], seenShare: seenShare(parcels) }
    return measured(work, coreM2 / habitatM2, 'ratio')
  },
  featuresOf(plan, parameters, { row, column }) {
    const before = column === 'baseM2' || column === 'baseShare'
    const parcels = plan.layer(before ? 'landuse_base' : 'landuse_plan')
    const found = parcels && patternFor(plan, parcels, ruleOf(parameters), before)
    const wanted = GREEN_PATTERN.classes.find(({ id }) => id === row)?.id
    if (!parcels || !found || wanted === undefined) return []
    return topEvidence(
      parcels,
      underParcels(found, parcels, (kind) => kind === PATTERN[wanted]),
      hectares,
    ).evidence
  },
  examples: [
    {
      title: 'a wood of 1 km among fields: what lies 30 m and more inside is core, 940² of 1,000²',
      layers: {
        landuse_plan: [
          { polygon: [box(0, 0, 1000, 1000)], attributes: { class: '0301' } },
          { polygon: [box(-500, 0, 500, 1000)], attributes: { class: '0101' } },
          { polygon: [box(1000, 0, 500, 1000)], attributes: { class: '0101' } },
          { polygon: [box(-500, -500, 2000, 500)], attributes: { class: '0101' } },
          { polygon: [box(-500, 1000, 2000, 500)], attributes: { class: '0101' } },
        ],
        landuse_base: [
          { polygon: [box(0, 0, 1000, 1000)], attributes: { class: '0301' } },
          { polygon: [box(-500, -500, 2000, 500)], attributes: { class: '0101' } },
          { polygon: [box(-500, 1000, 2000, 500)], attributes: { class: '0101' } },
          { polygon: [box(1000, 0, 500, 1000)], attributes: { class: '0101' } },
          { polygon: [box(-500, 0, 500, 1000)], attributes: { class: '0101' } },
        ],
      },
      answer: 0.8836,
      details: { habitatM2: 1_000_000, coreM2: 883_600, edgeM: 30, cellM: 10, baseShare: 0.8836 },
    },
    {
      title: 'two woods of 200 m with a belt of 40 m and 200 m between them: it has no core, and all but its ends is a bridge',
      layers: {
        landuse_plan: [
          { polygon: [box(0, 0, 200, 200)], attributes: { class: '0301' } },
          { polygon: [box(400, 0, 200, 200)], attributes: { class: '0301' } },
          { polygon: [box(200, 80, 200, 40)], attributes: { class: '1401' } },
          { polygon: [box(200, 0, 200, 80)], attributes: { class: '0701' } },
          { polygon: [box(200, 120, 200, 80)], attributes: { class: '0701' } },
          { polygon: [box(-100, -100, 800, 100)], attributes: { class: '0701' } },
          { polygon: [box(-100, 200, 800, 100)], attributes: { class: '0701' } },
          { polygon: [box(-100, 0, 100, 200)], attributes: { class: '0701' } },
          { polygon: [box(600, 0, 100, 200)], attributes: { class: '0701' } },
        ],
      },
      // 14 × 14 cells of either wood, and 4 at the mouth of the belt; edges reach 20 m into it
      answer: (2 * (14 * 14 + 4)) / (2 * 20 * 20 + 20 * 4),
      details: { bridgeM2: 160 * 40, isletM2: 0 },
    },
    {
      title: 'at the limit of the plan there is no edge; a park that only the green layer shows counts',
      layers: {
        admin: [{ polygon: [box(0, 0, 400, 400)], attributes: { level: 'municipal' } }],
        landuse_plan: [{ polygon: [box(0, 0, 400, 400)], attributes: { class: '0701' } }],
        green: [{ polygon: [box(0, 0, 400, 200)] }],
      },
      answer: 0.85,
      details: { habitatM2: 80_000, baseShare: null },
    },
    {
      title: 'no habitat',
      layers: { landuse_plan: [{ polygon: [box(0, 0, 100, 100)], attributes: { class: '0701' } }] },
      answer: 'missing',
    },
  ],
})

const NO_LAND: Bilingual = { zh: '没有规划用地图层。', en: 'There is no planned land use.' }
const NO_HABITAT: Bilingual = {
  zh: '规划用地与绿地图层中没有生态用地或绿地。',
  en: 'Neither planned land use nor the green layer holds ecological land or green space.',
}
const LIKE_MSPA: Bilingual = {
  zh: '类 MSPA：按距离简化的形态分类，结果接近而不等于 MSPA；生境由用地类别和绿地图层代替实际覆盖。',
  en: 'MSPA-like: simplified by distance, near the results of MSPA and not equal to them; classes of land and the green layer stand for cover.',
}

const ruleOf = ({ edgeWidthM, patternCellM }: Readonly<Record<'edgeWidthM' | 'patternCellM', number>>): PatternRule => ({
  edgeWidthM,
  cellM: patternCellM,
})

const patternFor = (plan: PlanData, parcels: LayerColumns, rule: PatternRule, before: boolean): GreenPattern | undefined =>
  greenPattern(plan, parcels, rule, before ? [] : plan.layers('green'))

const totalM2 = (areas: ReturnType<typeof patternAreas>): number => Object.values(areas).reduce((sum, area) => sum + area, 0)

const noteOf = (areaM2: number): Bilingual => {
  const size = hectares(areaM2)
  return { zh: `${size.zh} 生境不是核心区`, en: `${size.en} of habitat that is no core` }
}

function coarser({ cellM, edgeM }: GreenPattern, rule: PatternRule): Bilingual[] {
  if (cellM <= rule.cellM && edgeM === rule.edgeWidthM) return []
  const [cell, edge] = [metres(cellM), metres(edgeM)]
  return [
    {
      zh: `格网边长为 ${cell.zh}，边缘按整格取 ${edge.zh}。`,
      en: `Cells of ${cell.en} were used, and edges of whole cells: ${edge.en}.`,
    },
  ]
}

/** Areas of all classes, plan beside base year. */
function classTable(planned: ReturnType<typeof patternAreas>, base: ReturnType<typeof patternAreas> | undefined): ResultTable {
  const [plannedM2, baseM2] = [totalM2(planned), base ? totalM2(base) : 0]
  const share = (key: string, zh: string, en: string) => ({
    key,
    title: { zh, en },
    unit: 'percent' as const,
    drawn: 'not' as const,
  })
  const rows = GREEN_PATTERN.classes.map(({ id, title, colour }) => {
    const own = [planned[id], planned[id] / plannedM2]
    return { key: id, title, colour, cells: base ? [...own, base[id], base[id] / baseM2] : own }
  })
  return {
    id: 'classes',
    kind: 'classes',
    title: { zh: '生境形态格局（类 MSPA）', en: 'Pattern of habitat (MSPA-like)' },
    rowTitle: { zh: '类别', en: 'Class' },
    columns: [
      areaColumn('planM2', '规划面积', 'Plan'),
      share('share', '占规划生境', 'Of planned habitat'),
      ...(base ? [areaColumn('baseM2', '现状面积', 'Base year'), share('baseShare', '占现状生境', 'Of present habitat')] : []),
    ],
    rows,
    closure: { planM2: { sum: rows.reduce((sum, { cells }) => sum + (cells[0] ?? 0), 0), whole: plannedM2 } },
  }
}
