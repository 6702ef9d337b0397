import path from 'node:path'
import type { Checklist } from '#core/checklist/schema.ts'
import type { CancelSignal, Verification } from '#core/contract/procedures.ts'
import type { LayerColumns } from '#core/geo/columns.ts'
import { composeMemo } from '#core/memo/compose.ts'
import type { MemoLang, MemoOptions } from '#core/memo/memo-options.ts'
import type { AttachedFile, IndicatorTitle, KeptOption, MemoInput, RecommendedOption } from '#core/memo/context.ts'
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
import type { JobLimits, JobProgress } from '../one-job.ts'
import type { ComposeJob } from './pdf-worker.ts'
import { composeApart } from './compose-apart.ts'
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
  kept?: readonly KeptOption[]
  round?: NonNullable<MemoInput['round']>
  answers?: NonNullable<MemoInput['answers']>
  auditHead?: NonNullable<MemoInput['auditHead']>
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

/** What a long composition heeds and tells. */
export interface Telling {
  signal?: CancelSignal | undefined
  report?: ((progress: JobProgress) => void) | undefined
}

/** Composing so many takes the better part of the 100 ms for which a window may wait. */
const MANY_FINDINGS = 150

/** An atlas draws dozens of maps, and some reviews have hundreds of findings: that is for a thread of its own. */
const isLong = (chosen: MemoOptions | undefined, findings: number): boolean =>
  chosen?.sections?.includes('atlas') === true || findings > MANY_FINDINGS

/** Lets others have their turn: what follows stands still for tens of milliseconds. */
const anotherTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** The chart library is large: loaded with the first memo. */
const chartDrawing = async () => (await import('#core/charts/render-svg.ts')).renderChart

/** What a memo says of an indicator, without what computes it. */
const titlesOf = ({ id, title, displayUnit, parameters, detailTitles }: IndicatorTitle): IndicatorTitle => ({
  id,
  title,
  displayUnit,
  ...(parameters && {
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([key, { title: words, unit }]) => [key, { title: words, unit }]),
    ),
  }),
  ...(detailTitles && { detailTitles }),
})

export interface MemoService {
  compose(reviewId: ReviewId, lang: MemoLang, chosen?: MemoOptions, telling?: Telling): Promise<MemoDocument>
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
    report?: Telling['report'],
  ): Promise<WrittenFile>
  /** The copy for a word processor. */
  exportDocx(
    reviewId: ReviewId,
    lang: MemoLang,
    target: string,
    signal?: CancelSignal,
    chosen?: MemoOptions,
    report?: Telling['report'],
  ): Promise<WrittenFile>
  exportHtml(reviewId: ReviewId, lang: MemoLang, target: string, chosen?: MemoOptions, telling?: Telling): Promise<WrittenFile>
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

  async function composed(reviewId: ReviewId, lang: MemoLang, chosen?: MemoOptions, telling: Telling = {}): Promise<Composed> {
    const record = await options.review(reviewId)
    const result = sealed(record)
    const layers = await options.columns(record.plan)
    const { attached, pictures } = attachedTo(record)
    const input: ComposeJob['input'] = {
      result,
      checklist: record.checklist,
      layers,
      frame: record.plan.frame,
      indicators: indicators.map(titlesOf),
      areaUnit: options.areaUnit(),
      attached,
      ...(record.recommended && { recommended: record.recommended }),
      ...(record.kept && { kept: record.kept }),
      ...(record.round && { round: record.round }),
      ...(record.answers && { answers: record.answers }),
      ...(record.auditHead && { auditHead: record.auditHead }),
    }
    const document = isLong(chosen, result.findings.length)
      ? await composeApart({ input, lang, ...(chosen && { chosen }) }, telling, limits)
      : composeMemo({ ...input, drawChart: await chartDrawing() }, lang, chosen)
    await anotherTurn()
    const reviewJson = sealedJson(result, sha256)
    await anotherTurn()
    return { document, reviewJson, pictures }
  }

  return {
    compose: async (reviewId, lang, chosen, telling) => (await composed(reviewId, lang, chosen, telling)).document,
    result: async (reviewId) => sealed(await options.review(reviewId)),
    async exportPdf(reviewId, lang, target, signal, withPlan = false, chosen, finish, report) {
      const { document, reviewJson, pictures } = await composed(reviewId, lang, chosen, { signal, report })
      const attachments = (await options.carried?.(reviewId, withPlan)) ?? []
      const extras = { reviewJson, producer: `Greenprint ${engineVersion}`, pictures, attachments }
      const bytes = await printPdf(document, extras, signal, limits)
      return writeFileSafely(target, finish === undefined ? bytes : await finish(bytes, path.basename(target)))
    },
    async exportDocx(reviewId, lang, target, signal, chosen, report) {
      const { document, reviewJson, pictures } = await composed(reviewId, lang, chosen, { signal, report })
      const extras = { reviewJson, producer: `Greenprint ${engineVersion}`, pictures }
      return writeFileSafely(target, await printDocx(document, extras, signal, limits))
    },
    async exportHtml(reviewId, lang, target, chosen, telling) {
      const { document, reviewJson, pictures } = await composed(reviewId, lang, chosen, telling)
      return writeFileSafely(target, renderHtml(document, reviewJson, pictures))
    },
    exportJson: async (reviewId, target) => writeFileSafely(target, sealedJson(sealed(await options.review(reviewId)), sha256)),
    verify: (file) => verifyFile(file, findChecklist),
  }
}
