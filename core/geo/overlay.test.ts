import { beforeAll, describe, expect, it } from 'vitest'
import { numberAt, textAt } from './columns.ts'
import { loadGeos, type Geos } from './geos.ts'
import { layerFromSketches } from './build.ts'
import { areasM2, featureAreaM2, totalAreaM2 } from './measure.ts'
import { overlay, overlayPieces, overlayResult, overlayTasks, type OverlayOperation } from './overlay.ts'
import { NONE } from './pieces.ts'
import { box } from './sketch.ts'

let geos: Geos
beforeAll(async () => {
  geos = await loadGeos()
})

const plan = layerFromSketches('landuse_plan', [
  { polygon: [box(0, 0, 10, 10)], attributes: { class: '0701', floors: 6 } },
  { polygon: [box(10, 0, 10, 10)], attributes: { class: '1401', floors: null } },
])
const base = layerFromSketches('landuse_base', [
  { polygon: [box(5, -5, 10, 10)], attributes: { class: '0101', owner: 'village' } },
  { polygon: [box(15, 5, 10, 10)], attributes: { class: '0301', owner: 'state' } },
])
const rowsOf = (operation: OverlayOperation) => {
  const { layer, sourceA, sourceB, areaM2 } = overlay(geos, plan, base, operation)
  return Array.from({ length: layer.count }, (_, f) => [
    sourceA[f],
    sourceB[f],
    areaM2[f],
    textAt(layer, 'class', f),
    textAt(layer, 'b_class', f),
  ])
}

