import { bilingual, inLang, type Bilingual, type Lang } from '../text.ts'

/** What a screen can show besides the plan's layers; a sheet does not draw it, and names it instead. */
export const BEYOND_LAYERS = ['basemap', 'overlays', 'marks'] as const
export type BeyondLayers = (typeof BEYOND_LAYERS)[number]

/** What a sheet calls it. */
export const BEYOND_TITLES: Readonly<Record<BeyondLayers, Bilingual>> = {
  basemap: bilingual('底图', 'basemap'),
  overlays: bilingual('分析叠加图', 'analysis overlays'),
  marks: bilingual('意见标记', 'marks of findings'),
}

/** The line at the foot that names what the screen shows and the sheet does not; empty when there is nothing. */
export function leftOutLine(leftOut: readonly Bilingual[], lang: Lang): string {
  if (leftOut.length === 0) return ''
  const names = leftOut.map((one) => inLang(one, lang)).join(lang === 'zh' ? '、' : ', ')
  return inLang(bilingual(`未绘入本图：${names}`, `Not drawn on this sheet: ${names}`), lang)
}
