import { geojson } from 'flatgeobuf'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { AppError } from '#core/errors.ts'
import { failureOf, readAll, scratch } from './fixture-writers.ts'
import { strokeArcs } from './stroke-arcs.ts'

const files = scratch()
afterAll(files.remove)

type Position = [number, number]
const place = fc.tuple(
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
) as fc.Arbitrary<Position>
const ring = fc.array(place, { minLength: 3, maxLength: 8 }).map((points) => [...points, points[0] ?? [0, 0]])
const geometry = fc.oneof(
  ring.map((coordinates) => ({ type: 'Polygon' as const, coordinates: [coordinates] })),
  fc
    .array(ring, { minLength: 1, maxLength: 3 })
    .map((rings) => ({ type: 'MultiPolygon' as const, coordinates: rings.map((one) => [one]) })),
  fc.array(place, { minLength: 2, maxLength: 6 }).map((coordinates) => ({ type: 'LineString' as const, coordinates })),
  place.map((coordinates) => ({ type: 'Point' as const, coordinates })),
)
/** The other writer takes the column's type from the first row: a whole number there would cut the others. */
const size = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Number.isInteger(number))
const feature = fc.record({ geometry, name: fc.string(), size }).map((one) => ({
  type: 'Feature' as const,
  geometry: one.geometry,
  properties: { name: one.name, size: one.size },
}))

const bytesOf = (features: unknown[]): Uint8Array =>
  geojson.serialize({ type: 'FeatureCollection', features } as Parameters<typeof geojson.serialize>[0])
const flat = (value: unknown): number[] => (Array.isArray(value) ? value.flatMap(flat) : [value as number])

describe('FlatGeobuf', () => {
  it('gives back what another writer put in', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(feature, { minLength: 1, maxLength: 6 }), async (features) => {
        const read = await readAll(files.write('a.fgb', bytesOf(features)))
        const rows = read.flatMap(({ features: found }) => found).toSorted((a, b) => a.row - b.row)
        expect(rows.map((row) => row.geometry?.parts.flatMap((rings) => rings.flatMap((run) => [...run])))).toEqual(
          features.map((one) => flat(one.geometry.coordinates)),
        )
        expect(rows.map(({ values }) => values)).toEqual(features.map(({ properties: { name, size } }) => [name, size]))
      }),
      { numRuns: 60 },
    )
  })

  it('is refused at every cut, and with the row where known', async () => {
    const whole = bytesOf(
      Array.from({ length: 3 }, (_, index) => ({
        type: 'Feature',
        properties: { name: `n${index}` },
        geometry: { type: 'Point', coordinates: [index, 1] },
      })),
    )
    for (let length = 0; length < whole.length; length++) {
      const outcome = await failureOf(files.write('cut.fgb', whole.subarray(0, length)))
      expect({ length, typed: outcome instanceof AppError }).toEqual({ length, typed: true })
    }
    await expect(readAll(files.write('cut.fgb', whole.subarray(0, whole.length - 5)))).rejects.toMatchObject({
      code: 'import.truncated',
      params: { row: 3 },
    })
    await expect(readAll(files.write('no.fgb', 'no fgb at all'))).rejects.toMatchObject({ code: 'import.vector-broken' })
  })

  it('refuses coordinates that are none', async () => {
    const bytes = bytesOf([{ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [1e300, 1] } }])
    await expect(readAll(files.write('far.fgb', bytes))).rejects.toMatchObject({
      code: 'import.bad-coordinate',
      params: { row: 1 },
    })
  })
})

describe('strokeArcs', () => {
  const stroked = (numbers: readonly number[]): Float64Array => strokeArcs(Float64Array.from(numbers)) ?? new Float64Array()
  const angle = fc.double({ min: 0.01, max: 3, noNaN: true })
  it('stays on the circle, keeps the given points, and runs alike from both ends', () => {
    fc.assert(
      fc.property(
        place,
        fc.double({ min: 0.1, max: 1e4, noNaN: true }),
        angle,
        angle,
        angle,
        ([x, y], radius, start, first, second) => {
          const at = (turn: number): Position => [x + radius * Math.cos(turn), y + radius * Math.sin(turn)]
          const given = [at(start), at(start + first), at(start + first + second)]
          const run = stroked(given.flat())
          for (let index = 0; index < run.length; index += 2)
            expect(Math.abs(Math.hypot((run[index] ?? 0) - x, (run[index + 1] ?? 0) - y) - radius)).toBeLessThan(1e-3 * radius)
          for (const [px, py] of given)
            expect(
              Array.from({ length: run.length / 2 }, (_, index) => run[index * 2] === px && run[index * 2 + 1] === py),
            ).toContain(true)
          expect(run.length / 2).toBeGreaterThanOrEqual(((first + second) * 90) / Math.PI)
          expect(stroked(given.toReversed().flat()).length).toBe(run.length)
        },
      ),
    )
  })

  it('leaves straight runs, full circles and left-over points as they are meant', () => {
    expect([...stroked([0, 0, 1, 1, 2, 2])]).toEqual([0, 0, 1, 1, 2, 2])
    expect([...stroked([0, 0, 1, 1, 2, 2, 5, 5])].slice(-2)).toEqual([5, 5])
    const circle = stroked([0, 0, 2, 0, 0, 0])
    expect(circle.length / 2).toBe(181)
    expect(Math.max(...circle.filter((_, index) => index % 2 === 1))).toBeCloseTo(1, 9)
  })

  it('gives up where a small file asks for more points than it pays for', () => {
    const circles = Float64Array.from({ length: 2 * 21 }, (_, index) => (index % 4 === 2 ? 2 : 0))
    expect(strokeArcs(circles, 1801)?.length).toBe(2 * 1801)
    expect(strokeArcs(circles, 1800)).toBeNull()
  })
})
