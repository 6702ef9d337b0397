import fc from 'fast-check'
import { expect, it } from 'vitest'
import { layerFromSketches } from '../geo/build.ts'
import { topEvidence } from './top-evidence.ts'

it('names the largest first, of equals the earlier, as sorting everything would', () => {
  const amounts = fc.array(fc.oneof(fc.constantFrom(0, 1, 2), fc.double({ min: 0, max: 9, noNaN: true })), { maxLength: 60 })
  fc.assert(
    fc.property(amounts, fc.integer({ min: 1, max: 20 }), (values, most) => {
      const layer = layerFromSketches(
        'centre',
        values.map((_, at) => ({ point: [at, 0] as [number, number] })),
      )
      const all = values
        .map((value, at) => ({ fid: at + 1, value }))
        .filter(({ value }) => value > 1e-6)
        .toSorted((a, b) => b.value - a.value || a.fid - b.fid)
      const note = (amount: number) => ({ zh: `${amount} 米`, en: `${amount} m` })
      const { evidence, evidenceTotal } = topEvidence(layer, values, note, most)
      expect(evidence.map(({ fid, value }) => ({ fid, value }))).toEqual(all.slice(0, most))
      expect(evidenceTotal).toBe(all.length)
      for (const { layer: role, value = 0, note: said } of evidence) expect([role, said]).toEqual(['centre', note(value)])
    }),
  )
})
