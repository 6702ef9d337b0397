import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codePointName, gateText, REPLACEMENT } from './text-gate.ts'

const all = (): boolean => true

describe('text gate', () => {
  it('drops what is invisible and evens out spaces and line ends', () => {
    expect(gateText('a\u202Eb\u200Bc\uFE0F\td\r\ne\u2028f\u0007', all).text).toBe('abc d\ne\nf')
    expect(gateText('e\u0301', all).text).toBe('é')
  })

  it('replaces what the fonts lack and says what it was', () => {
    const result = gateText('𠮷野家 😀', (codePoint) => codePoint < 0x10000)
    expect(result).toEqual({ text: `${REPLACEMENT}野家 ${REPLACEMENT}`, replaced: ['𠮷', '😀'] })
    expect(result.replaced.map(codePointName)).toEqual(['U+20BB7', 'U+1F600'])
  })

  it('writes the plain form of a character where the fonts lack the other', () => {
    const latin = (codePoint: number) => codePoint < 0x7f
    expect(gateText('tCO₂ ㎡ ①', latin)).toEqual({ text: 'tCO2 m2 1', replaced: [] })
    expect(gateText('tCO₂', () => true).text).toBe('tCO₂')
  })
  it('writes Latin ligatures as their letters', () => {
    expect(gateText('ﬁnal eﬀect ﬄ ﬆ', all).text).toBe('final effect ffl st')
  })
  it('replaces halves of characters', () => {
    expect(gateText('a\ud800b', all).text).toBe(`a${REPLACEMENT}b`)
  })

  it('leaves nothing invisible, whatever comes in, and a second pass changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (raw) => {
        const { text } = gateText(raw, all)
        expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Variation_Selector}]/u)
        expect(text.isWellFormed()).toBe(true)
        expect(gateText(text, all)).toEqual({ text, replaced: [] })
      }),
    )
  })
})
