import { describe, expect, it } from 'vitest'
import { layerFromSketches } from './build.ts'
import { hexCells, squareCells } from './cells.ts'
import { interpolate } from './interpolate.ts'
import { areasM2, totalAreaM2 } from './measure.ts'
import { overlapAreas } from './overlay-area.ts'
import { box } from './sketch.ts'

const blocks = layerFromSketches('population', [
  { polygon: [box(0, 0, 20, 10)], attributes: { persons: 200, price: 10 } },
  { polygon: [box(20, 0, 10, 10)], attributes: { persons: 50, price: 40 } },
  { polygon: [box(0, 10, 10, 10)], attributes: { persons: null, price: null } },
])
const districts = layerFromSketches('admin', [{ polygon: [box(0, 0, 10, 20)] }, { polygon: [box(10, 0, 15, 10)] }])

describe('areal interpolation', () => {
  it('shares counts out and averages what is no count, several at once', () => {
    const [persons, price] = interpolate(blocks, districts, [
      { field: 'persons', kind: 'extensive' },
      { field: 'price', kind: 'intensive' },
    ])
    expect([...(persons?.values ?? [])]).toEqual([100, 125])
    expect(persons).toMatchObject({ total: 250, assigned: 225, outside: 25, uncounted: 1 })
    expect([...(persons?.covered ?? [])]).toEqual([0.5, 1])
    expect([...(price?.values ?? [])]).toEqual([10, (10 * 100 + 40 * 50) / 150])
  })

  it('counts points whole', () => {
    const homes = layerFromSketches('population', [
      { point: [1, 1], attributes: { persons: 3, age: 30 } },
      { point: [2, 15], attributes: { persons: 5, age: 50 } },
      { point: [100, 100], attributes: { persons: 7, age: 1 } },
    ])
    const [persons, age] = interpolate(homes, districts, [
      { field: 'persons', kind: 'extensive' },
      { field: 'age', kind: 'intensive' },
    ])
    expect([...(persons?.values ?? [])]).toEqual([8, NaN])
    expect(persons).toMatchObject({ total: 15, assigned: 8, outside: 7 })
    expect([...(age?.values ?? [])]).toEqual([40, NaN])
  })

  it('gives a target the same value whatever the range', () => {
    const fields = [{ field: 'persons', kind: 'extensive' }] as const
    const [second] = interpolate(blocks, districts, fields, { from: 1, to: 2 })
    expect([...(second?.values ?? [])]).toEqual([NaN, 125])
  })
})

describe('grids', () => {
  const shape = layerFromSketches('green', [{ polygon: [[[3, 4], [612, 40], [700, 511], [100, 650]]] }]) // prettier-ignore

  it('of hexagons tile the ground: every part of it lies in exactly one cell', () => {
    const { cells, cellM } = hexCells(shape, 100)
    expect(cellM).toBe(100)
    let covered = 0
    overlapAreas(shape, cells, (_, __, areaM2) => {
      covered += areaM2
    })
    expect(covered).toBeCloseTo(totalAreaM2(shape), 6)
    let twice = 0
    overlapAreas(cells, cells, (one, other, areaM2) => {
      if (one !== other) twice += areaM2
    })
    expect(twice).toBe(0)
    for (const areaM2 of areasM2(cells)) expect(areaM2 / ((Math.sqrt(3) / 2) * 100 ** 2)).toBeCloseTo(1, 4)
  })

  it('fall on the same lattice wherever the layer is cut', () => {
    const cornersOf = (layer: typeof shape) =>
      new Set(Array.from({ length: layer.count }, (_, at) => layer.xy.slice(14 * at, 14 * at + 14).join()))
    const part = layerFromSketches('green', [{ polygon: [box(300, 300, 50, 50)] }])
    const whole = cornersOf(hexCells(shape, 60).cells)
    for (const cell of cornersOf(hexCells(part, 60).cells)) expect(whole.has(cell)).toBe(true)
    expect(squareCells(part, 25).cells.count).toBe(4)
  })

  it('get larger cells where a plan is vast, and need a size', () => {
    const vast = layerFromSketches('green', [{ polygon: [box(0, 0, 1_000_000, 1_000_000)] }])
    expect(hexCells(vast, 100).cellM).toBeGreaterThan(1000)
    expect(() => hexCells(vast, 0)).toThrow(RangeError)
  })
})
