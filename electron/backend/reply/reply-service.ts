import { createHash } from 'node:crypto'
import type { CallContext, CancelSignal, ExportedFile, Input, Output } from '#core/contract/procedures.ts'
import type { ReplyFileFormat, ReplyLook, ReplyReceipt, ReplyView } from '#core/contract/reply-procedures.ts'
import path from 'node:path'
import { AppError } from '#core/errors.ts'
import type { FindingId, ReviewId } from '#core/model/ids.ts'
import { replyFormPage } from '#core/reply/form.ts'
import { isBringable, matchReply } from '#core/reply/match.ts'
import { makePack, NO_ANSWERS, type ReplyAnswers, type ReplyPack } from '#core/reply/pack.ts'
import type { ReadReply } from '#core/reply/read.ts'
import { REPLY_WORDS } from '#core/reply/sheet.ts'
import { statusOf, type Finding } from '#core/review/finding.ts'
import type { Review } from '#core/review/review.ts'
import { bilingual, inLang } from '#core/text.ts'
import type { Catalogue } from '#db/catalogue.ts'
import { exportFile, type ExportDependencies } from '../export-file.ts'
import { exportName } from '../export-name.ts'
import { writeFileSafely } from '../memo/write-file.ts'
import { pathsOfToken } from '../share/opened-packages.ts'
import type { PackageFiles } from '../share/package-files.ts'
import { replyArchive } from './reply-archive.ts'
import { replyWorkbook } from './reply-xlsx.ts'

export interface ReplyService {
  /** @throws AppError 'reply.no-questions', 'catalogue.not-found', 'memo.cannot-write' */
  make(input: Input<'replies.make'>, call: CallContext): Promise<Output<'replies.make'>>
  look(input: Input<'replies.look'>, call: CallContext): Promise<ReplyLook[]>
  /** @throws AppError 'reply.*', 'review.submitted'; then nothing is brought in */
  bring(input: Input<'replies.bring'>, call: CallContext): Promise<ReplyReceipt>
  /** @throws AppError 'reply.cannot-answer', 'reply.changed' */
  answer(input: Input<'replies.answer'>, call: CallContext): Promise<ExportedFile>
}

interface Dependencies extends Omit<ExportDependencies, 'catalogue'> {
  catalogue: Catalogue
  packages: Pick<PackageFiles, 'reply'>
  /** What a blind round hides. */
  isVisible: (reviewId: ReviewId) => boolean
  /** Of the review as it stands: the memo that is printed now has it. */
  sealOf: (reviewId: ReviewId) => Promise<string>
}

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')
const base64 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('base64')

/** Who answers, where the file does not say. */
const APPLICANT = bilingual('编制单位', 'Applicant')
const READING = bilingual('正在读取答复', 'Reading answers')

const isAsked = (finding: Finding): boolean => !finding.withdrawn && statusOf(finding) !== 'verified'

async function bytesOf(pack: ReplyPack, answers: ReplyAnswers, format: ReplyFileFormat): Promise<Buffer | string> {
  if (format === 'xlsx') return replyWorkbook(pack, answers)
  return format === 'html' ? replyFormPage(pack, base64, answers) : replyArchive(pack, answers)
}

