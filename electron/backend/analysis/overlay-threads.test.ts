import { beforeAll, expect, it } from 'vitest'
import { layerFromSketches } from '#core/geo/build.ts'
import { loadGeos, type Geos } from '#core/geo/geos.ts'
import { overlay, type OverlayOperation } from '#core/geo/overlay.ts'
import { box } from '#core/geo/sketch.ts'
import { overlayOnThreads } from './overlay-threads.ts'

let geos: Geos
beforeAll(async () => {
  geos = await loadGeos()
})

const grid = (side: number, shift: number, first = box(shift, shift, 10, 10)) =>
  layerFromSketches(
    'landuse_plan',
    Array.from({ length: side * side }, (_, at) => ({
      polygon: [at === 0 ? first : box(10 * (at % side) + shift, 10 * Math.floor(at / side) + shift, 10, 10)],
      attributes: { class: `c${at % 5}` },
    })),
  )

it('any number of threads gives the same bytes, mended features and slivers included', async () => {
  const bowTie: [number, number][] = [[0, 0], [9, 8], [9, 1], [0, 9]] // prettier-ignore
  const [a, b] = [grid(36, 0, bowTie), grid(33, 3)]
  const options = { slivers: { minAreaM2: 10, action: 'merge' as const } }
  for (const operation of ['intersection', 'union', 'clip'] satisfies OverlayOperation[]) {
    const whole = overlay(geos, a, b, operation, options)
    expect(whole.report.repairs.a).toHaveLength(1)
    for (const workers of [1, 2, 3]) {
      expect(await overlayOnThreads(geos, a, b, operation, { ...options, workers })).toEqual(whole)
    }
  }
}, 60_000)

it('a helping thread loads GEOS when its share needs it, and tells how far all are', async () => {
  // every feature of the mask lies on another: each parcel is cut by GEOS
  const [a, twice] = [grid(40, 0), layerFromSketches('green', [{ polygon: [box(-5, -5, 500, 205)] }, { polygon: [box(-5, 100, 500, 400)] }])] // prettier-ignore
  const told: number[] = []
  const result = await overlayOnThreads(geos, a, twice, 'clip', { workers: 3, report: (done) => told.push(done) })
  expect(result).toEqual(overlay(geos, a, twice, 'clip'))
  expect(result.report.notes.length).toBeGreaterThan(300)
  expect(told).toEqual(told.toSorted((x, y) => x - y))
  expect(told.at(-1)).toBe(Math.ceil(a.count / 512))
}, 60_000)

it('a thread that fails fails the whole', async () => {
  const broken = { ...grid(40, 1), featureOff: undefined as never }
  await expect(overlayOnThreads(geos, grid(60, 0), broken, 'intersection', { workers: 2 })).rejects.toThrow(TypeError)
})
