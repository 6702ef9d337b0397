import { FRESH_LOOK } from '../map/look.ts'
import type { BasemapInfo } from './basemap.ts'
import { AppError } from '../errors.ts'
import type { ChecklistResult } from '../checklist/result.ts'
import type { Checklist } from '../checklist/schema.ts'
import type { FileToken, LayerId, PlanId, ReviewId } from '../model/ids.ts'
import type { MappingProfile } from '../model/mapping-profile.ts'
import type { Measurement } from '../model/measurement.ts'
import type { Layer, Plan, PlanSummary } from '../model/plan.ts'
import type { ReviewResult } from '../model/result.ts'
import type { ReviewView } from '../review/review.ts'
import { bilingual } from '../text.ts'
import { sampleAnalysis } from './sample-analysis.ts'
import { sampleFlip } from './sample-flip.ts'
import { sampleMonitoring, sampleMonitoringExport } from './sample-monitoring.ts'
import { sampleMapSheets } from './sample-map-sheets.ts'
import { sampleAttributes } from './sample-attributes.ts'
import { sampleOpportunity } from './sample-opportunity.ts'
import { sampleOverlays } from './sample-overlays.ts'
import { sampleFinding, sampleReview } from './sample-review.ts'
import { sampleRounds } from './sample-rounds.ts'
import { sampleIncoming } from './sample-library.ts'
import { sampleSigned } from './sample-sign.ts'
import { sampleSheets } from './sample-sheets.ts'
import type { TileData } from './map-data.ts'
import type { AnalysisSummary, CallContext, Handlers } from './procedures.ts'

/*
 * Answers for every procedure, for tests of hosts and transports that need a backend but no catalogue. The values are
 * believable; a few plan ids behave badly on purpose.
 */

/** Plan ids with a behaviour of their own. */
export const ODD_PLANS = {
  /** `analysis.run` runs until it is cancelled. */
  endless: 'plan-endless' as PlanId,
  /** `analysis.run` does not look at its signal and finishes once it was asked to stop. */
  deaf: 'plan-deaf' as PlanId,
  /** `analysis.run` breaks in its own way when it is stopped, as a killed worker does. */
  brittle: 'plan-brittle' as PlanId,
  /** `plans.get` throws the expected failure of a plan that is gone. */
  gone: 'plan-gone' as PlanId,
  /** `plans.get` throws an Error whose message and stack hold a path. */
  bug: 'plan-bug' as PlanId,
  /** `plans.get` rejects with something that is no Error. */
  strange: 'plan-strange' as PlanId,
  /** `plans.get` answers with something that no port can carry. */
  unsendable: 'plan-unsendable' as PlanId,
} as const

/** What must never reach a screen: `plans.get` of ODD_PLANS.bug throws an Error that holds it. */
export const SECRET_PATH = '/home/reviewer/secret/catalogue.sqlite'

const PLAN = 'plan-1' as PlanId
const REVIEW = 'review-1' as ReviewId
const WHEN = '2026-03-01T08:00:00.000Z'
const SEAL = 'a'.repeat(64)

const plan: Plan = {
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
  frame: { kind: 'planar', originX: 0, originY: 0 },
  extent: [0, 0, 24_000, 18_000],
  gpkgSha256: SEAL,
  manifest: { greenprint: 'plan-manifest/1', name: 'Qinglan 2035', layers: [{ role: 'green', path: 'green.gpkg' }] },
  importedAt: WHEN,
}

const layer: Layer = {
  id: 'layer-1' as LayerId,
  planId: PLAN,
  role: 'green',
  name: 'green',
  kind: 'polygon',
  table: 'green',
  features: 412,
  areaM2: 36_500_000,
  lengthM: null,
  sha256: SEAL,
  sourcePath: 'green.gpkg',
  sourceSha256: SEAL,
  sourceCrs: 'EPSG:4547',
  crsReason: bilingual('来自文件的坐标系定义。', 'From the CRS definition in the file.'),
  encoding: null,
  notes: [],
  unknownClasses: {},
}

