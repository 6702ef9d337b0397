import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layerFromSketches } from './build.ts'
import { overlapAreas } from './overlay-area.ts'
import { joinRows, overlapRows } from './overlap-rows.ts'
import { forEachOverlap, hasOverlapTable, overlapTable } from './overlap-table.ts'
import { box } from './sketch.ts'

const boxes = fc.array(fc.tuple(fc.nat(40), fc.nat(40), fc.integer({ min: 1, max: 25 }), fc.integer({ min: 1, max: 25 })), {
  maxLength: 12,
})
const layerOf = (list: readonly (readonly [number, number, number, number])[]) =>
  layerFromSketches(
    'landuse_plan',
    list.map(([x, y, width, height]) => ({ polygon: [box(x, y, width, height)] })),
  )

describe('an overlap table', () => {
  it('holds what the area kernel visits, partners ascending, and is computed once', () => {
    fc.assert(
      fc.property(boxes, boxes, (one, other) => {
        const [a, b] = [layerOf(one), layerOf(other)]
        const visited: [number, number, number][] = []
        overlapAreas(a, b, (...pair) => visited.push(pair))
        const listed: [number, number, number][] = []
        expect(hasOverlapTable(a, b)).toBe(false)
        const table = overlapTable(a, b)
        forEachOverlap(table, (...pair) => listed.push(pair))
        expect(listed).toEqual(visited.toSorted((x, y) => x[0] - y[0] || x[1] - y[1]))
        expect(overlapTable(a, b)).toBe(table)
      }),
    )
  })

  it('is the same when its rows are computed in pieces', () => {
    fc.assert(
      fc.property(boxes, boxes, fc.array(fc.nat(12), { maxLength: 4 }), (one, other, cuts) => {
        const [a, b] = [layerOf(one), layerOf(other)]
        const edges = [0, ...cuts.filter((cut) => cut <= a.count).toSorted((x, y) => x - y), a.count]
        const pieces = edges.slice(1).map((end, at) => overlapRows(a, b, edges[at] ?? 0, end))
        expect(joinRows(pieces)).toEqual(overlapRows(a, b, 0, a.count))
      }),
    )
  })
})
