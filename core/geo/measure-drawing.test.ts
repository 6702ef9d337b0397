import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { geodesicRingAreaM2, geodesicRunLengthM } from './earth-measure.ts'
import { equalAreaFrame, fromFrame, planarFrame, toFrame } from './frame.ts'
import {
  angleDegrees,
  crossesItself,
  directionDegrees,
  lineLengthM,
  outlineM,
  ringAreaM2,
  stretchesM,
} from './measure-drawing.ts'

const ellipsoid = { semiMajorM: 6_378_137, inverseFlattening: 298.257222101 }
const frame = equalAreaFrame(114, 30.5, ellipsoid.semiMajorM, ellipsoid.inverseFlattening)
const plane = planarFrame(0, 0)
const onEarth = (xyM: readonly number[]) => {
  const toEarth = fromFrame(frame)
  return Array.from({ length: xyM.length / 2 }, (_, at) => toEarth(xyM[2 * at] ?? 0, xyM[2 * at + 1] ?? 0)).flat()
}

describe('what is drawn on a plane', () => {
  it('has planar length, outline, area and angle', () => {
    const square = [0, 0, 100, 0, 100, 100, 0, 100]
    expect(stretchesM(plane, square)).toEqual([100, 100, 100])
    expect(outlineM(plane, square)).toBe(400)
    expect(ringAreaM2(square)).toBe(10_000)
    expect(ringAreaM2([...square, 0, 0])).toBe(10_000)
    expect(angleDegrees(plane, [100, 0, 0, 0, 0, 50])).toBeCloseTo(90, 12)
    expect(angleDegrees(plane, [1, 0, 0, 0, -1, 0])).toBeCloseTo(180, 12)
    expect(directionDegrees(plane, [0, 0], [-1, 0])).toBe(270)
    expect(angleDegrees(plane, [0, 0, 0, 0, 1, 1])).toBeNaN()
  })
  it('tells a ring that crosses or touches itself from one that does not', () => {
    expect(crossesItself([0, 0, 10, 0, 10, 10, 0, 10])).toBe(false)
    expect(crossesItself([0, 0, 10, 10, 10, 0, 0, 10])).toBe(true)
    expect(crossesItself([0, 0, 10, 0, 10, 10, 5, 0])).toBe(true)
    expect(crossesItself([0, 0, 10, 0, 5, 8])).toBe(false)
  })
})

describe('what is drawn on the ellipsoid', () => {
  const place = fc.tuple(fc.integer({ min: -40_000, max: 40_000 }), fc.integer({ min: -40_000, max: 40_000 }))
  it('is as long as the geodesics between its places', () => {
    fc.assert(
      fc.property(fc.array(place, { minLength: 2, maxLength: 6 }), (places) => {
        const xyM = places.flat()
        expect(lineLengthM(frame, xyM)).toBeCloseTo(geodesicRunLengthM(onEarth(xyM), ellipsoid), 3)
      }),
    )
  })
  it('covers the ground that geodesics around it do', () => {
    fc.assert(
      fc.property(place, fc.integer({ min: 50, max: 4000 }), fc.integer({ min: 3, max: 9 }), ([x, y], radius, corners) => {
        const xyM = Array.from({ length: corners }, (_, at) => {
          const turn = (2 * Math.PI * at) / corners
          return [x + radius * Math.cos(turn), y + radius * Math.sin(turn)]
        }).flat()
        const earth = Math.abs(geodesicRingAreaM2([...onEarth(xyM), ...onEarth(xyM).slice(0, 2)], ellipsoid))
        expect(Math.abs(ringAreaM2(xyM) / earth - 1)).toBeLessThan(1e-6)
      }),
    )
  })
  it('has angles of true directions: the same from either side, and along a meridian due north', () => {
    const toPlane = toFrame(frame)
    const [from, to] = [toPlane(114.3, 30.4), toPlane(114.3, 30.9)]
    expect(Math.min(directionDegrees(frame, from, to), 360 - directionDegrees(frame, from, to))).toBeLessThan(1e-6)
    const east = toPlane(114.8, 30.4)
    // By spherical trigonometry the parallel leaves a meridian at 90° less half the difference of longitude times sin φ.
    expect(angleDegrees(frame, [...to, ...from, ...east])).toBeCloseTo(90 - 0.25 * Math.sin((30.4 * Math.PI) / 180), 3)
    fc.assert(
      fc.property(place, place, place, (a, b, c) => {
        const [one, other] = [angleDegrees(frame, [...a, ...b, ...c]), angleDegrees(frame, [...c, ...b, ...a])]
        expect(Object.is(one, other) || Math.abs(one - other) < 1e-9).toBe(true)
      }),
    )
  })
})