const summary: PlanSummary = {
  id: PLAN,
  name: plan.name,
  nameZh: plan.nameZh,
  cityName: plan.cityName,
  importedAt: WHEN,
  layers: 1,
  features: 412,
  areaM2: 36_500_000,
  total: 71.5,
  coverage: 0.42,
}

const measurement: Measurement = {
  id: 'green-share',
  version: 1,
  outcome: { kind: 'value', value: 0.384, unit: 'ratio' },
  method: bilingual('绿地面积除以规划范围面积。', 'Green area divided by the area of the plan.'),
  basis: 'ellipsoidal',
  parameters: {},
  details: { greenM2: 36_500_000 },
  evidence: [{ layer: 'green', fid: 7, value: 125_000 }],
  evidenceTotal: 412,
  inputs: { green: SEAL },
  notes: [],
}

const checklistResult: ChecklistResult = {
  id: 'green-low-carbon',
  version: '1.0.0',
  items: [],
  dimensions: [{ id: 'A', weight: 20, judgedWeight: 8, score: 71.5 }],
  gates: [{ item: 'B01', state: 'not_checked' }],
  total: 71.5,
  coverage: 0.42,
  opinion: { id: 'revise', title: bilingual('修改后通过', 'Approve after revision'), cappedByGate: false },
}

const review: ReviewView = {
  review: {
    id: REVIEW,
    planId: PLAN,
    checklistId: 'green-low-carbon',
    checklistVersion: '1.0.0',
    reviewer: '评审员',
    startedAt: WHEN,
  },
  measurements: [measurement],
  entries: [],
  findings: [sampleFinding],
  result: checklistResult,
  stale: [],
}

const result: ReviewResult = {
  schema: 'review-result/1',
  engine: { name: 'greenprint', version: '0.1.0' },
  plan: {
    name: plan.name,
    nameZh: plan.nameZh,
    city: { name: '青岚', kind: 'large', population: 1_250_000, populationYear: 2020 },
    planLevel: 'master',
    baseYear: 2020,
    targetYear: 2035,
    crs: 'EPSG:4547',
    importedAt: WHEN,
    gpkgSha256: SEAL,
  },
  review: { reviewer: '评审员', startedAt: WHEN },
  inputs: [],
  indicators: [measurement],
  checklist: checklistResult,
  findings: [sampleFinding],
  seal: SEAL,
}

const checklist: Checklist = {
  greenprint: 'checklist/1',
  id: 'green-low-carbon',
  version: '1.0.0',
  title: bilingual('绿色低碳评审表', 'Green low-carbon checklist'),
  description: bilingual('样例', 'Sample'),
  dimensions: [{ id: 'A', title: bilingual('绿地', 'Green space'), weight: 100 }],
  opinions: [
    {
      id: 'approve',
      min: 0,
      title: bilingual('通过', 'Approve'),
      source: bilingual('样例', 'Sample'),
      certainty: 'interpolated',
    },
  ],
  gateOpinion: 'approve',
  notJudged: { id: 'not-judged', title: bilingual('未判定', 'Not judged') },
  items: [],
}

const tile = (vertices: number): TileData => ({
  kind: 'polygon',
  xy: Int32Array.from({ length: vertices * 2 }, (_, index) => index * 16),
  ringOff: Uint32Array.of(0, vertices),
  featureOff: Uint32Array.of(0, 1),
  fid: Float64Array.of(7),
  classIndex: Uint16Array.of(3),
  cells: new Int32Array(0),
})

const BASEMAP: BasemapInfo = {
  id: 'basemap-1',
  name: '影像',
  kind: 'mbtiles',
  minZoom: 0,
  maxZoom: 14,
  sizeBytes: 1024,
  attribution: null,
  opacity: 0.6,
}

const profile: MappingProfile = {
  id: 'profile-1',
  name: '县级总规',
  rules: [
    { pattern: 'GHYDYH*', kind: 'polygon', role: 'landuse_plan', encoding: 'GBK', fields: { class: 'YDYHFLDM' }, classes: {} },
  ],
  by: '评审员',
  at: WHEN,
}

const steps = bilingual('测算', 'Measuring')
const history = { undo: bilingual('等级改为 3', 'Level set to 3'), redo: null, steps: [] }

