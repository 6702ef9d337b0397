import * as z from 'zod'
import { ADOPTIONS, findingName, SEVERITIES, type Finding } from '../review/finding.ts'
import { canonicalJson } from '../memo/canonical.ts'
import type { Sha256 } from '../memo/seal.ts'

/** What a reply pack says that it is, in whichever form it travels. */
export const REPLY_KIND = 'greenprint-reply'
export const REPLY_FORMAT = 1
/** What an office's own words under one number may come to. */
export const MOST_ANSWER = 20_000
export const MOST_QUESTIONS = 2000

const line = z.string().max(400)
const words = z.string().max(20_000)
const day = z.string().regex(/^\d{4}-\d\d-\d\d$/)
const key = z.string().regex(/^GP-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-[0-9a-f]{16}$/)

const question = z.strictObject({
  key,
  name: line.min(1),
  severity: z.enum(SEVERITIES),
  item: line.nullable(),
  text: words,
  action: words,
})

/** What is asked: numbered findings of one review, each with a key by which its answer finds it again. */
export const replyPack = z.strictObject({
  greenprint: z.literal(REPLY_KIND),
  format: z.literal(REPLY_FORMAT),
  /** Follows from everything else in it. */
  pack: z.string().regex(/^[0-9a-f]{32}$/),
  review: z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
  /** Of the memo that the questions stand in. */
  seal: z.string().regex(/^[0-9a-f]{64}$/),
  plan: line,
  office: line,
  lang: z.enum(['zh', 'en']),
  questions: z.array(question).min(1).max(MOST_QUESTIONS),
})

/** What was answered: never more than the questions ask. */
export const replyAnswers = z.strictObject({
  by: line,
  on: day.nullable(),
  answers: z
    .array(z.strictObject({ key, text: z.string().max(MOST_ANSWER), says: z.enum(ADOPTIONS).nullable() }))
    .max(MOST_QUESTIONS),
})

/** The whole content of a form that carries both. */
export const replyForm = z.strictObject({ pack: replyPack, answers: replyAnswers })

export type ReplyPack = z.infer<typeof replyPack>
export type ReplyQuestion = z.infer<typeof question>
export type ReplyAnswers = z.infer<typeof replyAnswers>
export type ReplyForm = z.infer<typeof replyForm>

export const NO_ANSWERS: ReplyAnswers = { by: '', on: null, answers: [] }

/** What a key tells: the finding, and short hashes of the memo that asks and of the words that were asked. */
export interface KeyParts {
  findingId: string
  memo: string
  words: string
}

const KEY = /^GP-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-([0-9a-f]{8})([0-9a-f]{8})$/

/** null for what is no key. Spreadsheets change case and add blanks. */
export function keyParts(text: string): KeyParts | null {
  const [, findingId, memo, said] = KEY.exec(text.trim().toLowerCase().replace(/^gp-/, 'GP-')) ?? []
  return findingId === undefined || memo === undefined || said === undefined ? null : { findingId, memo, words: said }
}

/** Words as any program gives them back: line breaks and blanks of any kind are one blank. */
const plain = (text: string): string => text.normalize('NFC').replace(/\s+/gu, ' ').trim()

const short = (text: string, sha256: Sha256): string => sha256(text).slice(0, 8)

/** Short hash of what is asked, the same after a trip through a spreadsheet. */
export const wordsHash = ({ text, action }: Pick<Finding, 'text' | 'action'>, sha256: Sha256): string =>
  short(`${plain(text)}\n${plain(action)}`, sha256)

/** Short hash that ties a finding to the memo that asks: an answer under another memo's key is not taken for this one's. */
export const memoHash = (seal: string, findingId: string, sha256: Sha256): string => short(`${seal} ${findingId}`, sha256)

/** The pack of a review's findings; withdrawn and verified ones are the caller's to leave out. The same input gives the same pack. */
export function makePack(
  about: Pick<ReplyPack, 'review' | 'seal' | 'plan' | 'office' | 'lang'>,
  findings: readonly Finding[],
  sha256: Sha256,
): ReplyPack {
  const { review, seal, plan, office, lang } = about
  const questions = findings.map((finding): ReplyQuestion => ({
    key: `GP-${finding.id}-${memoHash(seal, finding.id, sha256)}${wordsHash(finding, sha256)}`,
    name: findingName(finding),
    severity: finding.severity,
    item: finding.item,
    text: finding.text,
    action: finding.action,
  }))
  const content = { greenprint: REPLY_KIND, format: REPLY_FORMAT, review, seal, plan, office, lang, questions } as const
  return { ...content, pack: packId(content, sha256) }
}

/** What a pack is called: a hash of everything that it asks. */
export const packId = (content: Omit<ReplyPack, 'pack'>, sha256: Sha256): string => sha256(canonicalJson(content)).slice(0, 32)
