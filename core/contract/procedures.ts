import * as z from 'zod'
import type { FileToken, PlanId, ReviewId } from '../model/ids.ts'
import type { Layer, Plan, PlanSummary } from '../model/plan.ts'
import type { ReviewResult } from '../model/result.ts'
import { DIGIT_SIGNS, type DigitSigns } from '../model/digit-signs.ts'
import type { AreaUnit } from '../model/units.ts'
import type { IndicatorInfo } from '../indicators/indicator.ts'
import type { MemoDocument } from '../memo/document.ts'
import { MEMO_LANGS, memoOptionsSchema, type MemoChoices } from '../memo/memo-options.ts'
import type { AuditClaim } from '../model/audit-claim.ts'
import type { PdfSignatures } from '../model/signature.ts'
import type { PlanComparison } from '../plan-diff/compare-plans.ts'
import type { ReviewView } from '../review/review.ts'
import type { Checklist } from '../checklist/schema.ts'
import type { Bilingual } from '../text.ts'
import { analysisProcedures } from './analysis-procedures.ts'
import { attributeProcedures } from './attribute-procedures.ts'
import { basemapProcedures, type BasemapInfo } from './basemap.ts'
import type { ExportedFile } from './exported-file.ts'
import { mapProcedures } from './map-procedures.ts'
import { mapSheetProcedures } from './map-sheet-procedures.ts'
import { flipProcedures } from './flip-procedures.ts'
import { findingProcedures } from './finding-procedures.ts'
import { findingTableProcedures } from './finding-table-procedures.ts'
import { intakeProcedures } from './intake-procedures.ts'
import { monitoringProcedures } from './monitoring-procedures.ts'
import { attachmentProcedures } from './attachment-procedures.ts'
import { officeProcedures } from './office-procedures.ts'
import { optionProcedures } from './option-procedures.ts'
import { panelProcedures } from './panel-procedures.ts'
import { pastProcedures } from './past-procedures.ts'
import { overlayProcedures } from './overlay-procedures.ts'
import { opportunityProcedures } from './opportunity-procedures.ts'
import { id, procedure } from './procedure.ts'
import { tableProcedures } from './table-procedures.ts'
import { replyProcedures } from './reply-procedures.ts'
import { roundProcedures } from './round-procedures.ts'
import { inboxProcedures } from './inbox-procedures.ts'
import { libraryProcedures } from './library-procedures.ts'
import { shareProcedures } from './share-procedures.ts'
import { signingSchema, signProcedures } from './sign-procedures.ts'
import { sheetProcedures } from './sheets.ts'

const lang = z.enum(['zh', 'en'])
const nothing = z.strictObject({})
const plan = z.strictObject({ planId: id<PlanId>() })
const review = z.strictObject({ reviewId: id<ReviewId>() })
const level = z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3), z.literal(4)])
const sampleOptions = {
  parcels: z.number().int().min(1000).max(1_000_000),
  seed: z.number().int(),
  /** 0 or absent: the first version of the plan; others: a revision of it, to compare with. */
  revision: z.number().int().min(0).max(99).optional(),
}
export interface AppInfo {
  name: 'greenprint'
  version: string
  host: 'electron' | 'loopback' | 'cli' | 'test'
  /** True when the catalogue could only be opened for reading; `readOnlyReason` says why. */
  readOnly: boolean
  readOnlyReason: Bilingual | null
}

export const TEXT_SIZES = [100, 125, 150, 175, 200] as const
export type TextSize = (typeof TEXT_SIZES)[number]
export type DayWords = 'local' | 'iso'

export interface Settings {
  lang: 'zh' | 'en'
  theme: 'system' | 'light' | 'dark' | 'contrast'
  areaUnit: AreaUnit
  reviewer: string
  /** How large text is, in percent of the usual; absent is 100. */
  textSize?: TextSize
  /** The signs in numbers on the screen; absent is as the languages have it, which memos and exports always are. */
  digits?: DigitSigns
  /** How days are written on the screen; absent is as the language does. */
  dates?: DayWords
  /** Key combinations that a person gave to what the screen does, by its name; absent while none was changed. */
  keys?: Record<string, string>
  /** Present when a basemap was ever chosen; null when it was removed. Changed by the `basemap` procedures only. */
  basemap?: BasemapInfo | null
}

export interface HistoryStep {
  /** What the step did, as people say it ("Level of A04 set to 3"). */
  title: Bilingual
  at: string
  by: string
  undone: boolean
}

