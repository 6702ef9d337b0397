import { expect, it } from 'vitest'
import { composeMemo } from './compose.ts'
import { exampleInput } from './fixture.ts'
import { memoText } from './memo-text.ts'

/** The example memo, where park access is measured by the indicator A03. */
function input() {
  const made = exampleInput()
  const items = made.checklist.items.map((item) =>
    item.id === 'A03' && item.rule ? { ...item, rule: { ...item.rule, indicator: 'A03' } } : item,
  )
  const indicators = made.result.indicators.map((one) => (one.id === 'park-access' ? { ...one, id: 'A03' } : one))
  return { ...made, checklist: { ...made.checklist, items }, result: { ...made.result, indicators } }
}

it('the memo prints what other places reached beside the measure, with kind, year, source and certainty', () => {
  const en = memoText(composeMemo(input(), 'en'))
  expect(en).toContain('WHO Europe')
  expect(en).toContain('300 m (distance, 2017)')
  expect(en).toMatch(/threshold/)
  expect(en).toMatch(/this plan [\d.]+%/)
  expect(en).toMatch(/wording not checked.*\[U\]/)
  const zh = memoText(composeMemo(input(), 'zh'))
  expect(zh).toMatch(/参照值（.+不参与评分）/)
  expect(zh).toMatch(/〔待〕/)
})

it('the memo prints no table of benchmarks where nothing measured has any', () => {
  expect(memoText(composeMemo(exampleInput(), 'en'))).not.toContain('Benchmarks (gathered')
})
