import { randomUUID } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { CallContext, ExportedFile, Input, Verification } from '#core/contract/procedures.ts'
import { AppError, describeError } from '#core/errors.ts'
import { isVector } from '#core/model/plan.ts'
import { INDICATORS } from '#core/indicators/index.ts'
import { mainLang } from '#core/memo/compose.ts'
import type { MemoDocument } from '#core/memo/document.ts'
import type { MemoLang, MemoOptions } from '#core/memo/memo-options.ts'
import { lastAnswer } from '#core/reply/answer.ts'
import { digestsOf, type SealedResult } from '#core/memo/seal.ts'
import type { Attachment } from '#core/review/attachment.ts'
import type { ReviewView } from '#core/review/review.ts'
import type { FileToken, ReviewId } from '#core/model/ids.ts'
import type { ReviewResult } from '#core/model/result.ts'
import { bilingual } from '#core/text.ts'
import type { Actor } from '#db/actor.ts'
import { UNLABELLED } from '#db/audit.ts'
import type { Catalogue } from '#db/catalogue.ts'
import type { FileTokens } from './backend.ts'
import type { JobProgress } from './one-job.ts'
import { exportName } from './export-name.ts'
import { gpkgCrs } from './import/plan-crs.ts'
import { createMemoService, type ReviewRecord } from './memo/memo-service.ts'
import { auditClaim } from './memo/audit-claim.ts'
import { sha256 as sha256Text, verifyRecord, type FindChecklist } from './memo/verify.ts'
import { writeThrough, type WrittenFile } from './memo/write-file.ts'
import { createAttachmentService } from './review/attachment-service.ts'
import type { Checklists } from './review/checklists.ts'
import type { ReviewService } from './review/review-service.ts'
import type { SignDesk } from './sign/sign-desk.ts'
import { verifySigned } from './sign/verify-signed.ts'
import { carriedReview, MEMO_PACKAGE, writeSidecar } from './share/memo-package.ts'
import { memoHead } from './share/package-content.ts'
import type { PackageFiles } from './share/package-files.ts'
import { adoptionOf, wholeThread } from './rounds/round-record.ts'
import type { OpenedKey } from './sign/signer.ts'
import { writeEvidence } from './store/evidence-gpkg.ts'
import { loadLayerColumns } from './store/layer-columns.ts'

interface DeskDependencies {
  catalogue: Catalogue
  checklists: Checklists
  reviews: ReviewService
  tokens: FileTokens
  gpkgPath: (sha256: string) => string
  actor: () => Actor
  version: string
  /** Reads someone else's memo. */
  packages: Pick<PackageFiles, 'record' | 'open'>
  signing: Pick<SignDesk, 'open' | 'record' | 'signaturesOf'>
  isVisible: (reviewId: ReviewId) => boolean
  tempDir: string
}

export interface MemoDesk {
  result(reviewId: ReviewId): Promise<SealedResult>
  compose(reviewId: ReviewId, lang: MemoLang, options?: MemoOptions, call?: Pick<CallContext, 'signal'>): Promise<MemoDocument>
  export(input: Input<'memo.export'>, call: CallContext): Promise<ExportedFile>
  verify(files: FileToken, call: CallContext): Promise<Verification>
}

const DRAWING = { zh: '正在绘制图册', en: 'Drawing the atlas' }
const LABEL = { zh: '正在导出意见书', en: 'Exporting the memo' }

