import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { placeInside } from './inside.ts'

describe('a place inside an area', () => {
  it('stands in the wider arm of a horseshoe, not in its bay', () => {
    const horseshoe = [0, 0, 10, 0, 10, 10, 8, 10, 8, 4, 3, 4, 3, 10, 0, 10]
    expect(placeInside([horseshoe], 7)).toEqual([1.5, 7])
    expect(placeInside([horseshoe])).toEqual([1.5, 5])
  })

  it('leaves holes out, closed rings and open ones alike', () => {
    const square = [0, 0, 12, 0, 12, 12, 0, 12]
    const hole = [4, 4, 9, 4, 9, 9, 4, 9, 4, 4]
    expect(placeInside([square, hole])).toEqual([2, 6])
    expect(placeInside([[...square, 0, 0], hole])).toEqual([2, 6])
  })

  it('gives the middle of the box where nothing has a width', () => {
    expect(placeInside([[1, 1, 5, 1]])).toEqual([3, 1])
  })

  it('lies inside any star', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 1, max: 9, noNaN: true }), { minLength: 5, maxLength: 24 }), (radii) => {
        const star = radii.flatMap((radius, at) => {
          const angle = (2 * Math.PI * at) / radii.length
          return [radius * Math.cos(angle), radius * Math.sin(angle)]
        })
        const [x, y] = placeInside([star])
        let turns = 0
        for (let at = 0; at < star.length; at += 2) {
          const [ax = 0, ay = 0] = star.slice(at, at + 2)
          const [bx = 0, by = 0] = at + 2 < star.length ? star.slice(at + 2, at + 4) : star
          turns += Math.atan2((ax - x) * (by - y) - (bx - x) * (ay - y), (ax - x) * (bx - x) + (ay - y) * (by - y))
        }
        expect(Math.abs(turns)).toBeCloseTo(2 * Math.PI, 3)
      }),
    )
  })
})
