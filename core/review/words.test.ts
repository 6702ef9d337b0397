import { expect, it } from 'vitest'
import { judgedPercent } from './words.ts'

it('tells what is judged with one decimal, and 100.0 only when nothing is open', () => {
  expect([0, 0.0894, 0.5, 0.99949, 0.99999, 1].map((share) => judgedPercent(share, 'en'))).toEqual([
    '0.0',
    '8.9',
    '50.0',
    '99.9',
    '99.9',
    '100.0',
  ])
})
