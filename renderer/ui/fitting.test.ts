import fc from 'fast-check'
import { expect, it } from 'vitest'
import { howManyFit } from './fitting.ts'

it('keeps what has room beside the button for the rest, and needs no such button when all have room', () => {
  const bar = { fixed: 300, more: 80, wanted: [100, 90, 80] }
  expect([300, 479, 480, 569, 570, 571, 650].map((room) => howManyFit({ ...bar, room }))).toEqual([0, 0, 1, 1, 3, 3, 3])
  expect(howManyFit({ ...bar, wanted: [], room: 10 })).toBe(0)
})

const width = fc.integer({ min: 20, max: 300 })
it('never overflows where the least that is needed has room, and never gets less from more room', () => {
  fc.assert(
    fc.property(width, width, fc.array(width), fc.integer({ min: 0, max: 3000 }), (fixed, more, wanted, room) => {
      const count = howManyFit({ room, fixed, more, wanted })
      const used = wanted.slice(0, count).reduce((sum, one) => sum + one, fixed + (count < wanted.length ? more : 0))
      expect(count === 0 || used <= room).toBe(true)
      expect(howManyFit({ room: room + 1, fixed, more, wanted })).toBeGreaterThanOrEqual(count)
    }),
  )
})
