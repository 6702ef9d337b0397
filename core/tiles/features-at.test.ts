import { describe, expect, it } from 'vitest'
import { layerFromSketches } from '../geo/build.ts'
import { featuresAt } from './features-at.ts'

const square = (x: number, y: number, side: number): [number, number][] => [
  [x, y],
  [x + side, y],
  [x + side, y + side],
  [x, y + side],
]

describe('featuresAt', () => {
  it('finds polygons that hold the place, not those whose hole does', () => {
    const layer = layerFromSketches('green', [
      { polygon: [square(0, 0, 100), square(40, 40, 20)] },
      { polygon: [square(45, 45, 10)] },
      { polygon: [square(0, 0, 60)] },
    ])
    expect(featuresAt(layer, 10_000, 10_000, 5000)).toEqual([0, 2])
    expect(featuresAt(layer, 50_000, 50_000, 5000)).toEqual([1, 2])
    expect(featuresAt(layer, 90_000, 90_000, 0)).toEqual([0])
    expect(featuresAt(layer, 101_000, 50_000, 5000)).toEqual([])
  })

  it('finds lines and points within the tolerance, along the segment and beyond its end', () => {
    const line = layerFromSketches('greenway', [
      {
        line: [
          [0, 0],
          [100, 0],
        ],
      },
      {
        line: [
          [0, 50],
          [100, 50],
        ],
      },
    ])
    expect(featuresAt(line, 50_000, 3000, 3000)).toEqual([0])
    expect(featuresAt(line, 50_000, 3001, 3000)).toEqual([])
    expect(featuresAt(line, 103_000, 4000, 5000)).toEqual([0])
    expect(featuresAt(line, 103_000, 4100, 5000)).toEqual([])
    expect(featuresAt(line, 50_000, 25_000, 25_000)).toEqual([0, 1])
    const points = layerFromSketches('rail_station', [{ point: [10, 10] }, { point: [13, 14] }])
    expect(featuresAt(points, 10_000, 10_000, 4999)).toEqual([0])
    expect(featuresAt(points, 10_000, 10_000, 5000)).toEqual([0, 1])
  })
})
