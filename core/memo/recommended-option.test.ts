import { describe, expect, it } from 'vitest'
import type { OptionEditId, OptionId, ReviewId } from '../model/ids.ts'
import type { OptionSummary, PlanOption } from '../review/option.ts'
import { composeMemo } from './compose.ts'
import { exampleHash, exampleInput } from './fixture.ts'

const input = exampleInput(exampleHash, { side: 4 })
const opinion = input.result.checklist.opinion
const [first] = input.checklist.items
const summary: OptionSummary = {
  before: { total: 61.54, opinion },
  after: { total: 66.1, opinion },
  items: [{ item: first?.id ?? '', before: { level: 1, value: null }, after: { level: 3, value: null } }],
  steps: [
    {
      id: 'step-1' as OptionEditId,
      title: { zh: '改为公园绿地', en: 'To park' },
      by: '李审查',
      at: '2026-03-01T08:00:00.000Z',
    },
  ],
}
const option: PlanOption = {
  id: 'option-1' as OptionId,
  reviewId: 'review-1' as ReviewId,
  letter: 'B',
  name: '加宽西楔',
  recommended: '西楔贯通后服务半径覆盖提高。',
  summary,
  by: '李审查',
  at: '2026-03-01T08:00:00.000Z',
}
const section = (lang: 'zh' | 'en', of: PlanOption, steps: string[]) =>
  JSON.stringify(
    composeMemo({ ...input, recommended: { option: of, steps } }, lang).sections.find(({ id }) => id === 'recommended-option') ??
      null,
  )

describe('the recommended option in the memo', () => {
  it('says that it is a what-if, why it is recommended, its steps and what it changes', () => {
    const zh = section('zh', option, ['step-1'])
    for (const words of ['不是提交方案', '西楔贯通后', '改为公园绿地', '61.5', '66.1', first?.id ?? '', '1 级', '3 级'])
      expect(zh).toContain(words)
    expect(zh).not.toContain('推荐之后又有改动')
    expect(section('en', option, ['step-1'])).toContain('It is not a submitted plan')
  })

  it('says when the option was changed since, and is absent without a recommendation', () => {
    expect(section('zh', option, ['step-1', 'step-2'])).toContain('推荐之后又有改动')
    expect(section('zh', { ...option, recommended: null }, [])).toBe('null')
    expect(composeMemo(input, 'zh').sections.some(({ id }) => id === 'recommended-option')).toBe(false)
  })
})
