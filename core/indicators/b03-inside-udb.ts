import { NO_TEXT, type LayerColumns } from '../geo/columns.ts'
import { box } from '../geo/sketch.ts'
import type { ResultTable } from '../model/result-table.ts'
import { classGroup, classGroupInfo } from '../reference/class-groups.ts'
import { classColour } from '../reference/land-class-list.ts'
import type { Bilingual } from '../text.ts'
import { onlyWhere } from './amounts.ts'
import { inClass } from './b01-crossing.ts'
import { seenShare, unclassedNote } from './by-class.ts'
import { closureOfAreas } from './closure.ts'
import { flowWithin, type FlowWithin } from './flow-within.ts'
import { defineIndicator } from './indicator.ts'
import { classTransition, flowM2, type WantsFlow } from './land-transition.ts'
import { areaColumn, classTitle } from './land-transition-tables.ts'
import { draft, measured, missing } from './outcomes.ts'
import { topEvidence } from './top-evidence.ts'
import { areaBasis, hectares } from './words.ts'

const isConstruction = classGroup('construction')
const isUrban = classGroup('urban_construction')
const isLine = classGroup('line_infrastructure')

/** New construction by what the boundary says of it: urban land belongs inside, lines may pass, the rest is rural or special. */
const KINDS = [
  { key: 'urban', title: { zh: '新增城镇建设用地', en: 'New urban construction' } },
  { key: 'line', title: { zh: '新增线性基础设施', en: 'New line infrastructure' } },
  { key: 'other', title: { zh: '其他新增建设用地', en: 'Other new construction' } },
] as const
type Kind = (typeof KINDS)[number]['key']

const kindOf = (to: string): Kind => (isLine(to) ? 'line' : isUrban(to) ? 'urban' : 'other')
const isNew: WantsFlow = (from, to) => !isConstruction(from) && isConstruction(to)

