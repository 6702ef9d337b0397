import { realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { glyphsOf } from './font-coverage.ts'

const fromHere = createRequire(import.meta.url)
const fontFile = (specifier: string): string => realpathSync(fromHere.resolve(specifier))

export const SERIF = 'Noto Serif SC'
export const SANS = 'Noto Sans SC'

/** One family as pdfmake wants it. There are no italics in Chinese type: they fall back to the upright file. */
export interface FontFiles {
  normal: string
  bold: string
  italics: string
  bolditalics: string
}

const family = (name: string, file: string): FontFiles => {
  const normal = fontFile(`@expo-google-fonts/${name}/400Regular/${file}_400Regular.ttf`)
  const bold = fontFile(`@expo-google-fonts/${name}/700Bold/${file}_700Bold.ttf`)
  return { normal, bold, italics: normal, bolditalics: bold }
}

/** The fonts that come with the product, by real absolute paths: names of a virtual file system do not reach SVG text. */
export function memoFonts(): Record<string, FontFiles> {
  return { [SERIF]: family('noto-serif-sc', 'NotoSerifSC'), [SANS]: family('noto-sans-sc', 'NotoSansSC') }
}

/** Every file that the printer may open. */
export const fontPaths = (fonts: Record<string, FontFiles>): Set<string> =>
  new Set(Object.values(fonts).flatMap((files) => Object.values(files) as string[]))

/** Code point → number of its glyph, for each file of the memo's fonts. */
export const fontGlyphs = (fonts: Record<string, FontFiles>): Uint16Array[] => [...fontPaths(fonts)].map(glyphsOf)

/** Tells whether all fonts of the memo have a glyph; a text may be set in any of them. */
export const glyphCoverage =
  (glyphs: readonly Uint16Array[]): ((codePoint: number) => boolean) =>
  (codePoint) =>
    glyphs.every((ofFont) => (ofFont[codePoint] ?? 0) !== 0)
