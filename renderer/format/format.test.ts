import { describe, expect, it } from 'vitest'
import { formatArea, formatBytes, formatMeasured, wholePercent } from './format.ts'

describe('numbers as people read them', () => {
  it('shows areas in the reader’s unit', () => {
    expect(formatArea(85_000, 'ha', 'zh')).toBe('8.50 公顷')
    expect(formatArea(10_000, 'mu', 'zh')).toBe('15.0 亩')
    expect(formatArea(2_500_000, 'km2', 'en')).toBe('2.500 km²')
  })
  it('never shows a small area as nothing', () => {
    expect(formatArea(12, 'ha', 'en')).toBe('0.0012 ha')
    expect(formatArea(0, 'ha', 'en')).toBe('0.00 ha')
  })
  it('uses the item’s unit where it belongs to the same base', () => {
    expect(formatMeasured(0.716, 'ratio', 'percent', 'ha', 'zh')).toBe('71.6%')
    expect(formatMeasured(0.088, 'm_per_person', 'km_per_10k_persons', 'ha', 'zh')).toBe('0.88 km/万人')
    expect(formatMeasured(85_000, 'm2', 'ha', 'mu', 'zh')).toBe('127.5 亩')
    expect(formatMeasured(0.5, 'ratio', 'ha', 'ha', 'en')).toBe('50.0%')
  })
  it('does not round a share up to all of it', () => {
    expect([0, 0.29, 0.996, 1].map(wholePercent)).toEqual([0, 29, 99, 100])
  })
  it('names bytes by their size', () => {
    expect([0, 999, 465_400, 8_400_000].map((size) => formatBytes(size, 'en'))).toEqual(['0 B', '999 B', '465.4 KB', '8.4 MB'])
  })
})
