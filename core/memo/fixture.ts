import { scoreChecklist } from '../checklist/score.ts'
import { renderChart } from '../charts/render-svg.ts'
import type { ItemEntry } from '../checklist/result.ts'
import type { Certainty, Checklist, ChecklistItem, LevelRule } from '../checklist/schema.ts'
import { layerFromSketches } from '../geo/build.ts'
import type { LayerColumns } from '../geo/columns.ts'
import { equalAreaFrame, type Frame } from '../geo/frame.ts'
import type { FeatureSketch } from '../geo/sketch.ts'
import type { FindingId, LayerId, PlanId, ReviewId } from '../model/ids.ts'
import type { Measurement } from '../model/measurement.ts'
import type { Layer, Plan } from '../model/plan.ts'
import type { Role } from '../model/roles.ts'
import type { UnitId } from '../model/units.ts'
import type { Finding, Severity } from '../review/finding.ts'
import type { ReviewView } from '../review/review.ts'
import { FLOWS_TABLE, UNITS_TABLE } from '../tables/fixture-tables.ts'
import type { MemoInput } from './context.ts'
import { buildResult } from './result.ts'
import type { Sha256 } from './seal.ts'

/** A small invented review for tests: one failed gate, one override, gaps, a city of a few hundred parcels. */

/** Stands in for SHA-256 where there is no cryptography: 64 hex digits, different for every text a test will ever use. */
export function exampleHash(text: string): string {
  let hash = ''
  for (let seed = 1; seed <= 8; seed++) {
    let value = (0x811c9dc5 ^ (seed * 0x9e3779b1)) >>> 0
    for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0
    hash += value.toString(16).padStart(8, '0')
  }
  return hash
}

const FRAME: Frame = equalAreaFrame(114, 30, 6378137, 298.257222101)
const REVIEW = 'review-1' as ReviewId
const PLAN = 'plan-1' as PlanId
const AT = '2026-03-02T08:30:00.000Z'

const source = { zh: '示例标准', en: 'Example standard' }

function exampleItem(
  id: string,
  zh: string,
  en: string,
  weight: number,
  unit: UnitId,
  more: Partial<ChecklistItem>,
): ChecklistItem {
  const certainties: Certainty[] = ['interpolated', 'interpolated', 'verified', 'seed', 'unverified']
  return {
    id,
    dimension: id.slice(0, 1) === 'B' ? 'base' : 'access',
    title: { zh, en },
    question: { zh: `${zh}是否达标？`, en: `Does ${en} meet the standard?` },
    evidence: ['auto'],
    formula: { zh: '见方法', en: 'see method' },
    unit,
    weight,
    gate: false,
    applies: { cities: ['super', 'mega', 'large', 'medium', 'small', 'shrinking'], planLevels: ['master'] },
    seed: [],
    anchor: { text: source, source: 'example', certainty: 'verified' },
    levels: certainties.map((certainty, level) => ({
      level,
      text: { zh: `第 ${level} 档`, en: `step ${level}` },
      source,
      certainty,
    })),
    rule: null,
    needs: [],
    ...more,
  }
}

const edges = (
  indicator: string,
  unit: UnitId,
  better: 'higher' | 'lower',
  ...values: [number, number, number, number]
): LevelRule => ({
  kind: 'edges',
  indicator,
  unit,
  better,
  edges: values,
  open: [],
})

export const exampleChecklist: Checklist = {
  greenprint: 'checklist/1',
  id: 'example',
  version: '2026.1',
  title: { zh: '绿色低碳国土空间格局示例清单', en: 'Example checklist for a green and low-carbon pattern' },
  description: { zh: '示例', en: 'Example' },
  dimensions: [
    { id: 'base', title: { zh: '底线约束', en: 'Bottom lines' }, weight: 50 },
    { id: 'access', title: { zh: '公园可达', en: 'Access to parks' }, weight: 50 },
  ],
  opinions: [
    { id: 'agree', min: 85, title: { zh: '原则同意', en: 'Agree in principle' }, source, certainty: 'interpolated' },
    { id: 'revise', min: 55, title: { zh: '修改后再审', en: 'Revise and review again' }, source, certainty: 'interpolated' },
    { id: 'resubmit', min: 0, title: { zh: '修改后重新报审', en: 'Revise and submit anew' }, source, certainty: 'interpolated' },
  ],
  gateOpinion: 'resubmit',
  notJudged: { id: 'not-judged', title: { zh: '暂不形成意见', en: 'No opinion yet' } },
  items: [
    exampleItem('B01', '控制线零冲突', 'Control lines without conflict', 20, 'ha', {
      gate: true,
      rule: edges('control-lines', 'ha', 'lower', 0, -1, -2, -3),
    }),
    exampleItem('B02', '开发强度', 'Development intensity', 20, 'percent', {
      rule: edges('intensity', 'percent', 'lower', 40, 30, 25, 20),
    }),
    exampleItem('B03', '目标落实路径', 'Path to the targets', 10, 'level', { evidence: ['document'], needs: ['document'] }),
    exampleItem('A03', '公园服务覆盖', 'Park access', 20, 'percent', {
      rule: edges('park-access', 'percent', 'higher', 60, 70, 80, 90),
    }),
    exampleItem('A04', '人均公园面积', 'Park area per person', 20, 'm2_per_person', {
      rule: edges('park-area', 'm2_per_person', 'higher', 5, 8, 12, 15),
      needs: ['green', 'population'],
    }),
    exampleItem('A05', '地块绿地率', 'Green ratio of parcels', 10, 'percent', {
      applies: { cities: ['large'], planLevels: ['parcel'] },
    }),
  ],
}

