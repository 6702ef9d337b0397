import { describe, expect, it } from 'vitest'
import type { ItemEntry } from '../checklist/result.ts'
import { composeMemo } from './compose.ts'
import { exampleHash, exampleInput } from './fixture.ts'

const input = exampleInput(exampleHash, { side: 4 })

/** The example with one item settled by a panel. */
function withSettled(settled: ItemEntry['settled']) {
  const entry: ItemEntry = {
    item: 'A04',
    level: 3,
    notApplicable: false,
    reason: '以实测为准，三位专家商定。',
    document: null,
    page: null,
    by: '林青',
    at: '2026-03-05T08:00:00.000Z',
    ...(settled && { settled }),
  }
  const { checklist } = input.result
  const items = checklist.items.map((item) => (item.id === 'A04' ? { ...item, level: 3 as const, entry } : item))
  return { ...input, result: { ...input.result, checklist: { ...checklist, items } } }
}

const sectionOf = (lang: 'zh' | 'en', settled: ItemEntry['settled']) =>
  JSON.stringify(composeMemo(withSettled(settled), lang).sections.find(({ id }) => id === 'settlements') ?? null)

const levels = [
  { reviewer: '周岚', level: 1 as const },
  { reviewer: '许诚', level: 4 as const },
  { reviewer: '郭晚', level: null },
]

describe('what a panel settled, in the memo', () => {
  it('names the item, the experts’ levels of the day, the level, how and why', () => {
    const zh = sectionOf('zh', { how: 'median', levels })
    for (const words of [
      'A04',
      '周岚：1 级、许诚：4 级、郭晚：未给等级',
      '3 级（良好）',
      '取中位数',
      '以实测为准',
      '林青，2026年3月5日',
    ])
      expect(zh).toContain(words)
    const en = sectionOf('en', { how: 'lead', levels })
    for (const words of ['周岚: level 1, 许诚: level 4', 'lead’s decision', '5 March 2026']) expect(en).toContain(words)
  })

  it('gives numbers for names where the round was blind', () => {
    const blind = levels.map(({ level }, at) => ({ reviewer: `#${at + 1}`, level }))
    expect(sectionOf('zh', { how: 'median', levels: blind })).toContain('专家 1：1 级、专家 2：4 级')
    expect(sectionOf('en', { how: 'median', levels: blind })).toContain('Expert 1: level 1')
  })

  it('is absent where nothing was settled', () => {
    expect(sectionOf('zh', undefined)).toBe('null')
    expect(composeMemo(input, 'en').sections.some(({ id }) => id === 'settlements')).toBe(false)
  })
})