describe('overlay', () => {
  it('makes what each operation promises, with both sides’ attributes', () => {
    const pairs = [
      [0, 0, 25, '0701', '0101'],
      [1, 0, 25, '1401', '0101'],
      [1, 1, 25, '1401', '0301'],
    ]
    const alone = [
      [0, NONE, 75, '0701', undefined],
      [1, NONE, 50, '1401', undefined],
    ]
    const others = [
      [NONE, 0, 50, undefined, '0101'],
      [NONE, 1, 75, undefined, '0301'],
    ]
    expect(rowsOf('intersection')).toEqual(pairs)
    expect(rowsOf('difference')).toEqual(alone)
    expect(rowsOf('identity')).toEqual([pairs[0], alone[0], pairs[1], pairs[2], alone[1]])
    expect(rowsOf('union')).toEqual([pairs[0], alone[0], pairs[1], pairs[2], alone[1], ...others])
    expect(rowsOf('symmetric-difference')).toEqual([...alone, ...others])
    expect(rowsOf('clip')).toEqual([
      [0, NONE, 25, '0701', undefined],
      [1, NONE, 50, '1401', undefined],
    ])
  })

  it('renames what clashes and keeps numbers', () => {
    const { layer } = overlay(geos, plan, base, 'intersection', { prefix: 'base_' })
    expect(Object.keys(layer.attributes)).toEqual(['class', 'floors', 'base_class', 'owner'])
    expect([0, 1].map((f) => numberAt(layer, 'floors', f))).toEqual([6, undefined])
    expect(textAt(layer, 'owner', 2)).toBe('state')
    expect([...layer.fid]).toEqual([1, 2, 3])
  })

  it('cuts holes and puts islands back', () => {
    const ring = layerFromSketches('green', [{ polygon: [box(0, 0, 30, 30), box(10, 10, 10, 10)] }])
    const island = layerFromSketches('green', [{ polygon: [box(12, 12, 4, 4)] }, { polygon: [box(2, 2, 4, 4)] }])
    const { layer, areaM2 } = overlay(geos, ring, island, 'union')
    expect([...areaM2]).toEqual([16, 784, 16])
    expect([...areasM2(layer)]).toEqual([16, 784, 16])
    // one shell with two holes: rings of the second result feature
    expect([...layer.partOff]).toEqual([0, 1, 4, 5])
  })

  it('counts ground that the other layer covers twice only once', () => {
    const parcel = layerFromSketches('green', [{ polygon: [box(0, 0, 10, 10)] }])
    const twice = layerFromSketches('green', [{ polygon: [box(0, 0, 6, 10)] }, { polygon: [box(4, 0, 4, 10)] }])
    const rest = overlay(geos, parcel, twice, 'difference')
    expect([...rest.areaM2]).toEqual([20])
    expect(rest.report.notes.map(({ reason }) => reason)).toEqual(['overlapping'])
    expect([...overlay(geos, parcel, twice, 'clip').areaM2]).toEqual([80])
    const both = overlay(geos, parcel, twice, 'identity')
    expect([...both.areaM2]).toEqual([60, 40, 20])
  })

  it('joins neighbours of a mask before it clips, so that their border leaves no cut', () => {
    const parcel = layerFromSketches('green', [{ polygon: [box(0, 0, 10, 10)] }])
    const mask = layerFromSketches('green', [{ polygon: [box(-5, 2, 10, 4)] }, { polygon: [box(5, 2, 10, 4)] }])
    const { layer } = overlay(geos, parcel, mask, 'clip')
    expect(layer.partOff.length - 1).toBe(1)
    expect(layer.xy.length / 2).toBeLessThanOrEqual(7)
    expect(totalAreaM2(layer)).toBe(40)
    const rest = overlay(geos, parcel, mask, 'difference')
    expect([...rest.areaM2]).toEqual([60])
    expect(rest.layer.partOff.length - 1).toBe(2)
  })

  it('mends what is not valid and says where', () => {
    const bowTie = layerFromSketches('green', [
      { polygon: [[[0, 0], [10, 10], [10, 1], [0, 10]]] },
      { polygon: [box(20, 0, 5, 5)] },
    ]) // prettier-ignore
    const all = layerFromSketches('green', [{ polygon: [box(-5, -5, 50, 50)] }])
    const { areaM2, report } = overlay(geos, bowTie, all, 'intersection')
    expect(report.repairs.a).toMatchObject([{ feature: 0, x: 5000, y: 5000 }])
    expect(areaM2[1]).toBe(25)
    expect(areaM2[0]).toBeGreaterThan(40)
    expect(report.conservation.holds).toBe(true)
  })

  it('gives the same bytes however the work is split', () => {
    const whole = overlay(geos, plan, base, 'union')
    for (const chunk of [1, 2, 100]) {
      const done = overlayTasks('union', plan.count, base.count, chunk).map((task) => overlayPieces(geos, plan, base, task))
      expect(overlayResult(geos, plan, base, 'union', done)).toEqual(whole)
    }
  })

  it('leaves out what is not selected, and works on empty layers', () => {
    const { areaM2 } = overlay(geos, plan, base, 'union', { selectA: (f) => f === 0, selectB: (f) => f === 0 })
    expect([...areaM2]).toEqual([25, 75, 75])
    const nothing = layerFromSketches('green', [])
    expect(overlay(geos, plan, nothing, 'union').layer.count).toBe(2)
    expect(overlay(geos, nothing, plan, 'union').layer.count).toBe(2)
    expect(overlay(geos, nothing, nothing, 'union').layer.count).toBe(0)
  })

  it('is exact where coordinates need more than a double’s digits', () => {
    // 3,000 km of triangle against another: products of coordinates reach 2^63
    const far = 1_500_000
    const a = layerFromSketches('green', [{ polygon: [[[-far, -far], [far, far - 0.001], [far, far]]] }]) // prettier-ignore
    const b = layerFromSketches('green', [{ polygon: [[[-far, -far], [far, -far], [far, far]]] }]) // prettier-ignore
    const { areaM2, report } = overlay(geos, a, b, 'identity')
    expect(areaM2[0]).toBeCloseTo(featureAreaM2(a, 0), 2)
    expect(report.conservation.holds).toBe(true)
  })
})
