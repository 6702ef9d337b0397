import type { Port } from '#core/contract/port.ts'
import type { FileToken } from '#core/model/ids.ts'
import type { AppInfo, Events } from '#core/contract/procedures.ts'
import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import packageFile from '../../package.json' with { type: 'json' }
import { serve, type Server } from '#core/contract/serve.ts'
import type { Actor } from '#db/actor.ts'
import { openCatalogue, type Catalogue } from '#db/catalogue.ts'
import { createAnalysisService } from './analysis/analysis-service.ts'
import { createSessionService } from './analysis/session-service.ts'
import { createBasemapService } from './basemap/basemap-service.ts'
import type { LaunchChild } from './child.ts'
import { createDraftStore } from './draft-store.ts'
import { createFileTokens } from './file-tokens.ts'
import { createHandlers } from './handlers.ts'
import { createImportService } from './import/import-service.ts'
import { createIntakeService } from './intake-service.ts'
import { createLog, type Log } from './log.ts'
import { createMapPrintDesk } from './map-print/map-print-desk.ts'
import { createMapService } from './map/map-service.ts'
import { createMemoDesk } from './memo-desk.ts'
import { createChecklists } from './review/checklists.ts'
import { createOptionService } from './options/option-service.ts'
import { createAttachmentService } from './review/attachment-service.ts'
import { createFindingsDesk } from './review/findings-export.ts'
import { createOfficeService } from './review/office-service.ts'
import { createPanelService } from './review/panel-service.ts'
import { createReviewService } from './review/review-service.ts'
import { createSheetFiles } from './sheets/sheet-files.ts'
import { createSheetService } from './sheets/sheet-service.ts'
import { createFlipService } from './flip/flip-service.ts'
import { createAttributeDesk } from './attributes/attribute-desk.ts'
import { createOpportunityDesk } from './opportunity/opportunity-desk.ts'
import { createOverlayCache } from './overlays/overlay-cache.ts'
import { createOrientationService } from './rounds/orientation-service.ts'
import { createRoundService } from './rounds/round-service.ts'
import { createReplyService } from './reply/reply-service.ts'
import { createInboxService } from './inbox/inbox-service.ts'
import { notedMemos, notedShares } from './library/library-handlers.ts'
import { createLibraryService } from './library/library-service.ts'
import { watchedPackages } from './library/watched-packages.ts'
import { createPackageFiles } from './share/package-files.ts'
import { createMemoRounds } from './share/memo-rounds.ts'
import { createShareService } from './share/share-service.ts'
import { createSignDesk } from './sign/sign-desk.ts'
import { createOverlayDesk } from './overlays/overlay-desk.ts'
import { createMonitoringDesk } from './tables/monitoring-desk.ts'
import { createTableDesk } from './tables/table-desk.ts'

export interface BackendOptions {
  /** The catalogue's folder; created when missing. */
  catalogueDir: string
  host: AppInfo['host']
  launchChild: LaunchChild
  /** Folder of `resources/` (the checklists). */
  resourcesDir: string
  /** False lets a manifest name files outside its own folder: only where a person wrote it and runs it (command line). */
  confineToRoot?: boolean
  /** A catalogue that is thrown away afterwards needs no backups and no ballast. */
  temporary?: boolean
}

/** Files that a host hands to the screen as tokens: the screen never learns a path. */
export interface FileTokens {
  /** Registers chosen files or folders (absolute paths) as one token. */
  registerFiles(paths: readonly string[]): FileToken
  /** Registers a path that an export may write to. */
  registerSave(path: string): FileToken
  /** A fresh staging folder for an upload: write files below `dir`, then use `token`. */
  openUpload(): { token: FileToken; dir: string }
  /** Where an export may write; undefined for every other token, so that no chosen file can be written over. */
  savePath(token: FileToken): string | undefined
  /** Paths of a token, or undefined when unknown. */
  paths(token: FileToken): readonly string[] | undefined
  /** Keeps a token's files over a restart: one token at a time, the last one asked for. @throws AppError `import.files-gone` */
  keep(token: FileToken): void
  /** Lets go of what was kept. */
  keepNothing(): void
  /** Lets go of a token; what was uploaded under it is deleted, chosen files stay. */
  forget(token: FileToken): void
  /** The file behind a download token, given out once. */
  takeDownload(token: FileToken): { path: string; fileName: string } | undefined
  /** Offers a finished file for download. */
  offerDownload(path: string, fileName: string): FileToken
  /** Deletes staged uploads and unclaimed downloads. */
  close(): void
}

