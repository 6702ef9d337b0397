import type { Lang } from '../text.ts'

/** A stretch of text in one language; `lang` null: the document's own. */
export interface LanguagePart {
  text: string
  lang: Lang | null
}

/** Chinese characters with the punctuation and figures between them, up to the last character or closing mark. */
const CHINESE = /[\p{Script=Han}《「（【][\p{Script=Han}\d\s，。、；：！？（）《》〈〉「」『』【】〔〕—…·－～%／/.-]*/gu
/** A stretch of Latin letters with what stands between words. */
const ENGLISH = /[A-Za-z][A-Za-z0-9 ,.;:!?'’"“”()&%/–-]*/g
/** Two words make English; names of formats, units and codes are part of Chinese prose. */
const ENGLISH_WORDS = /\b[A-Z]?[a-z]{2,}\b[^A-Za-z]+(?:[A-Za-z]{1,2}\b[^A-Za-z]+)*[A-Z]?[a-z]{2,}\b/

/**
 * Parts of a text that are in the other language than the document, so that they are marked and read aloud in it: Chinese names in an
 * English memo, English sentences in a Chinese one. The parts joined are the text.
 */
export function languageParts(text: string, lang: Lang): LanguagePart[] {
  const [foreign, pattern] = lang === 'zh' ? (['en', ENGLISH] as const) : (['zh', CHINESE] as const)
  const parts: LanguagePart[] = []
  let from = 0
  for (const { 0: found, index } of text.matchAll(pattern)) {
    const kept = found.trimEnd()
    if (!(lang === 'zh' ? ENGLISH_WORDS : /\p{L}/u).test(kept)) continue
    if (index > from) parts.push({ text: text.slice(from, index), lang: null })
    parts.push({ text: kept, lang: foreign })
    from = index + kept.length
  }
  if (from < text.length || parts.length === 0) parts.push({ text: text.slice(from), lang: null })
  return parts
}

/** How a language is named in files that leave (BCP 47). */
export const LANGUAGE_TAGS: Record<Lang, string> = { zh: 'zh-CN', en: 'en-GB' }
