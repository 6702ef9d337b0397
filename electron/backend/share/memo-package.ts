import { createHash, randomUUID } from 'node:crypto'
import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Checklist } from '#core/checklist/schema.ts'
import { AppError } from '#core/errors.ts'
import { compareResults } from '#core/memo/compare.ts'
import type { SealedResult } from '#core/memo/seal.ts'
import { verifyResult } from '#core/memo/verify-result.ts'
import { bodyOf, foldAll } from '#core/share/fold.ts'
import type { Body, SharedOp } from '#core/share/operation.ts'
import type { ReviewId } from '#core/model/ids.ts'
import type { EmbeddedFile } from '../memo/pdf-files.ts'
import { readRecord } from '../memo/verify.ts'
import { embeddedFilesOf } from './embedded-files.ts'
import { memoContent, type PackageSource } from './package-content.ts'
import { writePackage } from './package-writer.ts'

/** What the review is called inside a memo. */
export const MEMO_PACKAGE = 'review.greenprint'
/** What is larger than this travels beside the memo. */
const MOST_CARRIED_BYTES = 48 * 2 ** 20

const WRITING = { passphrase: null, isCancelled: () => false, wrote: () => undefined }

interface Carrying extends PackageSource {
  tempDir: string
}

/** Writes what a memo carries as a file of its own, for where attachments are taken out on the way. */
export const writeSidecar = (source: PackageSource, reviewId: ReviewId, withPlan: boolean, target: string) =>
  writePackage(target, memoContent(source, reviewId, withPlan, true), WRITING)

/** The review as a file inside its memo: without attachments where they would make it too large, and without the plan unless asked. */
export async function carriedReview(source: Carrying, reviewId: ReviewId, withPlan: boolean): Promise<EmbeddedFile> {
  const whole = await packed(source, reviewId, withPlan, true)
  const bytes = whole.length <= MOST_CARRIED_BYTES ? whole : await packed(source, reviewId, withPlan, false)
  return {
    name: MEMO_PACKAGE,
    mime: 'application/vnd.greenprint.package',
    bytes,
    relationship: 'Source',
    description: '可在绿图中打开、并入的评审 · The review, to be opened and merged in Greenprint',
  }
}

async function packed(source: Carrying, reviewId: ReviewId, withPlan: boolean, withAttachments: boolean): Promise<Buffer> {
  const file = path.join(source.tempDir, `carried-${randomUUID()}.greenprint`)
  try {
    await writePackage(file, memoContent(source, reviewId, withPlan, withAttachments), WRITING)
    return await readFile(file)
  } finally {
    await rm(file, { force: true })
  }
}

/**
 * Takes the package out of a memo. Runs only in the package process.
 * @throws AppError 'share.memo-stripped' where the memo carries none, 'memo.broken-record'
 */
export async function unpackMemo(file: string, target: string): Promise<void> {
  const name = path.basename(file)
  const found = await embeddedFilesOf(await readFile(file), [MEMO_PACKAGE], name)
  const bytes = found.get(MEMO_PACKAGE)
  if (bytes === undefined) throw new AppError('share.memo-stripped', { file: name })
  await writeFile(target, bytes, { flag: 'wx', mode: 0o600 })
}

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

/**
 * Refuses a memo whose record is not what its seal says, or tells another review than the one that it carries.
 * @returns the record @throws AppError 'share.memo-differs' naming the first part, 'memo.*'
 */
export async function checkedMemo(
  file: string,
  ops: readonly SharedOp[],
  checklists: readonly Checklist[],
): Promise<SealedResult> {
  const name = path.basename(file)
  const record = await readRecord(file)
  const { id, version } = record.checklist
  const checklist = checklists.find((one) => one.id === id && one.version === version)
  const { match, differences } = verifyResult(record, checklist, sha256)
  const differs = (at: string): AppError => new AppError('share.memo-differs', { file: name, at })
  if (!match) throw differs(differences[0]?.path ?? 'seal')
  const items = new Set(record.checklist.items.map((item) => item.id))
  const [told] = compareResults(ofRecord(record), ofOperations(ops, items))
  if (told) throw differs(told.path)
  return record
}

const judgement = ({ item, level, notApplicable, reason, document, page, by, at }: Body) => ({
  item,
  level,
  notApplicable,
  reason,
  document,
  page,
  by,
  at,
})

/** By the number of a finding and the code of an item, so that a difference is named as people call it. */
const ofRecord = ({ plan, review, checklist, findings }: SealedResult) => ({
  plan: { gpkgSha256: plan.gpkgSha256 },
  review: { reviewer: review.reviewer, startedAt: review.startedAt, checklist: checklist.id, version: checklist.version },
  items: Object.fromEntries(
    checklist.items.flatMap(({ entry }) => (entry === null ? [] : [[entry.item, judgement(entry as unknown as Body)]])),
  ),
  findings: Object.fromEntries(findings.map((finding) => [nameOf(finding as unknown as Body), finding])),
})

/** `items`: those of the checklist; a decision on another stands in no record. */
function ofOperations(ops: readonly SharedOp[], items: ReadonlySet<string>) {
  const subjects = [...foldAll(ops).values()]
  const values = (entity: string): Body[] =>
    subjects.flatMap((subject) => {
      const body = subject.entity === entity ? bodyOf(subject) : null
      return body === null ? [] : [body]
    })
  const [plan, review] = [values('plan')[0], values('review')[0]]
  return {
    plan: { gpkgSha256: plan?.['gpkgSha256'] },
    review: {
      reviewer: review?.['reviewer'],
      startedAt: review?.['startedAt'],
      checklist: review?.['checklistId'],
      version: review?.['checklistVersion'],
    },
    items: Object.fromEntries(
      values('item_entry')
        .filter(({ item }) => items.has(String(item)))
        .map((entry) => [String(entry['item']), judgement(entry)]),
    ),
    findings: Object.fromEntries(values('finding').map((finding) => [nameOf(finding), finding])),
  }
}

/** "12", "12 (周岚)". */
const nameOf = ({ number, origin }: Body): string => `${Number(number)}${typeof origin === 'string' ? ` (${origin})` : ''}`
