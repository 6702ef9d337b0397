import type { AppInfo, Events, Handlers, History, Settings } from '#core/contract/procedures.ts'
import { INDICATORS } from '#core/indicators/index.ts'
import { indicatorInfo } from '#core/indicators/indicator.ts'
import { unusedParameters } from '#core/indicators/parameters.ts'
import type { PlanId } from '#core/model/ids.ts'
import type { Catalogue } from '#db/catalogue.ts'
import type { Actor } from '#db/actor.ts'
import type { AnalysisService } from './analysis/analysis-service.ts'
import type { SessionService } from './analysis/session-service.ts'
import type { FileTokens } from './backend.ts'
import type { AttributeDesk } from './attributes/attribute-desk.ts'
import type { DraftStore } from './draft-store.ts'
import { formats } from './formats/index.ts'
import { rasterFormats } from './formats/raster/raster-formats.ts'
import type { BasemapService } from './basemap/basemap-service.ts'
import type { IntakeService } from './intake-service.ts'
import type { Log } from './log.ts'
import { saveText } from './save-text.ts'
import type { MapPrintDesk } from './map-print/map-print-desk.ts'
import type { MapService } from './map/map-service.ts'
import { memoChoices } from '#core/memo/compose.ts'
import type { MemoDesk } from './memo-desk.ts'
import { carriedPlanBytes } from './memo/plan-size.ts'
import type { Checklists } from './review/checklists.ts'
import type { FlipService } from './flip/flip-service.ts'
import type { OpportunityDesk } from './opportunity/opportunity-desk.ts'
import type { OverlayDesk } from './overlays/overlay-desk.ts'
import type { OptionService } from './options/option-service.ts'
import { blindHistory, guardBlind } from './review/blind-guard.ts'
import type { AttachmentService } from './review/attachment-service.ts'
import { planList } from './review/plan-list.ts'
import type { FindingsDesk } from './review/findings-export.ts'
import type { OfficeService } from './review/office-service.ts'
import type { PanelService } from './review/panel-service.ts'
import type { ReviewService } from './review/review-service.ts'
import type { OrientationService } from './rounds/orientation-service.ts'
import type { RoundService } from './rounds/round-service.ts'
import type { InboxService } from './inbox/inbox-service.ts'
import { libraryHandlers } from './library/library-handlers.ts'
import type { LibraryService } from './library/library-service.ts'
import type { ReplyService } from './reply/reply-service.ts'
import type { MemoRounds } from './share/memo-rounds.ts'
import type { ShareService } from './share/share-service.ts'
import type { SignDesk } from './sign/sign-desk.ts'
import type { SheetService } from './sheets/sheet-service.ts'
import type { MonitoringDesk } from './tables/monitoring-desk.ts'
import type { TableDesk } from './tables/table-desk.ts'

export interface Services {
  info: AppInfo
  catalogue: Catalogue
  checklists: Checklists
  intake: IntakeService
  drafts: DraftStore
  tokens: FileTokens
  analyses: AnalysisService
  sessions: SessionService
  reviews: ReviewService
  panels: PanelService
  findings: FindingsDesk
  attachments: AttachmentService
  office: OfficeService
  options: OptionService
  rounds: RoundService
  shares: ShareService
  library: LibraryService
  inbox: InboxService
  memoRounds: MemoRounds
  signing: SignDesk
  replies: ReplyService
  orientations: OrientationService
  maps: MapService
  mapPrints: MapPrintDesk
  basemaps: BasemapService
  sheets: SheetService
  memos: MemoDesk
  tables: TableDesk
  attributeTables: AttributeDesk
  monitoring: MonitoringDesk
  overlays: OverlayDesk
  opportunities: OpportunityDesk
  flips: FlipService
  log: Log
  actor: () => Actor
  emit: (change: Events['catalogue.changed']) => void
}

