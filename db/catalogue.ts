import { AppError } from '#core/errors.ts'
import type { Note } from '#core/model/plan.ts'
import { acts } from './acts.ts'
import { SYSTEM, type Clock } from './actor.ts'
import { auditWriter, type AuditWriter } from './audit.ts'
import { sealsWriter } from './audit-seals.ts'
import { verifyChain, type AuditVerdict, type Seal } from './audit-verify.ts'
import { backups } from './backup.ts'
import { BALLAST_BYTES, NO_BALLAST, prepareBallast } from './ballast.ts'
import { checkpointer } from './checkpoint.ts'
import { commandRunner } from './commands.ts'
import { sqliteCode } from './connection.ts'
import { entriesReader } from './entries.ts'
import type { StatFs } from './filesystem.ts'
import { findingCommands } from './finding-commands.ts'
import { findingsReader } from './findings.ts'
import { inboxReader } from './inbox.ts'
import { layersReader } from './layers.ts'
import { libraryActs } from './library-acts.ts'
import { libraryReader } from './library.ts'
import { mappingProfilesReader } from './mapping-profiles.ts'
import { measurementsReader } from './measurements.ts'
import { mergeCommands } from './merge-commands.ts'
import { memosReader } from './memos.ts'
import { headVersion, versionOf } from './migrate.ts'
import { openFolder, type OpenedFolder, type ReadOnlyReason } from './open.ts'
import { operationsReader } from './operations.ts'
import { optionCommands } from './option-commands.ts'
import { collectOrphans } from './orphans.ts'
import { panelCommands } from './panel-commands.ts'
import { pastReader } from './past.ts'
import { plansReader } from './plans.ts'
import { recordsReader } from './records.ts'
import { attestPendingRestore } from './restore-attest.ts'
import { replyCommands } from './reply-commands.ts'
import { reviewCommands } from './review-commands.ts'
import { reviewSummariesReader } from './review-summaries.ts'
import { reviewsReader } from './reviews.ts'
import { mapLooksReader } from './map-looks.ts'
import { settingsReader } from './settings.ts'
import { roundCommands } from './round-commands.ts'
import { sharedOperations } from './shared-operations.ts'
import { sheetCommands } from './sheet-commands.ts'
import { sheetsReader } from './sheets.ts'
import { transactWith, type Transact } from './transact.ts'

export interface CatalogueOptions {
  /** Told of failures nobody is waiting for (a checkpoint, an automatic backup): write them to the log. Edits are safe. */
  onFault: (fault: unknown) => void
  clock?: Clock
  /** Room kept for saving on a full disk, bytes; 0 keeps none (temporary catalogues). 64 MB unless told. */
  ballastBytes?: number
  /** Copies every 15 minutes and at close when something changed. True unless told. */
  automaticBackups?: boolean
  /** A second place for each backup, on another disk. */
  secondBackupDir?: string | null
  /** Only tests pretend to be on another file system. */
  statfs?: StatFs
}

const BACKUP_EVERY_MS = 15 * 60_000

/**
 * Opens the catalogue in `dir`, making it when the folder has none. Synchronous; 64 MB of ballast are written the first time.
 * @throws AppError 'catalogue.locked', 'catalogue.network-folder', 'catalogue.bad-path', 'catalogue.not-a-catalogue',
 *   'catalogue.damaged', 'catalogue.missing', 'catalogue.unwritable', 'catalogue.newer-unreadable'
 */
export function openCatalogue(dir: string, options: CatalogueOptions): Catalogue {
  const clock = options.clock ?? (() => new Date())
  const opened = openFolder(dir, { clock, ...(options.statfs && { statfs: options.statfs }) })
  try {
    return assemble(opened, options, clock)
  } catch (error) {
    opened.connection.close()
    opened.release()
    throw error
  }
}

/** What the backend holds. Reading is direct; every change goes through `commands`. */
export type Catalogue = ReturnType<typeof assemble>

