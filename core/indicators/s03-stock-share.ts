import { numberAt, type LayerColumns } from '../geo/columns.ts'
import { featureAreas, sumOfAreas } from '../geo/feature-areas.ts'
import type { Select } from '../geo/overlay-area.ts'
import { forEachOverlap, overlapTable } from '../geo/overlap-table.ts'
import { box } from '../geo/sketch.ts'
import type { ResultTable, TablePlace } from '../model/result-table.ts'
import { classGroup } from '../reference/class-groups.ts'
import type { Bilingual } from '../text.ts'
import { onlyWhere, totalOf } from './amounts.ts'
import { inGroup, seenShare } from './by-class.ts'
import { defineIndicator, type Computed, type PlanData } from './indicator.ts'
import { classTransition, flowM2, flowOfPlanParcels, isOtherUse, type WantsFlow } from './land-transition.ts'
import { areaColumn } from './land-transition-tables.ts'
import { draft, measured, missing, type Draft } from './outcomes.ts'
import { topEvidence } from './top-evidence.ts'
import { wordedField } from './worded-field.ts'
import { areaBasis, hectares, percent } from './words.ts'

const SOURCES = {
  stock: { zh: '存量', en: 'Stock land' },
  new: { zh: '新增', en: 'New land' },
  unknown: { zh: '未注明', en: 'Not stated' },
} as const
type Source = keyof typeof SOURCES
const SOURCE_WORDS = {
  stock: ['stock', 'existing', '存量', '盘活', '更新'],
  new: ['new', 'increment', '新增', '增量'],
  unknown: [],
}

const isConstruction = classGroup('construction')
/** Without a list of projects: ground that the plan builds on, told by what it was before. */
const FLOWS: Record<'stock' | 'new', WantsFlow> = {
  stock: (from, to) => isConstruction(from) && isConstruction(to) && isOtherUse(from, to),
  new: (from, to) => !isConstruction(from) && isConstruction(to),
}

/** Share of land supply that comes from stock land. */
export const stockShare = defineIndicator({
  id: 'S03',
  version: 1,
  title: { zh: '存量用地占比', en: 'Stock land share' },
  unit: 'ratio',
  displayUnit: 'percent',
  better: 'higher',
  formula: {
    zh: 'A(存量供应) ÷ [A(存量供应)＋A(新增供应)]；没有供地项目图层时，以规划用地转移代替：建设用地改变用途为存量，非建设用地转建设用地为新增。',
    en: 'A(stock supply) ÷ [A(stock supply) + A(new supply)]; without a layer of projects the transition stands for it: construction land with another use is stock, other land turned to construction is new.',
  },
  source: 'Public list of city health-check indicators (share of stock land in supply); seed article L247',
  seed: ['S083'],
  needs: ['project'],
  uses: ['landuse_base', 'landuse_plan'],
  overlays: [
    ['project', 'landuse_base'],
    ['landuse_base', 'landuse_plan'],
  ],
  parameters: {},
  detailTitles: {
    from: {
      zh: '依据',
      en: 'Measured from',
      words: {
        project: { zh: '供地与建设项目', en: 'supply and projects' },
        transition: { zh: '用地转移（代理）', en: 'the transition of land use (proxy)' },
      },
    },
    stockM2: { zh: '存量供应', en: 'Stock supply', unit: 'ha' },
    newM2: { zh: '新增供应', en: 'New supply', unit: 'ha' },
    unknownM2: { zh: '来源未注明（未计入）', en: 'Source not stated (not counted)', unit: 'ha' },
    stockOnConstructionM2: { zh: '所报存量中基期为建设用地的', en: 'Of declared stock, built on in the base year', unit: 'ha' },
  },
  compute(plan) {
    const projects = plan.layer('project')
    return projects && sumOfAreas(projects) > 0 ? fromProjects(plan, projects) : fromTransition(plan)
  },
  featuresOf(plan, _, place) {
    const projects = plan.layer('project')
    if (place.table === 'flows') return flowFeatures(plan, place)
    if (!projects) return []
    const sourceOf = wordedField<Source>(projects, 'source', SOURCE_WORDS)
    const isWanted: Select =
      place.table === 'bySource'
        ? (project) => (sourceOf(project) ?? 'unknown') === place.row
        : (project) => yearOf(projects, project) === place.row && isInColumn(sourceOf(project), place.column)
    return topEvidence(projects, onlyWhere(featureAreas(projects), isWanted), hectares).evidence
  },
  examples: [
    {
      title: '3 ha of stock and 1 ha of new supply; 1 ha whose source nobody states is left out',
      layers: {
        project: [
          { polygon: [box(0, 0, 200, 100)], attributes: { source: 'stock', year: 2023 } },
          { polygon: [box(200, 0, 100, 100)], attributes: { source: '存量盘活', year: 2024 } },
          { polygon: [box(300, 0, 100, 100)], attributes: { source: '新增', year: 2024 } },
          { polygon: [box(400, 0, 100, 100)], attributes: { source: '?', year: null } },
        ],
        landuse_base: [
          { polygon: [box(0, 0, 150, 100)], attributes: { class: '1001' } },
          { polygon: [box(150, 0, 350, 100)], attributes: { class: '01' } },
        ],
      },
      answer: 0.75,
      details: { from: 'project', stockM2: 30_000, newM2: 10_000, unknownM2: 10_000, stockOnConstructionM2: 15_000 },
    },
    {
      title: 'without projects: 1 ha of industry becomes offices, 3 ha of fields are built on, 5 ha stay homes',
      layers: {
        landuse_base: [
          { polygon: [box(0, 0, 100, 100)], attributes: { class: '1001' } },
          { polygon: [box(100, 0, 300, 100)], attributes: { class: '0101' } },
          { polygon: [box(400, 0, 500, 100)], attributes: { class: '0701' } },
        ],
        landuse_plan: [
          { polygon: [box(0, 0, 100, 100)], attributes: { class: '0902' } },
          { polygon: [box(100, 0, 300, 100)], attributes: { class: '0701' } },
          { polygon: [box(400, 0, 500, 100)], attributes: { class: '07' } },
        ],
      },
      answer: 0.25,
      details: { from: 'transition', stockM2: 10_000, newM2: 30_000 },
    },
    {
      title: 'neither projects nor two states of land use: unknown, not zero',
      layers: { landuse_plan: [{ polygon: [box(0, 0, 100, 100)], attributes: { class: '0902' } }] },
      answer: 'missing',
    },
  ],
})

