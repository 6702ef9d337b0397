import fc from 'fast-check'
import { expect, it } from 'vitest'
import { layerFromSketches } from '../geo/build.ts'
import { editLayer } from '../geo/edit-layer.ts'
import { freshCopy, layerEdits, parcelLayer } from '../geo/edit-samples.ts'
import { box } from '../geo/sketch.ts'
import { flowWithin } from './flow-within.ts'

const CODES = ['0101', '0701', '1001', '0301'] as const
const built = (code: string) => code.startsWith('07') || code.startsWith('10')
const taken = (from: string, to: string) => !built(from) && built(to)

/** Cuts of 0 … 100 and a class for each strip between them. */
const strips = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { maxLength: 5 }),
    fc.array(fc.constantFrom(...CODES), { minLength: 6, maxLength: 6 }),
  )
  .map(([cuts, codes]) => {
    const stops = [0, ...cuts.toSorted((a, b) => a - b), 100]
    return stops.slice(1).map((to, at) => ({ from: stops[at] ?? 0, to, code: codes[at] ?? '0101' }))
  })
const place = fc.integer({ min: -20, max: 110 })
const side = fc.integer({ min: 1, max: 90 })

const common = (a: number, b: number, c: number, d: number) => Math.max(0, Math.min(b, d) - Math.max(a, c))

it('is what upright strips and a rectangle have in common, worked out by hand', () => {
  fc.assert(
    fc.property(strips, strips, place, place, side, side, (columns, rows, x, y, width, height) => {
      const base = layerFromSketches('landuse_base', columns.map(({ from, to, code }) => ({ polygon: [box(from, 0, to - from, 100)], attributes: { class: code } }))) // prettier-ignore
      const planned = layerFromSketches('landuse_plan', rows.map(({ from, to, code }) => ({ polygon: [box(0, from, 100, to - from)], attributes: { class: code } }))) // prettier-ignore
      const zone = layerFromSketches('udb', [{ polygon: [box(x, y, width, height)] }])
      const { flowM2, withinM2 } = flowWithin(base, planned, zone, taken)
      for (const [at, row] of rows.entries()) {
        const wanted = columns.filter(({ code }) => taken(code, row.code))
        const all = wanted.reduce((sum, { from, to }) => sum + (to - from) * (row.to - row.from), 0)
        const within =
          wanted.reduce((sum, { from, to }) => sum + common(from, to, x, x + width), 0) * common(row.from, row.to, y, y + height)
        expect(flowM2[at]).toBeCloseTo(all, 5)
        // Less than half a square metre on either side of the zone's edge is taken for all or nothing.
        expect(Math.abs((withinM2[at] ?? 0) - within)).toBeLessThan(0.51)
      }
    }),
  )
})

it('of an edited plan equals that of a fresh one bit by bit, though only what was edited is measured again', () => {
  fc.assert(
    fc.property(parcelLayer, parcelLayer, layerEdits, (base, planned, edits) => {
      const zone = layerFromSketches('udb', [{ polygon: [box(5, 5, 23, 17)] }])
      flowWithin(base, planned, zone, taken)
      const edited = editLayer(planned, edits(planned.count))
      const fresh = flowWithin(freshCopy(base), freshCopy(edited), freshCopy(zone), taken)
      const patched = flowWithin(base, edited, zone, taken)
      expect([...patched.withinM2]).toEqual([...fresh.withinM2])
      expect([...patched.flowM2]).toEqual([...fresh.flowM2])
    }),
  )
})
