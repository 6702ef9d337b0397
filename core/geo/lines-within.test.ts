import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layerFromSketches } from './build.ts'
import { equalAreaFrame } from './frame.ts'
import { lengthsWithin, linesWithin } from './lines-within.ts'
import { lengthsM, totalLengthM } from './measure.ts'
import { layerOf } from './random-layers.ts'
import { box } from './sketch.ts'

const zones = layerFromSketches('green', [
  { polygon: [box(0, 0, 10, 10), box(4, 4, 2, 2)] },
  { polygon: [box(10, 0, 10, 10)] },
  { polygon: [box(0, 20, 10, 10)] },
])
const line = (...points: [number, number][]) => layerFromSketches('greenway', [{ line: points }])
const pairs = (...points: [number, number][]) => {
  const found: [number, number][] = []
  linesWithin(line(...points), zones, (_, zone, lengthM) => found.push([zone, Number(lengthM.toFixed(9))]))
  return found
}

describe('lines in polygons', () => {
  it('are cut at outlines and holes', () => {
    expect(pairs([-5, 5], [25, 5])).toEqual([
      [0, 8],
      [1, 10],
    ])
    expect(pairs([1, 1], [3, 1], [3, 3])).toEqual([[0, 4]])
    expect(pairs([5, -5], [5, 40])).toEqual([
      [0, 8],
      [2, 10],
    ])
    expect(pairs([-5, 15], [30, 15])).toEqual([])
  })

  it('count in one zone where they run along a border, and may touch without being inside', () => {
    expect(pairs([10, 0], [10, 10]).map(([, lengthM]) => lengthM)).toEqual([10])
    expect(pairs([-5, -5], [5, 5], [-5, 15]).reduce((sum, [, lengthM]) => sum + lengthM, 0)).toBeCloseTo(2 * Math.SQRT2 * 4, 9)
    expect(lengthsWithin(line([20, 10], [30, 20]), zones)[0]).toBe(0)
  })

  it('are given their true length on the ellipsoid', () => {
    const frame = equalAreaFrame(116.4, 39.9, 6_378_137, 298.257223563)
    const far = layerFromSketches('greenway', [{ line: [[80_000, 80_000], [82_000, 81_000]] }], frame) // prettier-ignore
    const half = layerFromSketches('green', [{ polygon: [box(80_000, 79_000, 1000, 5000)] }], frame)
    expect(lengthsWithin(far, half)[0]).toBeCloseTo(totalLengthM(far) / 2, 9)
  })

  it('add up to themselves in zones that tile the ground, however lines and zones meet', () => {
    const step = fc.integer({ min: -7, max: 7 })
    const tiles = layerOf(Array.from({ length: 64 }, (_, at) => [box(-8 + 2 * (at % 8), -8 + 2 * Math.floor(at / 8), 2, 2)]))
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.tuple(step, step), { minLength: 2, maxLength: 6 }), { minLength: 1, maxLength: 4 }),
        (runs) => {
          const lines = layerFromSketches('greenway', runs.map((run) => ({ line: run }))) // prettier-ignore
          const whole = lengthsM(lines)
          lengthsWithin(lines, tiles).forEach((lengthM, at) => expect(lengthM).toBeCloseTo(whole[at] ?? NaN, 9))
          const half = lengthsWithin(lines, tiles, { from: 1 })
          expect(half[0]).toBe(0)
          expect([...half.subarray(1)]).toEqual([...lengthsWithin(lines, tiles).subarray(1)])
        },
      ),
    )
  })
})
