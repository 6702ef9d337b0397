import type { ItemEntry } from '#core/checklist/result.ts'
import { parseChecklist } from '#core/checklist/load.ts'
import { scoreChecklist } from '#core/checklist/score.ts'
import type { Events, Handlers, History, Settings } from '#core/contract/procedures.ts'
import type { TileData } from '#core/contract/map-data.ts'
import { AppError } from '#core/errors.ts'
import { INDICATORS } from '#core/indicators/index.ts'
import { indicatorInfo } from '#core/indicators/indicator.ts'
import { composeMemo, memoChoices } from '#core/memo/compose.ts'
import { buildResult } from '#core/memo/result.ts'
import type { FindingId } from '#core/model/ids.ts'
import type { Measurement } from '#core/model/measurement.ts'
import type { Finding } from '#core/review/finding.ts'
import type { Review, ReviewView } from '#core/review/review.ts'
import { entryOfLook } from '#core/map/legend.ts'
import { FRESH_LOOK } from '#core/map/look.ts'
import { roleStyleOf } from '#core/map/styles.ts'
import { sampleMapSheets } from '#core/contract/sample-map-sheets.ts'
import { bilingual, type Bilingual } from '#core/text.ts'
import { definedOnly } from '#core/without.ts'
import json from '../../../resources/checklists/green-low-carbon.json' with { type: 'json' }
import { sampleFlip } from '#core/contract/sample-flip.ts'
import { sampleAnalysis } from '#core/contract/sample-analysis.ts'
import { sampleAttributes } from '#core/contract/sample-attributes.ts'
import { sampleOpportunity } from '#core/contract/sample-opportunity.ts'
import { sampleReview } from '#core/contract/sample-review.ts'
import { sampleRounds } from '#core/contract/sample-rounds.ts'
import { sampleIncoming } from '#core/contract/sample-library.ts'
import { sampleSigned } from '#core/contract/sample-sign.ts'
import { sampleOverlays } from '#core/contract/sample-overlays.ts'
import { sampleMonitoring, sampleMonitoringExport } from '#core/contract/sample-monitoring.ts'
import { fakeComparison } from './fake-comparison.ts'
import { fakeIntake } from './fake-intake.ts'
import { FAKE_PLAN, FAKE_REVIEW, FAKE_TIME, fakeLayers, fakeMeasurements, fakePlan, layerTitle } from './fake-data.ts'

/** Everything that a review's edits change; a step of history is one of these. */
interface State {
  planned: boolean
  measurements: readonly Measurement[]
  entries: readonly ItemEntry[]
  findings: readonly Finding[]
}

interface Step {
  title: Bilingual
  before: State
  after: State
}

export const fakeChecklist = parseChecklist(json, 'green-low-carbon.json')

const review: Review = {
  id: FAKE_REVIEW,
  planId: FAKE_PLAN,
  checklistId: fakeChecklist.id,
  checklistVersion: fakeChecklist.version,
  reviewer: '李审查',
  startedAt: FAKE_TIME,
}

/** A review of the small city with everything derived, as the backend would answer. */
export const fakeView = ({ measurements, entries, findings }: Omit<State, 'planned'>): ReviewView => ({
  review,
  measurements: [...measurements],
  entries: [...entries],
  findings: [...findings],
  result: scoreChecklist(fakeChecklist, { measurements, entries, cityKind: fakePlan.cityKind, planLevel: fakePlan.planLevel }),
  stale: [],
})

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

const gone = (): never => {
  throw new AppError('import.files-gone', {})
}

const EMPTY_TILE: TileData = {
  kind: 'cells',
  xy: new Int32Array(),
  ringOff: new Uint32Array(),
  featureOff: new Uint32Array(),
  fid: new Float64Array(),
  classIndex: new Uint16Array(),
  cells: new Int32Array(),
}

