import fc from 'fast-check'
import { expect, it } from 'vitest'
import checklist from '../../resources/checklists/green-low-carbon.json' with { type: 'json' }
import json from '../../resources/reference/benchmarks.json' with { type: 'json' }
import { INDICATORS } from '../indicators/index.ts'
import { UNITS, type UnitId } from '../model/units.ts'
import { benchmarkStrip, stripInWords, stripPlace } from './benchmark-strip.ts'

const OWN = 'green-low-carbon'
const itemOf = (id: string) => {
  const item = checklist.items.find((one) => one.id === id)
  if (!item) throw new Error(`no item ${id}`)
  return { id, unit: item.unit as UnitId, rule: item.rule as { indicator: string } | null }
}

it('values of the same sort stand on one scale with the plan’s own, in its unit', () => {
  const strip = benchmarkStrip(itemOf('N07'), OWN, { value: 0.62, unit: 'ratio' })
  expect(strip?.points.map(({ place, value }) => [place.en, value])).toEqual([
    ['Singapore', 0.4],
    ['Singapore', 0.465],
    ['London', 0.5],
  ])
  expect(strip && [strip.low, strip.high]).toEqual([0, 0.65])
  const parks = benchmarkStrip(itemOf('A04'), OWN, { value: 11, unit: 'm2_per_person' })
  // 3 ha for 1,000 people are 30 m² for each.
  expect(parks?.points.map(({ place, value }) => [place.en, value])).toEqual([
    ['China', 8],
    ['England', 30],
  ])
})

it('the text twin says every value and how many lie on either side', () => {
  const strip = benchmarkStrip(itemOf('A02'), OWN, { value: 0.95, unit: 'ratio' })
  if (!strip) throw new Error('no strip of A02')
  expect(stripInWords(strip, 'zh')).toBe(
    '本方案 95.0%；参照值 2 个，其中 1 个较低、1 个较高：新加坡·住户占比（2019 规划） 90.0%；新加坡·住户占比（2030） 100.0%。',
  )
  expect(stripInWords(strip, 'en')).toContain('Reference values (1 below, 1 above): Singapore, households (2019 plan) 90.0%')
})

it('there is none where numbers are of another sort', () => {
  expect(benchmarkStrip(itemOf('A03'), OWN, { value: 0.5, unit: 'ratio' })).toBeUndefined()
  expect(benchmarkStrip(itemOf('N07'), OWN, { value: 12, unit: 'm2' })).toBeUndefined()
  expect(benchmarkStrip({ id: 'N07', unit: 'percent', rule: null }, 'our-office', { value: 0.5, unit: 'ratio' })).toBeUndefined()
})

it('every value that is marked meets the unit of the measure beside which it stands', () => {
  for (const { key, items, values } of json.benchmarks) {
    for (const { strip, unit } of values as { unit: string; strip?: { items: string[]; unit?: string } }[]) {
      for (const id of strip?.items ?? []) {
        const indicator = INDICATORS.find((one) => one.id === id)
        const base = UNITS[(strip?.unit ?? unit) as UnitId].base
        expect([key, id, items.includes(id), base]).toEqual([key, id, true, indicator?.unit])
      }
    }
  }
})

it('every dot lies on the scale, whatever the plan’s own value', () => {
  fc.assert(
    fc.property(fc.double({ min: -2, max: 5, noNaN: true }), (value) => {
      const strip = benchmarkStrip(itemOf('Q01'), OWN, { value, unit: 'ratio' })
      if (!strip) throw new Error('no strip of Q01')
      expect(strip.high).toBeGreaterThanOrEqual(value)
      const places = [value, ...strip.points.map((point) => point.value)].map((each) => stripPlace(strip, each))
      expect(Math.min(...places)).toBeGreaterThanOrEqual(0)
      expect(Math.max(...places)).toBeLessThanOrEqual(1)
    }),
  )
})
