import type { LayerColumns } from '../geo/columns.ts'
import { shapeCount } from '../geo/edited.ts'
import { overlapTable, forEachOverlap } from '../geo/overlap-table.ts'
import { box } from '../geo/sketch.ts'
import { sumOfAreas } from '../geo/feature-areas.ts'
import type { ResultTable } from '../model/result-table.ts'
import type { Bilingual } from '../text.ts'
import { onlyWhere, totalOf } from './amounts.ts'
import { classOf, inGroup, unclassedNote } from './by-class.ts'
import { defineIndicator, type PlanData } from './indicator.ts'
import { areaColumn, classTitle } from './land-transition-tables.ts'
import { modelled } from './n05-modelled.ts'
import { draft, measured, missing } from './outcomes.ts'
import { topEvidence } from './top-evidence.ts'
import { areaBasis, hectares } from './words.ts'

/** Whether the corridors of wildlife are kept from construction. */
export const corridorsReserved = defineIndicator({
  id: 'N05',
  version: 1,
  title: { zh: '迁徙廊道预控', en: 'Migration corridors reserved' },
  unit: 'ratio',
  displayUnit: 'percent',
  better: 'higher',
  formula: {
    zh: 'A(廊道 ∩ 规划非建设用地) ÷ A(廊道)；没有廊道面时，按用地阻力在生境斑块间模拟最小费用廊道。',
    en: 'A(corridors ∩ planned non-construction land) ÷ A(corridors); without corridor polygons least-cost corridors between habitat patches are modelled from the resistance of land uses.',
  },
  source:
    'Seed article L238 (reserve migration corridors); least-cost corridors: McRae & Kavanagh 2011; resistances interpolated',
  seed: ['S080'],
  isSlow: true,
  needs: ['corridor', 'landuse_plan'],
  uses: [],
  parameters: {},
  overlays: [['landuse_plan', 'corridor']],
  detailTitles: {
    corridorM2: { zh: '廊道面积', en: 'Corridors', unit: 'ha' },
    reservedM2: { zh: '其中规划非建设用地', en: 'Reserved from construction', unit: 'ha' },
    builtM2: { zh: '其中规划建设用地', en: 'Planned for construction', unit: 'ha' },
    isModelled: { zh: '廊道为模拟结果', en: 'Corridors are modelled' },
    resistance: {
      zh: '所用阻力表',
      en: 'Resistances used',
      names: {},
      heads: [
        { zh: '用地分类', en: 'Class' },
        { zh: '阻力', en: 'Resistance' },
      ],
    },
  },
  compute(plan) {
    const basis = areaBasis(plan.basis)
    const work = draft(
      `廊道（重叠只计一次）中规划为非建设用地的面积除以廊道面积。${basis.zh}`,
      `Corridors (overlaps once) planned as non-construction land were divided by all of them. ${basis.en}`,
    )
    const parcels = plan.layer('landuse_plan')
    if (!parcels || shapeCount(parcels) === 0) return missing(work, NO_LAND, ['landuse_plan'])
    const found = corridorGround(plan, parcels)
    if (!found) return missing(work, NO_CORRIDORS, ['corridor'])
    const { corridorM2, underM2, resistance } = found
    const construction = inGroup(parcels, 'construction')
    const builtM2 = totalOf(underM2, construction)
    const reservedM2 = totalOf(underM2, (parcel) => !construction(parcel) && classOf(parcels, parcel) !== undefined)
    const isModelled = resistance !== undefined
    work.details = { corridorM2, reservedM2, builtM2, isModelled, resistance: resistance ?? null }
    work.notes.push(...unclassedNote(parcels, '规划用地', 'planned land use'), ...(isModelled ? [MODELLED] : []))
    if (isModelled) work.quality = { proxies: [MODELLED] }
    work.tables = [classTable(parcels, underM2, corridorM2)]
    Object.assign(work, topEvidence(parcels, onlyWhere(underM2, construction), hectares))
    return measured(work, Math.min(1, reservedM2 / corridorM2), 'ratio')
  },
  featuresOf(plan, _, { row }) {
    const parcels = plan.layer('landuse_plan')
    const found = parcels && corridorGround(plan, parcels)
    if (!parcels || !found) return []
    return topEvidence(
      parcels,
      onlyWhere(found.underM2, (parcel) => firstLevel(parcels, parcel) === row),
      hectares,
    ).evidence
  },
  examples: [
    {
      title: 'a corridor of 10 ha: woods on 7 ha, industry on 2 ha, nothing planned on 1 ha',
      layers: {
        corridor: [{ polygon: [box(0, 0, 1000, 100)] }],
        landuse_plan: [
          { polygon: [box(0, -50, 700, 200)], attributes: { class: '0301' } },
          { polygon: [box(700, -50, 200, 200)], attributes: { class: '1001' } },
        ],
      },
      answer: 0.7,
      details: { corridorM2: 100_000, reservedM2: 70_000, builtM2: 20_000, isModelled: false },
    },
    {
      title: 'without corridors the way between two woods is modelled: fields all the way, housing apart from it',
      layers: {
        landuse_plan: [
          { polygon: [box(0, 0, 300, 300)], attributes: { class: '0301' } },
          { polygon: [box(300, 0, 400, 300)], attributes: { class: '0101' } },
          { polygon: [box(700, 0, 300, 300)], attributes: { class: '0301' } },
          { polygon: [box(0, 400, 1000, 200)], attributes: { class: '0701' } },
        ],
      },
      answer: 1,
      details: { isModelled: true, builtM2: 0 },
    },
    {
      title: 'one wood alone needs no corridor',
      layers: { landuse_plan: [{ polygon: [box(0, 0, 300, 300)], attributes: { class: '0301' } }] },
      answer: 'missing',
    },
  ],
})

