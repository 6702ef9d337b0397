import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { layerFromSketches } from './build.ts'
import { textAt } from './columns.ts'
import { dissolve, dissolveGroups, dissolvePieces, dissolveResult } from './dissolve.ts'
import { loadGeos, type Geos } from './geos.ts'
import { areasM2, totalAreaM2 } from './measure.ts'
import { noded } from './noding.ts'
import { layerOf, polygonSet, wildSet } from './random-layers.ts'
import { box } from './sketch.ts'
import { partsOf, soundLayer } from './sound-layer.ts'

let geos: Geos
beforeAll(async () => {
  geos = await loadGeos()
})

describe('dissolve', () => {
  it('joins neighbours of one class and keeps their holes', () => {
    const ring = [box(0, 0, 30, 10), box(0, 10, 10, 10), box(20, 10, 10, 10), box(0, 20, 30, 10)]
    const layer = layerFromSketches('landuse_plan', [
      ...ring.map((rectangle) => ({ polygon: [rectangle], attributes: { class: '0701' } })),
      { polygon: [box(10, 10, 10, 10)], attributes: { class: '1401' } },
      { polygon: [box(100, 0, 5, 5)], attributes: { class: '0701' } },
      { polygon: [box(200, 0, 5, 5)], attributes: { class: null } },
    ])
    const { layer: by, areaM2, groups, overlapM2 } = dissolve(geos, layer, { by: 'class' })
    expect(groups.map(({ key }) => key)).toEqual(['0701', '1401', null])
    expect([...areaM2]).toEqual([825, 100, 25])
    expect([0, 1, 2].map((f) => textAt(by, 'class', f))).toEqual(['0701', '1401', undefined])
    expect(overlapM2).toBe(0)
    // the ring's corners and what parcels added to its sides: lines of neighbours cancel although their vertices differ
    expect([...by.partOff]).toEqual([0, 2, 3, 4, 5])
    expect(dissolve(geos, layer, { by: 'class', pieces: 'apart' }).layer.count).toBe(4)
    expect(dissolve(geos, layer, { select: (f) => f < 5 }).layer.xy.length / 2).toBeLessThanOrEqual(9)
  })

  it('counts overlapping ground once', () => {
    const layer = layerFromSketches('green', [
      { polygon: [box(0, 0, 10, 10)] },
      { polygon: [box(5, 0, 10, 10)] },
      { polygon: [box(15, 0, 5, 10)] },
    ])
    const { areaM2, overlapM2, layer: united } = dissolve(geos, layer)
    expect([...areaM2]).toEqual([200])
    expect(overlapM2).toBe(50)
    expect(united.partOff.length - 1).toBe(1)
  })

  it('lets ground that touches in a point stay apart, and holes that touch', () => {
    const corners = layerFromSketches('green', [{ polygon: [box(0, 0, 10, 10)] }, { polygon: [box(10, 10, 10, 10)] }])
    expect(dissolve(geos, corners).layer.partOff.length - 1).toBe(2)
    const chequered = layerFromSketches(
      'green',
      Array.from({ length: 16 }, (_, at) => ({ polygon: [box(at % 4, Math.floor(at / 4), 1, 1)] })).filter(
        (_, at) => at !== 5 && at !== 10,
      ),
    )
    const { layer } = dissolve(geos, chequered)
    expect(totalAreaM2(layer)).toBe(14)
    expect(geos.invalidReason(partsOf(layer, 0))).toBeNull()
    expect(layer.ringOff.length - 1).toBe(3)
  })

  it('equals a union of GEOS, is valid, and does not depend on how the groups are split', () => {
    fc.assert(
      fc.property(fc.oneof(polygonSet, wildSet), (polygons) => {
        const layer = layerOf(polygons)
        const { layer: by, areaM2, groups } = dissolve(geos, layer, { by: 'class' })
        for (let feature = 0; feature < by.count; feature += 1) {
          const parts = partsOf(by, feature)
          expect(geos.invalidReason(parts)).toBeNull()
          const key = textAt(by, 'class', feature)
          const truth = geos.union(soundLayer(geos, layer).layer, (member) => textAt(layer, 'class', member) === key)
          expect(areaM2[feature]).toBeCloseTo(totalAreaM2(truth), 1)
        }
        const split = groups.map((group, at) => dissolvePieces(geos, layer, [group], at))
        expect(dissolveResult(layer, dissolveGroups(layer, { by: 'class' }), split, { by: 'class' }).layer).toEqual(by)
        expect([...areasM2(by)]).toEqual([...areaM2].map((each) => expect.closeTo(each, 6)))
      }),
      { numRuns: 150 },
    )
  })
})

it('cuts edges at vertices that lie exactly on them', () => {
  const edges = Int32Array.of(0, 0, 9, 3, 3, 1, 50, 60, 50, 60, 0, 0, 0, 0, 1000, 0, 400, 0, 7, 7)
  expect([...noded(edges)]).toEqual(
    [[0, 0, 3, 1], [3, 1, 9, 3], [3, 1, 50, 60], [50, 60, 0, 0], [0, 0, 400, 0], [400, 0, 1000, 0], [400, 0, 7, 7]].flat(), // prettier-ignore
  )
})