/** Where a review leaves the house: finds its record, has it written to what a token stands for, and remembers that it left. */
export function createMemoDesk(desk: DeskDependencies): MemoDesk {
  const { catalogue, checklists, reviews, tokens, gpkgPath } = desk

  const recordOf = (reviewId: ReviewId): ReviewRecord => {
    const view = reviews.view(reviewId)
    const plan = catalogue.plans.get(view.review.planId)
    const checklist = checklists.version(view.review.checklistId, view.review.checklistVersion)
    const option = catalogue.records.of('option', reviewId).find(({ recommended }) => recommended !== null)
    const steps = option ? catalogue.records.of('option_edit', option.id).map(({ id }) => id) : []
    const kept = catalogue.records.of('option', reviewId).map((one) => ({
      option: one,
      steps: catalogue.records.of('option_edit', one.id).map(({ title, by, at }) => ({ title, by, at })),
    }))
    const adoption = adoptionOf(catalogue, reviewId)
    const round = adoption && { number: adoption.round, adoption: adoption.rows }
    const attachments = inReadingOrder(catalogue.records.of('attachment', reviewId), view)
    const answers = answersOf(catalogue, view)
    const record = {
      plan,
      layers: catalogue.layers.ofPlan(plan.id),
      view,
      checklist,
      attachments,
      answers,
      kept,
      auditHead: memoHead(catalogue, reviewId),
      ...(round && { round }),
    }
    return option ? { ...record, recommended: { option, steps } } : record
  }
  const findChecklist: FindChecklist = (id, version) => checklists.list().find((one) => one.id === id && one.version === version)
  const attachments = createAttachmentService(catalogue, tokens, desk.actor)
  const memos = createMemoService({
    engineVersion: desk.version,
    indicators: INDICATORS,
    review: recordOf,
    columns: (plan) => {
      const files = { gpkg: gpkgPath(plan.gpkgSha256), cacheDir: catalogue.paths.cacheDir }
      return catalogue.layers
        .ofPlan(plan.id)
        .filter(isVector)
        .map((layer) => loadLayerColumns(files, layer, plan))
    },
    areaUnit: () => catalogue.settings.get().areaUnit,
    attachmentBytes: (attachment) => attachments.find(attachment),
    findChecklist,
    carried: async (reviewId, withPlan) => [await carriedReview(desk, reviewId, withPlan)],
  })

  const write = (
    input: Input<'memo.export'>,
    target: string,
    call: CallContext,
    key: OpenedKey | null,
  ): Promise<WrittenFile> | WrittenFile => {
    const { reviewId, lang, format, options, withPlan = false } = input
    const report = ({ done, total }: JobProgress) => call.progress({ done, total: total + 1, label: DRAWING })
    if (format === 'pdf') return memos.exportPdf(reviewId, lang, target, call.signal, withPlan, options, key?.sign, report)
    if (format === 'docx') return memos.exportDocx(reviewId, lang, target, call.signal, options, report)
    if (format === 'greenprint') return writeSidecar(desk, reviewId, withPlan, target)
    if (format === 'html') return memos.exportHtml(reviewId, lang, target, options, { signal: call.signal, report })
    if (format === 'json') return memos.exportJson(reviewId, target)
    const { plan, layers, view } = recordOf(reviewId)
    return writeThrough(target, (file) =>
      writeEvidence(file, {
        layers,
        measurements: view.measurements,
        source: gpkgPath(plan.gpkgSha256),
        crs: gpkgCrs(plan.crs),
        lang: mainLang(lang),
      }),
    )
  }

  return {
    result: async (reviewId) => {
      const result = await memos.result(reviewId)
      // With digests, so that a changed part of what a person saves from it can be named.
      return { ...result, digests: digestsOf(result, sha256Text) }
    },
    compose: (reviewId, lang, options, call) => memos.compose(reviewId, lang, options, { signal: call?.signal }),
    async export(input, call) {
      const plan = recordOf(input.reviewId).plan
      const fileName = exportName(`${plan.nameZh ?? plan.name}`, `memo.${input.format}`)
      const target = input.target === null ? path.join(tokens.openUpload().dir, fileName) : tokens.savePath(input.target)
      if (target === undefined) throw new AppError('import.files-gone', {})
      call.progress({ done: 0, total: 1, label: LABEL })
      const key = input.sign && input.format === 'pdf' ? await desk.signing.open(input.sign, call) : null
      const written = await write(input, target, call, key)
      remember(desk, input, written, await memos.result(input.reviewId))
      if (key) desk.signing.record(input.reviewId, written.sha256, key.facts)
      call.progress({ done: 1, total: 1, label: LABEL })
      const download = input.target === null ? tokens.offerDownload(target, fileName) : null
      return { fileName: written.fileName, sizeBytes: written.sizeBytes, sha256: written.sha256, download }
    },
    async verify(files, { signal }) {
      const [file] = tokens.paths(files) ?? []
      if (file === undefined) throw new AppError('import.files-gone', {})
      const record = async () => verifyRecord(await desk.packages.record(file, signal), findChecklist)
      if (!file.toLowerCase().endsWith('.pdf')) return record()
      const signatures = await desk.signing.signaturesOf(file, signal)
      return verifySigned(signatures, async () => withCarried(desk, file, await record(), signal))
    },
  }
}

