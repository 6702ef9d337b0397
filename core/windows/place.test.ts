import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { windowPlace, type ScreenBox } from './place.ts'

const left: ScreenBox = { x: 0, y: 0, width: 1920, height: 1040 }
const right: ScreenBox = { x: 1920, y: -200, width: 2560, height: 1400 }
const first: ScreenBox = { x: 100, y: 50, width: 1440, height: 900 }

describe('where the second window opens', () => {
  it('is where it was', () => {
    const kept = { x: 2000, y: 0, width: 1200, height: 800 }
    expect(windowPlace(kept, [left, right], first)).toEqual(kept)
  })
  it('is over the whole of the other screen the first time', () => {
    expect(windowPlace(undefined, [left, right], first)).toEqual(right)
    expect(windowPlace(null, [left, right], { ...first, x: 2200 })).toEqual(left)
  })
  it('is on a screen that is there when the one it was on is gone', () => {
    const kept = { x: 2000, y: 0, width: 1200, height: 800 }
    expect(windowPlace(kept, [left], first)).toEqual({ x: 148, y: 98, width: 1440, height: 900 })
  })
  it.each([
    'x',
    7,
    {},
    [],
    { x: 0, y: 0, width: 'wide', height: 1 },
    { x: NaN, y: 0, width: 900, height: 900 },
    { x: 0, y: 0, width: Infinity, height: 9 },
    { x: 0, y: 0, width: 0, height: 0 },
    { x: 0, y: 0, width: -900, height: -900 },
  ])('pays no attention to %j', (kept) => {
    expect(windowPlace(kept, [left, right], first)).toEqual(right)
  })
  it('is always wholly on a screen, whatever was kept and wherever the first one is', () => {
    const number = fc.integer({ min: -9000, max: 9000 })
    const box = fc.record({ x: number, y: number, width: number, height: number })
    fc.assert(
      fc.property(fc.oneof(box, fc.anything()), box, (kept, at) => {
        const place = windowPlace(kept, [left, right], { ...at, width: Math.abs(at.width), height: Math.abs(at.height) })
        const isOn = ({ x, y, width, height }: ScreenBox) =>
          place.x >= x && place.y >= y && place.x + place.width <= x + width && place.y + place.height <= y + height
        expect([left, right].some(isOn)).toBe(true)
      }),
    )
  })
})
