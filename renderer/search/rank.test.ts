import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rankedGroups, scoreOf, type SearchEntry, type SearchGroup } from './rank.ts'

const entry = (group: SearchGroup, title: string, more = ''): SearchEntry => ({
  id: `${group}-${title}`,
  group,
  title,
  more,
  go: () => undefined,
})
const found = (entries: SearchEntry[], query: string, most = 5) =>
  rankedGroups(entries, query, most).map(({ group, entries: own }) => `${group}: ${own.map(({ title }) => title).join(', ')}`)

describe('searching everything', () => {
  it('puts what begins with the words before what holds them, and a shorter title before a longer one', () => {
    const items = ['人均公园绿地', '公园绿地', '公园绿地服务半径覆盖率'].map((title) => entry('items', title))
    expect(found(items, '公园')).toEqual(['items: 公园绿地, 公园绿地服务半径覆盖率, 人均公园绿地'])
  })
  it('lists the group of the best entry first, and each group at most so long', () => {
    const entries = [
      entry('commands', 'Measure a distance'),
      entry('items', 'Distance'),
      entry('items', 'Distance to parks'),
      entry('plans', 'x'),
    ]
    expect(found(entries, 'distance', 1)).toEqual(['items: Distance', 'commands: Measure a distance'])
  })
  it('wants every word somewhere, in any order, whatever the case and width', () => {
    const one = entry('items', 'A04 Park area per head', 'dimension access')
    expect(scoreOf(one, 'ACCESS ａ04')).toBeGreaterThan(0)
    expect(scoreOf(one, 'a04 forest')).toBe(0)
    expect(scoreOf(one, '  ')).toBe(0)
  })
  it('scores between 0 and 1, and a title that is the query highest', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 12 }),
        fc.string({ maxLength: 20 }),
        fc.string({ maxLength: 20 }),
        (query, title, more) => {
          const score = scoreOf({ title, more }, query)
          expect(score).toBeGreaterThanOrEqual(0)
          expect(score).toBeLessThanOrEqual(1)
        },
      ),
    )
    expect(scoreOf({ title: '意见书', more: '' }, '意见书')).toBe(1)
  })
})
