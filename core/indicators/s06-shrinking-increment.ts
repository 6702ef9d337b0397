import { box } from '../geo/sketch.ts'
import type { ResultTable } from '../model/result-table.ts'
import { classGroup } from '../reference/class-groups.ts'
import { classColour } from '../reference/land-class-list.ts'
import type { Bilingual } from '../text.ts'
import { seenShare, unclassedNote } from './by-class.ts'
import { closureOfAreas } from './closure.ts'
import { defineIndicator } from './indicator.ts'
import {
  classTransition,
  comparedLand,
  flowM2,
  flowOfBaseParcels,
  flowOfPlanParcels,
  forEachCell,
  type ClassTransition,
  type WantsFlow,
} from './land-transition.ts'
import { areaColumn, classTitle } from './land-transition-tables.ts'
import { draft, measured, missing } from './outcomes.ts'
import { topEvidence } from './top-evidence.ts'
import { areaBasis, hectares } from './words.ts'

const isBuilt = classGroup('construction')
const gained: WantsFlow = (from, to) => !isBuilt(from) && isBuilt(to)
const lost: WantsFlow = (from, to) => isBuilt(from) && !isBuilt(to)

/** Net growth of construction land: a shrinking city should have none. */
export const shrinkingIncrement = defineIndicator({
  id: 'S06',
  version: 1,
  title: { zh: '收缩城市增量', en: 'Shrinking-city increment' },
  unit: 'ratio',
  displayUnit: 'percent',
  better: 'lower',
  formula: {
    zh: '[A(规划建设用地)－A(基期建设用地)] ÷ A(基期建设用地)，在两套用地共同覆盖的范围内。',
    en: '[A(planned construction) − A(base construction)] ÷ A(base construction), on the ground that both layers cover.',
  },
  source: 'Seed article L250 (shrinking cities limit their increment strictly and reuse idle land)',
  seed: ['S085'],
  needs: ['landuse_base', 'landuse_plan'],
  uses: [],
  overlays: [['landuse_base', 'landuse_plan']],
  parameters: {},
  detailTitles: {
    isShrinking: { zh: '收缩城市', en: 'A shrinking city' },
    baseM2: { zh: '基期建设用地', en: 'Construction land, base year', unit: 'ha' },
    planM2: { zh: '规划建设用地', en: 'Construction land, plan', unit: 'ha' },
    netM2: { zh: '净变化', en: 'Net change', unit: 'ha' },
    gainedM2: { zh: '新增', en: 'Gained', unit: 'ha' },
    lostM2: { zh: '退出', en: 'Given back', unit: 'ha' },
    comparedM2: { zh: '共同覆盖的面积', en: 'Land compared', unit: 'ha' },
  },
  compute(plan) {
    const basis = areaBasis(plan.basis)
    const work = draft(
      `在基期与规划用地共同覆盖的范围内，建设用地净变化除以基期建设用地。${basis.zh}`,
      `On the ground that base and planned land use both cover, the net change of construction land was divided by that of the base year. ${basis.en}`,
    )
    const [base, planned] = [plan.layer('landuse_base'), plan.layer('landuse_plan')]
    if (!base || !planned) {
      const why = { zh: '需要基期和规划两套用地用海图层。', en: 'Both base-year and planned land use are needed.' }
      return missing(work, why, [...(base ? [] : ['landuse_base']), ...(planned ? [] : ['landuse_plan'])])
    }
    work.notes.push(
      ...unclassedNote(base, '基期用地', 'base-year land use'),
      ...unclassedNote(planned, '规划用地', 'planned land use'),
    )
    const isShrinking = plan.city.kind === 'shrinking'
    work.notes.push(isShrinking ? POLICY : OTHERS)
    const transition = classTransition(base, planned)
    const baseM2 = flowM2(transition, (from) => isBuilt(from))
    const planM2 = flowM2(transition, (_, to) => isBuilt(to))
    const netM2 = planM2 - baseM2
    work.details = {
      isShrinking,
      baseM2,
      planM2,
      netM2,
      gainedM2: flowM2(transition, gained),
      lostM2: flowM2(transition, lost),
      comparedM2: comparedLand(transition).comparedM2,
    }
    work.quality = { seenShare: Math.min(seenShare(base), seenShare(planned)) }
    work.tables = [classTable(transition, netM2)]
    if (baseM2 === 0) {
      const why = { zh: '共同覆盖的范围内没有基期建设用地。', en: 'The ground compared holds no base-year construction land.' }
      return missing(work, why, ['landuse_base'])
    }
    Object.assign(work, topEvidence(planned, flowOfPlanParcels(base, planned, gained), gainedNote))
    return measured(work, netM2 / baseM2, 'ratio')
  },
  featuresOf(plan, _, { row, column }) {
    const [base, planned] = [plan.layer('landuse_base'), plan.layer('landuse_plan')]
    if (!base || !planned) return []
    if (column === 'baseM2') {
      return topEvidence(
        base,
        flowOfBaseParcels(base, planned, (from) => isBuilt(from) && isOf(from, row)),
        hectares,
      ).evidence
    }
    const wants: WantsFlow = (_from, to) => isBuilt(to) && isOf(to, row)
    return topEvidence(planned, flowOfPlanParcels(base, planned, wants), hectares).evidence
  },
  examples: [
    {
      title: '4 ha built before; 1 ha of fields is added, 1.5 ha of industry goes back to forest',
      layers: {
        landuse_base: [
          { polygon: [box(0, 0, 400, 100)], attributes: { class: '1001' } },
          { polygon: [box(400, 0, 200, 100)], attributes: { class: '01' } },
        ],
        landuse_plan: [
          { polygon: [box(0, 0, 150, 100)], attributes: { class: '03' } },
          { polygon: [box(150, 0, 350, 100)], attributes: { class: '0701' } },
          { polygon: [box(500, 0, 100, 100)], attributes: { class: '01' } },
        ],
      },
      city: { kind: 'shrinking' },
      answer: -0.125,
      details: { isShrinking: true, baseM2: 40_000, planM2: 35_000, netM2: -5000, gainedM2: 10_000, lostM2: 15_000 },
    },
    {
      title: 'ground that only the plan covers is no growth',
      layers: {
        landuse_base: [{ polygon: [box(0, 0, 100, 100)], attributes: { class: '07' } }],
        landuse_plan: [
          { polygon: [box(0, 0, 100, 100)], attributes: { class: '07' } },
          { polygon: [box(100, 0, 100, 100)], attributes: { class: '07' } },
        ],
      },
      answer: 0,
      details: { isShrinking: false, comparedM2: 10_000, netM2: 0 },
    },
  ],
})

