import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layerFromSketches } from './build.ts'
import type { LayerColumns } from './columns.ts'
import { gapBetween } from './outline-gap.ts'
import { outlineTree, treeOf } from './outline-tree.ts'
import type { FeatureSketch } from './sketch.ts'

/** A ring of some corners around a place, near and far in turn as the radii say; whole metres. */
const star = fc
  .tuple(fc.integer({ min: -60, max: 60 }), fc.integer({ min: -60, max: 60 }), fc.array(fc.integer({ min: 2, max: 40 }), { minLength: 3, maxLength: 90 }))
  .map(([x, y, radii]): [number, number][] =>
    radii.map((radius, at) => {
      const angle = (2 * Math.PI * at) / radii.length
      return [Math.round(x + radius * Math.cos(angle)), Math.round(y + radius * Math.sin(angle))]
    }),
  ) // prettier-ignore
const outline: fc.Arbitrary<FeatureSketch> = fc.oneof(
  star.map((ring): FeatureSketch => ({ polygon: [ring] })),
  star.map((line): FeatureSketch => ({ line })),
  star.map(([point = [0, 0]]): FeatureSketch => ({ point })),
)
const layerOf = (sketch: FeatureSketch) => layerFromSketches('other', [sketch])
const gapOf = (a: LayerColumns, b: LayerColumns, limit = Infinity) =>
  gapBetween({ layer: a, part: 0, tree: treeOf(a, 0) }, { layer: b, part: 0, tree: outlineTree(b, 0) }, limit)

describe('the gap between two outlines', () => {
  it('is what comparing every vertex with every edge finds, both ways', () => {
    fc.assert(
      fc.property(outline, outline, (one, other) => {
        const [a, b] = [layerOf(one), layerOf(other)]
        if (a.partOff.length < 2 || b.partOff.length < 2) return
        const gap = gapOf(a, b)
        expect(gapOf(b, a)?.squared).toBeCloseTo(gap?.squared ?? NaN, 3)
        const ends = Math.min(fromVertices(a, b), fromVertices(b, a))
        if (gap?.squared === 0) return
        expect(Math.sqrt(gap?.squared ?? NaN)).toBeCloseTo(Math.sqrt(ends), 6)
        expect(Math.hypot((gap?.toX ?? 0) - (gap?.fromX ?? 0), (gap?.toY ?? 0) - (gap?.fromY ?? 0))).toBeCloseTo(
          Math.sqrt(ends),
          6,
        )
      }),
      { numRuns: 400 },
    )
  })

  it('is not looked for beyond the limit', () => {
    const [a, b] = [layerOf({ point: [0, 0] }), layerOf({ line: [[3, -50], [3, 50]] })] // prettier-ignore
    expect(gapOf(a, b, 9e6)).toMatchObject({ squared: 9e6, toX: 3000, toY: 0 })
    expect(gapOf(a, b, 9e6 - 1)).toBeNull()
  })
})

/** The least squared distance of the vertices of one outline from the edges of another, mm². */
function fromVertices(a: LayerColumns, b: LayerColumns): number {
  let least = Infinity
  for (let at = 0; at < a.xy.length; at += 2) {
    for (let edge = 0; edge < b.xy.length; edge += 2) {
      const next = edge + 2 < b.xy.length ? edge + 2 : edge
      least = Math.min(least, squaredFrom(a.xy[at] ?? 0, a.xy[at + 1] ?? 0, b.xy, edge, next))
    }
  }
  return least
}

function squaredFrom(x: number, y: number, xy: Int32Array, from: number, to: number): number {
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = [xy[from], xy[from + 1], xy[to], xy[to + 1]]
  const length = Math.hypot(x2 - x1, y2 - y1)
  if (length === 0) return (x - x1) ** 2 + (y - y1) ** 2
  const along = Math.max(0, Math.min(length, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length))
  return (x1 + (along * (x2 - x1)) / length - x) ** 2 + (y1 + (along * (y2 - y1)) / length - y) ** 2
}
