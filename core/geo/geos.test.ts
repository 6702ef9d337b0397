import { beforeAll, describe, expect, it } from 'vitest'
import { layerFromSketches } from './build.ts'
import { loadGeos, type Geos } from './geos.ts'
import { totalAreaM2 } from './measure.ts'

let geos: Geos
beforeAll(async () => {
  geos = await loadGeos()
})

const ring = (...values: number[]) => Float64Array.from(values)
const square = (x: number, y: number, size: number): [number, number][] => [
  [x, y],
  [x + size, y],
  [x + size, y + size],
  [x, y + size],
]

describe('repair', () => {
  it('knows valid ground', () => {
    expect(geos.version).toMatch(/^3\.\d+/)
    expect(geos.invalidReason([[ring(0, 0, 4, 0, 4, 4, 0, 4, 0, 0)]])).toBeNull()
  })

  it('names what is wrong and where, and repairs it', () => {
    const bowTie = [[ring(0, 0, 10, 10, 10, 0, 0, 10, 0, 0)]]
    expect(geos.invalidReason(bowTie)).toMatch(/Self-intersection/)
    const repaired = geos.makeValid(bowTie) ?? []
    expect(repaired).toHaveLength(2)
    expect(geos.invalidReason(repaired)).toBeNull()
    expect(geos.area(repaired)).toBe(50)
  })

  it('takes the ground of a hole that shares an edge away, as the structure method must', () => {
    const shared = [[ring(0, 0, 10, 0, 10, 8, 0, 8, 0, 0), ring(2, 0, 7, 0, 7, 4, 2, 4, 2, 0)]]
    expect(geos.area(geos.makeValid(shared) ?? [])).toBe(60)
  })

  it('closes rings and refuses points that are no numbers', () => {
    expect(geos.invalidReason([[ring(0, 0, 4, 0)]])).toBe('Too few points in a ring')
    expect(geos.area(geos.makeValid([[ring(0, 0, 4, 0, 4, 4)]]) ?? [])).toBe(8)
    expect(geos.makeValid([[ring(0, 0, NaN, 0, 4, 4, 0, 0)]]) ?? []).toEqual([])
  })
})

describe('union and buffer', () => {
  it('counts overlaps once and gives each connected piece a feature', () => {
    const green = layerFromSketches('green', [
      { polygon: [square(0, 0, 10)] },
      { polygon: [square(5, 0, 10)] },
      { polygon: [square(100, 0, 10)] },
    ])
    const united = geos.union(green)
    expect(united.count).toBe(2)
    expect(totalAreaM2(united)).toBe(250)
    expect(totalAreaM2(geos.union(green, (feature) => feature !== 2))).toBe(150)
    expect(geos.union(green, () => false).count).toBe(0)
  })

  it('grows points, lines and polygons together', () => {
    const points = layerFromSketches('rail_station', [{ point: [0, 0] }])
    const circleM2 = (32 / 2) * Math.sin((2 * Math.PI) / 32) * 100 ** 2
    expect(totalAreaM2(geos.bufferUnion(points, 100, 8))).toBeCloseTo(circleM2, -1)
    const line = layerFromSketches('greenway', [
      {
        line: [
          [0, 0],
          [50, 0],
        ],
      },
    ])
    expect(totalAreaM2(geos.bufferUnion([points, line], 100, 8))).toBeCloseTo(circleM2 + 50 * 200, -1)
    const block = layerFromSketches('green', [{ polygon: [square(0, 0, 40)] }])
    expect(totalAreaM2(geos.bufferUnion(block, 10, 8))).toBeCloseTo(1600 + 4 * 400 + circleM2 / 100, 0)
  })

  it('does not lose memory', () => {
    const green = layerFromSketches('green', [{ polygon: [square(0, 0, 10)] }, { polygon: [square(5, 0, 10)] }])
    geos.bufferUnion(green, 100, 1000)
    const before = geos.memoryBytes()
    // each round allocates some 100 kB, so a leak would be as large as the whole memory after 200 of them
    for (let round = 0; round < 500; round += 1) geos.bufferUnion(green, 100, 1000)
    expect(geos.memoryBytes()).toBe(before)
    expect(geos.overlapAreaM2(green, 0, green, 1)).toBe(50)
  })
})
