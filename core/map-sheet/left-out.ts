import { bilingual, inDrawn, type Bilingual, type DrawnLang } from '../text.ts'

/** The line at the foot that names what was asked for and could not be drawn; empty when there is nothing. */
export function leftOutLine(leftOut: readonly Bilingual[], lang: DrawnLang): string {
  if (leftOut.length === 0) return ''
  const names = leftOut.map((one) => inDrawn(one, lang)).join(lang === 'en' ? ', ' : '、')
  return lang === 'both'
    ? `${inDrawn(NOT_DRAWN, lang)}：${names}`
    : inDrawn(bilingual(`${NOT_DRAWN.zh}：${names}`, `${NOT_DRAWN.en}: ${names}`), lang)
}

const NOT_DRAWN = bilingual('未绘入本图', 'Not drawn on this sheet')