async function analyse(planId: PlanId, call: CallContext): Promise<AnalysisSummary> {
  const stopped = () => new Promise<void>((resolve) => call.signal.addEventListener('abort', resolve))
  call.progress({ done: 0, total: 3, label: steps })
  if (planId === ODD_PLANS.endless) {
    await stopped()
    throw new AppError('request.cancelled', { procedure: 'analysis.run' })
  }
  if (planId === ODD_PLANS.brittle) {
    await stopped()
    throw new Error('Worker exited with code 1')
  }
  if (planId === ODD_PLANS.deaf) await stopped()
  for (const done of [1, 2, 3]) {
    await Promise.resolve()
    call.progress({ done, total: 3, label: steps })
  }
  return { measured: 3, missing: 0, unusedParameters: [] }
}

function getPlan(planId: PlanId): { plan: Plan; layers: Layer[] } {
  if (planId === ODD_PLANS.gone) throw new AppError('catalogue.not-found', { what: planId })
  if (planId === ODD_PLANS.bug) throw new TypeError(`Cannot read ${SECRET_PATH}`)
  // oxlint-disable-next-line typescript/only-throw-error -- the point of this plan id
  if (planId === ODD_PLANS.strange) throw SECRET_PATH
  if (planId === ODD_PLANS.unsendable)
    return { plan: { ...plan, self: () => plan } as Plan, layers: [new DataView(new ArrayBuffer(1)) as never] }
  return { plan: { ...plan, id: planId }, layers: [layer] }
}

