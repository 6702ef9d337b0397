import * as z from 'zod'
import type { WireError } from '../errors.ts'
import type { FileToken, PlanId, ReviewId } from '../model/ids.ts'
import type { PdfSignatures } from '../model/signature.ts'
import type { Finding } from '../review/finding.ts'
import type { Conflict } from '../share/conflict.ts'
import type { PackageManifest } from '../share/manifest.ts'
import type { MergeReceipt } from '../share/receipt.ts'
import type { Bilingual } from '../text.ts'
import type { ExportedFile } from './exported-file.ts'
import { id, procedure } from './procedure.ts'

const passphrase = z.string().min(1).max(1000).nullable()
const files = z.strictObject({ files: id<FileToken>(), passphrase })

/** What a chosen file holds, or why it cannot be taken. */
export interface PackageView {
  fileName: string
  sizeBytes: number
  isEncrypted: boolean
  /** A PDF memo that carries its review: what its pages say, checked against its seal and against what it carries. */
  memo?: {
    reviewer: string
    seal: string
    total: number | null
    opinion: Bilingual
    findings: Pick<Finding, 'id' | 'number' | 'origin' | 'severity' | 'item' | 'text'>[]
    /** Who signed the PDF, if anybody did. */
    signatures?: PdfSignatures
  }
  /** Present when the file is whole and sound. */
  content?: {
    sha256: string
    engine: PackageManifest['engine']
    made: PackageManifest['made']
    plans: (PackageManifest['plans'][number] & { isKnown: boolean; hasData: boolean })[]
    checklists: Pick<PackageManifest['checklists'][number], 'id' | 'version' | 'title'>[]
    counts: PackageManifest['counts']
    /** Operations that are not in this catalogue yet. */
    fresh: number
  }
  problem?: WireError
}

/** A conflict with what a person needs to recognise it. */
export interface ConflictView extends Conflict {
  planId: PlanId
  /** What it is about, as people call it: "意见 12", "A04", the name of a plan or an option. */
  name: string
}

/** What became of the findings of a memo on another plan. */
export interface MemoRound {
  planId: PlanId
  reviewId: ReviewId | null
  /** compared: both plans are here, places were followed by geometry · by-layer: the memo's plan is not; layers that are the same keep their places. */
  how: 'compared' | 'by-layer'
  carried: number
  already: number
  /** Findings whose place could not be found on this plan, by number, with the places. */
  lost: { number: number; text: string; places: string[] }[]
}

/** Packages between offices: writing, looking into, merging, and what is left to decide. */
export const shareProcedures = {
  /** Writes a plan with its reviews, and with its data where asked, to where a save dialog pointed or for a download. */
  'share.export': procedure(
    z.strictObject({ planId: id<PlanId>(), withPlan: z.boolean(), passphrase, target: id<FileToken>().nullable() }),
  ).returns<ExportedFile>(),
  /** Opens chosen packages and checks every byte; nothing is stored. */
  'share.look': procedure(files).returns<PackageView[]>(),
  /** Unites them with the catalogue as one step. */
  'share.merge': procedure(files).returns<MergeReceipt>(),
  /** Carries the findings of one memo or package over to a plan of this catalogue, as its next round. */
  'share.asRound': procedure(files.extend({ planId: id<PlanId>() })).returns<MemoRound>(),
  /** Every merge that stands, the latest first. */
  'share.receipts': procedure(z.strictObject({})).returns<MergeReceipt[]>(),
  'share.conflicts': procedure(z.strictObject({ planId: id<PlanId>().nullable() })).returns<ConflictView[]>(),
  /** Chooses a side; undo brings the conflict back. */
  'share.resolve': procedure(
    z.strictObject({ planId: id<PlanId>(), conflictId: z.string().min(1).max(300), side: id<string>() }),
  ).returns<ConflictView[]>(),
}