export interface History {
  undo: Bilingual | null
  redo: Bilingual | null
  /** Newest first, at most 200. */
  steps: HistoryStep[]
}

export interface AuditEntry {
  seq: number
  at: string
  actor: string
  action: string
  object: string | null
  result: string
  /** The secrecy under which it left, as the office writes it; null or absent for what has none. */
  label?: string | null
}

export type { ExportedFile }

/** A file format that this version reads: for the file picker's filter and for `greenprint formats`. */
export interface FormatInfo {
  id: string
  label: Bilingual
  extensions: readonly string[]
}

/** What an analysis came to. */
export interface AnalysisSummary {
  measured: number
  missing: number
  /** Parameters of the manifest that belong to indicators of later versions: given, but not used by this one. */
  unusedParameters: string[]
  /** Present when nothing had changed since an earlier run, whose result was taken. */
  fromCache?: true
}

/** The whole conversation between a screen (or the command line) and the backend. */
export const procedures = {
  'app.info': procedure(nothing).returns<AppInfo>(),
  'app.logError': procedure(z.strictObject({ message: z.string().max(2000), where: z.string().max(500) })).returns<{
    ref: string
  }>(),
  'app.formats': procedure(nothing).returns<FormatInfo[]>(),
  'settings.get': procedure(nothing).returns<Settings>(),
  'settings.set': procedure(
    z.strictObject({
      lang: lang.optional(),
      theme: z.enum(['system', 'light', 'dark', 'contrast']).optional(),
      areaUnit: z.enum(['ha', 'mu', 'km2', 'm2']).optional(),
      reviewer: z.string().max(80).optional(),
      textSize: z.literal(TEXT_SIZES).optional(),
      digits: z.enum(DIGIT_SIGNS).optional(),
      dates: z.enum(['local', 'iso']).optional(),
      keys: z.record(z.string().max(40), z.string().min(1).max(40)).optional(),
    }),
  ).returns<Settings>(),

  'plans.list': procedure(nothing).returns<PlanSummary[]>(),
  'plans.get': procedure(plan).returns<{ plan: Plan; layers: Layer[] }>(),
  'plans.remove': procedure(plan).returns<void>(),
  /** What changed from one version of a plan to the next; at most `limit` changes of each kind and layer are listed. */
  'plans.compare': procedure(
    z.strictObject({ before: id<PlanId>(), after: id<PlanId>(), limit: z.number().int().min(0).max(100_000) }),
  ).returns<PlanComparison>(),

  ...intakeProcedures,
  ...basemapProcedures,
  ...sheetProcedures,
  'sample.create': procedure(z.strictObject(sampleOptions)).returns<{ planId: PlanId }>(),
  /** Writes the synthetic city's files and its manifest into the folder behind a save token; imports nothing. */
  'sample.write': procedure(z.strictObject({ ...sampleOptions, target: id<FileToken>() })).returns<{ files: string[] }>(),

  'checklists.list': procedure(nothing).returns<{ id: string; version: string; title: Bilingual; items: number }[]>(),
  'checklists.get': procedure(z.strictObject({ checklistId: z.string() })).returns<Checklist>(),

  'indicators.list': procedure(nothing).returns<IndicatorInfo[]>(),
  /** Refuses with `analysis.not-enough-memory` where the estimate is above what is free, unless `evenIfShort`. */
  'analysis.run': procedure(plan.extend({ evenIfShort: z.boolean().optional() })).returns<AnalysisSummary>(),
  ...analysisProcedures,
  ...tableProcedures,
  ...attributeProcedures,
  ...overlayProcedures,
  ...monitoringProcedures,
  ...flipProcedures,
  ...opportunityProcedures,
  'reviews.open': procedure(z.strictObject({ planId: id<PlanId>(), checklistId: z.string() })).returns<ReviewView>(),
  'reviews.get': procedure(review).returns<ReviewView>(),
  'reviews.setEntry': procedure(
    z.strictObject({
      reviewId: id<ReviewId>(),
      item: z.string(),
      level: level.nullable(),
      notApplicable: z.boolean(),
      reason: z.string().trim().max(4000),
      document: z.string().max(300).nullable(),
      page: z.number().int().positive().nullable(),
      /** The document's own words. */
      quote: z.string().trim().min(1).max(4000).optional(),
    }),
  ).returns<ReviewView>(),
  'reviews.clearEntry': procedure(z.strictObject({ reviewId: id<ReviewId>(), item: z.string() })).returns<ReviewView>(),
  ...findingProcedures,
  ...findingTableProcedures,
  ...attachmentProcedures,
  ...officeProcedures,
  ...panelProcedures,
  ...optionProcedures,
  ...roundProcedures,
  ...shareProcedures,
  ...libraryProcedures,
  ...inboxProcedures,
  ...signProcedures,
  ...replyProcedures,

  ...mapProcedures,
  ...mapSheetProcedures,

  /** Kinds, styles and sections of memos. */
  'memo.choices': procedure(z.strictObject({})).returns<MemoChoices>(),
  'memo.compose': procedure(
    z.strictObject({ reviewId: id<ReviewId>(), lang: z.enum(MEMO_LANGS), options: memoOptionsSchema.optional() }),
  ).returns<MemoDocument>(),
  'memo.export': procedure(
    z.strictObject({
      reviewId: id<ReviewId>(),
      lang: z.enum(MEMO_LANGS),
      options: memoOptionsSchema.optional(),
      /** `greenprint`: what the PDF carries, as a file beside it, because attachments are taken out on the way. */
      format: z.enum(['pdf', 'docx', 'html', 'json', 'gpkg', 'greenprint']),
      /** The plan's data too, in the PDF and beside it; absent: the review only. */
      withPlan: z.boolean().optional(),
      /** Signs a PDF with a key file; other formats cannot be signed. */
      sign: signingSchema.optional(),
      /** A save token from the host's dialog; null lets the host offer a download. */
      target: id<FileToken>().nullable(),
    }),
  ).returns<ExportedFile>(),
  /** How large the plan's data are that a memo would carry, before they are compressed. */
  'memo.planSize': procedure(review).returns<{ bytes: number }>(),
  'memo.verify': procedure(z.strictObject({ files: id<FileToken>() })).returns<Verification>(),
  'result.get': procedure(review).returns<ReviewResult>(),

  /** Writes a small text that the screen made (a manifest) to the place behind a save token. */
  'files.saveText': procedure(
    z.strictObject({ target: id<FileToken>(), text: z.string().max(2_000_000) }),
  ).returns<ExportedFile>(),

  'history.get': procedure(nothing).returns<History>(),
  'history.undo': procedure(nothing).returns<History>(),
  'history.redo': procedure(nothing).returns<History>(),
  ...pastProcedures,
  'audit.list': procedure(z.strictObject({ before: z.number().int().nullable() })).returns<{
    entries: AuditEntry[]
    intact: boolean
  }>(),
  'backup.now': procedure(nothing).returns<{ fileName: string; at: string }>(),
}

