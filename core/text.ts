/** The two languages of the product. Chinese is primary: reviewers' memos are written in it. */
export type Lang = 'zh' | 'en'

export const LANGS: readonly Lang[] = ['zh', 'en']

/** A sentence in both languages, written side by side so that neither can be forgotten. */
export interface Bilingual {
  zh: string
  en: string
}

export const bilingual = (zh: string, en: string): Bilingual => ({ zh, en })

export const inLang = (text: Bilingual, lang: Lang): string => text[lang]
