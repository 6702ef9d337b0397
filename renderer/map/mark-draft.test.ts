import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MARK_KINDS } from '#core/review/mark.ts'
import { drawn, isComplete, isFull, nearestCorner, newDraft, placesOf, typedPlace, type MarkDraft } from './mark-draft.ts'

const place = fc.tuple(fc.integer({ min: -1e6, max: 1e6 }), fc.integer({ min: -1e6, max: 1e6 }))
const after = (draft: MarkDraft, places: readonly [number, number][]) =>
  places.reduce((now, at) => drawn(now, { do: 'add', at }), draft)

describe('a mark while it is drawn', () => {
  it('never holds more places than its kind allows, and loses them one by one', () => {
    fc.assert(
      fc.property(fc.constantFrom(...MARK_KINDS), fc.array(place, { maxLength: 12 }), (kind, places) => {
        const draft = after(newDraft(kind, true), places)
        const most = kind === 'point' || kind === 'text' ? 1 : kind === 'arrow' ? 2 : Infinity
        expect(placesOf(draft)).toBe(Math.min(places.length, most))
        expect(isFull(draft)).toBe(placesOf(draft) === most)
        expect(placesOf(drawn(draft, { do: 'back' }))).toBe(Math.max(0, placesOf(draft) - 1))
      }),
    )
  })

  it('is complete from the least places of its kind on', () => {
    const places: [number, number][] = [
      [0, 0],
      [1, 0],
      [1, 1],
    ]
    const least = MARK_KINDS.map((kind) =>
      [1, 2, 3].find((count) => isComplete(after(newDraft(kind, true), places.slice(0, count)))),
    )
    expect(least).toEqual([1, 2, 3, 2, 1, 3])
  })

  it('has its places moved and removed when it is edited, but never becomes incomplete', () => {
    const draft: MarkDraft = { kind: 'area', xyM: [0, 0, 4, 0, 4, 4, 0, 4], isSnapping: false, mode: 'edit', held: null }
    const held = drawn(drawn(draft, { do: 'hold', by: 1 }), { do: 'hold', by: 1 })
    expect(held.held).toBe(1)
    expect(drawn(held, { do: 'move', place: 1, at: [9, 9] }).xyM).toEqual([0, 0, 9, 9, 4, 4, 0, 4])
    const less = drawn(held, { do: 'remove' })
    expect(less.xyM).toEqual([0, 0, 4, 4, 0, 4])
    expect(drawn(less, { do: 'remove' })).toBe(less)
    expect(drawn(draft, { do: 'hold', by: -1 }).held).toBe(3)
    expect(drawn(draft, { do: 'back' })).toBe(draft)
  })

  it('finds the nearest corner within reach', () => {
    fc.assert(
      fc.property(place, fc.array(place, { maxLength: 20 }), (at, corners) => {
        const found = nearestCorner(at, corners.flat(), 5000)
        const distances = corners.map(([x, y]) => Math.hypot(x - at[0], y - at[1]))
        const least = Math.min(...distances)
        expect(found === null).toBe(!(least <= 5000))
        expect(found === null ? least > 5000 : Math.hypot(found[0] - at[0], found[1] - at[1]) === least).toBe(true)
      }),
    )
  })

  it('takes typed places with whatever stands between the figures', () => {
    expect(typedPlace('37412345.67, 3456789.1')).toEqual([37412345.67, 3456789.1])
    expect(typedPlace(' -12　34 ')).toEqual([-12, 34])
    expect(typedPlace('1，2')).toEqual([1, 2])
    for (const text of ['', '1', '1,2,3', 'a,b', '1,', '1e5,2', 'Infinity 1']) expect(typedPlace(text)).toBeNull()
  })
})