/** Share of new urban construction that lies inside the urban development boundary. */
export const insideBoundary = defineIndicator({
  id: 'B03',
  version: 1,
  title: { zh: '边界内集中建设', en: 'New urban land inside the boundary' },
  unit: 'ratio',
  displayUnit: 'percent',
  better: 'higher',
  formula: {
    zh: 'A(新增城镇建设用地∩城镇开发边界) ÷ A(新增城镇建设用地)；新增＝基期非建设用地→规划城镇建设用地；线性基础设施单列。',
    en: 'A(new urban construction ∩ UDB) ÷ A(new urban construction); new = not construction in the base year, urban construction in the plan; line infrastructure is listed apart.',
  },
  source: 'Rule of the urban development boundary (seed article L247); urban classes after GB 50137',
  seed: ['S082'],
  needs: ['landuse_base', 'landuse_plan', 'udb'],
  uses: [],
  overlays: [
    ['landuse_base', 'landuse_plan'],
    ['landuse_plan', 'udb'],
  ],
  parameters: {
    edgeSliverM2: {
      default: 200,
      min: 0,
      max: 100_000,
      unit: 'm2',
      title: { zh: '边界外碎图斑标准', en: 'Sliver limit outside the boundary' },
      source: '三调 minimum construction patch 200 m² (unverified)',
    },
  },
  detailTitles: {
    newUrbanM2: { zh: '新增城镇建设用地', en: 'New urban construction', unit: 'ha' },
    insideM2: { zh: '其中边界内', en: 'Of it inside the boundary', unit: 'ha' },
    outsideM2: { zh: '其中边界外', en: 'Of it outside', unit: 'ha' },
    sliversM2: { zh: '边界外碎图斑（按边界内计）', en: 'Slivers outside, counted as inside', unit: 'm2' },
    newLineM2: { zh: '新增线性基础设施（单列）', en: 'New line infrastructure (apart)', unit: 'ha' },
    newOtherM2: { zh: '其他新增建设用地（单列）', en: 'Other new construction (apart)', unit: 'ha' },
  },
  compute(plan, { edgeSliverM2 }) {
    const basis = areaBasis(plan.basis)
    const group = classGroupInfo('urban_construction').title
    const work = draft(
      `基期与规划用地叠加，取由非建设用地变为“${group.zh}”的部分，与城镇开发边界叠加求边界内占比；单个地块边界外不足 ${edgeSliverM2} m² 的按边界内计，线性基础设施单列。${basis.zh}`,
      `Base and planned land use were overlaid; what turns from no construction into “${group.en}” was overlaid with the development boundary. Less than ${edgeSliverM2} m² of a parcel outside counts as inside; line infrastructure is listed apart. ${basis.en}`,
    )
    const [base, planned, udb] = [plan.layer('landuse_base'), plan.layer('landuse_plan'), plan.layer('udb')]
    if (!base || !planned || !udb) {
      const why = {
        zh: '需要基期、规划用地用海和城镇开发边界图层。',
        en: 'Base and planned land use and the boundary are needed.',
      }
      return missing(work, why, [
        ...(base ? [] : ['landuse_base']),
        ...(planned ? [] : ['landuse_plan']),
        ...(udb ? [] : ['udb']),
      ])
    }
    work.notes.push(
      ...unclassedNote(base, '基期用地', 'base-year land use'),
      ...unclassedNote(planned, '规划用地', 'planned land use'),
    )
    work.quality = { seenShare: Math.min(seenShare(base), seenShare(planned)) }
    const flow = settled(flowWithin(base, planned, udb, isNew), edgeSliverM2)
    const sums = sumsByCode(planned, flow)
    const urban = sumsOf(sums, 'urban')
    work.details = {
      newUrbanM2: urban.flowM2,
      insideM2: urban.withinM2,
      outsideM2: urban.flowM2 - urban.withinM2,
      sliversM2: flow.sliversM2,
      newLineM2: sumsOf(sums, 'line').flowM2,
      newOtherM2: sumsOf(sums, 'other').flowM2,
    }
    work.tables = [kindTable(sums, flowM2(classTransition(base, planned), isNew)), classTable(sums)]
    if (urban.flowM2 === 0) {
      const why = {
        zh: '没有新增城镇建设用地，占比无从计算。',
        en: 'There is no new urban construction, so there is no share of it.',
      }
      return missing(work, why, ['landuse_plan'])
    }
    Object.assign(work, topEvidence(planned, amounts(planned, flow, 'urban', 'outsideM2'), outsideNote))
    return measured(work, urban.withinM2 / urban.flowM2, 'ratio')
  },
  featuresOf(plan, { edgeSliverM2 }, { table, row, column }) {
    const [base, planned, udb] = [plan.layer('landuse_base'), plan.layer('landuse_plan'), plan.layer('udb')]
    if (!base || !planned || !udb) return []
    const flow = settled(flowWithin(base, planned, udb, isNew), edgeSliverM2)
    const part = partOf(column)
    if (table === 'byKind') return topEvidence(planned, amounts(planned, flow, row, part), hectares).evidence
    const isOfRow = inClass(planned, row)
    return topEvidence(planned, onlyWhere(amounts(planned, flow, 'urban', part), isOfRow), hectares).evidence
  },
  examples: [
    {
      title:
        '2 ha of new homes, of which the boundary holds 1.5 ha; a highway outside does not count; what was built before is not new',
      layers: {
        landuse_base: [
          { polygon: [box(0, 0, 200, 100)], attributes: { class: '0101' } },
          { polygon: [box(200, 0, 100, 100)], attributes: { class: '0701' } },
          { polygon: [box(300, 0, 100, 100)], attributes: { class: '0301' } },
        ],
        landuse_plan: [
          { polygon: [box(0, 0, 300, 100)], attributes: { class: '0701' } },
          { polygon: [box(300, 0, 100, 100)], attributes: { class: '1202' } },
        ],
        udb: [{ polygon: [box(50, 0, 250, 100)] }],
      },
      answer: 0.75,
      details: { newUrbanM2: 20_000, insideM2: 15_000, outsideM2: 5000, newLineM2: 10_000, newOtherM2: 0, sliversM2: 0 },
    },
    {
      title: 'a metre beyond the boundary along 100 m is a sliver',
      layers: {
        landuse_base: [{ polygon: [box(0, 0, 400, 100)], attributes: { class: '01' } }],
        landuse_plan: [
          { polygon: [box(0, 0, 200, 100)], attributes: { class: '1001' } },
          { polygon: [box(200, 0, 100, 100)], attributes: { class: '0703' } },
        ],
        udb: [{ polygon: [box(-10, -10, 209, 120)] }],
      },
      answer: 1,
      details: { sliversM2: 100, newOtherM2: 10_000, outsideM2: 0 },
    },
    {
      title: 'a plan that builds nothing new has no share',
      layers: {
        landuse_base: [{ polygon: [box(0, 0, 200, 100)], attributes: { class: '0701' } }],
        landuse_plan: [{ polygon: [box(0, 0, 200, 100)], attributes: { class: '0901' } }],
        udb: [{ polygon: [box(0, 0, 100, 100)] }],
      },
      answer: 'missing',
      details: { newUrbanM2: 0 },
    },
  ],
})

interface Settled extends FlowWithin {
  /** Counted as inside although it lies outside. */
  sliversM2: number
}

/** Slivers outside the boundary are moved inside: a line of a plan is not surveyed to the metre. */
function settled({ flowM2, withinM2 }: FlowWithin, sliverM2: number): Settled {
  const within = Float64Array.from(withinM2)
  let sliversM2 = 0
  for (let parcel = 0; parcel < flowM2.length; parcel += 1) {
    const flow = flowM2[parcel] ?? 0
    const outside = flow - (within[parcel] ?? 0)
    // A parcel that lies outside as a whole is no sliver of one inside, however small.
    if (outside <= 0 || outside >= sliverM2 || within[parcel] === 0) continue
    within[parcel] = flow
    sliversM2 += outside
  }
  return { flowM2, withinM2: within, sliversM2 }
}

