import { openSync } from 'fontkit'
import { expect, it } from 'vitest'
import { glyphsOf } from './font-coverage.ts'
import { fontPaths, memoFonts } from './fonts.ts'

it('knows the same characters and glyphs of each font as the library that prints them', () => {
  for (const file of fontPaths(memoFonts())) {
    const [font, glyphs] = [openSync(file), glyphsOf(file)]
    if (!('hasGlyphForCodePoint' in font)) throw new Error(`${file} is a collection`)
    const known = new Set(font.characterSet.filter((code) => font.hasGlyphForCodePoint(code)))
    expect(known.size).toBeGreaterThan(20_000)
    const glyphOf = (code: number): number => (known.has(code) ? font.glyphForCodePoint(code).id : 0)
    const wrong = Array.from(glyphs, (glyph, code) => (glyph === glyphOf(code) ? -1 : code)).filter((code) => code >= 0)
    expect(wrong).toEqual([])
  }
})

it('refuses what is no font', () => {
  expect(() => glyphsOf(import.meta.filename)).toThrow('no table of characters')
})
