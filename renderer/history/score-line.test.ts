import { expect, it } from 'vitest'
import { lineOf, momentsOf } from './score-line.ts'

it('moments are each taken once, oldest first, and only as many as a small line shows', () => {
  const at = (n: number) => ({ at: `2026-01-01T00:${String(n).padStart(2, '0')}:00.000Z` })
  expect(momentsOf([at(3), at(1), at(3)])).toEqual([at(1).at, at(3).at])
  expect(momentsOf(Array.from({ length: 40 }, (_, n) => at(n)))).toEqual(Array.from({ length: 24 }, (_, n) => at(n + 16).at))
})

it('totals become a line within its field; without a change there is nothing to draw', () => {
  const totals = [50, null, 60, 55].map((total, n) => ({ at: String(n), total }))
  expect(lineOf(totals)).toEqual({ points: '0.0,36.0 50.0,4.0 100.0,20.0', first: 50, last: 55, count: 3 })
  expect([lineOf([]), lineOf([{ at: '', total: 50 }])]).toEqual([null, null])
})