type Part = 'flowM2' | 'withinM2' | 'outsideM2'
const partOf = (column: string | undefined): Part => (column === 'withinM2' || column === 'outsideM2' ? column : 'flowM2')

/** One part of the flow by parcel, of parcels of one kind. */
function amounts(planned: LayerColumns, { flowM2, withinM2 }: FlowWithin, kind: string, part: Part): Float64Array {
  const column = planned.attributes['class']
  const counts = column?.type === 'text' ? column.dictionary.map((code) => kindOf(code) === kind) : []
  const values = part === 'withinM2' ? withinM2 : flowM2
  const amounts = new Float64Array(values.length)
  if (column?.type !== 'text') return amounts
  for (let parcel = 0; parcel < values.length; parcel += 1) {
    const areaM2 = values[parcel] ?? 0
    if (areaM2 === 0 || counts[column.codes[parcel] ?? NO_TEXT] !== true) continue
    amounts[parcel] = part === 'outsideM2' ? areaM2 - (withinM2[parcel] ?? 0) : areaM2
  }
  return amounts
}

/** The flow and the part of it inside, by class code of the plan. */
type CodeSums = Map<string, { flowM2: number; withinM2: number }>

/** One pass over the parcels: kinds and classes are both told by the code. */
function sumsByCode(planned: LayerColumns, { flowM2, withinM2 }: FlowWithin): CodeSums {
  const column = planned.attributes['class']
  if (column?.type !== 'text') return new Map()
  const { codes, dictionary } = column
  const flow = new Float64Array(dictionary.length)
  const within = new Float64Array(dictionary.length)
  for (let parcel = 0; parcel < planned.count; parcel += 1) {
    const areaM2 = flowM2[parcel] ?? 0
    const code = codes[parcel] ?? NO_TEXT
    if (areaM2 === 0 || code >= flow.length) continue
    flow[code] = (flow[code] ?? 0) + areaM2
    within[code] = (within[code] ?? 0) + (withinM2[parcel] ?? 0)
  }
  return new Map(dictionary.map((code, at) => [code, { flowM2: flow[at] ?? 0, withinM2: within[at] ?? 0 }]))
}

function sumsOf(sums: CodeSums, kind: Kind): { flowM2: number; withinM2: number } {
  const found = { flowM2: 0, withinM2: 0 }
  for (const [code, { flowM2, withinM2 }] of sums) {
    if (kindOf(code) !== kind) continue
    found.flowM2 += flowM2
    found.withinM2 += withinM2
  }
  return found
}

const outsideNote = (areaM2: number): Bilingual => ({
  zh: `边界外新增城镇建设用地 ${hectares(areaM2).zh}`,
  en: `${hectares(areaM2).en} of new urban construction outside the boundary`,
})

const COLUMNS = [
  areaColumn('flowM2', '新增面积', 'New'),
  areaColumn('withinM2', '边界内', 'Inside'),
  areaColumn('outsideM2', '边界外', 'Outside'),
  { key: 'share', title: { zh: '边界内占比', en: 'Share inside' }, unit: 'percent' as const },
]

const cellsOf = (flow: number, within: number) => [flow, within, flow - within, flow > 0 ? within / flow : null]

function kindTable(sums: CodeSums, wholeM2: number): ResultTable {
  const rows = KINDS.map(({ key, title }) => {
    const { flowM2: all, withinM2 } = sumsOf(sums, key)
    return { key, title, cells: cellsOf(all, withinM2) }
  })
  const sum = rows.reduce((total, { cells }) => total + (cells[0] ?? 0), 0)
  return {
    id: 'byKind',
    kind: 'classes',
    title: { zh: '新增建设用地与城镇开发边界', en: 'New construction and the development boundary' },
    rowTitle: { zh: '类型', en: 'Kind' },
    columns: COLUMNS,
    rows,
    closure: {
      flowM2: closureOfAreas(sum, wholeM2, (size) => ({
        zh: `与转移矩阵相差 ${size.zh}。`,
        en: `Differs from the transition matrix by ${size.en}.`,
      })),
    },
  }
}

/** New urban construction by planned class. */
function classTable(sums: CodeSums): ResultTable {
  const all = new Map<string, number>()
  const within = new Map<string, number>()
  for (const [code, { flowM2, withinM2 }] of sums) {
    if (flowM2 === 0 || kindOf(code) !== 'urban') continue
    const key = code.slice(0, 4)
    all.set(key, (all.get(key) ?? 0) + flowM2)
    within.set(key, (within.get(key) ?? 0) + withinM2)
  }
  const codes = [...all.keys()].toSorted()
  return {
    id: 'byClass',
    kind: 'classes',
    title: { zh: '新增城镇建设用地按规划地类', en: 'New urban construction by planned class' },
    rowTitle: { zh: '规划地类', en: 'Planned class' },
    columns: COLUMNS,
    rows: codes.map((code) => ({
      key: code,
      title: classTitle(code),
      cells: cellsOf(all.get(code) ?? 0, within.get(code) ?? 0),
      colour: classColour(code),
    })),
  }
}
