import type { LayerColumns } from '../geo/columns.ts'
import { shapeCount } from '../geo/edited.ts'
import { tableAreasWithin } from '../geo/overlap-table.ts'
import { box } from '../geo/sketch.ts'
import type { Role } from '../model/roles.ts'
import type { ResultTable } from '../model/result-table.ts'
import type { Bilingual } from '../text.ts'
import { onlyWhere, totalOf } from './amounts.ts'
import { classOf, inGroup, unclassedNote } from './by-class.ts'
import { defineIndicator, type PlanData } from './indicator.ts'
import { areaColumn, classTitle } from './land-transition-tables.ts'
import { migrationCorridors, type BeltRule, type MigrationCorridors } from './migration-corridors.ts'
import { draft, measured, missing } from './outcomes.ts'
import { RESISTANCE_PARAMETERS, resistancesOf } from './resistance-parameters.ts'
import { topEvidence } from './top-evidence.ts'
import { areaBasis, hectares, metres } from './words.ts'

/** Whether the corridors of wildlife are kept from construction. */
export const corridorsReserved = defineIndicator({
  id: 'N05',
  version: 1,
  title: { zh: '迁徙廊道预控', en: 'Migration corridors reserved' },
  unit: 'ratio',
  displayUnit: 'percent',
  better: 'higher',
  formula: {
    zh: 'A(廊道 ∩ 规划非建设用地) ÷ A(廊道)；廊道线按其宽度（未注明的按功能、级别或默认宽度）成带；没有廊道图层时，按用地阻力在生境斑块间模拟最小费用廊道。',
    en: 'A(corridors ∩ planned non-construction land) ÷ A(corridors); lines become belts of their stated width (else that of their function or level, else a default); without a corridor layer least-cost corridors between habitat patches are modelled from the resistance of land uses.',
  },
  source:
    'Seed article L238 (reserve migration corridors); least-cost corridors: McRae & Kavanagh 2011; resistances interpolated',
  seed: ['S080'],
  isSlow: true,
  needs: ['corridor', 'landuse_plan'],
  uses: ['eco_redline', 'pbf', 'protected'],
  parameters: {
    corridorWidthM: {
      default: 60,
      min: 3,
      max: 2000,
      unit: 'm',
      title: { zh: '廊道线默认宽度', en: 'Width of corridor lines that state none' },
      source: 'corridor-widths: 60–100 m interior birds (not checked word by word)',
    },
    ...RESISTANCE_PARAMETERS,
  },
  overlays: [['landuse_plan', 'corridor']],
  detailTitles: {
    corridorM2: { zh: '廊道面积', en: 'Corridors', unit: 'ha' },
    reservedM2: { zh: '其中规划非建设用地', en: 'Reserved from construction', unit: 'ha' },
    builtM2: { zh: '其中规划建设用地', en: 'Planned for construction', unit: 'ha' },
    lineM: { zh: '由线成带的廊道', en: 'Lines that became belts', unit: 'km' },
    unstatedM: { zh: '其中未注明宽度', en: 'Of them, without a stated width', unit: 'km' },
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
  compute(plan, parameters) {
    const rule = ruleOf(parameters)
    const basis = areaBasis(plan.basis)
    const work = draft(
      `廊道（重叠只计一次）中规划为非建设用地的面积除以廊道面积。${basis.zh}`,
      `Corridors (overlaps once) planned as non-construction land were divided by all of them. ${basis.en}`,
    )
    const parcels = plan.layer('landuse_plan')
    if (!parcels || shapeCount(parcels) === 0) return missing(work, NO_LAND, ['landuse_plan'])
    const found = migrationCorridors(plan, parcels, rule)
    if (!found) return missing(work, NO_CORRIDORS, ['corridor'])
    const { corridorM2, underM2, resistances, lineM, unstatedM } = found
    const construction = inGroup(parcels, 'construction')
    const builtM2 = totalOf(underM2, construction)
    const reservedM2 = totalOf(underM2, (parcel) => !construction(parcel) && classOf(parcels, parcel) !== undefined)
    const isModelled = resistances !== undefined
    work.details = { corridorM2, reservedM2, builtM2, lineM, unstatedM, isModelled, resistance: resistances ?? null }
    work.notes.push(...unclassedNote(parcels, '规划用地', 'planned land use'), ...(isModelled ? [MODELLED] : []))
    if (unstatedM > 0) work.notes.push(defaultWidth(rule.otherwiseM))
    const proxies = [...(isModelled ? [MODELLED] : []), ...(unstatedM > 0 ? [defaultWidth(rule.otherwiseM)] : [])]
    if (proxies.length > 0) work.quality = { proxies }
    work.tables = [classTable(parcels, underM2, corridorM2), lineTable(plan, found)]
    Object.assign(work, topEvidence(parcels, onlyWhere(underM2, construction), hectares))
    return measured(work, Math.min(1, reservedM2 / corridorM2), 'ratio')
  },
  featuresOf(plan, parameters, { table, row }) {
    const parcels = plan.layer('landuse_plan')
    const found = parcels && migrationCorridors(plan, parcels, ruleOf(parameters))
    if (!parcels || !found) return []
    if (table === 'lines') return linesUnder(plan, found, row)
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
      title: 'two lines: one states 100 m, the other becomes a belt of 60 m; a third of either lies under housing',
      layers: {
        corridor: [
          { line: [[0, 0], [900, 0]], attributes: { widthM: 100 } }, // prettier-ignore
          { line: [[0, 500], [900, 500]] }, // prettier-ignore
        ],
        landuse_plan: [
          { polygon: [box(-100, -100, 700, 800)], attributes: { class: '0301' } },
          { polygon: [box(600, -100, 400, 800)], attributes: { class: '0701' } },
        ],
        eco_redline: [{ polygon: [box(-100, -100, 700, 300)] }],
      },
      // rounded ends: half a circle of 50 m and of 30 m on either side (16 chords a quarter: 1 − 0.0016)
      answer: (600 * 160 + (32 * Math.sin(Math.PI / 32) * 3400) / 2) / (900 * 160 + 32 * Math.sin(Math.PI / 32) * 3400),
      details: { lineM: 1800, unstatedM: 900, isModelled: false },
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
  zh: '没有廊道图层，规划用地中也没有两处可连通的生境斑块可供模拟。',
  en: 'There is no corridor layer, nor are there two patches of habitat that a corridor could be modelled between.',
}
const MODELLED: Bilingual = {
  zh: '没有廊道图层，廊道按用地阻力模拟（最小费用法，栅格），阻力表随结果保存。',
  en: 'There is no corridor layer: corridors were modelled from land use (least cost, on a grid); the resistances are kept with the result.',
}

const defaultWidth = (widthM: number): Bilingual => {
  const width = metres(widthM)
  return {
    zh: `部分廊道线未注明宽度，按其功能或级别的宽度成带，都没有的按 ${width.zh}。`,
    en: `Some corridor lines state no width: they became belts as wide as their function or level needs, otherwise of ${width.en}.`,
  }
}

const ruleOf = ({
  corridorWidthM,
  ...parameters
}: Readonly<Record<'corridorWidthM' | `resistance${string}`, number>>): BeltRule => ({
  otherwiseM: corridorWidthM,
  resistances: resistancesOf(parameters),
})

/** Lines that keep ground from construction by law, whatever is planned on it. */
const PROTECTIVE = [
  ['eco_redline', { zh: '生态保护红线内', en: 'inside the ecological redline' }],
  ['protected', { zh: '自然保护地内', en: 'inside protected natural areas' }],
  ['pbf', { zh: '永久基本农田内', en: 'inside permanent basic farmland' }],
] as const satisfies readonly (readonly [Role, Bilingual])[]

/** How much of the corridors each protective line holds; lines may lie on each other, so that rows do not add up. */
function lineTable(plan: PlanData, { ground, corridorM2 }: MigrationCorridors): ResultTable {
  const rows = PROTECTIVE.map(([role, title]) => {
    const zones = plan.layer(role)
    const areaM2 = zones ? totalOf(tableAreasWithin(ground, plan.geos.union(zones))) : null
    return { key: role, title, cells: [areaM2, areaM2 === null ? null : areaM2 / corridorM2] }
  })
  return {
    id: 'lines',
    kind: 'list',
    title: { zh: '廊道处于保护控制线内的面积', en: 'Corridors inside protective lines' },
    rowTitle: { zh: '控制线', en: 'Line' },
    columns: [
      areaColumn('areaM2', '面积', 'Area'),
      { key: 'share', title: { zh: '占廊道', en: 'Of corridors' }, unit: 'percent' },
    ],
    rows,
  }
}

/** Features of a protective line that corridors lie in. */
function linesUnder(plan: PlanData, { ground }: MigrationCorridors, row: string) {
  const role = PROTECTIVE.find(([id]) => id === row)?.[0]
  const zones = role && plan.layer(role)
  return zones ? topEvidence(zones, tableAreasWithin(zones, ground), hectares).evidence : []
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
