import { describe, expect, it } from 'vitest'
import { layerBuilder, layerFromSketches } from './build.ts'
import { eccentricitySquared, equalAreaFrame, toFrame } from './frame.ts'
import { areasM2, geodesicM, lengthsM, totalAreaM2, totalLengthM } from './measure.ts'

const WGS84 = [6_378_137, 298.257223563] as const
const E2 = eccentricitySquared(WGS84[1])
const frame = equalAreaFrame(116.4, 39.9, ...WGS84)

describe('geodesic', () => {
  it('agrees with published lines', () => {
    // Geodetic Datum of Australia manual: Flinders Peak to Buninyong on GRS80, 54 972.271 m
    const flinders = [144 + 25 / 60 + 29.5244 / 3600, -(37 + 57 / 60 + 3.7203 / 3600)] as const
    const buninyong = [143 + 55 / 60 + 35.3839 / 3600, -(37 + 39 / 60 + 10.1561 / 3600)] as const
    expect(geodesicM(flinders, buninyong, 6_378_137, eccentricitySquared(298.257222101))).toBeCloseTo(54_972.271, 3)
    // one degree of the equator is a circle's arc; one degree of the meridian from it is 110 574.389 m (WGS 84)
    expect(geodesicM([10, 0], [11, 0], WGS84[0], E2)).toBeCloseTo((WGS84[0] * Math.PI) / 180, 4)
    expect(geodesicM([10, 0], [10, 1], WGS84[0], E2)).toBeCloseTo(110_574.389, 3)
    expect(geodesicM([10, 50], [10, 50], WGS84[0], E2)).toBe(0)
  })
})

describe('layers', () => {
  it('measures holes, parts and both orientations', () => {
    const builder = layerBuilder({ role: 'green', name: 'green', kind: 'polygon', frame }, {})
    const shell = [0, 0, 0, 100, 100, 100, 100, 0]
    const hole = [20, 20, 40, 20, 40, 40, 20, 40, 20, 20]
    builder.add(1, [[shell, hole], [[200, 0, 210, 0, 210, 10]]], {})
    builder.add(2, [], {})
    expect([...areasM2(builder.finish(''))]).toEqual([10_000 - 400 + 50, 0])
  })

  it('drops what collapses at one millimetre and says so', () => {
    const builder = layerBuilder({ role: 'green', name: 'green', kind: 'polygon', frame }, {})
    expect(builder.add(1, [[[0, 0, 0.0001, 0, 0.0001, 0.0001]]], {})).toEqual({ dropped: 1 })
    expect(
      builder.add(
        2,
        [
          [
            [0, 0, 5, 0, 5, 5],
            [1, 0, 1.0002, 0, 1, 0.0002],
          ],
        ],
        {},
      ),
    ).toEqual({ dropped: 1 })
    expect(() => builder.add(3, [[[0, 0, 3e6, 0, 3e6, 5]]], {})).toThrow(RangeError)
    expect(totalAreaM2(builder.finish(''))).toBe(12.5)
  })

  it('measures lines on the ellipsoid far from the centre of the frame', () => {
    const builder = layerBuilder({ role: 'greenway', name: 'greenway', kind: 'line', frame }, {})
    const there = toFrame(frame)
    const run = [
      [118, 41],
      [118.2, 41.1],
      [118.5, 41.05],
    ] as const
    builder.add(1, [[run.flatMap(([lon, lat]) => there(lon, lat))]], {})
    const layer = builder.finish('')
    const truthM = geodesicM(run[0], run[1], WGS84[0], E2) + geodesicM(run[1], run[2], WGS84[0], E2)
    expect(totalLengthM(layer)).toBeCloseTo(truthM, 2)
  })

  it('measures a sketch in a plane as Euclid would', () => {
    const lines = layerFromSketches('greenway', [
      {
        line: [
          [0, 0],
          [3, 4],
        ],
      },
      {
        line: [
          [0, 0],
          [0, 2],
          [1, 2],
        ],
      },
    ])
    expect([...lengthsM(lines)]).toEqual([5, 3])
  })
})
