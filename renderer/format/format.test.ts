import { afterEach, describe, expect, it } from 'vitest'
import { showFormats } from './chosen.ts'
import {
  formatArea,
  formatBytes,
  formatCount,
  formatDay,
  formatFixed,
  formatMeasured,
  formatMoment,
  formatScore,
  wholePercent,
} from './format.ts'

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

describe('numbers and days by choice', () => {
  const settings = { lang: 'zh', theme: 'system', areaUnit: 'ha', reviewer: '' } as const
  const moment = new Date(2026, 10, 2, 9, 5).toISOString()
  afterEach(() => showFormats(settings))

  it('are as the language has them while nothing was chosen', () => {
    expect([formatCount(12_345, 'en'), formatFixed(1.5, 2), formatDay(moment, 'zh')]).toEqual(['12,345', '1.50', '2026年11月2日'])
  })
  it('follow the choice everywhere', () => {
    showFormats({ ...settings, digits: 'point', dates: 'iso' })
    expect([formatCount(12_345, 'en'), formatScore(7.25, 'zh'), formatFixed(1.5, 2)]).toEqual(['12.345', '7,3', '1,50'])
    expect(formatArea(123_456_780, 'ha', 'en')).toBe('12.345,68 ha')
    expect(formatBytes(8_400_000, 'en')).toBe('8,4 MB')
    expect([formatDay(moment, 'en'), formatMoment(moment, 'zh')]).toEqual(['2026-11-02', '2026-11-02 09:05'])
  })
})
