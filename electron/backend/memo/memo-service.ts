import path from 'node:path'
import type { Checklist } from '#core/checklist/schema.ts'
import type { CancelSignal, Verification } from '#core/contract/procedures.ts'
import type { LayerColumns } from '#core/geo/columns.ts'
import { composeMemo } from '#core/memo/compose.ts'
import type { MemoLang, MemoOptions } from '#core/memo/memo-options.ts'
import type { AttachedFile, IndicatorTitle, MemoInput, RecommendedOption } from '#core/memo/context.ts'
import type { MemoDocument } from '#core/memo/document.ts'
import { buildResult } from '#core/memo/result.ts'
import { sealedJson } from '#core/memo/seal.ts'
import type { ReviewId } from '#core/model/ids.ts'
import type { AreaUnit } from '#core/model/units.ts'
import type { Layer, Plan } from '#core/model/plan.ts'
import type { ReviewResult } from '#core/model/result.ts'
import type { Attachment } from '#core/review/attachment.ts'
import type { ReviewView } from '#core/review/review.ts'
import { pngSize } from './png-size.ts'
import type { EmbeddedFile } from './pdf-files.ts'
import type { JobLimits } from '../one-job.ts'
import { printDocx, printPdf } from './print-pdf.ts'
import { renderHtml } from './render-html.ts'
import { sha256, verifyFile, type FindChecklist } from './verify.ts'
import { writeFileSafely, type WrittenFile } from './write-file.ts'

/** Everything stored about one review, as the catalogue knows it. */
export interface ReviewRecord {
  plan: Plan
  layers: readonly Layer[]
  view: ReviewView
  checklist: Checklist
  recommended?: RecommendedOption
  round?: NonNullable<MemoInput['round']>
  answers?: NonNullable<MemoInput['answers']>
  /** What is attached, in the order in which the memo lists it. */
  attachments?: readonly Attachment[]
}

export interface MemoServiceOptions {
  engineVersion: string
  indicators: readonly IndicatorTitle[]
  /** Throws AppError `catalogue.not-found` for an unknown review. */
  review: (id: ReviewId) => ReviewRecord | Promise<ReviewRecord>
  /** Columns of the plan's layers, for the map sheet. */
  columns: (plan: Plan) => readonly LayerColumns[] | Promise<readonly LayerColumns[]>
  areaUnit: () => AreaUnit
  /** The bytes of an attachment; null where its file is gone or was changed. Without it no pictures are printed. */
  attachmentBytes?: (attachment: Attachment) => Uint8Array | null
  findChecklist: FindChecklist
  /** Files that travel inside the PDF beside the record. */
  carried?: (reviewId: ReviewId, withPlan: boolean) => Promise<readonly EmbeddedFile[]>
  limits?: JobLimits
}

export interface MemoService {
  compose(reviewId: ReviewId, lang: MemoLang, chosen?: MemoOptions): Promise<MemoDocument>
  result(reviewId: ReviewId): Promise<ReviewResult>
  exportPdf(
    reviewId: ReviewId,
    lang: MemoLang,
    target: string,
    signal?: CancelSignal,
    withPlan?: boolean,
    chosen?: MemoOptions,
    /** What is done to the printed bytes before they are written: a signature. */
    finish?: (bytes: Uint8Array, fileName: string) => Promise<Uint8Array>,
  ): Promise<WrittenFile>
  /** The copy for a word processor. */
  exportDocx(
    reviewId: ReviewId,
    lang: MemoLang,
    target: string,
    signal?: CancelSignal,
    chosen?: MemoOptions,
  ): Promise<WrittenFile>
  exportHtml(reviewId: ReviewId, lang: MemoLang, target: string, chosen?: MemoOptions): Promise<WrittenFile>
  exportJson(reviewId: ReviewId, target: string): Promise<WrittenFile>
  verify(file: string): Promise<Verification>
}

interface Composed {
  document: MemoDocument
  reviewJson: string
  pictures: Record<string, Uint8Array>
}

/** Composes, prints, writes and checks memos. Reads the catalogue only through the two functions it is given; writes only exports. */
export function createMemoService(options: MemoServiceOptions): MemoService {
  const { engineVersion, indicators, findChecklist, limits } = options

  const sealed = ({ plan, layers, view, checklist }: ReviewRecord): ReviewResult =>
    buildResult({ engineVersion, plan, layers, view, checklist, sha256 })

  /** What is attached, with the bytes of the pictures that can be printed. */
  const attachedTo = ({ attachments = [] }: ReviewRecord) => {
    const pictures: Record<string, Uint8Array> = {}
    const attached = attachments.map((attachment): AttachedFile => {
      const bytes = attachment.kind === 'snapshot' ? options.attachmentBytes?.(attachment) : undefined
      const picture = bytes ? pngSize(bytes) : null
      if (bytes && picture !== null) pictures[attachment.sha256] = bytes
      return { attachment, picture }
    })
    return { attached, pictures }
  }

  async function composed(reviewId: ReviewId, lang: MemoLang, chosen?: MemoOptions): Promise<Composed> {
    const record = await options.review(reviewId)
    const result = sealed(record)
    const layers = await options.columns(record.plan)
    const { renderChart } = await import('#core/charts/render-svg.ts')
    const { attached, pictures } = attachedTo(record)
    const input = {
      result,
      checklist: record.checklist,
      layers,
      frame: record.plan.frame,
      indicators,
      areaUnit: options.areaUnit(),
      drawChart: renderChart,
      attached,
      ...(record.recommended && { recommended: record.recommended }),
      ...(record.round && { round: record.round }),
      ...(record.answers && { answers: record.answers }),
    }
    return { document: composeMemo(input, lang, chosen), reviewJson: sealedJson(result, sha256), pictures }
  }

  return {
    compose: async (reviewId, lang, chosen) => (await composed(reviewId, lang, chosen)).document,
    result: async (reviewId) => sealed(await options.review(reviewId)),
    async exportPdf(reviewId, lang, target, signal, withPlan = false, chosen, finish) {
      const { document, reviewJson, pictures } = await composed(reviewId, lang, chosen)
      const attachments = (await options.carried?.(reviewId, withPlan)) ?? []
      const extras = { reviewJson, producer: `Greenprint ${engineVersion}`, pictures, attachments }
      const bytes = await printPdf(document, extras, signal, limits)
      return writeFileSafely(target, finish === undefined ? bytes : await finish(bytes, path.basename(target)))
    },
    async exportDocx(reviewId, lang, target, signal, chosen) {
      const { document, reviewJson, pictures } = await composed(reviewId, lang, chosen)
      const extras = { reviewJson, producer: `Greenprint ${engineVersion}`, pictures }
      return writeFileSafely(target, await printDocx(document, extras, signal, limits))
    },
    async exportHtml(reviewId, lang, target, chosen) {
      const { document, reviewJson, pictures } = await composed(reviewId, lang, chosen)
      return writeFileSafely(target, renderHtml(document, reviewJson, pictures))
    },
    exportJson: async (reviewId, target) => writeFileSafely(target, sealedJson(sealed(await options.review(reviewId)), sha256)),
    verify: (file) => verifyFile(file, findChecklist),
  }
}