function fromProjects(plan: PlanData, projects: LayerColumns): Computed {
  const basis = areaBasis(plan.basis)
  const work = draft(
    `按供地与建设项目图层所载用地来源，存量供应面积除以存量与新增供应面积之和。${basis.zh}`,
    `By the source that supply and projects state, stock supply was divided by stock and new supply together. ${basis.en}`,
  )
  const sourceOf = wordedField<Source>(projects, 'source', SOURCE_WORDS)
  const of = (source: Source) => sumOfAreas(projects, (project) => (sourceOf(project) ?? 'unknown') === source)
  const [stockM2, newM2, unknownM2] = [of('stock'), of('new'), of('unknown')]
  const builtM2 = builtBefore(plan, projects)
  const onConstruction = builtM2 ? totalOf(builtM2, (project) => sourceOf(project) === 'stock') : null
  work.details = { from: 'project', stockM2, newM2, unknownM2, stockOnConstructionM2: onConstruction }
  work.quality = { seenShare: (stockM2 + newM2) / (stockM2 + newM2 + unknownM2) }
  work.tables = [sourceTable(projects, sourceOf, builtM2), yearTable(projects, sourceOf)]
  if (onConstruction !== null && stockM2 > 0 && onConstruction < stockM2 / 2) work.notes.push(doubtful(onConstruction / stockM2))
  if (stockM2 + newM2 === 0) {
    const why = { zh: '供地项目均未注明来源（存量或新增）。', en: 'No project states where its land comes from.' }
    return missing(work, why, ['project'])
  }
  const newlySupplied = onlyWhere(featureAreas(projects), (project) => sourceOf(project) === 'new')
  Object.assign(work, topEvidence(projects, newlySupplied, newNote))
  return measured(work, stockM2 / (stockM2 + newM2), 'ratio')
}

const doubtful = (share: number): Bilingual => ({
  zh: `所报存量供应仅 ${percent(share).zh} 位于基期建设用地，请核对来源。`,
  en: `Only ${percent(share).en} of declared stock supply lies on base-year construction land: check its source.`,
})

/** Base-year construction land under every project, m²; undefined without base-year land use. A fold of an overlap table. */
function builtBefore(plan: PlanData, projects: LayerColumns): Float64Array | undefined {
  const base = plan.layer('landuse_base')
  if (!base) return undefined
  const isBuilt = inGroup(base, 'construction')
  const sums = new Float64Array(projects.count)
  forEachOverlap(overlapTable(projects, base), (project, parcel, areaM2) => {
    if (isBuilt(parcel)) sums[project] = (sums[project] ?? 0) + areaM2
  })
  return sums
}

type SourceOf = (project: number) => Source | undefined

function sourceTable(projects: LayerColumns, sourceOf: SourceOf, builtM2: Float64Array | undefined): ResultTable {
  const rows = (Object.keys(SOURCES) as Source[]).map((source) => {
    const isSource = (project: number) => (sourceOf(project) ?? 'unknown') === source
    return {
      key: source,
      title: SOURCES[source],
      cells: [sumOfAreas(projects, isSource), builtM2 ? totalOf(builtM2, isSource) : null],
    }
  })
  return {
    id: 'bySource',
    kind: 'classes',
    title: { zh: '供应面积按来源', en: 'Supply by source' },
    rowTitle: { zh: '来源', en: 'Source' },
    columns: [
      areaColumn('areaM2', '供应面积', 'Supply'),
      areaColumn('builtM2', '其中基期为建设用地', 'Of it built on in the base year'),
    ],
    rows,
    closure: { areaM2: { sum: rows.reduce((sum, { cells }) => sum + (cells[0] ?? 0), 0), whole: sumOfAreas(projects) } },
  }
}

