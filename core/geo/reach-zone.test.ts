import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { layerFromSketches } from './build.ts'
import type { LayerColumns } from './columns.ts'
import { connectedPieces } from './connected.ts'
import { isDisjoint } from './disjoint.ts'
import { editLayer } from './edit-layer.ts'
import { freshCopy, layerEdits, parcelLayer } from './edit-samples.ts'
import { sumOfAreas } from './feature-areas.ts'
import { loadGeos, type Geos } from './geos.ts'
import { groundOnce } from './ground-once.ts'
import { areasWithin } from './overlay-area.ts'
import { reachZone } from './reach-zone.ts'
import { box } from './sketch.ts'

let geos: Geos
beforeAll(async () => {
  geos = await loadGeos()
})

const partsOfAll = ({ xy, ringOff, partOff, featureOff }: LayerColumns) => [[...xy], [...ringOff], [...partOff], [...featureOff]]
const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0)

describe('ground within reach', () => {
  it('is the union of buffers, cut into squares that do not overlap', () => {
    fc.assert(
      fc.property(parcelLayer, fc.constantFrom(6, 20, 50), (layer, distanceM) => {
        const whole = geos.bufferUnion(layer, distanceM)
        const zone = reachZone(geos, layer, distanceM)
        // a millimetre along the cuts
        const tolerance = 0.002 * (1 + zone.count)
        expect(Math.abs(sumOfAreas(zone) - sumOfAreas(whole))).toBeLessThan(tolerance)
        expect(Math.abs(sum(areasWithin(whole, zone)) - sumOfAreas(whole))).toBeLessThan(tolerance)
      }),
      { numRuns: 60 },
    )
  })

  it('is after edits what it is without a past', () => {
    fc.assert(
      fc.property(parcelLayer, fc.array(layerEdits, { minLength: 1, maxLength: 4 }), (layer, steps) => {
        let edited = layer
        reachZone(geos, edited, 10)
        for (const make of steps) {
          edited = editLayer(edited, make(layer.count))
          reachZone(geos, edited, 10)
          connectedPieces(geos, edited)
        }
        const fresh = freshCopy(edited)
        expect(connectedPieces(geos, edited)).toEqual(connectedPieces(geos, fresh))
        const [zone, whole] = [reachZone(geos, edited, 10), reachZone(geos, fresh, 10)]
        expect(sumOfAreas(zone)).toBe(sumOfAreas(whole))
        expect([...zone.xy]).toEqual([...whole.xy])
      }),
      { numRuns: 60 },
    )
  })
})

it('ground once is the union of a layer, feature by feature, whatever was edited', () => {
  fc.assert(
    fc.property(parcelLayer, layerEdits, (layer, make) => {
      groundOnce(geos, layer)
      // parts of one feature that overlap each other are no valid input: import unites them
      const edits = make(layer.count).map((edit) => ('parts' in edit ? { ...edit, parts: edit.parts.slice(0, 1) } : edit))
      const edited = editLayer(layer, edits)
      const once = groundOnce(geos, edited)
      expect(isDisjoint(once)).toBe(true)
      expect(sumOfAreas(once)).toBeCloseTo(sumOfAreas(geos.union(edited)), 1)
      expect(partsOfAll(once)).toEqual(partsOfAll(groundOnce(geos, freshCopy(edited))))
    }),
    { numRuns: 100 },
  )
})

describe('connected pieces', () => {
  it('share ground or a stretch of boundary, not just a corner', () => {
    const layer = layerFromSketches(
      'green',
      [box(0, 0, 10, 10), box(10, 5, 10, 10), box(20, 15, 10, 10), box(25, 20, 10, 10), box(100, 0, 10, 10)].map((ring) => ({
        polygon: [ring],
      })),
    )
    const { pieceOf, areaM2 } = connectedPieces(geos, layer)
    expect([...pieceOf]).toEqual([0, 0, 2, 2, 4])
    expect([...areaM2]).toEqual([200, 0, 175, 0, 100])
  })

  it('are the pieces of a union, where features are of one part', () => {
    const squares = fc.array(fc.tuple(fc.nat(12), fc.nat(12), fc.integer({ min: 1, max: 4 })), { minLength: 1, maxLength: 14 })
    fc.assert(
      fc.property(squares, (list) => {
        const layer = layerFromSketches(
          'green',
          list.map(([x, y, side]) => ({ polygon: [box(x, y, side, side)] })),
        )
        const { pieceOf, areaM2 } = connectedPieces(geos, layer)
        const pieces = [...new Set(pieceOf)].map((piece) => areaM2[piece] ?? 0)
        const union = geos.union(layer)
        expect(pieces.reduce((total, one) => total + one, 0)).toBeCloseTo(sumOfAreas(union), 6)
        expect(pieces.length).toBe(union.count)
      }),
    )
  })
})
