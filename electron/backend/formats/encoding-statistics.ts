import { logLikelihood, type Script } from '#core/intake/text-likelihood.ts'
import { bilingual, type Bilingual } from '#core/text.ts'

/** Encodings that plans come in without saying so, with the writing that each one carries; earlier ones win a draw. */
const CANDIDATES: readonly { label: string; scripts: readonly Script[]; title: Bilingual }[] = [
  { label: 'gbk', scripts: ['zh-Hans', 'zh-Hant'], title: bilingual('简体中文', 'simplified Chinese') },
  { label: 'big5', scripts: ['zh-Hant'], title: bilingual('繁体中文', 'traditional Chinese') },
  { label: 'shift_jis', scripts: ['ja'], title: bilingual('日文', 'Japanese') },
  { label: 'euc-kr', scripts: ['ko'], title: bilingual('韩文', 'Korean') },
  { label: 'windows-1252', scripts: ['western'], title: bilingual('西欧文字', 'Western European') },
]

/** Neighbouring characters depend on each other, so the evidence of a text is less than the sum over its characters. */
const INDEPENDENT_SHARE = 0.4
/** How much a declaration weighs, in the same natural logarithms as the text. */
const DECLARED_WEIGHT = 8
/** A few damaged cells must not decide for the whole column. */
const TOLERATED_INVALID_SHARE = 0.02

/** The texts as one encoding reads them. */
export interface Reading {
  label: string
  title: Bilingual
  /** Log-likelihood per independent character, with what was declared added. */
  score: number
  invalid: number
  characters: number
}

/** All texts as read in one encoding; a character cut by its field's width is no mistake, a mark left inside the text is. */
function readAll(texts: readonly Uint8Array[], label: string): { text: string; invalid: number } {
  const decoder = new TextDecoder(label)
  const whole = texts.map((bytes) => decoder.decode(bytes).replace(/\uFFFD$/, ''))
  return { text: whole.join(''), invalid: whole.filter((text) => text.includes('\uFFFD')).length }
}

/** The texts in every encoding that they may be in, the likeliest first. */
export function readings(texts: readonly Uint8Array[], declared: string | undefined): Reading[] {
  const found: Reading[] = []
  for (const { label, scripts, title } of CANDIDATES) {
    const { text, invalid } = readAll(texts, label)
    if (invalid > texts.length * TOLERATED_INVALID_SHARE) continue
    const likelihood = Math.max(...scripts.map((script, i) => logLikelihood(text, script) - i))
    const weight = sameEncoding(label, declared) ? DECLARED_WEIGHT : 0
    const characters = new Set(Array.from(text).filter((character) => character > '\u007f')).size
    found.push({ label, title, score: likelihood * INDEPENDENT_SHARE + weight, invalid, characters })
  }
  return found.toSorted((a, b) => b.score - a.score)
}

/** GBK and GB 18030 are one encoding to the decoder. */
export const sameEncoding = (a: string, b: string | undefined): boolean =>
  b !== undefined && (a === b || (a.startsWith('gb') && b.startsWith('gb')))

/** How often strict UTF-8 has characters of three and more bytes: by chance, Chinese in another encoding hardly ever does. */
export function utf8Evidence(texts: readonly Uint8Array[]): { long: number; short: number } {
  const evidence = { long: 0, short: 0 }
  const decoder = new TextDecoder('utf-8')
  for (const text of texts)
    for (const character of decoder.decode(text).replace(/\uFFFD$/, '')) {
      if (character > '\u07ff') evidence.long++
      else if (character > '\u007f') evidence.short++
    }
  return evidence
}

/** True when all but a few damaged texts can be read in this encoding. */
export const isMostlyValid = (label: string, texts: readonly Uint8Array[]): boolean =>
  readAll(texts, label).invalid <= texts.length * TOLERATED_INVALID_SHARE

/** True for encodings that `readings` weighs against each other. */
export const hasStatistics = (label: string): boolean => CANDIDATES.some((candidate) => sameEncoding(candidate.label, label))
