import * as z from 'zod'
import { MEMO_KIND_IDS, type MemoKindId } from './memo-kinds.ts'
import { MEMO_STYLE_IDS, type MemoStyleId } from './memo-style.ts'
import type { Bilingual } from '../text.ts'

/** The languages a memo is written in; `both`: Chinese with the English below it. */
export const MEMO_LANGS = ['zh', 'en', 'both'] as const
export type MemoLang = (typeof MEMO_LANGS)[number]

const words = z.string().trim().max(200)

/** What a reviewer chooses about a memo; whatever is left out is that of a special review opinion set as a technical report. */
export const memoOptionsSchema = z.strictObject({
  kind: z.enum(MEMO_KIND_IDS).optional(),
  style: z.enum(MEMO_STYLE_IDS).optional(),
  /** Sections in the order wished; those of the kind when absent. */
  sections: z.array(z.string().max(60)).min(1).max(40).optional(),
  office: words.optional(),
  number: words.optional(),
  classification: words.optional(),
  addressee: words.optional(),
  watermark: words.max(40).optional(),
  /** Whether there are lines to sign and a place for the seal; there are when absent. */
  signing: z.boolean().optional(),
  meetingTime: words.optional(),
  meetingPlace: words.optional(),
  experts: z.string().trim().max(1000).optional(),
})
export type MemoOptions = z.infer<typeof memoOptionsSchema>

/** What there is to choose from. */
export interface MemoChoices {
  kinds: { id: MemoKindId; title: Bilingual; sections: string[] }[]
  styles: { id: MemoStyleId; title: Bilingual }[]
  sections: { id: string; title: Bilingual }[]
}
