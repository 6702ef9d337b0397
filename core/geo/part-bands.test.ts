import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layerFromSketches } from './build.ts'
import type { LayerColumns } from './columns.ts'
import { bandAt, partBands } from './part-bands.ts'
import { partHolds } from './within.ts'

/** A star of many points, with a star for a hole, in whole millimetres. */
const star = (points: number, radii: readonly number[]): number[][] =>
  [1, 0.4].map((scale) =>
    Array.from({ length: points }, (_, at) => {
      const angle = (2 * Math.PI * at) / points
      const radius = scale * (radii[at % radii.length] ?? 10)
      return [Math.round(1000 * radius * Math.cos(angle)) / 1000, Math.round(1000 * radius * Math.sin(angle)) / 1000]
    }).flat(),
  )

const layerOf = (rings: readonly number[][]): LayerColumns =>
  layerFromSketches('admin', [
    {
      polygon: rings.map((ring) =>
        Array.from({ length: ring.length / 2 }, (_, at) => [ring[2 * at] ?? 0, ring[2 * at + 1] ?? 0] as const),
      ),
    },
  ])

/** The rule by all edges. */
function holdsByAll({ xy, ringOff, partOff }: LayerColumns, x: number, y: number): boolean {
  let crossings = 0
  for (let ring = partOff[0] ?? 0; ring < (partOff[1] ?? 0); ring += 1) {
    for (let at = ringOff[ring] ?? 0; at + 1 < (ringOff[ring + 1] ?? 0); at += 1) {
      const [ax, ay, bx, by] = [xy[2 * at] ?? 0, xy[2 * at + 1] ?? 0, xy[2 * at + 2] ?? 0, xy[2 * at + 3] ?? 0]
      const turn = (bx - ax) * (y - ay) - (by - ay) * (x - ax)
      const isBeside = Math.min(ax, bx) <= x && x <= Math.max(ax, bx) && Math.min(ay, by) <= y && y <= Math.max(ay, by)
      if (turn === 0 && isBeside) return true
      if (ay > y !== by > y && x < ax + ((y - ay) * (bx - ax)) / (by - ay)) crossings += 1
    }
  }
  return crossings % 2 === 1
}

describe('bands of a long part', () => {
  it('leave short parts alone', () => {
    expect(partBands(layerOf(star(20, [10])), 0)).toBeNull()
  })

  it('hold every edge at each height that it reaches', () => {
    const layer = layerOf(star(400, [10, 30]))
    const bands = partBands(layer, 0)
    expect(bands).not.toBeNull()
    if (!bands) return
    for (let vertex = 0; vertex + 1 < (layer.ringOff[1] ?? 0); vertex += 1) {
      for (const y of [layer.xy[2 * vertex + 1] ?? 0, layer.xy[2 * vertex + 3] ?? 0]) {
        const band = bandAt(bands, y)
        expect(bands.vertex.subarray(bands.offset[band], bands.offset[band + 1])).toContain(vertex)
      }
    }
  })

  it('answer as all edges do, on corners and edges too', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 130, max: 400 }),
        fc.array(fc.integer({ min: 5, max: 60 }), { minLength: 1, maxLength: 7 }),
        fc.array(fc.tuple(fc.integer({ min: -61_000, max: 61_000 }), fc.integer({ min: -61_000, max: 61_000 })), {
          maxLength: 30,
        }),
        (points, radii, places) => {
          const layer = layerOf(star(points, radii))
          const corners = Array.from({ length: 40 }, (_, at) => [layer.xy[14 * at] ?? 0, layer.xy[14 * at + 1] ?? 0] as const)
          const beside = corners.map(([x, y]) => [x - 1000, y] as const)
          for (const [x, y] of [...places, ...corners, ...beside]) {
            expect(partHolds(layer, 0, x, y)).toBe(holdsByAll(layer, x, y))
          }
        },
      ),
      { numRuns: 100 },
    )
  })
})
