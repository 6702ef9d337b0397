import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { languageParts } from './language-parts.ts'

const foreign = (text: string, lang: 'zh' | 'en') =>
  languageParts(text, lang).flatMap((part) => (part.lang === null ? [] : [part.text]))

describe('parts of a text in another language', () => {
  it('are Chinese names in an English text', () => {
    expect(foreign('Review opinion on “青岚市国土空间总体规划（2021—2035年）”, round 2', 'en')).toEqual([
      '青岚市国土空间总体规划（2021—2035年）',
    ])
    expect(foreign('No Chinese here: 12 km², EPSG:4547.', 'en')).toEqual([])
  })

  it('are English sentences in a Chinese text, but not names of formats and codes', () => {
    expect(foreign('总体评价　Overall judgement of the plan', 'zh')).toEqual(['Overall judgement of the plan'])
    expect(foreign('见 Table of contents (3)。', 'zh')).toEqual(['Table of contents (3)'])
    expect(foreign('入库文件（GeoPackage）SHA-256，坐标系 EPSG:4547 CGCS2000。', 'zh')).toEqual([])
  })

  it('joined are the text, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom('zh' as const, 'en' as const), (text, lang) => {
        expect(
          languageParts(text, lang)
            .map((part) => part.text)
            .join(''),
        ).toBe(text)
      }),
    )
  })
})
