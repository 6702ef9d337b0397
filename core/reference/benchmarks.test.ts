import { expect, it } from 'vitest'
import checklist from '../../resources/checklists/green-low-carbon.json' with { type: 'json' }
import json from '../../resources/reference/benchmarks.json' with { type: 'json' }
import { UNITS } from '../model/units.ts'
import { benchmarkInWords, benchmarksOf } from './benchmarks.ts'

const of = (id: string) => benchmarksOf({ id, rule: null }, 'green-low-carbon')
const KNOWN = new Set(checklist.items.map(({ id }) => id))

it('benchmarks stand beside items that exist, and every unit reads as a word', () => {
  for (const { key, items, values } of json.benchmarks) {
    expect([key, items.filter((id) => !KNOWN.has(id))]).toEqual([key, []])
    for (const { unit } of values)
      expect([key, unit in UNITS || ['minute', 'ha_per_year', 'm3'].includes(unit)]).toEqual([key, true])
  }
  const all = [...KNOWN].flatMap((id) => of(id))
  expect(new Set(all.map(({ key }) => key)).size).toBe(json.benchmarks.length)
})

it('benchmarks say value, unit, year and what sort of number it is, in both languages', () => {
  const [london] = of('F01')
  if (!london) throw new Error('no benchmark of F01')
  const zh = benchmarkInWords(london, 'zh')
  const en = benchmarkInWords(london, 'en')
  expect(en.values).toEqual(['47 (areas, 2021)', '5,000 (jobs each at least, 2021)', '2,500 (or homes at least, 2021)'])
  expect([zh.kind, en.kind]).toEqual(['数量', 'count'])
  expect(zh.values[0]).toMatch(/^47（.+，2021 年）$/)
  const connectors = of('N06').map((one) => benchmarkInWords(one, 'en').values)
  expect(connectors[0]?.[1]).toBe('391 km (end of 2024)')
  expect(of('A02').map(({ key }) => key)).toEqual(['paris_access', 'sg_access', 'eng_ags'])
  expect(of('S02').map((one) => benchmarkInWords(one, 'zh').kind)).toEqual(['相对变化', '实测', '绝对值'])
  expect(of('C07')).toEqual([])
})

it('benchmarks of an office’s own items go by the indicator, not by the number of the item', () => {
  expect(benchmarksOf({ id: 'A02', rule: null }, 'our-office')).toEqual([])
  expect(benchmarksOf({ id: 'A02', rule: { indicator: 'F01' } }, 'our-office')).toEqual(of('F01'))
})