/** The one backend that every host runs: plain Node, no screen, no Electron. */
export interface Backend {
  tokens: FileTokens
  /** Answers calls on a port until it closes; many ports may be served at once. */
  serve(port: Port): void
  close(): Promise<void>
}

/**
 * Opens the catalogue and assembles the services around it.
 * @throws AppError `catalogue.*` when the folder cannot be opened or another Greenprint works in it
 */
export async function createBackend(options: BackendOptions): Promise<Backend> {
  mkdirSync(options.catalogueDir, { recursive: true })
  const log = createLog(path.join(options.catalogueDir, 'logs'))
  const catalogue = openCatalogue(options.catalogueDir, {
    onFault: (fault) => void log.bug(fault, 'catalogue'),
    ...(options.temporary === true && { automaticBackups: false, ballastBytes: 0 }),
  })
  try {
    return assemble(options, catalogue, log)
  } catch (error) {
    await catalogue.close()
    throw error
  }
}

/** Composition root: the only place that knows every service. */
function assemble(options: BackendOptions, catalogue: Catalogue, log: Log): Backend {
  const { plansDir, sheetsDir, cacheDir } = catalogue.paths
  // A catalogue that may only be read keeps nothing beside it.
  const tempDir = catalogue.readOnly === null ? path.join(catalogue.dir, 'temp') : mkdtempSync(path.join(tmpdir(), 'greenprint-'))
  mkdirSync(tempDir, { recursive: true, mode: 0o700 })
  const tokens = createFileTokens(path.join(tempDir, 'staged'))
  const drafts = createDraftStore(tempDir, tokens)
  const gpkgPath = (sha256: string) => path.join(plansDir, `${sha256}.gpkg`)
  const actor = (): Actor => ({ name: catalogue.settings.get().reviewer.trim() || '—', office: '' })
  const servers = new Set<Server>()

  const checklists = createChecklists(
    options.resourcesDir,
    () => catalogue.records.of('checklist', ''),
    () => catalogue.records.all('received_checklist'),
  )
  const confineToRoot = options.confineToRoot ?? true
  // Code that is run from a file of a shared, unwritable catalogue is nobody's to vouch for.
  const codeCacheDir = catalogue.readOnly === null ? { codeCacheDir: path.join(cacheDir, 'code') } : {}
  const imports = createImportService({
    launchChild: options.launchChild,
    plansDir,
    tempDir,
    log,
    confineToRoot,
    ...codeCacheDir,
  })
  const reviews = createReviewService(catalogue, checklists, actor)
  const planOf = (planId: Parameters<typeof catalogue.plans.get>[0]) => ({
    plan: catalogue.plans.get(planId),
    layers: catalogue.layers.ofPlan(planId),
  })
  const maps = createMapService({ planOf, gpkgPath, cacheDir, log })
  const attributeTables = createAttributeDesk({ planOf, gpkgPath, cacheDir, catalogue, tokens, actor })
  const analysisOptions = { gpkgPath, cacheDir, version: packageFile.version, log }
  const basemaps = createBasemapService({
    dir: path.join(catalogue.dir, 'basemaps'),
    planOf: (planId) => catalogue.plans.get(planId),
    tempDir,
    launchChild: options.launchChild,
    tokens,
    settings: { get: () => catalogue.settings.get(), set: (patch) => void catalogue.commands.setSettings(patch, actor()) },
    log,
  })
  const analyses = createAnalysisService(analysisOptions)
  const overlays = createOverlayDesk({
    catalogue,
    tokens,
    analyses,
    cache: createOverlayCache(cacheDir, packageFile.version, log),
    actor,
  })
  const sheetFiles = createSheetFiles({ dir: sheetsDir, tempDir, launchChild: options.launchChild, log })
  const sheets = createSheetService({ catalogue, files: sheetFiles, tokens, actor })
  const sessions = createSessionService(analysisOptions)
  const rounds = createRoundService({ catalogue, checklists, reviews, analyses, tokens, actor })
  const panels = createPanelService(catalogue, reviews, actor)
  const unwatched = createPackageFiles({ launchChild: options.launchChild, tempDir, log })
  const signing = createSignDesk({ catalogue, tokens, actor, packages: unwatched, dir: options.catalogueDir, tempDir })
  const emit = (change: Events['catalogue.changed']) => servers.forEach((server) => server.emit('catalogue.changed', change))
  const library = createLibraryService({
    catalogue,
    packages: unwatched,
    signaturesOf: (file, signal) => signing.signaturesOf(file, signal),
    findChecklist: (id, version) => checklists.find(id, version),
    tokens,
    tempDir,
    actor,
    isVisible: (id) => panels.isVisible(id),
    log,
    changed: () => emit({ what: 'library', planId: null, reviewId: null }),
  })
  const packages = watchedPackages(unwatched, library)
  const shareDesk: Omit<Parameters<typeof createShareService>[0], 'packages'> = {
    signaturesOf: (file, signal) => signing.signaturesOf(file, signal),
    catalogue,
    checklists,
    gpkgPath,
    isVisible: (id) => panels.isVisible(id),
    version: packageFile.version,
    tokens,
    tempDir,
    actor,
  }
  const shares = notedShares(
    createShareService({ ...shareDesk, packages, left: (file, content) => library.packed(file, content) }),
    library,
  )
  const memos = createMemoDesk({
    signing,
    catalogue,
    checklists,
    reviews,
    tokens,
    gpkgPath,
    actor,
    version: packageFile.version,
    packages,
    isVisible: (id) => panels.isVisible(id),
    tempDir,
  })
  const replies = createReplyService({
    catalogue,
    packages,
    tokens,
    actor,
    isVisible: (id) => panels.isVisible(id),
    sealOf: async (id) => (await memos.result(id)).seal,
  })
  const inbox = createInboxService({
    catalogue,
    shares,
    replies,
    lookers: createShareService({ ...shareDesk, packages: unwatched }),
    tokens,
    tempDir,
    actor,
    log,
    changed: () => emit({ what: 'inbox', planId: null, reviewId: null }),
  })
  const handlers = createHandlers({
    info: {
      name: 'greenprint',
      version: packageFile.version,
      host: options.host,
      readOnly: catalogue.readOnly !== null,
      readOnlyReason: catalogue.readOnly?.reason ?? null,
    },
    catalogue,
    checklists,
    intake: createIntakeService({
      catalogue,
      imports,
      sheets,
      confineToRoot,
      tokens,
      drafts,
      tempDir,
      actor,
      version: packageFile.version,
      stored: (planId) => maps.prepare(planId),
    }),
    drafts,
    tokens,
    analyses,
    attributeTables,
    tables: createTableDesk({ catalogue, tokens, analyses, gpkgPath, actor }),
    monitoring: createMonitoringDesk({ catalogue, tokens, actor }),
    overlays,
    flips: createFlipService({ planOf, checklists, analyses }),
    opportunities: createOpportunityDesk({ catalogue, tokens, analyses, version: packageFile.version, actor, log }),
    sessions,
    reviews,
    findings: createFindingsDesk({ catalogue, checklists, tokens, actor }),
    attachments: createAttachmentService(catalogue, tokens, actor),
    office: createOfficeService({ catalogue, checklists, tokens, actor }),
    panels,
    options: createOptionService({ catalogue, checklists, sessions, actor }),
    rounds,
    shares,
    library,
    inbox,
    memoRounds: createMemoRounds({ catalogue, checklists, gpkgPath, packages, tokens, tempDir, actor, shares, rounds }),
    replies,
    orientations: createOrientationService({ catalogue, checklists, reviews, rounds, analyses }),
    maps,
    signing,
    mapPrints: createMapPrintDesk({
      signing,
      planOf,
      lookOf: (planId) => catalogue.mapLooks.get(planId),
      gpkgPath,
      cacheDir,
      sources: {
        drawOverlay: (planId, overlay, call) => overlays.draw(planId, overlay, call),
        findingsOf: (reviewId) => catalogue.findings.ofReview(reviewId),
        basemap: basemaps,
      },
      version: packageFile.version,
      catalogue,
      tokens,
      actor,
    }),
    basemaps,
    sheets,
    memos: notedMemos(memos, library),
    log,
    actor,
    emit,
  })

  return {
    tokens,
    serve(port) {
      const server = serve(port, handlers, { bug: (error, procedure) => log.bug(error, procedure) })
      servers.add(server)
      port.onClose(() => servers.delete(server))
    },
    async close() {
      await sessions.closeAll()
      await maps.close()
      await attributeTables.close()
      inbox.close()
      imports.close()
      basemaps.close()
      sheetFiles.close()
      unwatched.close()
      tokens.close()
      await catalogue.close()
    },
  }
}
