import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readableValue } from './units.ts'

describe('a value as people read it', () => {
  it('never reads as zero where it is small, and as nearly zero where it is only noise', () => {
    expect(readableValue(12_345.6, 'ha', 'en')).toBe('1.23 ha')
    expect(readableValue(0, 'ha', 'en')).toBe('0.00 ha')
    expect(readableValue(1, 'ha', 'en')).toBe('0.00010 ha')
    expect(readableValue(1e-7, 'ha', 'en')).toBe('≈ 0.00 ha')
    expect(readableValue(-1e-7, 'ha', 'zh')).toBe('≈ 0.00 公顷')
  })
  it('has a digit that is not zero, or says that it is nearly zero', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 1e9, noNaN: true }), (value) => {
        const text = readableValue(value, 'ha', 'en')
        expect(/[1-9]/.test(text) || text.startsWith('≈')).toBe(true)
      }),
    )
  })
})
