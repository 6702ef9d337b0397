import * as z from 'zod'
import type { WireError } from '../errors.ts'
import type { FileToken, FindingId, PlanId, ReviewId } from '../model/ids.ts'
import type { ReplyMatch } from '../reply/match.ts'
import { MOST_QUESTIONS, replyAnswers, type ReplyPack } from '../reply/pack.ts'
import type { ReadReply } from '../reply/read.ts'
import type { ExportedFile } from './exported-file.ts'
import { id, procedure } from './procedure.ts'

export const REPLY_FORMATS = ['xlsx', 'html', 'greenprint-reply'] as const
export type ReplyFileFormat = (typeof REPLY_FORMATS)[number]

/** A file of questions or answers: what it would bring here, or what it asks where the review is not here. */
export interface ReplyView extends Pick<ReadReply, 'fileName' | 'sizeBytes' | 'sha256' | 'form' | 'head' | 'by' | 'on'> {
  /** Present where the review that it answers is in this catalogue. */
  here?: ReplyMatch & {
    reviewId: ReviewId
    planId: PlanId
    /** The pack was made from this catalogue. */
    isOurs: boolean
    /** The review is still what it was when the questions left. */
    isCurrent: boolean
  }
  /** The questions whole, with what was answered so far: then it can be answered here. */
  questions?: { pack: ReplyPack; answers: z.infer<typeof replyAnswers> }
}

export type ReplyLook = { fileName: string; view?: ReplyView; problem?: WireError }

/** What a file brought. */
export interface ReplyReceipt {
  fileName: string
  reviewId: ReviewId
  planId: PlanId
  brought: number
  numbers: string[]
}

const files = id<FileToken>()

/** Questions that leave for the applicant, and answers that come back. */
export const replyProcedures = {
  /** Writes findings as a form with an empty answer under each; null: all that are neither withdrawn nor verified. */
  'replies.make': procedure(
    z.strictObject({
      reviewId: id<ReviewId>(),
      findingIds: z.array(id<FindingId>()).min(1).max(MOST_QUESTIONS).nullable(),
      format: z.enum(REPLY_FORMATS),
      lang: z.enum(['zh', 'en']),
      target: id<FileToken>().nullable(),
    }),
  ).returns<ExportedFile & { questions: number }>(),
  /** Reads files that came back and holds them against what is here; nothing is stored. */
  'replies.look': procedure(z.strictObject({ files })).returns<ReplyLook[]>(),
  /** Brings the answers of one file in as one step; null: all that can be. */
  'replies.bring': procedure(
    z.strictObject({ files, keys: z.array(z.string().min(1).max(100)).max(MOST_QUESTIONS).nullable() }),
  ).returns<ReplyReceipt>(),
  /** Writes the questions of one file again, with these answers: for the applicant who has Greenprint. */
  'replies.answer': procedure(
    z.strictObject({ files, answers: replyAnswers, format: z.enum(REPLY_FORMATS), target: id<FileToken>().nullable() }),
  ).returns<ExportedFile>(),
}
