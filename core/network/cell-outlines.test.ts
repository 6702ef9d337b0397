import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cellOutlines } from './cell-outlines.ts'

const place = { columns: 6, rows: 5, minX: 1000, minY: 2000, cellMm: 10 }

const area = (ring: readonly number[]) => {
  let twice = 0
  for (let at = 0; at + 3 < ring.length; at += 2) {
    twice += (ring[at] ?? 0) * (ring[at + 3] ?? 0) - (ring[at + 2] ?? 0) * (ring[at + 1] ?? 0)
  }
  return twice / 2
}

it('one cell is a square, two beside each other a rectangle, two at a corner two squares', () => {
  const square = [[1000, 2000, 1010, 2000, 1010, 2010, 1000, 2010, 1000, 2000]]
  expect(cellOutlines(place, [0])).toEqual([square])
  expect(cellOutlines(place, [0, 1])).toEqual([[[1000, 2000, 1020, 2000, 1020, 2010, 1000, 2010, 1000, 2000]]])
  expect(cellOutlines(place, [0, 7])).toHaveLength(2)
  expect(cellOutlines(place, [])).toEqual([])
})

it('a hole is a ring of its own', () => {
  const ring = [0, 1, 2, 6, 8, 12, 13, 14]
  const [rings, ...others] = cellOutlines(place, ring)
  expect(others).toEqual([])
  expect(rings?.map(area)).toEqual([900, -100])
})

it('rings are closed, hold the area of the cells, and have one shell for each piece', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(29)), (cells) => {
      const pieces = cellOutlines(place, cells)
      expect(pieces.flat().reduce((sum, ring) => sum + area(ring), 0)).toBe(100 * cells.length)
      for (const rings of pieces) {
        expect(rings.filter((ring) => area(ring) > 0)).toHaveLength(1)
        for (const ring of rings) expect(ring.slice(0, 2)).toEqual(ring.slice(-2))
      }
    }),
  )
})
