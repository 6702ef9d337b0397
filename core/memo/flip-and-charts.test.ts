import { describe, expect, it } from 'vitest'
import { assertOwnSvg } from '../map/own-svg.ts'
import type { OptionId, ReviewId } from '../model/ids.ts'
import type { PlanOption } from '../review/option.ts'
import { composeMemo } from './compose.ts'
import type { KeptOption } from './context.ts'
import type { Block } from './document.ts'
import { exampleHash, exampleInput } from './fixture.ts'
import { memoText } from './memo-text.ts'
import { without } from '../without.ts'

const input = exampleInput(exampleHash)
const option = (letter: string, more: Partial<PlanOption> = {}): PlanOption => ({
  id: `option-${letter}` as OptionId,
  reviewId: 'review-1' as ReviewId,
  letter,
  name: '',
  recommended: null,
  by: '李评审',
  at: '2026-03-01T08:00:00.000Z',
  ...more,
})
const steps = [{ title: { zh: '在 12 号地块建公园', en: 'A park on parcel 12' }, by: '李评审', at: '2026-03-01T08:00:00.000Z' }]
const opinion = (id: string, zh: string, en: string) => ({ id, title: { zh, en }, cappedByGate: false })
const summary = {
  before: { total: 60, opinion: opinion('revise', '修改后再审', 'Revise and review again') },
  after: { total: 88, opinion: opinion('agree', '原则同意', 'Agree in principle') },
  items: [],
  steps: [],
}
const compose = (lang: 'zh' | 'en' | 'both', section: string, kept?: readonly KeptOption[]) =>
  composeMemo({ ...input, ...(kept && { kept }) }, lang, { sections: [section] })
const blocksOf = (document: ReturnType<typeof compose>): readonly Block[] => document.sections[0]?.blocks ?? []

describe('what would change the verdict', () => {
  it('stands as tables with what would have to be met, and as a drawing of our own with its table', () => {
    const blocks = blocksOf(compose('zh', 'flip'))
    const words = memoText(compose('zh', 'flip'))
    expect(words).toContain('B01 控制线零冲突')
    expect(words).toContain('现在的建议结论为“修改后重新报审”')
    const figure = blocks.findIndex(({ kind }) => kind === 'map')
    expect(blocks[figure + 1]?.kind).toBe('table')
    for (const block of blocks) if (block.kind === 'map') assertOwnSvg(block.figure.svg)
  })

  it('names every option kept, with what it came to or that nothing is kept of it', () => {
    const kept = [
      { option: option('A', { name: '添公园', recommended: '最省', summary }), steps },
      { option: option('B'), steps: [] },
    ]
    const zh = memoText(compose('zh', 'flip', kept))
    for (const words of [
      '方案 A“添公园”',
      '1. 在 12 号地块建公园',
      '60.0，修改后再审 → 88.0，原则同意',
      '方案 B',
      '尚无改动',
      '结果未随评审保存',
    ])
      expect(zh).toContain(words)
    const en = memoText(compose('en', 'flip', kept))
    for (const words of ['Option A “添公园”', '1. A park on parcel 12', 'no result is kept']) expect(en).toContain(words)
    expect(memoText(compose('zh', 'flip', []))).toContain('评审人没有保留比选方案')
    expect(memoText(compose('zh', 'flip'))).not.toContain('比选方案（试算')
  })

  it('says so where nothing is judged', () => {
    const items = input.result.checklist.items.map((item) => ({ ...item, entry: null }))
    const result = { ...input.result, indicators: [], checklist: { ...input.result.checklist, items } }
    expect(memoText(composeMemo({ ...input, result }, 'zh', { sections: ['flip'] }))).toContain('尚无已判定的条目')
  })

  it('pairs both languages block by block', () => {
    const both = blocksOf(compose('both', 'flip', []))
    expect(both.filter(({ kind }) => kind === 'map')).toHaveLength(1)
  })
})

describe('the charts of a memo', () => {
  it.each(['zh', 'en'] as const)(
    'in %s are drawn by our own hand, described, and stand beside tables of the same figures',
    (lang) => {
      const blocks = blocksOf(compose(lang, 'charts'))
      const figures = blocks.flatMap((block) => (block.kind === 'map' ? [block.figure] : []))
      // Two dimensions make no web; bars, flows, districts and weights are there.
      expect(figures.length).toBe(4)
      for (const { svg, alt, caption } of figures) {
        assertOwnSvg(svg)
        expect(alt.length).toBeGreaterThan(10)
        expect(caption).toMatch(lang === 'zh' ? /^图表 \d/ : /^Chart \d/)
      }
      expect(blocks.filter(({ kind }) => kind === 'table').length).toBe(4)
      expect(memoText(compose(lang, 'charts'))).toContain(lang === 'zh' ? '权重敏感性' : 'How much weights decide')
    },
  )

  it('are tables alone where nothing can be drawn', () => {
    const plain = without(input, 'drawChart')
    const blocks = composeMemo(plain, 'zh', { sections: ['charts'] }).sections[0]?.blocks ?? []
    expect(blocks.filter(({ kind }) => kind === 'map')).toEqual([])
    expect(blocks.filter(({ kind }) => kind === 'table').length).toBe(4)
  })
})
