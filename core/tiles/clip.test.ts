import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clipRing, clipRun } from './clip.ts'

const area = (ring: readonly number[]): number => {
  let twice = 0
  for (let i = 0; i + 3 < ring.length; i += 2)
    twice += (ring[i] ?? 0) * (ring[i + 3] ?? 0) - (ring[i + 2] ?? 0) * (ring[i + 1] ?? 0)
  return Math.abs(twice) / 2
}

const [MIN, MAX] = [-100, 612]
const place = fc.double({ min: -2000, max: 2000, noNaN: true })

/** Area of a convex ring inside the box, by cutting it into thin strips: another way than the one under test. */
function areaByStrips(ring: readonly number[], strips = 20_000): number {
  const width = (MAX - MIN) / strips
  let sum = 0
  for (let strip = 0; strip < strips; strip++) {
    const x = MIN + (strip + 0.5) * width
    const cuts: number[] = []
    for (let i = 0; i + 3 < ring.length; i += 2) {
      const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = ring.slice(i, i + 4)
      if (x0 > x !== x1 > x) cuts.push(y0 + ((x - x0) * (y1 - y0)) / (x1 - x0))
    }
    cuts.sort((a, b) => a - b)
    for (let k = 0; k + 1 < cuts.length; k += 2)
      sum += Math.max(0, Math.min(MAX, cuts[k + 1] ?? 0) - Math.max(MIN, cuts[k] ?? 0)) * width
  }
  return sum
}

describe('clipRing', () => {
  it('keeps exactly the common ground of a rectangle and the box', () => {
    fc.assert(
      fc.property(place, place, place, place, (xa, ya, xb, yb) => {
        const [x0, x1, y0, y1] = [Math.min(xa, xb), Math.max(xa, xb), Math.min(ya, yb), Math.max(ya, yb)]
        const common = Math.max(0, Math.min(x1, MAX) - Math.max(x0, MIN)) * Math.max(0, Math.min(y1, MAX) - Math.max(y0, MIN))
        expect(area(clipRing([x0, y0, x1, y0, x1, y1, x0, y1, x0, y0], MIN, MAX))).toBeCloseTo(common, 4)
      }),
    )
  })

  it('keeps the common ground of any star-shaped ring, and stays inside and closed', () => {
    const star = fc.tuple(place, place, fc.array(fc.double({ min: 20, max: 1500, noNaN: true }), { minLength: 3, maxLength: 12 }))
    fc.assert(
      fc.property(star, ([x, y, radii]) => {
        const corners = radii.flatMap((radius, i) => {
          const angle = (2 * Math.PI * i) / radii.length
          return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)]
        })
        const ring = [...corners, ...corners.slice(0, 2)]
        const clipped = clipRing(ring, MIN, MAX)
        for (const value of clipped) {
          expect(value).toBeGreaterThanOrEqual(MIN - 1e-6)
          expect(value).toBeLessThanOrEqual(MAX + 1e-6)
        }
        expect(clipped.slice(0, 2)).toEqual(clipped.slice(-2))
        expect(Math.abs(area(clipped) - areaByStrips(ring))).toBeLessThan(60)
      }),
      { numRuns: 40 },
    )
  })

  it('gives back a ring that lies inside, and nothing for one that lies outside', () => {
    const ring = [10, 10, 50, 10, 50, 50, 10, 10]
    expect(clipRing(ring, 0, 100)).toEqual(ring)
    expect(clipRing(ring, 60, 100)).toEqual([])
    expect(clipRing([], 0, 100)).toEqual([])
  })
})

describe('clipRun', () => {
  it('keeps whole segments near the box and splits where the run is away', () => {
    const run = [-50, 50, 50, 50, 50, 500, 500, 500, 500, 90, 90, 90]
    expect(clipRun(run, 0, 100)).toEqual([
      [-50, 50, 50, 50, 50, 500],
      [500, 90, 90, 90],
    ])
    expect(clipRun([200, 200, 300, 300], 0, 100)).toEqual([])
    expect(clipRun([5, 5], 0, 100)).toEqual([])
  })

  it('never loses a point of the run that lies in the box', () => {
    const run = fc.array(fc.tuple(place, place), { minLength: 2, maxLength: 20 })
    fc.assert(
      fc.property(run, (points) => {
        const kept = clipRun(points.flat(), MIN, MAX)
        const has = (x: number, y: number) =>
          kept.some((piece) => piece.some((v, i) => i % 2 === 0 && v === x && piece[i + 1] === y))
        const within = points.filter(([x, y]) => x >= MIN && x <= MAX && y >= MIN && y <= MAX)
        expect(within.filter(([x, y]) => !has(x, y))).toEqual([])
        for (const piece of kept) expect(piece.length).toBeGreaterThanOrEqual(4)
      }),
    )
  })
})
