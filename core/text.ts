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

/** Drawings of a bilingual memo say their words in both languages at once. */
export type DrawnLang = Lang | 'both'

/** The language of what a drawing can say only once: names on a map, marks. */
export const mainOf = (lang: DrawnLang): Lang => (lang === 'both' ? 'zh' : lang)

/** Words in a drawing: in both languages Chinese, then English; what is the same in both, and a code in front of both, stands once. */
export function inDrawn({ zh, en }: Bilingual, lang: DrawnLang, between = ' '): string {
  if (lang !== 'both') return inLang({ zh, en }, lang)
  if (zh === en) return zh
  const [code = ''] = /^[\dA-Z]+ /.exec(zh) ?? []
  return `${zh}${between}${en.startsWith(code) ? en.slice(code.length) : en}`
}