/** What a PDF carries beside its record is checked too: a changed byte of it, a review that says something else, its place in the log. */
async function withCarried(
  { packages, tempDir, catalogue }: DeskDependencies,
  file: string,
  verification: Verification,
  signal: CallContext['signal'],
): Promise<Verification> {
  const dir = path.join(tempDir, `memo-${randomUUID()}`)
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  try {
    const { manifest } = await packages.open(file, dir, null, signal)
    return { ...verification, chain: await auditClaim(catalogue, file, manifest.auditHead) }
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'request.cancelled') throw error
    const problem = error.toWire()
    const [zh, en] = [describeError(problem, 'zh'), describeError(problem, 'en')]
    const notes = [...(verification.notes ?? []), bilingual(`${zh.title}：${zh.cause}`, `${en.title}: ${en.cause}`)]
    // Attachments are taken out on the way by many: that alone says nothing against what is left.
    if (problem.code === 'share.memo-stripped') return { ...verification, notes }
    const named = ['entry', 'at', 'where'].map((param) => problem.params[param]).find((part) => typeof part === 'string') ?? ''
    const known = verification.differences.some(({ path: at }) => at === named)
    const difference = { path: `${MEMO_PACKAGE} ${named}`.trim(), stored: '', recomputed: problem.code }
    return { ...verification, match: false, notes, differences: [...verification.differences, ...(known ? [] : [difference])] }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

/** Attachments of items in the order of the checklist, those of findings by their numbers, those of the review as a whole last. */
function inReadingOrder(attachments: readonly Attachment[], { result, findings }: ReviewView): Attachment[] {
  const items = new Map(result.items.map(({ id }, at) => [id, at]))
  const numbers = new Map<string, number>(findings.map(({ id, number }) => [id, items.size + number]))
  const rank = ({ item, findingId }: Attachment): number =>
    (findingId === null ? items.get(item ?? '') : numbers.get(findingId)) ?? Number.MAX_SAFE_INTEGER
  return attachments.toSorted((a, b) => rank(a) - rank(b))
}

/** A memo that left is registered and audited, with its label of secrecy; a catalogue that may only be read can still print. */
function remember(desk: DeskDependencies, input: Input<'memo.export'>, written: WrittenFile, { seal }: ReviewResult): void {
  if (desk.catalogue.readOnly !== null) return
  const { audit, commands } = desk.catalogue
  const { reviewId, format } = input
  const actor = desk.actor()
  // No memo but what one carries: the log knows it as a package.
  if (format === 'greenprint') {
    const detail = { fileSha256: written.sha256, withPlan: input.withPlan === true ? 1 : 0 }
    audit.record({ actor, action: 'package.exported', object: reviewId, detail })
    return
  }
  const label = input.options?.classification || UNLABELLED
  const before = audit.lastLabel('memo.exported', reviewId)
  if (label !== before) audit.record({ actor, action: 'memo.labelled', object: reviewId, label, detail: { before } })
  // A copy that is meant to be changed is no memo of record, but it left.
  if (format === 'docx')
    audit.record({
      actor,
      action: 'memo.exported',
      object: reviewId,
      label,
      detail: { format, fileSha256: written.sha256, seal },
    })
  else commands.recordMemo({ reviewId, format, sha256: written.sha256, seal }, actor, label)
}

/** What the applicant answered, in this round or an earlier one. */
const answersOf = (catalogue: Catalogue, { findings }: Pick<ReviewView, 'findings'>) =>
  Object.fromEntries(
    findings.flatMap((finding) => {
      const answer = lastAnswer(wholeThread(catalogue, finding))
      return answer === null ? [] : [[finding.id as string, answer] as const]
    }),
  )
