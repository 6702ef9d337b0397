import { bilingual, inLang, type Bilingual, type Lang } from '../text.ts'

/** The line at the foot that names what was asked for and could not be drawn; empty when there is nothing. */
export function leftOutLine(leftOut: readonly Bilingual[], lang: Lang): string {
  if (leftOut.length === 0) return ''
  const names = leftOut.map((one) => inLang(one, lang)).join(lang === 'zh' ? '、' : ', ')
  return inLang(bilingual(`未绘入本图：${names}`, `Not drawn on this sheet: ${names}`), lang)
}