/** One state, the steps that led to it, and the steps that were taken back. */
function fakeStore(changed: (change: Events['catalogue.changed']) => void) {
  let state: State = { planned: false, measurements: [], entries: [], findings: [] }
  const done: Step[] = []
  const undone: Step[] = []
  const tell = () => {
    for (const what of ['plans', 'review', 'history'] as const) changed({ what, planId: FAKE_PLAN, reviewId: FAKE_REVIEW })
  }
  return {
    now: () => state,
    do(title: Bilingual, change: Partial<State>) {
      const after = { ...state, ...change }
      done.push({ title, before: state, after })
      undone.length = 0
      state = after
      tell()
    },
    move(back: boolean) {
      const step = (back ? done : undone).pop()
      if (!step) return
      ;(back ? undone : done).push(step)
      state = back ? step.before : step.after
      tell()
    },
    history(): History {
      const line = (step: Step, isUndone: boolean) => ({
        title: step.title,
        at: FAKE_TIME,
        by: review.reviewer,
        undone: isUndone,
      })
      return {
        undo: done.at(-1)?.title ?? null,
        redo: undone.at(-1)?.title ?? null,
        steps: [...undone.map((step) => line(step, true)), ...done.toReversed().map((step) => line(step, false))],
      }
    },
  }
}

type Store = ReturnType<typeof fakeStore>

const viewOf = (store: Store): ReviewView => fakeView(store.now())
const resultOf = (store: Store) =>
  buildResult({ engineVersion: '0.1.0', plan: fakePlan, layers: fakeLayers, view: viewOf(store), sha256: () => 'f'.repeat(64) })

function planHandlers(store: Store) {
  return {
    'plans.list': () => {
      const { result, measurements } = viewOf(store)
      const { id, name, nameZh, cityName, importedAt } = fakePlan
      const scored = measurements.length > 0
      const summary = { id, name, nameZh, cityName, importedAt, layers: fakeLayers.length, features: 5793, areaM2: 294_443_000 }
      return store.now().planned
        ? [{ ...summary, total: scored ? result.total : null, coverage: scored ? result.coverage : null }]
        : []
    },
    'plans.get': () => {
      if (!store.now().planned) throw new AppError('catalogue.not-found', { what: fakePlan.name })
      return { plan: fakePlan, layers: fakeLayers }
    },
    'plans.remove': () => store.do(bilingual('移除方案', 'Plan removed'), { planned: false }),
    'plans.compare': () => fakeComparison(),
    ...fakeIntake(),
    'import.run': () => {
      store.do(bilingual('导入方案', 'Plan imported'), { planned: true })
      return { planId: FAKE_PLAN }
    },
    'sample.create': () => {
      store.do(bilingual('生成示例城市', 'Sample city made'), { planned: true })
      return { planId: FAKE_PLAN }
    },
    'sample.write': () => ({ files: ['manifest.json'] }),
    'map.setup': () => ({
      frame: fakePlan.frame,
      origin: [-9000, 8000] as [number, number],
      extent: fakePlan.extent,
      resolutions: [64, 32, 16, 8, 4, 2, 1, 0.5],
      tileSizePx: 512,
      layers: fakeLayers.map(({ id, role, name, kind, features }, order) => ({
        id,
        role,
        name,
        kind,
        features,
        order,
        title: layerTitle(role),
        legend: [
          entryOfLook({ code: role, look: roleStyleOf(role).otherwise }, 0, features, kind === 'raster' ? 'polygon' : kind),
        ],
        visible: true,
      })),
    }),
    'map.tile': () => EMPTY_TILE,
    'basemap.get': () => null,
    'basemap.choose': () => {
      throw new AppError('import.files-gone', {})
    },
    'basemap.fade': () => null,
    'basemap.remove': () => undefined,
    'basemap.tile': () => null,
    'basemap.square': () => null,
    'sheets.list': () => [],
    'sheets.open': gone,
    'sheets.reopen': gone,
    'sheets.bytes': gone,
    'sheets.locate': ({ places }) => Float64Array.from(places.flat()),
    'sheets.place': gone,
    'sheets.show': gone,
    'sheets.remove': () => undefined,
    'map.raster': () => ({ sizePx: 512, classes: new Uint8Array(512 * 512).fill(255) }),
    ...sampleMapSheets,
    'map.identify': () => [],
    'map.labels': () => [],
    'map.seen': ({ layerIds }) =>
      fakeLayers
        .filter(({ id }) => layerIds.includes(id))
        .map(({ id, features }) => ({ layerId: id, features: [Math.ceil(features / 2)] })),
    'map.systems': () => [],
    'map.extentOf': () => [0, 0, 1000, 1000],
    'map.look': () => FRESH_LOOK,
    'map.setLook': () => undefined,
    'map.features': () => ({
      kind: 'polygon',
      xyM: new Float64Array(),
      ringOff: new Uint32Array(),
      featureOff: new Uint32Array(),
      fid: new Float64Array(),
    }),
  } satisfies Partial<Handlers>
}