function exampleMeasurement(id: string, outcome: Measurement['outcome'], more: Partial<Measurement> = {}): Measurement {
  return {
    id,
    version: 1,
    outcome,
    method: { zh: `${id} 的面积之比，按椭球面量算。`, en: `Ratio of areas of ${id}, measured on the ellipsoid.` },
    basis: 'ellipsoidal',
    parameters: { walkSpeedKmh: 4.8 },
    details: { parcels: 3 },
    evidence: [],
    evidenceTotal: 0,
    inputs: { landuse_plan: 'c'.repeat(64) },
    notes: [],
    ...more,
  }
}

const exampleMeasurements: Measurement[] = [
  exampleMeasurement(
    'control-lines',
    { kind: 'value', value: 12_345.6, unit: 'm2' },
    {
      evidence: [
        {
          layer: 'landuse_plan',
          fid: 3,
          note: { zh: '0.8 公顷位于生态保护红线内', en: '0.8 ha inside the eco redline' },
          value: 8000,
        },
        { layer: 'landuse_plan', fid: 37, value: 4345.6 },
      ],
      evidenceTotal: 9,
    },
  ),
  exampleMeasurement('intensity', { kind: 'value', value: 0.2875, unit: 'ratio' }, { tables: [FLOWS_TABLE, UNITS_TABLE] }),
  exampleMeasurement(
    'park-access',
    { kind: 'value', value: 0.9312, unit: 'ratio' },
    { notes: [{ zh: '以公园边界代替出入口。', en: 'Park edges stand in for entrances.' }] },
  ),
  exampleMeasurement('park-area', {
    kind: 'missing',
    why: { zh: '缺少人口图层。', en: 'There is no population layer.' },
    needs: ['population'],
  }),
]

const exampleEntries: ItemEntry[] = [
  {
    item: 'B02',
    level: 3,
    notApplicable: false,
    reason: '山区占比高，按可建设用地折算',
    document: '说明书.pdf',
    page: 12,
    by: '李评审',
    at: AT,
  },
]

/** A finding in the reviewer's own words; `number` also makes its id. */
export const exampleFinding = (
  number: number,
  item: string | null,
  severity: Severity,
  text: string,
  action: string,
): Finding => ({
  id: `finding-${number}` as FindingId,
  reviewId: REVIEW,
  number,
  item,
  severity,
  text,
  action,
  evidence: number % 2 === 1 ? [{ layer: 'opportunity_area', fid: number }] : [],
  withdrawn: false,
  by: '李评审',
  at: AT,
})

const exampleFindings: Finding[] = [
  exampleFinding(1, 'B03', 'should', '近期建设项目未与碳约束目标对应。', '请补充近期项目清单及其减排量。'),
  exampleFinding(2, null, 'note', '图件未标注审图号。', ''),
  { ...exampleFinding(3, 'A03', 'must', '重复，撤回。', ''), withdrawn: true },
]

const examplePlan: Plan = {
  id: PLAN,
  name: 'Qinglan 2035',
  nameZh: '青岚市国土空间总体规划（2021—2035年）',
  cityName: '青岚',
  cityKind: 'large',
  population: 1_250_000,
  populationYear: 2020,
  planLevel: 'master',
  baseYear: 2020,
  targetYear: 2035,
  crs: 'EPSG:4547',
  frame: FRAME,
  extent: [0, 0, 12_000, 9000],
  gpkgSha256: 'a'.repeat(64),
  manifest: { greenprint: 'plan-manifest/1', name: 'Qinglan 2035', layers: [{ role: 'landuse_plan', path: 'plan/ghyd.shp' }] },
  importedAt: '2026-03-01T02:00:00.000Z',
}

const exampleLayer = (role: Role, path: string, more: Partial<Layer> = {}): Layer => ({
  id: `layer-${role}` as LayerId,
  planId: PLAN,
  role,
  name: role,
  kind: 'polygon',
  table: role,
  features: 300,
  areaM2: 108_000_000,
  lengthM: null,
  sha256: 'c'.repeat(64),
  sourcePath: path,
  sourceSha256: 'd'.repeat(64),
  sourceCrs: 'EPSG:4547',
  crsReason: { zh: '来自 .prj', en: 'from the .prj' },
  encoding: 'GB18030',
  notes: [],
  unknownClasses: {},
  ...more,
})