/** What `verify` says: match, or which parts differ from what the seal promises. */
export interface Verification {
  match: boolean
  sealStored: string
  sealRecomputed: string
  differences: { path: string; stored: string; recomputed: string }[]
  /** What could not be checked here, in words (a checklist that is not installed). */
  notes?: Bilingual[]
  /** Who signed a PDF, and what became of it since; absent for other files. */
  signatures?: PdfSignatures
  /** True for a signed PDF that carries no record, such as a map: its signatures alone were checked. */
  hasNoRecord?: true
  /** The place in an audit log that the file names, held against the log of this catalogue; absent where it names none. */
  chain?: AuditClaim
}

export type Procedures = typeof procedures
export type ProcedureName = keyof Procedures
export type Input<N extends ProcedureName> = z.output<Procedures[N]['input']>
export type Output<N extends ProcedureName> = Procedures[N] extends { output?: () => infer O } ? O : never

/** How far a long call is. `done`/`total` are in the unit of `label`; total 0 means not known yet. */
export interface Progress {
  done: number
  total: number
  label: Bilingual
  /** Seconds until the step named by the label ends, from measured throughput; absent where that would be a guess. */
  etaSeconds?: number
}

/** What the backend tells every screen without being asked. */
export interface Events {
  /** Something stored changed: refetch what you show of it. */
  'catalogue.changed': {
    what:
      | 'plans'
      | 'review'
      | 'settings'
      | 'look'
      | 'history'
      | 'profiles'
      | 'sheets'
      | 'options'
      | 'attachments'
      | 'office'
      | 'library'
      | 'inbox'
    planId: PlanId | null
    reviewId: ReviewId | null
  }
}
export type EventName = keyof Events

/** The part of the platform's AbortSignal that the core may know. */
export interface CancelSignal {
  readonly aborted: boolean
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void
}

/** What a handler is given beside its input. */
export interface CallContext {
  signal: CancelSignal
  progress: (progress: Progress) => void
}

export type Handlers = {
  [N in ProcedureName]: (input: Input<N>, call: CallContext) => Output<N> | Promise<Output<N>>
}