const isOf = (code: string, row: string): boolean => code.slice(0, 4) === row

const POLICY: Bilingual = {
  zh: '闲置土地收回与临时利用政策须由审查人引证；测算最多支持到“减少”一级。',
  en: 'Policies for idle-land recovery and temporary use are for the reviewer to quote; the figure alone supports “reduced” at most.',
}
const OTHERS: Bilingual = {
  zh: '城市类型不是收缩城市，此项仅供参考。',
  en: 'The city is not stated to be shrinking; this figure is for information.',
}

const gainedNote = (areaM2: number): Bilingual => ({
  zh: `新增建设用地 ${hectares(areaM2).zh}`,
  en: `${hectares(areaM2).en} of new construction`,
})

/** Construction land by class before and after; the changes add up to the net. */
function classTable(transition: ClassTransition, netM2: number): ResultTable {
  const before = new Map<string, number>()
  const after = new Map<string, number>()
  const add = (sums: Map<string, number>, code: string, areaM2: number) =>
    sums.set(code.slice(0, 4), (sums.get(code.slice(0, 4)) ?? 0) + areaM2)
  forEachCell(transition, (from, to, areaM2) => {
    if (isBuilt(from)) add(before, from, areaM2)
    if (isBuilt(to)) add(after, to, areaM2)
  })
  const rows = [...new Set([...before.keys(), ...after.keys()])].toSorted().map((code) => {
    const [was, becomes] = [before.get(code) ?? 0, after.get(code) ?? 0]
    return { key: code, title: classTitle(code), cells: [was, becomes, becomes - was], colour: classColour(code) }
  })
  const sum = rows.reduce((total, { cells }) => total + (cells[2] ?? 0), 0)
  return {
    id: 'byClass',
    kind: 'classes',
    title: { zh: '建设用地变化按地类', en: 'Change of construction land by class' },
    rowTitle: { zh: '地类', en: 'Class' },
    columns: [
      areaColumn('baseM2', '基期', 'Base year'),
      areaColumn('planM2', '规划', 'Plan'),
      areaColumn('changeM2', '变化', 'Change'),
    ],
    rows,
    closure: {
      changeM2: closureOfAreas(sum, netM2, (size) => ({ zh: `相差 ${size.zh}。`, en: `A difference of ${size.en}.` })),
    },
  }
}
