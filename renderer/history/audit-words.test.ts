import { expect, it } from 'vitest'
import { TRACES } from '#core/contract/traces.ts'
import { actionWords } from './audit-words.ts'

it('has words in both languages for whatever a procedure leaves in the log', () => {
  const actions = Object.values(TRACES).flatMap((trace) => (typeof trace === 'string' ? [] : [...trace]))
  const nameless = [...actions, 'memo.labelled'].filter((action) => {
    const words = actionWords(action)
    return !words || words.zh === '' || words.en === ''
  })
  expect(nameless).toEqual([])
})
