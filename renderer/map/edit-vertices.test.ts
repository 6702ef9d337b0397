import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { movedVertex, placeOfVertex, verticesOf, withoutVertex, withVertexAfter, withVertexAt } from './edit-vertices.ts'

const square = [[[0, 0, 10, 0, 10, 10, 0, 10, 0, 0]]]
const line = [[[0, 0, 10, 0]]]

describe('vertices of a shape', () => {
  it('are counted once, and rings stay closed when one moves', () => {
    expect(verticesOf(square)).toHaveLength(4)
    expect(withVertexAt(square, [0, 0, 0], [-1, -2])).toEqual([[[-1, -2, 10, 0, 10, 10, 0, 10, -1, -2]]])
    expect(withVertexAt(square, [0, 0, 2], [11, 12])[0]?.[0]?.slice(4, 6)).toEqual([11, 12])
  })
  it('get one more in the middle of the next edge, also where a ring closes; the end of a line has no next', () => {
    expect(withVertexAfter(square, [0, 0, 3])).toEqual([[[0, 0, 10, 0, 10, 10, 0, 10, 0, 5, 0, 0]]])
    expect(withVertexAfter(line, [0, 0, 0])).toEqual([[[0, 0, 5, 0, 10, 0]]])
    expect(withVertexAfter(line, [0, 0, 1])).toEqual(line)
  })
  it('are taken away as long as a shape is left', () => {
    const triangle = withoutVertex(square, [0, 0, 0])
    expect(triangle).toEqual([[[10, 0, 10, 10, 0, 10, 10, 0]]])
    expect(withoutVertex(triangle, [0, 0, 1])).toEqual(triangle)
    expect(withoutVertex(line, [0, 0, 1])).toEqual(line)
  })
  it('that were moved or added are found again', () => {
    const coordinate = fc.integer({ min: -1000, max: 1000 })
    fc.assert(
      fc.property(fc.nat(3), coordinate, coordinate, (at, x, y) => {
        const vertex = verticesOf(square)[at] ?? [0, 0, 0]
        const [oldX, oldY] = placeOfVertex(square, vertex)
        const moved = movedVertex(square, withVertexAt(square, vertex, [x, y]))
        expect(moved).toEqual(x === oldX && y === oldY ? null : vertex)
        expect(movedVertex(square, withVertexAfter(square, vertex))).toEqual([0, 0, at + 1])
        expect(movedVertex(square, withoutVertex(square, vertex))).toBeNull()
      }),
    )
  })
})
