import { expect, it } from 'vitest'
import { layerFromSketches } from '#core/geo/build.ts'
import { overlapRows } from '#core/geo/overlap-rows.ts'
import { hasOverlapTable, overlapTable } from '#core/geo/overlap-table.ts'
import { box } from '#core/geo/sketch.ts'
import { computeTables } from './table-workers.ts'

const grid = (side: number, shift: number) =>
  layerFromSketches(
    'landuse_plan',
    Array.from({ length: side * side }, (_, at) => ({
      polygon: [box(10 * (at % side) + shift, 10 * Math.floor(at / side) + shift, 10, 10)],
    })),
  )

it('several threads compute what one would, and say how far they are', async () => {
  const [a, b] = [grid(60, 0), grid(50, 3)]
  const told: number[] = []
  await computeTables(
    [
      { a, b },
      { a: b, b: a },
    ],
    { workers: 3, report: (done) => told.push(done) },
  )
  expect(hasOverlapTable(a, b) && hasOverlapTable(b, a)).toBe(true)
  expect(overlapTable(a, b)).toEqual(overlapRows(a, b, 0, a.count))
  expect(overlapTable(b, a)).toEqual(overlapRows(b, a, 0, b.count))
  expect(told).toEqual(told.toSorted((x, y) => x - y))
  expect(told.at(-1)).toBe(a.count + b.count)
})

it('a thread that fails fails the whole', async () => {
  const broken = { ...grid(60, 0), featureOff: undefined as never }
  const layer = grid(60, 1)
  await expect(computeTables([{ a: layer, b: broken }], { workers: 2, report: () => {} })).rejects.toThrow(TypeError)
})
