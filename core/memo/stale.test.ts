import { expect, it } from 'vitest'
import { LANGS } from '../text.ts'
import { composeMemo } from './compose.ts'
import { exampleInput } from './fixture.ts'

const printed = (stale: string[] | undefined, lang: 'zh' | 'en') => {
  const input = exampleInput()
  return JSON.stringify(composeMemo({ ...input, result: { ...input.result, ...(stale && { stale }) } }, lang))
}

it.each(LANGS)('a stale result is never printed silently (%s)', (lang) => {
  const marks = lang === 'zh' ? ['结果已过期', '（过期）'] : ['are stale', '(stale)']
  const indicators = exampleInput().result.indicators.map(({ id }) => id)
  const found = (stale: string[] | undefined) => marks.map((mark) => printed(stale, lang).includes(mark))
  expect(found(indicators)).toEqual([true, true])
  expect(found(undefined)).toEqual([false, false])
})