/** One line per procedure; a missing line does not compile. */
export function createHandlers(services: Services): Handlers {
  const { catalogue, checklists, intake, drafts, reviews, panels, options, attachments, office, maps, memos, sheets, actor } =
    services
  const tell = (what: Events['catalogue.changed']['what']) => services.emit({ what, planId: null, reviewId: null })
  const told = <T>(what: Events['catalogue.changed']['what'], value: T): T => {
    tell(what)
    return value
  }
  const stored = (planId: PlanId) => ({ plan: catalogue.plans.get(planId), layers: catalogue.layers.ofPlan(planId) })
  const shown = (history: History): History => blindHistory(history, panels.isAnyBlind(), actor().name)
  const handlers: Handlers = {
    'app.info': () => services.info,
    'app.formats': () => [...formats, ...rasterFormats].map(({ id, label, extensions }) => ({ id, label, extensions })),
    'app.logError': ({ message, where }) => ({ ref: services.log.bug(new Error(message), where) }),
    'settings.get': () => catalogue.settings.get(),
    'settings.set': (patch) => told('settings', catalogue.commands.setSettings(withoutUndefined(patch), actor())),

    'plans.list': () => planList(catalogue),
    'plans.get': ({ planId }) => stored(planId),
    'plans.remove': ({ planId }) => {
      catalogue.commands.removePlan(planId, actor())
      tell('plans')
    },
    'plans.compare': ({ before, after, limit }, call) => services.analyses.compare(stored(before), stored(after), limit, call),
    'import.inspect': (input, call) => intake.inspect(input, call),
    'import.run': async (input, call) => told('plans', await intake.importPlan(input, call)),
    'import.report': async (input, call) => told('history', await intake.report(input, call)),
    'drafts.get': () => drafts.get(),
    'drafts.save': ({ files, answers, steps }) => drafts.save(files, answers, steps),
    'drafts.discard': () => drafts.discard(),
    'profiles.list': () => catalogue.profiles.list(),
    'profiles.save': (draft) => told('profiles', catalogue.commands.saveProfile(draft, actor())),
    'profiles.remove': ({ profileId }) => told('profiles', catalogue.commands.removeProfile(profileId, actor())),
    'sample.create': async (options, call) => told('plans', await intake.createSample(options, call)),
    'sample.write': (input, call) => intake.writeSample(input, call),

    'checklists.list': () =>
      checklists.list().map(({ id, version, title, items }) => ({ id, version, title, items: items.length })),
    'checklists.get': ({ checklistId }) => checklists.get(checklistId),
    'indicators.list': () => INDICATORS.map(indicatorInfo),
    'analysis.run': async ({ planId, evenIfShort }, call) => {
      const plan = catalogue.plans.get(planId)
      const { measurements, fromCache } = await services.analyses.run(plan, catalogue.layers.ofPlan(planId), call, {
        evenIfShort,
      })
      catalogue.commands.saveMeasurements(planId, measurements, actor())
      tell('review')
      const missing = measurements.filter(({ outcome }) => outcome.kind === 'missing').length
      const unused = unusedParameters(INDICATORS, plan.manifest.parameters ?? {})
      return {
        measured: measurements.length - missing,
        missing,
        unusedParameters: unused,
        ...(fromCache ? { fromCache } : {}),
      }
    },
    'monitoring.series': (input) => services.monitoring.series(input),
    'monitoring.export': async (input, call) => told('history', await services.monitoring.export(input, call)),
    'analysis.featuresOf': (input, call) => services.tables.featuresOf(input, call),
    'analysis.exportTable': async (input, call) => told('history', await services.tables.exportTable(input, call)),
    'attributes.layers': (input) => services.attributeTables.layers(input),
    'attributes.page': (input, call) => services.attributeTables.page(input, call),
    'attributes.place': (input, call) => services.attributeTables.place(input, call),
    'attributes.statistics': (input, call) => services.attributeTables.statistics(input, call),
    'attributes.select': (input, call) => services.attributeTables.select(input, call),
    'attributes.selectWithin': (input) => services.attributeTables.selectWithin(input),
    'attributes.search': (input) => services.attributeTables.search(input),
    'attributes.export': async (input, call) => told('history', await services.attributeTables.export(input, call)),
    'flip.search': (input, call) => services.flips.search(input, call),
    'opportunity.find': (input, call) => services.opportunities.find(input, call),
    'opportunity.last': ({ planId }) => services.opportunities.last(planId),
    'opportunity.export': async (input, call) => told('history', await services.opportunities.export(input, call)),
    'overlays.list': ({ planId }) => services.overlays.list(planId),
    'overlays.compute': (input, call) => services.overlays.compute(input, call),
    'overlays.export': async (input, call) => told('history', await services.overlays.export(input, call)),
    'analysis.estimate': ({ planId }) => services.analyses.estimate(catalogue.plans.get(planId), catalogue.layers.ofPlan(planId)),
    'analysis.sessionOpen': ({ planId }, call) =>
      services.sessions.open(catalogue.plans.get(planId), catalogue.layers.ofPlan(planId), call),
    'analysis.sessionEdit': ({ sessionId, edits, ...how }) => services.sessions.edit(sessionId, edits, how),
    'analysis.sessionSettle': ({ sessionId }) => services.sessions.settle(sessionId),
    'analysis.sessionUndo': ({ sessionId }) => services.sessions.undo(sessionId),
    'analysis.sessionClose': ({ sessionId }) => services.sessions.close(sessionId),
    'reviews.open': ({ planId, checklistId }) => reviews.open(planId, checklistId),
    'reviews.get': ({ reviewId }) => reviews.view(reviewId),
    'reviews.setEntry': (input) => told('review', reviews.setEntry(input)),
    'reviews.clearEntry': ({ reviewId, item }) => told('review', reviews.clearEntry(reviewId, item)),
    'findings.add': (input) => told('review', reviews.addFinding(input)),
    'findings.update': (input) => told('review', reviews.updateFinding(input)),
    'findings.withdraw': (input) => told('review', reviews.withdrawFindings(input)),
    'findings.move': (input) => told('review', reviews.moveFindings(input)),
    'findings.patch': (input) => told('review', reviews.patchFindings(input)),
    'findings.reply': (input) => told('review', reviews.reply(input)),
    'findings.thread': ({ findingId }) => catalogue.records.of('remark', findingId),
    'findings.facts': ({ reviewId }) => services.findings.facts(reviewId),
    'findings.export': async (input, call) => told('history', await services.findings.export(input, call)),
    'attachments.list': ({ reviewId }) => attachments.list(reviewId),
    'attachments.add': (input) => told('attachments', attachments.add(input)),
    'attachments.addSnapshot': (input) => told('attachments', attachments.addSnapshot(input)),
    'attachments.remove': ({ attachmentId }) => told('attachments', attachments.remove(attachmentId)),
    'attachments.bytes': ({ attachmentId, offset }) => attachments.bytes(attachmentId, offset),
    'attachments.save': async (input, call) => told('history', await attachments.save(input, call)),
    'templates.list': () => office.templates(),
    'templates.put': (input) => told('office', office.putTemplate(input)),
    'templates.remove': ({ templateId }) => told('office', office.removeTemplate(templateId)),
    'checklists.versions': ({ checklistId }) => checklists.versions(checklistId),
    'checklists.version': ({ checklistId, version }) => checklists.version(checklistId, version),
    'checklists.compare': (input) => office.compare(input),
    'checklists.check': ({ checklist }) => office.check(checklist),
    'checklists.publish': ({ checklist }) => {
      tell('review')
      return told('office', office.publish(checklist))
    },
    'checklists.read': ({ files }) => office.read(files),
    'checklists.export': async (input, call) => told('history', await office.export(input, call)),
    'reviews.moveToChecklist': ({ reviewId, version }) => told('review', reviews.moveToChecklist(reviewId, version)),
    'panel.get': (key) => panels.view(key),
    'panel.addExpert': (input) => told('review', panels.addExpert(input)),
    'panel.removeExpert': ({ reviewId }) => told('review', panels.removeExpert(reviewId)),
    'panel.submit': ({ reviewId }) => told('review', panels.submit(reviewId)),
    'panel.reopen': ({ reviewId }) => told('review', panels.reopen(reviewId)),
    'panel.setBlind': (input) => told('review', panels.setBlind(input)),
    'panel.settle': (input) => told('review', panels.settle(input)),
    'panel.settleAll': (input) => told('review', panels.settleAll(input)),
    'panel.calibrate': (input) => panels.calibrate(input),
    'options.list': ({ reviewId }) => options.list(reviewId),
    'options.add': (input) => told('options', options.add(input)),
    'options.change': async (input, call) => told('options', await options.change(input, call)),
    'options.remove': ({ optionId }) => told('options', options.remove(optionId)),
    'options.open': ({ optionId }, call) => options.open(optionId, call),
    'options.edit': async (input, call) => told('options', await options.edit(input, call)),
    'options.settle': ({ optionId }, call) => options.settle(optionId, call),
    'options.compare': (input, call) => options.compare(input, call),
    'options.changes': ({ optionId }) => options.changes(optionId),
    'options.close': ({ planId }) => options.close(planId),
    'rounds.get': (key) => services.rounds.view(key),
    'rounds.setEarlier': (input) => told('review', services.rounds.setEarlier(input)),
    'rounds.start': async (key, call) => told('review', await services.rounds.start(key, call)),
    'rounds.check': (input) => services.rounds.check(input),
    'rounds.explain': (input) => told('review', services.rounds.explain(input)),
    'rounds.adopt': (input) => told('review', services.rounds.adopt(input)),
    'rounds.export': async (input, call) => told('history', await services.rounds.export(input, call)),
    'sign.look': (input, call) => services.signing.look(input, call),
    'sign.pdf': async (input, call) => told('history', await services.signing.pdf(input, call)),
    'sign.remembered': () => services.signing.remembered(),
    'sign.roots': () => services.signing.roots(),
    'sign.addRoots': async (input) => told('history', await services.signing.addRoots(input)),
    'sign.removeRoot': (input) => told('history', services.signing.removeRoot(input)),
    'share.export': async (input, call) => told('history', await services.shares.export(input, call)),
    'replies.make': async (input, call) => told('history', await services.replies.make(input, call)),
    'replies.look': (input, call) => services.replies.look(input, call),
    'replies.bring': async (input, call) => toldAll(await services.replies.bring(input, call)),
    'replies.answer': (input, call) => services.replies.answer(input, call),
    ...libraryHandlers(services, toldAll),
    'share.look': (input, call) => services.shares.look(input, call),
    'share.merge': async (input, call) => toldAll(await services.shares.merge(input, call)),
    'share.asRound': async (input, call) => toldAll(await services.memoRounds.start(input, call)),
    'share.receipts': () => services.shares.receipts(),
    'share.conflicts': ({ planId }) => services.shares.conflicts(planId),
    'share.resolve': (input) => toldAll(services.shares.resolve(input)),
    'orientation.get': (key, call) => services.orientations.get(key, call),

    'basemap.get': () => services.basemaps.get(),
    'basemap.choose': async ({ files }) => told('settings', await services.basemaps.choose(files)),
    'basemap.fade': ({ opacity }) => told('settings', services.basemaps.fade(opacity)),
    'basemap.remove': () => told('settings', services.basemaps.remove()),
    'basemap.tile': ({ basemapId, z, x, y }) => services.basemaps.tile(basemapId, z, x, y),
    'basemap.square': (input) => services.basemaps.square(input),

    'sheets.list': ({ planId }) => sheets.list(planId),
    'sheets.open': ({ files }) => sheets.open(files),
    'sheets.reopen': ({ sheetId }) => sheets.reopen(sheetId),
    'sheets.bytes': ({ sha256, offset }) => sheets.bytes(sha256, offset),
    'sheets.locate': ({ planId, crs, places }) => sheets.locate(planId, crs, places),
    'sheets.place': async (input) => told('sheets', await sheets.place(input)),
    'sheets.show': (input) => told('sheets', sheets.show(input)),
    'sheets.remove': ({ sheetId }) => told('sheets', sheets.remove(sheetId)),

    'map.setup': (input) => maps.setup(input),
    'map.tile': (input) => maps.tile(input),
    'map.raster': (input) => maps.raster(input),
    'map.identify': (input) => maps.identify(input),
    'map.features': (input) => maps.features(input),
    'map.extentOf': (input) => maps.extentOf(input),
    'map.labels': (input) => maps.labels(input),
    'map.seen': (input) => maps.seen(input),
    'map.systems': ({ planId }) => maps.systems(planId),
    'map.look': ({ planId }) => catalogue.mapLooks.get(planId),
    'map.sheet': (input, call) => services.mapPrints.sheet(input, call),
    'map.sheetPdf': (input, call) => services.mapPrints.sheetPdf(input, call),
    'map.print': async (input, call) => told('history', await services.mapPrints.print(input, call)),
    'map.savePicture': async (input, call) => told('history', await services.mapPrints.savePicture(input, call)),
    'map.setLook': ({ planId, look }) => told('look', catalogue.commands.setMapLook(planId, look)),

    'memo.choices': () => memoChoices(),
    'memo.compose': ({ reviewId, lang, options }, call) => memos.compose(reviewId, lang, options, call),
    'memo.export': async (input, call) => told('history', await memos.export(input, call)),
    'memo.planSize': ({ reviewId }) => ({ bytes: carriedPlanBytes(catalogue, reviewId) }),
    'memo.verify': ({ files }, call) => memos.verify(files, call),
    'result.get': ({ reviewId }) => memos.result(reviewId),

    'files.saveText': async ({ target, text }, call) => told('history', await saveText(services, target, text, call)),

    'history.get': () => shown(catalogue.history()),
    'history.undo': () => stepped(catalogue.commands.undo(actor()).value),
    'history.redo': () => stepped(catalogue.commands.redo(actor()).value),
    'history.ofItem': ({ reviewId, item }) => catalogue.past.ofItem(reviewId, item),
    'history.ofFinding': ({ findingId }) => catalogue.past.ofFinding(findingId),
    'history.restore': ({ opId }) => {
      catalogue.commands.restoreDecision(opId, actor())
      tell('review')
    },
    'reviews.asOf': ({ reviewId, at }) => reviews.asOf(reviewId, at),
    'audit.list': ({ before }) => ({ entries: catalogue.audit.list(before), intact: catalogue.audit.verify().intact }),
    'backup.now': async () => {
      const { file, at } = await catalogue.backup.now()
      return { fileName: file, at }
    },
  }
  return guardBlind(handlers, catalogue, (id) => panels.assertVisible(id))

  /** Undo and redo may touch anything: every screen looks again. */
  function stepped(history: History): History {
    return toldAll(shown(history))
  }

  function toldAll<T>(value: T): T {
    tell('plans')
    tell('review')
    tell('options')
    tell('attachments')
    tell('office')
    return told('history', value)
  }
}

/** Zod leaves absent keys absent, but types them as possibly undefined. */
const withoutUndefined = (patch: Partial<Settings>): Partial<Settings> =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined))
