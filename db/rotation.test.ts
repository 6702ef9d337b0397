import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toRemove, type RotationRecord } from './rotation.ts'

const MINUTE_MS = 60_000
const from = Date.parse('2026-01-01T00:00:00Z')

/** Times that step forward and sometimes jump, as clocks of offices do. */
const histories = fc
  .array(
    fc.record({
      kind: fc.constantFrom<RotationRecord['kind']>('regular', 'regular', 'regular', 'pre-migration'),
      minutes: fc.oneof(
        { weight: 8, arbitrary: fc.integer({ min: 0, max: 3000 }) },
        fc.integer({ min: -5_000_000, max: 5_000_000 }),
      ),
    }),
    { maxLength: 150 },
  )
  .map((steps) => {
    let at = from
    return steps.map(({ kind, minutes }, index): RotationRecord => {
      at = Math.max(0, at + minutes * MINUTE_MS)
      return { seq: index + 1, kind, at: new Date(at).toISOString() }
    })
  })

const kept = (records: readonly RotationRecord[]): RotationRecord[] => {
  const gone = new Set(toRemove(records))
  return records.filter((record) => !gone.has(record.seq))
}

describe('rotation of backups', () => {
  it('never removes the newest copy, whatever the clock said', () => {
    fc.assert(
      fc.property(histories, (records) => {
        expect(kept(records).at(-1)).toEqual(records.at(-1))
      }),
    )
  })

  it('keeps at most 4 + 24 + 14 + 12 copies and 3 from before migrations', () => {
    fc.assert(
      fc.property(histories, (records) => {
        const left = kept(records)
        expect(left.filter((record) => record.kind === 'regular').length).toBeLessThanOrEqual(54)
        const before = records.filter((record) => record.kind === 'pre-migration')
        expect(left.filter((record) => record.kind === 'pre-migration')).toEqual(before.slice(-3))
      }),
    )
  })

  it('does nothing the second time, and the order of the list does not matter', () => {
    fc.assert(
      fc.property(histories, (records) => {
        expect(toRemove(kept(records))).toEqual([])
        expect(toRemove(records.toReversed())).toEqual(toRemove(records))
      }),
    )
  })

  it('goes by sequence: the same stretches of time at any date give the same answer', () => {
    fc.assert(
      fc.property(histories, (records) => {
        // 400 years repeat the calendar exactly.
        const later = records.map((record) => ({
          ...record,
          at: new Date(Date.parse(record.at) + 146_097 * 1440 * MINUTE_MS).toISOString(),
        }))
        expect(toRemove(later)).toEqual(toRemove(records))
      }),
    )
  })

  it('leaves, after 400 days of copies each quarter-hour, the ladder that was promised', () => {
    let left: RotationRecord[] = []
    for (let n = 0; n < 400 * 96; n += 1) {
      left = kept([...left, { seq: n + 1, kind: 'regular', at: new Date(from + n * 15 * MINUTE_MS).toISOString() }])
    }
    const last = from + (400 * 96 - 1) * 15 * MINUTE_MS
    const agesMinutes = left.map((record) => (last - Date.parse(record.at)) / MINUTE_MS)
    expect(agesMinutes.filter((age) => age < 60)).toHaveLength(4)
    expect(agesMinutes.filter((age) => age < 24 * 60).length).toBeGreaterThanOrEqual(24)
    for (let day = 0; day < 14; day += 1)
      expect(agesMinutes.some((age) => age >= day * 1440 && age < (day + 1) * 1440)).toBe(true)
    for (let month = 0; month < 11; month += 1)
      expect(agesMinutes.some((age) => age >= month * 31 * 1440 && age < (month + 1) * 31 * 1440)).toBe(true)
    expect(left.length).toBeLessThanOrEqual(54)
  })
})
