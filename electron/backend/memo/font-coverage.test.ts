import { openSync } from 'fontkit'
import { expect, it } from 'vitest'
import { coveredBy } from './font-coverage.ts'
import { fontPaths, memoFonts } from './fonts.ts'

it('knows the same characters of each font as the library that prints them', () => {
  for (const file of fontPaths(memoFonts())) {
    const [font, covered] = [openSync(file), coveredBy(file)]
    if (!('hasGlyphForCodePoint' in font)) throw new Error(`${file} is a collection`)
    const known = new Set(font.characterSet.filter((code) => font.hasGlyphForCodePoint(code)))
    expect(known.size).toBeGreaterThan(20_000)
    const wrong = Array.from(covered, (has, code) => ((has === 1) === known.has(code) ? -1 : code)).filter((code) => code >= 0)
    expect(wrong).toEqual([])
  }
})

it('refuses what is no font', () => {
  expect(() => coveredBy(import.meta.filename)).toThrow('no table of characters')
})
