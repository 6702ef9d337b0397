import { expect, it } from 'vitest'
import { greenedM2, greeningFactor, greeningTarget } from './greening-factors.ts'

it('sums surfaces as the published example does: 100 × 1 + 200 × 0.7 + 300 × 0.4 over 1,000 m² is 0.36', () => {
  expect((greenedM2('semi_natural:100; perennials=200；amenity_grass: 300 m2; sealed:400') ?? 0) / 1000).toBeCloseTo(0.36, 9)
  expect(greenedM2('垂直绿化：50；地被：20')).toBeCloseTo(0.6 * 50 + 0.5 * 20, 9)
})

it('refuses lists that it understands only in part', () => {
  for (const text of ['', 'lawn: 30', 'amenity_grass', 'amenity_grass: 30; trees', 'amenity_grass: -3']) {
    expect([text, greenedM2(text)]).toEqual([text, undefined])
  }
})

it('knows the targets of housing and business', () => {
  expect([greeningTarget('residential').target, greeningTarget('commercial').target]).toEqual([0.4, 0.3])
  expect(greeningFactor('sealed')).toBe(0)
  expect(() => greeningFactor('lawn')).toThrow('lawn')
})