/** One handler per procedure. Pass others to replace some of them. */
export const sampleHandlers = (others: Partial<Handlers> = {}): Handlers => ({
  'app.info': () => ({ name: 'greenprint', version: '0.1.0', host: 'test', readOnly: false, readOnlyReason: null }),
  'app.logError': () => ({ ref: '7F3A' }),
  'app.formats': () => [{ id: 'geojson', label: bilingual('GeoJSON', 'GeoJSON'), extensions: ['.geojson', '.json'] }],
  'settings.get': () => ({ lang: 'zh', theme: 'system', areaUnit: 'ha', reviewer: '评审员' }),
  'settings.set': (change) => ({ lang: 'zh', theme: 'system', areaUnit: 'ha', reviewer: '评审员', ...change }),
  'plans.list': () => [summary],
  'plans.get': ({ planId }) => getPlan(planId),
  'plans.remove': () => undefined,
  'plans.compare': ({ before, after }) => ({
    before: { ...plan, id: before },
    after: { ...plan, id: after },
    layers: [],
    notes: [],
  }),
  'import.inspect': () => ({ files: [{ path: 'green.gpkg', sizeBytes: 8192, layers: [], error: null }], manifest: null }),
  'import.run': () => ({ planId: PLAN }),
  'import.report': ({ format, target }) => ({
    fileName: `intake.${format}`,
    sizeBytes: 512,
    sha256: SEAL,
    download: target === null ? ('download-2' as FileToken) : null,
  }),
  'files.saveText': ({ text }) => ({ fileName: 'manifest.json', sizeBytes: text.length, sha256: SEAL, download: null }),
  'drafts.get': () => null,
  'drafts.save': () => ({ savedAt: WHEN }),
  'drafts.discard': () => undefined,
  'profiles.list': () => [profile],
  'profiles.save': (draft) => [{ ...draft, id: profile.id, by: profile.by, at: WHEN }],
  'profiles.remove': () => [],
  'sample.create': () => ({ planId: PLAN }),
  'sample.write': () => ({ files: ['manifest.json', 'qinglan.gpkg'] }),
  'checklists.list': () => [{ id: checklist.id, version: checklist.version, title: checklist.title, items: 0 }],
  'checklists.get': () => checklist,
  'indicators.list': () => [
    {
      id: measurement.id,
      version: 1,
      title: bilingual('绿地率', 'Green share'),
      unit: 'ratio',
      displayUnit: 'percent',
      better: 'higher',
      formula: measurement.method,
      source: 'sample',
      seed: ['S001'],
      needs: ['green'],
      uses: [],
      parameters: {},
      detailTitles: { greenM2: { ...bilingual('绿地面积', 'Green area'), unit: 'ha' } },
    },
  ],
  'analysis.run': ({ planId }, call) => analyse(planId, call),
  ...sampleAnalysis([measurement]),
  ...sampleOverlays,
  ...sampleAttributes,
  ...sampleMapSheets,
  ...sampleOpportunity,
  'monitoring.series': sampleMonitoring,
  'monitoring.export': sampleMonitoringExport,
  ...sampleFlip,
  'analysis.featuresOf': ({ place }) => ({
    features: [{ layer: 'landuse_plan', fid: 7, value: 8000 }],
    total: place.row === '01' ? 1 : 2,
  }),
  'analysis.exportTable': ({ format, table, target }) => ({
    fileName: `${table}.${format}`,
    sizeBytes: 2048,
    sha256: SEAL,
    download: target === null ? ('download-2' as FileToken) : null,
  }),
  'reviews.open': () => review,
  'reviews.get': () => review,
  'reviews.setEntry': ({ reviewId, ...entry }) => ({
    ...review,
    review: { ...review.review, id: reviewId },
    entries: [{ ...entry, by: '评审员', at: WHEN }],
  }),
  'reviews.clearEntry': () => review,
  ...sampleReview(review, checklist),
  ...sampleRounds,
  ...sampleSigned,
  ...sampleIncoming,
  'map.setup': () => ({
    frame: plan.frame,
    extent: plan.extent,
    origin: [0, 0],
    resolutions: [64, 32, 16],
    tileSizePx: 512,
    layers: [],
  }),
  'map.tile': ({ x }) => tile(Math.max(3, x)),
  'basemap.get': () => null,
  'basemap.choose': () => BASEMAP,
  'basemap.fade': ({ opacity }) => ({ ...BASEMAP, opacity }),
  'basemap.remove': () => undefined,
  'basemap.tile': () => ({ type: 'image/png', bytes: Uint8Array.of(1, 2, 3) }),
  'basemap.square': () => null,
  ...sampleSheets,
  'map.raster': () => ({ sizePx: 2, classes: Uint8Array.of(0, 1, 2, 255) }),
  'map.identify': () => [
    { layerId: layer.id, role: 'green', fid: 7, title: '西城公园', attributes: [], areaM2: 125_000, lengthM: null },
  ],
  'map.labels': () => [{ layerId: layer.id, fid: 7, xM: 1, yM: 2, text: '西城公园', sizePx: 12, colour: '#0B5D2A', over: false }],
  'map.seen': ({ layerIds }) => layerIds.map((layerId) => ({ layerId, features: [3, 0] })),
  'map.systems': () => [{ id: 'degrees', label: { zh: '经纬度', en: 'Degrees' }, kind: 'degrees', definitions: null }],
  'map.extentOf': () => [0, 0, 1000, 1000],
  'map.look': () => FRESH_LOOK,
  'map.setLook': () => undefined,
  'map.features': ({ fids }) => ({
    kind: 'point',
    xyM: Float64Array.from(fids.flatMap((fid) => [fid, -fid])),
    ringOff: Uint32Array.of(0),
    featureOff: Uint32Array.of(0),
    fid: Float64Array.from(fids),
  }),
  'memo.choices': () => ({ kinds: [], styles: [], sections: [] }),
  'memo.compose': ({ lang }) => ({
    schema: 'memo-document/1',
    lang: lang === 'en' ? 'en' : 'zh',
    title: '评审意见书',
    subtitle: plan.name,
    footer: plan.name,
    author: '评审员',
    date: WHEN,
    sections: [],
    seal: SEAL,
  }),
  'memo.export': ({ format, target }) => ({
    fileName: `memo.${format}`,
    sizeBytes: 1024,
    sha256: SEAL,
    download: target === null ? ('download-1' as FileToken) : null,
  }),
  'memo.verify': () => ({ match: true, sealStored: SEAL, sealRecomputed: SEAL, differences: [] }),
  'result.get': () => result,
  'history.get': () => history,
  'history.undo': () => history,
  'history.redo': () => history,
  'audit.list': () => ({ entries: [], intact: true }),
  'backup.now': () => ({ fileName: 'catalogue-000001.sqlite', at: WHEN }),
  ...others,
})