const yearOf = (projects: LayerColumns, project: number): string => String(numberAt(projects, 'year', project) ?? 'none')
const isInColumn = (source: Source | undefined, column: string | undefined): boolean =>
  column === 'stockM2' ? source === 'stock' : column === 'newM2' ? source === 'new' : source !== undefined

function yearTable(projects: LayerColumns, sourceOf: SourceOf): ResultTable {
  const years = [...new Set(Array.from({ length: projects.count }, (_, project) => yearOf(projects, project)))].toSorted()
  return {
    id: 'byYear',
    kind: 'series',
    title: { zh: '历年供应', en: 'Supply by year' },
    rowTitle: { zh: '年份', en: 'Year' },
    columns: [
      areaColumn('stockM2', '存量', 'Stock'),
      areaColumn('newM2', '新增', 'New'),
      { key: 'share', title: { zh: '存量占比', en: 'Share of stock' }, unit: 'percent' },
    ],
    rows: years.map((year) => {
      const of = (source: Source) =>
        sumOfAreas(projects, (project) => sourceOf(project) === source && yearOf(projects, project) === year)
      const [stockM2, newM2] = [of('stock'), of('new')]
      const title = year === 'none' ? { zh: '未给年份', en: 'No year' } : { zh: year, en: year }
      return { key: year, title, cells: [stockM2, newM2, stockM2 + newM2 > 0 ? stockM2 / (stockM2 + newM2) : null] }
    }),
  }
}

const newNote = (areaM2: number): Bilingual => ({
  zh: `新增供应 ${hectares(areaM2).zh}`,
  en: `${hectares(areaM2).en} of new supply`,
})

const PROXY: Bilingual = {
  zh: '没有供地项目图层，以基期到规划的用地转移代替供应来源。',
  en: 'There is no layer of projects; the transition from base year to plan stands for the sources of supply.',
}

function fromTransition(plan: PlanData): Computed {
  const basis = areaBasis(plan.basis)
  const work: Draft = draft(
    `以用地转移为代理：改变用途的建设用地为存量，转为建设用地的其他土地为新增，求存量占比。${basis.zh}`,
    `By proxy of the transition: construction land with another use is stock, other land turned to construction is new; the share of stock was taken. ${basis.en}`,
  )
  const [base, planned] = [plan.layer('landuse_base'), plan.layer('landuse_plan')]
  if (!base || !planned) {
    const why = {
      zh: '没有供地项目图层，也没有可作代理的基期和规划用地用海图层。',
      en: 'There is no layer of projects, nor base and planned land use to stand for it.',
    }
    return missing(work, why, ['project'])
  }
  const transition = classTransition(base, planned)
  const [stockM2, newM2] = [flowM2(transition, FLOWS.stock), flowM2(transition, FLOWS.new)]
  work.details = { from: 'transition', stockM2, newM2 }
  work.notes.push(PROXY)
  work.quality = { proxies: [PROXY], seenShare: Math.min(seenShare(base), seenShare(planned)) }
  work.tables = [flowTable(stockM2, newM2)]
  if (stockM2 + newM2 === 0) {
    const why = {
      zh: '规划没有新供应的建设用地，占比无从计算。',
      en: 'The plan supplies no construction land: there is no share of it.',
    }
    return missing(work, why, ['project'])
  }
  Object.assign(work, topEvidence(planned, flowOfPlanParcels(base, planned, FLOWS.new), newNote))
  return measured(work, stockM2 / (stockM2 + newM2), 'ratio')
}

const flowTable = (stockM2: number, newM2: number): ResultTable => ({
  id: 'flows',
  kind: 'classes',
  title: { zh: '供应来源（用地转移代理）', en: 'Sources of supply (proxy by transition)' },
  rowTitle: { zh: '来源', en: 'Source' },
  columns: [areaColumn('areaM2', '面积', 'Area')],
  rows: [
    { key: 'stock', title: SOURCES.stock, cells: [stockM2] },
    { key: 'new', title: SOURCES.new, cells: [newM2] },
  ],
})

function flowFeatures(plan: PlanData, { row }: TablePlace) {
  const [base, planned] = [plan.layer('landuse_base'), plan.layer('landuse_plan')]
  if (!base || !planned || (row !== 'stock' && row !== 'new')) return []
  return topEvidence(planned, flowOfPlanParcels(base, planned, FLOWS[row]), hectares).evidence
}
