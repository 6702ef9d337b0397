import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ClipKernel } from './clip.ts'
import type { LayerColumns } from './columns.ts'
import { partAreaM2 } from './measure.ts'
import { compareRatios, cross } from './orientation.ts'
import { outlinesOf } from './outlines.ts'
import { partOverlapMm2 } from './overlay-area.ts'
import { gridRing, holedPolygon, layerOf, starRing, wildRing, type Ring } from './random-layers.ts'
import { RingBuffer } from './ring-buffer.ts'
import { lookAtPart, ringBlocks, ringSet, type RingSet } from './ring-set.ts'

const whole = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })

describe('orientation', () => {
  it('has the exact sign for any millimetres of a frame', () => {
    const near = fc.integer({ min: -2, max: 2 })
    fc.assert(
      fc.property(whole, whole, near, near, fc.integer({ min: -3, max: 3 }), (dx, dy, ex, ey, times) => {
        for (const [fx, fy] of [
          [times * dx + ex, times * dy + ey],
          [ex, ey],
        ] as const) {
          const exact = BigInt(dx) * BigInt(fy) - BigInt(dy) * BigInt(fx)
          expect(Math.sign(cross(dx, dy, fx, fy)) + 0).toBe(exact > 0n ? 1 : exact < 0n ? -1 : 0)
        }
      }),
    )
  })

  it('orders fractions whatever the signs below the line', () => {
    expect(compareRatios(1n, 3n, 2n, 6n)).toBe(0)
    expect(compareRatios(-1n, -3n, 1n, 4n)).toBe(1)
    expect(compareRatios(1n, -3n, 1n, 4n)).toBe(-1)
  })
})

const kernel = new ClipKernel()
const out = new RingBuffer()
const [left, right] = [ringSet(), ringSet()]

function areasOf(a: LayerColumns, b: LayerColumns): { inside: number; outside: number } | null {
  lookAtPart(left, a, 0)
  lookAtPart(right, b, 0)
  if (!kernel.read(left, right)) return null
  const sum = () => Array.from({ length: out.rings }, (_, ring) => out.area[ring] ?? 0).reduce((total, area) => total + area, 0)
  out.clear()
  if (!kernel.intersection(out)) return null
  const inside = sum()
  out.clear()
  if (!kernel.difference(out)) return null
  return { inside, outside: sum() }
}

describe('the clip kernel', () => {
  it('agrees with the area kernel on valid polygons, and loses nothing', () => {
    const polygon = fc.oneof(
      starRing.map((ring) => [ring]),
      gridRing.map((ring) => [ring]),
      holedPolygon,
    )
    fc.assert(
      fc.property(polygon, polygon, (first, second) => {
        const [a, b] = [layerOf([first]), layerOf([second])]
        const found = areasOf(a, b)
        expect(found?.inside).toBeCloseTo(partOverlapMm2(a, 0, b, 0), 0)
        expect((found?.inside ?? NaN) + (found?.outside ?? NaN)).toBeCloseTo(partAreaM2(a, 0) * 1e6, 0)
      }),
      { numRuns: 500 },
    )
  })

  it('finds nothing where polygons only touch, and everything where they are the same', () => {
    const square: Ring = [
      [0, 0],
      [10, 0],
      [10, 10],
      [0, 10],
    ]
    const moved = (dx: number, dy: number) => layerOf([[square.map(([x, y]): [number, number] => [x + dx, y + dy])]])
    for (const [dx, dy] of [
      [10, 0],
      [0, 10],
      [10, 10],
      [-10, 3],
      [30, 0],
    ] as const) {
      expect(areasOf(moved(0, 0), moved(dx, dy))).toEqual({ inside: 0, outside: 1e8 })
    }
    expect(areasOf(moved(0, 0), moved(0, 0))).toEqual({ inside: 1e8, outside: 0 })
  })

  it('ends on any nonsense', () => {
    const rings = fc.array(wildRing, { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(rings, rings, (first, second) => {
        const [a, b] = [nonsense(first), nonsense(second)]
        if (kernel.read(a, b)) {
          out.clear()
          kernel.intersection(out)
          kernel.difference(out)
        }
        const edges = Array.from(a.ringOff.subarray(1), (end, ring) =>
          Array.from({ length: end - (a.ringOff[ring] ?? 0) - 1 }, (_, at) => {
            const vertex = 2 * ((a.ringOff[ring] ?? 0) + at)
            return [...a.xy.subarray(vertex, vertex + 4)]
          }),
        )
        expect(outlinesOf(Int32Array.from(edges.flat(2)))).toBeInstanceOf(Array)
      }),
      { numRuns: 500 },
    )
  })
})

/** Rings as they come: crossing themselves and each other, turned either way, with repeated vertices. */
function nonsense(rings: readonly Ring[]): RingSet {
  const closed = rings.map((ring) => [...ring, ring[0] ?? [0, 0]].flat())
  const xy = Int32Array.from(closed.flat())
  const ringOff = new Uint32Array(rings.length + 1)
  closed.forEach((ring, at) => {
    ringOff[at + 1] = (ringOff[at] ?? 0) + ring.length / 2
  })
  return { xy, ringOff, blocks: ringBlocks(xy, ringOff), firstRing: 0, endRing: rings.length, minX: 0, minY: 0, maxX: 6, maxY: 6 }
}
