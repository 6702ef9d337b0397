import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { DIGIT_SIGNS, inChosenSigns, writeNumbersWith } from './digit-signs.ts'
import { formatValue } from './units.ts'

afterEach(() => writeNumbersWith('comma'))

describe('signs in numbers', () => {
  it.each([
    ['comma', '12,345.68 公顷'],
    ['space', '12\u202f345.68 公顷'],
    ['point', '12.345,68 公顷'],
    ['plain', '12345.68 公顷'],
  ] as const)('%s: %s', (signs, text) => {
    writeNumbersWith(signs)
    expect(formatValue(123_456_780, 'ha', 'zh')).toBe(text)
  })
  it('never change the digits', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), fc.constantFrom(...DIGIT_SIGNS), (value, signs) => {
        writeNumbersWith('comma')
        const usual = formatValue(value, 'index', 'en')
        writeNumbersWith(signs)
        expect(inChosenSigns(usual).replaceAll(/\D/g, '')).toBe(usual.replaceAll(/\D/g, ''))
      }),
    )
  })
})