function assemble(opened: OpenedFolder, options: CatalogueOptions, clock: Clock) {
  const { connection: db, paths, readOnly } = opened
  const checkpoints = checkpointer(db, options.onFault)
  const audit = auditWriter(db, clock)
  const ballastBytes = options.ballastBytes ?? BALLAST_BYTES
  const transact = transactWith({
    dir: paths.dir,
    ballast: readOnly || ballastBytes === 0 ? NO_BALLAST : prepareBallast(paths.ballast, ballastBytes),
    transaction: (work) => db.transaction(work),
    reopen: () => db.reopen(),
    committed: () => checkpoints.committed(),
  })
  const readers = readersOf(db)
  const runner = commandRunner({ db, audit, transact, clock })
  const { setSummary, record, ...otherActs } = acts({ db, audit, transact, clock })
  const sealing = sealsWriter(db, audit, paths.sealLog, sealTransact(transact, audit), clock)
  const seal = (): void => void sealing.sealHead('logs/audit-seals.log')
  const secondDir = options.secondBackupDir ?? null
  const copies = backups({ connection: db, paths, clock, secondDir, seal, record })

  if (readOnly) assertReadable(opened, readers)
  else welcome(opened, audit, clock)
  const automatic = !readOnly && options.automaticBackups !== false
  const timer = automatic ? startTimer(copies, options.onFault) : undefined

  return {
    /** The catalogue's folder, absolute. */
    dir: paths.dir,
    paths: {
      plansDir: paths.plansDir,
      sheetsDir: paths.sheetsDir,
      attachmentsDir: paths.attachmentsDir,
      cacheDir: paths.cacheDir,
      backupsDir: paths.backupsDir,
      logsDir: paths.logsDir,
    },
    /** Why nothing can be changed, or null. Commands then throw 'catalogue.read-only'. */
    readOnly,
    /** What the reader should know about this folder (synchronised by another program). */
    notes: opened.notes satisfies Note[],
    ...readers,
    reviews: { ...readers.reviews, setSummary },
    commands: {
      ...reviewCommands(db, runner, clock),
      ...findingCommands(db, runner, clock),
      ...panelCommands(db, runner, clock),
      ...optionCommands(db, runner, clock),
      ...roundCommands(db, runner, clock),
      ...sheetCommands(db, runner, clock),
      ...mergeCommands(db, runner, clock),
      ...replyCommands(db, runner, clock),
      ...libraryActs({ db, audit, transact, clock }),
      ...otherActs,
      run: runner.run,
      asOneStep: runner.asOneStep,
      undo: runner.undo,
      redo: runner.redo,
      outcomeOf: runner.outcomeOf,
    },
    /** What people did to plans, here and elsewhere, and where they are in conflict. */
    shared: sharedOperations(db),
    history: runner.history,
    audit: {
      head: audit.head,
      headAt: audit.headAt,
      headOfStep: audit.headOfStep,
      hashAt: audit.hashAt,
      hasAct: audit.hasAct,
      lastLabel: audit.lastLabel,
      list: audit.list,
      /** Adds an entry for an act outside the database: an export, a print, an opened file. */
      record,
      /** Recomputes the chain against every seal known here and those given (from memos, packages). */
      verify: (elsewhere: readonly Seal[] = []): AuditVerdict => verifyChain(db, [...sealing.list(), ...elsewhere]),
      /** Writes the head down elsewhere; print or embed what it returns. `whereTo` names the memo or package. */
      sealHead: sealing.sealHead,
    },
    backup: { now: copies.now, list: copies.list, isDue: copies.isDue },
    close: closer(opened, { timer, automatic, copies, checkpoints, onFault: options.onFault }),
  }
}

function readersOf(db: OpenedFolder['connection']) {
  return {
    plans: plansReader(db),
    layers: layersReader(db),
    reviews: { ...reviewsReader(db), summary: reviewSummariesReader(db).find },
    entries: entriesReader(db),
    findings: findingsReader(db),
    measurements: measurementsReader(db),
    memos: memosReader(db),
    settings: settingsReader(db),
    mapLooks: mapLooksReader(db),
    profiles: mappingProfilesReader(db),
    sheets: sheetsReader(db),
    records: recordsReader(db),
    past: pastReader(db),
    library: libraryReader(db),
    inbox: inboxReader(db),
  }
}

const sealTransact =
  (transact: Transact, audit: AuditWriter) =>
  (work: () => Buffer): Buffer => {
    let hash: Buffer | null = null
    return transact(
      () => (hash = work()),
      () => hash !== null && audit.has(hash),
    )
  }

/** First acts of a session: finish a restore, remember the opening, clear what killed imports left. */
function welcome({ connection, paths, unclean, created, migrated }: OpenedFolder, audit: AuditWriter, clock: Clock): void {
  attestPendingRestore(paths, connection, audit, clock())
  const needed = {
    plans: operationsReader(connection).gpkgSha256s(),
    sheets: sheetsReader(connection).fileSha256s(),
    attachments: recordsReader(connection).attachmentSha256s(),
  }
  const removed = collectOrphans(paths, needed).length
  const detail = { unclean, created, migrated: migrated.join(' '), orphansRemoved: removed }
  connection.transaction(() => audit.append({ actor: SYSTEM, action: 'catalogue.opened', detail }))
}

/** A newer program may have moved the tables: then say so now, not at the first click. */
function assertReadable({ connection, readOnly }: OpenedFolder, readers: ReturnType<typeof readersOf>): void {
  const nobody = '' as never
  try {
    readers.plans.list()
    readers.plans.find(nobody)
    readers.settings.get()
    readers.layers.ofPlan(nobody)
    readers.reviews.ofPlan(nobody)
    readers.entries.ofReview(nobody)
    readers.findings.ofReview(nobody)
    readers.measurements.ofPlan(nobody)
    readers.memos.ofReview(nobody)
    readers.sheets.ofPlan(nobody)
    readers.records.of('remark', nobody)
    operationsReader(connection).lastCommands(1)
  } catch (error) {
    if (sqliteCode(error) !== 'SQLITE_ERROR' || !readOnly) throw error
    throw new AppError('catalogue.newer-unreadable', { found: versionOf(connection.raw), known: headVersion() }, { cause: error })
  }
}

type Copies = ReturnType<typeof backups>

const startTimer = (copies: Copies, onFault: CatalogueOptions['onFault']): NodeJS.Timeout =>
  setInterval(() => {
    if (copies.isDue()) copies.now().catch(onFault)
  }, BACKUP_EVERY_MS).unref()

interface Closing {
  timer: NodeJS.Timeout | undefined
  automatic: boolean
  copies: Copies
  checkpoints: ReturnType<typeof checkpointer>
  onFault: CatalogueOptions['onFault']
}

/** Ends the session: a last backup when something changed, the log emptied into the file, the lock freed. Twice is once. */
function closer({ connection, release, readOnly }: OpenedFolder, { timer, automatic, copies, checkpoints, onFault }: Closing) {
  let closing: Promise<void> | null = null
  const close = async (): Promise<void> => {
    clearInterval(timer)
    await copies.settled()
    try {
      if (automatic && copies.isDue()) await copies.now()
      if (!readOnly) checkpoints.atClose()
    } catch (error) {
      // Every edit is on the disk already; the next start checks the whole file.
      onFault(error)
    } finally {
      try {
        connection.close()
      } finally {
        release()
      }
    }
  }
  return (): Promise<void> => (closing ??= close())
}

export type { ReadOnlyReason }