const NO_LAND: Bilingual = { zh: '没有规划用地图层。', en: 'There is no planned land use.' }
const NO_CORRIDORS: Bilingual = {
  zh: '没有廊道面，规划用地中也没有两处可连通的生境斑块可供模拟。',
  en: 'There are no corridor polygons, nor two patches of habitat that a corridor could be modelled between.',
}
const MODELLED: Bilingual = {
  zh: '没有廊道面，廊道按用地阻力模拟（最小费用法，栅格），阻力表随结果保存。',
  en: 'There are no corridor polygons: corridors were modelled from land use (least cost, on a grid); the resistances are kept with the result.',
}

/** Ground of the corridors and how much of it lies under each parcel; resistances where they are modelled. */
function corridorGround(plan: PlanData, parcels: LayerColumns) {
  const drawn = plan.layers('corridor').find(({ kind }) => kind === 'polygon')
  if (!drawn || shapeCount(drawn) === 0) return modelled(plan, parcels)
  const ground = plan.geos.union(drawn)
  const underM2 = new Float64Array(parcels.count)
  forEachOverlap(overlapTable(parcels, ground), (parcel, _, areaM2) => (underM2[parcel] = (underM2[parcel] ?? 0) + areaM2))
  return { corridorM2: sumOfAreas(ground), underM2, resistance: undefined }
}

const firstLevel = (parcels: LayerColumns, parcel: number): string => classOf(parcels, parcel)?.slice(0, 2) ?? 'none'

function classTable(parcels: LayerColumns, underM2: Float64Array, corridorM2: number): ResultTable {
  const sums = new Map<string, number>()
  underM2.forEach((areaM2, parcel) => {
    if (areaM2 > 0) sums.set(firstLevel(parcels, parcel), (sums.get(firstLevel(parcels, parcel)) ?? 0) + areaM2)
  })
  const rows = [...sums].toSorted(([one], [other]) => one.localeCompare(other))
  return {
    id: 'byClass',
    kind: 'classes',
    title: { zh: '廊道内的规划用地', en: 'Planned land use in corridors' },
    rowTitle: { zh: '用地分类', en: 'Class' },
    columns: [
      areaColumn('areaM2', '面积', 'Area'),
      { key: 'share', title: { zh: '占廊道', en: 'Of corridors' }, unit: 'percent' },
    ],
    rows: rows.map(([code, areaM2]) => ({
      key: code,
      title: code === 'none' ? { zh: '未识别 00', en: 'not recognised' } : classTitle(code),
      cells: [areaM2, areaM2 / corridorM2],
    })),
  }
}