function reviewHandlers(store: Store) {
  const findingOf = (id: FindingId): Finding => {
    const found = store.now().findings.find((finding) => finding.id === id)
    if (!found) throw new AppError('catalogue.not-found', { what: id })
    return found
  }
  const replace = (title: Bilingual, finding: Finding): Finding => {
    const others = store.now().findings.filter(({ id }) => id !== finding.id)
    store.do(title, { findings: [...others, finding] })
    return finding
  }
  return {
    'analysis.run': async (_, { progress, signal }) => {
      for (const [done, { id }] of fakeMeasurements.entries()) {
        progress({ done, total: fakeMeasurements.length, label: bilingual(`正在测算 ${id}`, `Measuring ${id}`) })
        await pause(120)
        if (signal.aborted) throw new AppError('request.cancelled', { procedure: 'analysis.run' })
      }
      store.do(bilingual('运行分析', 'Analysis run'), { measurements: fakeMeasurements })
      return { measured: 3, missing: 1, unusedParameters: [] }
    },
    ...sampleAnalysis(fakeMeasurements),
    ...sampleFlip,
    ...sampleAttributes,
    ...sampleOpportunity,
    ...sampleOverlays,
    ...sampleReview(fakeView({ measurements: fakeMeasurements, entries: [], findings: [] }), fakeChecklist),
    ...sampleRounds,
    ...sampleSigned,
    ...sampleIncoming,
    'monitoring.series': sampleMonitoring,
    'monitoring.export': sampleMonitoringExport,
    'analysis.featuresOf': () => ({ features: [{ layer: 'landuse_plan', fid: 12, value: 30_000 }], total: 1 }),
    'analysis.exportTable': ({ table, format }) => ({
      fileName: `${table}.${format}`,
      sizeBytes: 2048,
      sha256: 'a'.repeat(64),
      download: null,
    }),
    'reviews.open': () => viewOf(store),
    'reviews.get': () => viewOf(store),
    'reviews.setEntry': ({ reviewId: _, ...entry }) => {
      if (entry.reason === '') throw new AppError('review.reason-required', { item: entry.item })
      const others = store.now().entries.filter(({ item }) => item !== entry.item)
      const title = bilingual(
        `${entry.item} 的等级设为 ${entry.level ?? '不适用'}`,
        `Level of ${entry.item} set to ${entry.level ?? 'not applicable'}`,
      )
      store.do(title, { entries: [...others, { ...entry, by: review.reviewer, at: FAKE_TIME }] })
      return viewOf(store)
    },
    'reviews.clearEntry': ({ item }) => {
      const entries = store.now().entries.filter((entry) => entry.item !== item)
      store.do(bilingual(`清除 ${item} 的评定`, `Entry for ${item} cleared`), { entries })
      return viewOf(store)
    },
    'findings.add': ({ reviewId, ...content }) => {
      const number = store.now().findings.length + 1
      const id = `finding-${number}` as FindingId
      const finding: Finding = {
        ...definedOnly(content),
        id,
        reviewId,
        number,
        withdrawn: false,
        by: review.reviewer,
        at: FAKE_TIME,
      }
      return replace(bilingual(`新增意见 ${number}`, `Finding ${number} added`), finding)
    },
    'findings.update': ({ findingId, ...content }) => {
      const finding = findingOf(findingId)
      return replace(bilingual(`修改意见 ${finding.number}`, `Finding ${finding.number} changed`), {
        ...finding,
        ...definedOnly(content),
      })
    },
    'findings.withdraw': ({ findingIds }) =>
      findingIds.map((id) => {
        const finding = findingOf(id)
        const title = bilingual(`撤回意见 ${finding.number}`, `Finding ${finding.number} withdrawn`)
        return replace(title, { ...finding, withdrawn: true })
      }),
  } satisfies Partial<Handlers>
}