const exampleLayers: Layer[] = [
  exampleLayer('landuse_plan', 'plan/ghyd.shp', {
    notes: [
      {
        severity: 'warning',
        text: {
          zh: '修复 2 处自相交图斑，面积变化 0.3 m²。',
          en: 'Repaired 2 self-intersecting patches; area changed by 0.3 m².',
        },
      },
    ],
  }),
  exampleLayer('corridor', 'plan/stld.geojson', { features: 2, encoding: 'UTF-8' }),
  exampleLayer('greenway', 'plan/lvdao.gpkg', { kind: 'line', features: 4, areaM2: null, lengthM: 18_500, encoding: null }),
]

export interface ExampleOptions {
  findings?: Finding[]
  entries?: ItemEntry[]
  measurements?: Measurement[]
  checklist?: Checklist
  /** Parcels per side of the invented city. */
  side?: number
}

/** One review as a catalogue would hand it over, with a real score. */
export function exampleRecord(options: ExampleOptions = {}): {
  plan: Plan
  layers: Layer[]
  view: ReviewView
  checklist: Checklist
} {
  const {
    findings = exampleFindings,
    entries = exampleEntries,
    measurements = exampleMeasurements,
    checklist = exampleChecklist,
  } = options
  const view: ReviewView = {
    review: {
      id: REVIEW,
      planId: PLAN,
      checklistId: checklist.id,
      checklistVersion: checklist.version,
      reviewer: '李评审',
      startedAt: '2026-03-01T03:00:00.000Z',
    },
    measurements,
    entries,
    findings,
    result: scoreChecklist(checklist, { measurements, entries, cityKind: 'large', planLevel: 'master' }),
    stale: [],
  }
  return { plan: examplePlan, layers: exampleLayers, view, checklist }
}

/** A whole memo input with a real score and a real seal. */
export function exampleInput(sha256: Sha256 = exampleHash, options: ExampleOptions = {}): MemoInput {
  const { plan, layers, view, checklist } = exampleRecord(options)
  const result = buildResult({ engineVersion: '0.1.0', plan, layers, view, sha256 })
  const columns = exampleColumns(options.side ?? 24)
  return { result, checklist, layers: columns, frame: FRAME, indicators: exampleIndicators, drawChart: renderChart }
}

export const exampleIndicators = [
  {
    id: 'control-lines',
    title: { zh: '控制线冲突面积', en: 'Area in conflict with control lines' },
    displayUnit: 'ha' as const,
    parameters: { walkSpeedKmh: { title: { zh: '步行速度', en: 'Walking speed' }, unit: 'index' as const } },
  },
]

/** A round city on a river: centre, blocks, ring, a wedge, control lines and stations. Deterministic. */
export function exampleColumns(side: number): LayerColumns[] {
  const size = 12_000 / side
  const blocks = ['0701', '0701', '0702', '0901', '080403', '1001', '1401', '1207']
  const parcels: FeatureSketch[] = []
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const [x, y] = [column * size, row * size]
      const distance = Math.hypot(x + size / 2 - 6000, y + size / 2 - 6000)
      const block = blocks[(Math.floor(column / 2) * 7 + Math.floor(row / 2) * 13) % blocks.length] ?? '0701'
      const river = Math.abs(x - 3000 - y * 0.15) < size ? '1701' : null
      const code =
        river ?? (distance < 1400 ? '0901' : distance < 4000 ? block : distance < 5000 ? '0301' : row % 9 === 0 ? '16' : '0103')
      parcels.push({ polygon: [[[x, y], [x + size, y], [x + size, y + size], [x, y + size]]], attributes: { class: code } }) // prettier-ignore
    }
  }
  const circle = (radius: number): [number, number][] =>
    Array.from({ length: 48 }, (_, step) => [
      6000 + radius * Math.cos((step / 48) * 2 * Math.PI),
      6000 + radius * Math.sin((step / 48) * 2 * Math.PI),
    ])
  const layer = (role: Role, ...sketches: FeatureSketch[]) => layerFromSketches(role, sketches, FRAME)
  const ground = layerFromSketches('landuse_plan', parcels, FRAME)
  return [
    ground,
    layer('udb', { polygon: [circle(4050)] }),
    layer('eco_redline', { polygon: [[[300, 300], [3200, 300], [2600, 2900], [300, 2500]]] }), // prettier-ignore
    layer('corridor', { polygon: [circle(4900), circle(4150).reverse()], attributes: { form: 'ring' } }, { polygon: [[[6000, 6000], [11_500, 5400], [11_500, 7200]]], attributes: { form: 'wedge' } }), // prettier-ignore
    layer('greenway', { line: circle(3000) }),
    layer('opportunity_area', { polygon: [[[6500, 6600], [8100, 6500], [8000, 8000], [6600, 7900]]] }), // prettier-ignore
    layer('rail_station', { point: [6000, 6000] }, { point: [7200, 6500] }, { point: [8400, 7100] }),
    layer('centre', { point: [6100, 5800] }),
  ]
}
