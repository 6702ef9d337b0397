import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MOST_PX, ROW_PX, rowsInSight, scrollTopFor } from './row-window.ts'

describe('rows in sight', () => {
  it('are few, lie within the table, and fill its height together with the room around them', () => {
    fc.assert(
      fc.property(
        fc.nat(3_000_000),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 60, max: 1500 }),
        (count, share, height) => {
          const whole = Math.min(count * ROW_PX, MOST_PX)
          const { first, end, abovePx, belowPx } = rowsInSight(count, share * Math.max(0, whole - height), height)
          expect(first).toBeGreaterThanOrEqual(0)
          expect(end).toBeLessThanOrEqual(count)
          expect(end - first).toBeLessThan(height / ROW_PX + 25)
          expect(abovePx + belowPx + (end - first) * ROW_PX).toBeLessThan(MOST_PX + 2 * height + 40 * ROW_PX)
        },
      ),
    )
  })
  it('hold every row that is scrolled to, also of three million', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_000_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (count, share) => {
        const row = Math.min(count - 1, Math.floor(share * count))
        const height = 300
        const reach = Math.max(0, Math.min(count * ROW_PX, MOST_PX) - height)
        const { first, end } = rowsInSight(count, Math.min(reach, scrollTopFor(count, row, height)), height)
        expect(row).toBeGreaterThanOrEqual(first)
        expect(row).toBeLessThan(end)
      }),
    )
  })
  it('reach the last row at the end of the bar', () => {
    for (const count of [5, 1000, 2_500_000]) {
      const whole = Math.min(count * ROW_PX, MOST_PX)
      expect(rowsInSight(count, Math.max(0, whole - 300), 300).end).toBe(count)
    }
  })
})