function memoHandlers(store: Store) {
  return {
    'memo.choices': () => memoChoices(),
    'memo.compose': ({ lang, options }) =>
      composeMemo(
        { result: resultOf(store), checklist: fakeChecklist, layers: [], frame: fakePlan.frame, indicators: INDICATORS },
        lang,
        options,
      ),
    'memo.export': () => ({ fileName: 'qinglan-memo.pdf', sizeBytes: 412_000, sha256: 'a'.repeat(64), download: null }),
    'files.saveText': ({ text }) => ({
      fileName: 'manifest.json',
      sizeBytes: text.length,
      sha256: 'a'.repeat(64),
      download: null,
    }),
    'memo.planSize': () => ({ bytes: 2_345_678 }),
    'memo.verify': () => ({
      match: false,
      sealStored: 'a'.repeat(64),
      sealRecomputed: 'b'.repeat(64),
      differences: [{ path: 'checklist.total', stored: '71.2', recomputed: '54.1' }],
    }),
    'result.get': () => resultOf(store),
    'history.get': () => store.history(),
    'history.undo': () => {
      store.move(true)
      return store.history()
    },
    'history.redo': () => {
      store.move(false)
      return store.history()
    },
    'audit.list': () => ({
      entries: [{ seq: 1, at: FAKE_TIME, actor: review.reviewer, action: 'catalogue.opened', object: null, result: 'ok' }],
      intact: true,
    }),
    'backup.now': () => ({ fileName: 'catalogue-000001.sqlite', at: FAKE_TIME }),
  } satisfies Partial<Handlers>
}

/** Every procedure, over one state in memory. */
export function fakeHandlers(changed: (change: Events['catalogue.changed']) => void): Handlers {
  const store = fakeStore(changed)
  let settings: Settings = { lang: 'zh', theme: 'system', areaUnit: 'ha', reviewer: review.reviewer }
  return {
    'app.info': () => ({ name: 'greenprint', version: '0.1.0', host: 'test', readOnly: false, readOnlyReason: null }),
    'app.logError': () => ({ ref: 'FAKE' }),
    'app.formats': () => [{ id: 'geojson', label: bilingual('GeoJSON', 'GeoJSON'), extensions: ['.geojson', '.json'] }],
    'settings.get': () => settings,
    'settings.set': (change) => {
      settings = { ...settings, ...change }
      changed({ what: 'settings', planId: null, reviewId: null })
      return settings
    },
    'checklists.list': () => [
      { id: fakeChecklist.id, version: fakeChecklist.version, title: fakeChecklist.title, items: fakeChecklist.items.length },
    ],
    'checklists.get': () => fakeChecklist,
    'indicators.list': () => INDICATORS.map(indicatorInfo),
    ...planHandlers(store),
    ...reviewHandlers(store),
    ...memoHandlers(store),
  }
}