/** Questions of a review on their way to the applicant, and the answers on their way back. */
export function createReplyService(desk: Dependencies): ReplyService {
  const { catalogue, tokens, packages } = desk

  const reviewOf = ({ head }: ReadReply): Review | null => {
    const review = catalogue.reviews.find(head.review as ReviewId)
    return review !== undefined && desk.isVisible(review.id) ? review : null
  }
  const matchOf = (read: ReadReply, review: Review) =>
    matchReply(
      read,
      {
        findings: catalogue.findings.ofReview(review.id),
        threadOf: (id) => catalogue.records.of('remark', id as FindingId),
      },
      sha256,
    )

  const viewOf = async (read: ReadReply): Promise<ReplyView> => {
    const { fileName, sizeBytes, form, head, by, on, questions, answers } = read
    const review = reviewOf(read)
    const plan = review && catalogue.plans.get(review.planId)
    const given = answers
      .filter(({ text, says }) => text !== '' || says !== null)
      .map(({ key, text, says }) => ({ key, text, says }))
    return {
      fileName,
      sizeBytes,
      sha256: read.sha256,
      form,
      head: { ...head, plan: plan ? (plan.nameZh ?? plan.name) : head.plan },
      by,
      on,
      ...(review && {
        here: {
          ...matchOf(read, review),
          reviewId: review.id,
          planId: review.planId,
          isOurs: catalogue.audit.hasAct('reply.made', head.pack),
          isCurrent: (await desk.sealOf(review.id)) === head.seal,
        },
      }),
      ...(questions && { questions: { pack: questions, answers: { by, on, answers: given } } }),
    }
  }

  const lookAt = async (file: string, signal: CancelSignal): Promise<ReplyLook> => {
    const fileName = path.basename(file)
    try {
      return { fileName, view: await viewOf(await packages.reply(file, signal)) }
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'request.cancelled') throw error
      return { fileName, problem: error.toWire() }
    }
  }

  return {
    async make({ reviewId, findingIds, format, lang, target }, call) {
      const review = catalogue.reviews.get(reviewId)
      const plan = catalogue.plans.get(review.planId)
      const name = lang === 'zh' && plan.nameZh !== null ? plan.nameZh : plan.name
      const all = catalogue.findings.ofReview(reviewId)
      const asked = all.filter((finding) => isAsked(finding) && (findingIds === null || findingIds.includes(finding.id)))
      if (asked.length === 0) throw new AppError('reply.no-questions', { file: name })
      const about = { review: reviewId, seal: await desk.sealOf(reviewId), plan: name, office: desk.actor().office, lang }
      const pack = makePack(about, asked, sha256)
      const leaving = {
        target,
        fileName: exportName(name, `${inLang(REPLY_WORDS.title, lang)}.${format}`),
        action: 'reply.made',
        object: pack.pack,
        detail: { format, review: reviewId, seal: pack.seal, questions: asked.length },
      }
      const file = await exportFile(desk, leaving, call, async (at) =>
        writeFileSafely(at, await bytesOf(pack, NO_ANSWERS, format)),
      )
      return { ...file, questions: asked.length }
    },

    async look({ files }, call) {
      const looks: ReplyLook[] = []
      const paths = pathsOfToken(tokens, files)
      for (const [at, file] of paths.entries()) {
        call.progress({ done: at, total: paths.length, label: READING })
        looks.push(await lookAt(file, call.signal))
      }
      return looks
    },

    async bring({ files, keys }, call) {
      const read = await packages.reply(pathsOfToken(tokens, files)[0] ?? '', call.signal)
      const review = reviewOf(read)
      if (review === null) throw new AppError('reply.other-review', { file: read.fileName, plan: read.head.plan })
      const chosen = matchOf(read, review).rows.filter((row) => isBringable(row) && (keys === null || keys.includes(row.key)))
      if (chosen.length === 0) throw new AppError('reply.nothing', { file: read.fileName })
      const reply = { pack: read.head.pack, file: read.fileName, sha256: read.sha256, on: read.on }
      const by = read.by === '' ? inLang(APPLICANT, catalogue.settings.get().lang) : read.by
      const replies = chosen.map(({ findingId, text, says }) => ({
        findingId: findingId as FindingId,
        text,
        reply: { ...reply, says },
      }))
      catalogue.commands.bringReplies(review.id, by, replies, desk.actor())
      catalogue.audit.record({
        actor: desk.actor(),
        action: 'reply.opened',
        object: read.head.pack,
        detail: { fileSha256: read.sha256, review: review.id, answers: replies.length },
      })
      const numbers = chosen.map(({ name }) => name ?? '')
      return { fileName: read.fileName, reviewId: review.id, planId: review.planId, brought: replies.length, numbers }
    },

    async answer({ files, answers, format, target }, call) {
      const read = await packages.reply(pathsOfToken(tokens, files)[0] ?? '', call.signal)
      const pack = read.questions
      if (pack === null) throw new AppError('reply.cannot-answer', { file: read.fileName })
      const keys = new Set(pack.questions.map(({ key }) => key))
      if (answers.answers.some(({ key }) => !keys.has(key))) throw new AppError('reply.changed', { file: read.fileName })
      const leaving = {
        target,
        fileName: exportName(pack.plan, `${inLang(REPLY_WORDS.title, pack.lang)}.${format}`),
        action: 'reply.answered',
        object: pack.pack,
        detail: { format, answers: answers.answers.length },
      }
      return exportFile(desk, leaving, call, async (at) => writeFileSafely(at, await bytesOf(pack, answers, format)))
    },
  }
}
