import { expect, test } from 'vitest'
import { shapefileInMemory } from '../formats/shapefile.ts'
import { ownLine, type GeometryLine } from './geometry-line.ts'
import { rehearsalParcels } from './rehearsal-parcels.ts'
import { rehearse } from './rehearsal.ts'

test('the made-up parcels are a sound shapefile of plain polygons', () => {
  const layer = shapefileInMemory(rehearsalParcels(), 'rehearsal')
  expect(layer).toMatchObject({ kind: 'polygon', count: 16384, geometryTypes: { Polygon: 16384 }, notes: [] })
  expect(layer.fields.map(({ name, type }) => [name, type])).toEqual([
    ['BSM', 'number'],
    ['YDYHFLDM', 'text'],
    ['YDYHFLMC', 'text'],
  ])
  const [first] = layer.features()
  expect(first?.values).toEqual([0, '0701', '用地 0'])
  expect(first?.geometry?.parts[0]?.[0]).toHaveLength(42)
  expect([...layer.features()].at(-1)?.row).toBe(16384)
})

/** Counts the layers that are opened, and tells when the first is. */
function watchedLine() {
  const line = ownLine()
  const first = Promise.withResolvers<void>()
  const seen = { layers: 0, finished: 0 }
  const watched: GeometryLine = {
    ...line,
    open(task) {
      seen.layers += 1
      first.resolve()
      return line.open(task)
    },
    finish() {
      seen.finished += 1
      return line.finish()
    },
  }
  return { watched, seen, first: first.promise }
}

test('a rehearsal that is stopped ends with the layer that it is in', async () => {
  const { watched, seen, first } = watchedLine()
  const running = rehearse(watched)
  await first
  await running.stop()
  expect(seen).toEqual({ layers: 1, finished: 1 })
})
