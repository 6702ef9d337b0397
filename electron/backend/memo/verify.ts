import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Checklist } from '#core/checklist/schema.ts'
import type { Verification } from '#core/contract/procedures.ts'
import { AppError } from '#core/errors.ts'
import { sealedResultSchema } from '#core/memo/result-schema.ts'
import type { SealedResult } from '#core/memo/seal.ts'
import { verifyResult } from '#core/memo/verify-result.ts'
import { DEEPEST_JSON, nestingOf } from '#core/share/depth.ts'
import { embeddedFilesOf } from '../share/embedded-files.ts'
import { RECORD_LINK_ID } from './render-html.ts'

/** SHA-256 of a text, hex: the platform's, for the core. */
export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

/** A city's record has some hundred kilobytes. */
const MOST_RECORD_BYTES = 64 * 2 ** 20

/** The checklist of an id and version, or undefined where this version of Greenprint does not hold it. */
export type FindChecklist = (id: string, version: string) => Checklist | undefined

/**
 * Checks a memo (PDF or HTML) or a result (JSON): the seal of the record it carries, the parts that were changed, and every level
 * derived again from measurements and entries.
 * @throws AppError `memo.not-a-memo` where there is no record, `memo.broken-record` where it has not the known shape.
 */
export const verifyFile = async (file: string, findChecklist: FindChecklist): Promise<Verification> =>
  verifyRecord(await readRecord(file), findChecklist)

/** The same for a record that was read, and found to have the known shape, elsewhere. */
export function verifyRecord(record: SealedResult, findChecklist: FindChecklist): Verification {
  const checklist = findChecklist(record.checklist.id, record.checklist.version)
  const { match, sealStored, sealRecomputed, rescored, differences } = verifyResult(record, checklist, sha256)
  const { id, version } = record.checklist
  const notes = rescored
    ? []
    : [
        {
          zh: `本机没有清单“${id}”（${version}），只核对了校验码，未重新推算等级。`,
          en: `The checklist “${id}” (${version}) is not installed: the seal was checked, levels were not derived again.`,
        },
      ]
  return { match, sealStored, sealRecomputed, differences, notes }
}

/** The review record that a file carries. Someone else's file is read only in the package process. @throws AppError `memo.*` */
export async function readRecord(file: string): Promise<SealedResult> {
  const name = path.basename(file)
  const bytes = await readFile(file)
  const text = await recordText(bytes, name)
  let json: unknown
  if (text.length > MOST_RECORD_BYTES || nestingOf(text) > DEEPEST_JSON)
    throw new AppError('memo.broken-record', { file: name, where: 'JSON' })
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw new AppError('memo.broken-record', { file: name, where: 'JSON' }, { cause })
  }
  if ((json as { schema?: unknown } | null)?.schema !== 'review-result/1') throw new AppError('memo.not-a-memo', { file: name })
  const parsed = sealedResultSchema.safeParse(json)
  if (parsed.success) return parsed.data as unknown as SealedResult
  const where = parsed.error.issues[0]?.path.join('.') ?? '$'
  throw new AppError('memo.broken-record', { file: name, where: where === '' ? '$' : where }, { cause: parsed.error })
}

async function recordText(bytes: Buffer, name: string): Promise<string> {
  if (bytes.subarray(0, 1024).includes('%PDF-')) return attachedText(bytes, name)
  const text = bytes.toString('utf8').replace(/^\ufeff/, '')
  if (!/^\s*</.test(text)) return text.trimStart().startsWith('{') ? text : missing(name)
  const link = new RegExp(`<a id="${RECORD_LINK_ID}"[^>]*href="data:application/json;base64,([A-Za-z0-9+/=]+)"`).exec(text)
  return link?.[1] === undefined ? missing(name) : Buffer.from(link[1], 'base64').toString('utf8')
}

async function attachedText(bytes: Buffer, name: string): Promise<string> {
  const found = await embeddedFilesOf(bytes, ['review.json'], name)
  return found.get('review.json')?.toString('utf8') ?? missing(name)
}

function missing(file: string): never {
  throw new AppError('memo.not-a-memo', { file })
}
