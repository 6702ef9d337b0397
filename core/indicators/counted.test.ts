import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { layerFromSketches } from '../geo/build.ts'
import { loadGeos, type Geos } from '../geo/geos.ts'
import { totalAreaM2 } from '../geo/measure.ts'
import { box } from '../geo/sketch.ts'
import { amountByUnit, amountsInUnit, sharesWithin, topCounted } from './counted.ts'
import { examplePlan } from './example-plan.ts'
import { commonGround, detourReach, straightReach } from './reach.ts'

let geos: Geos
beforeAll(async () => {
  geos = await loadGeos()
})

/** Four districts of 100 m that tile a square, and the municipality over all of them. */
const admin = layerFromSketches('admin', [
  { polygon: [box(0, 0, 200, 200)], attributes: { level: 'municipal' } },
  ...[0, 1, 2, 3].map((at) => ({
    polygon: [box(100 * (at % 2), 100 * Math.floor(at / 2), 100, 100)],
    attributes: { level: 'district' },
  })),
])
const note = (amount: number) => ({ zh: `${amount} 人`, en: `${amount} people` })

describe('amounts by unit', () => {
  it('count every point once at every level, on shared edges too', () => {
    const metre = fc.integer({ min: 0, max: 4 }).map((step) => 50 * step)
    const places = fc.array(fc.record({ x: metre, y: metre, persons: fc.integer({ min: 0, max: 99 }) }), {
      minLength: 1,
      maxLength: 30,
    })
    fc.assert(
      fc.property(places, (list) => {
        const layer = layerFromSketches(
          'population',
          list.map(({ x, y, persons }) => ({ point: [x, y] as [number, number], attributes: { persons } })),
        )
        const amounts = list.map(({ persons }) => persons)
        const [whole, ...districts] = amountByUnit(layer, amounts, admin)
        const total = amounts.reduce((sum, persons) => sum + persons, 0)
        expect(whole).toBe(total)
        expect(districts.reduce((sum, persons) => sum + persons, 0)).toBe(total)
        const first = amountsInUnit(layer, amounts, admin, 1)
        expect(first.reduce((sum, persons) => sum + persons, 0)).toBe(districts[0])
      }),
    )
  })

  it('share areas out by area', () => {
    const layer = layerFromSketches('population', [{ polygon: [box(50, 50, 100, 50)], attributes: { persons: 80 } }])
    expect([...amountByUnit(layer, [80], admin)]).toEqual([80, 40, 40, 0, 0].map((persons) => expect.closeTo(persons, 9)))
    const zone = layerFromSketches('other', [{ polygon: [box(0, 0, 75, 200)] }])
    expect([...sharesWithin(layer, zone)]).toEqual([expect.closeTo(0.25, 9)])
  })

  it('name the largest first over several layers, and nobody below half a person', () => {
    const layer = layerFromSketches('population', [{ point: [0, 0] }, { point: [1, 0] }, { point: [2, 0] }])
    const { evidence, evidenceTotal } = topCounted([
      { layer, amounts: [3, 0.4, 9], note },
      { layer, amounts: [0, 5, 0], note },
    ])
    expect(evidence.map(({ fid, value }) => [fid, value])).toEqual([
      [3, 9],
      [2, 5],
      [1, 3],
    ])
    expect(evidenceTotal).toBe(3)
  })
})

describe('reach', () => {
  const plan = () => examplePlan({}, geos)
  const place = layerFromSketches('facility', [{ point: [0, 0] }])

  it('is straight, or smaller by the detour factor, and says which', () => {
    const straight = straightReach(plan(), [place], 1000)
    const detour = detourReach(1.25)(plan(), [place], 1000)
    expect([straight.distance, straight.drawnM, detour.distance, detour.drawnM]).toEqual(['straight', 1000, 'detour', 800])
    expect(totalAreaM2(detour.zone()) / totalAreaM2(straight.zone())).toBeCloseTo(0.64, 6)
  })

  it('of points is told by exact distance, of areas by the ground', () => {
    const reach = straightReach(plan(), [place], 100)
    const points = layerFromSketches(
      'population',
      [100, 100.001, 70.71, 70.72].map((x, at) => ({ point: [x, at > 1 ? 70.71 : 0] as [number, number] })),
    )
    expect([...reach.sharesOf(points)]).toEqual([1, 0, 1, 0])
    const strip = layerFromSketches('population', [{ polygon: [box(0, -0.01, 200, 0.02)] }])
    expect(reach.sharesOf(strip)[0]).toBeCloseTo(0.5, 5)
    const twice = straightReach(plan(), [place, layerFromSketches('facility', [{ point: [150, 0] }])], 100)
    expect([...twice.sharesOf(points)]).toEqual([1, 1, 1, 0])
  })

  it('common ground lies in every zone, whatever their order', () => {
    const zones = [box(0, 0, 100, 100), box(50, 0, 100, 100), box(0, 20, 200, 30)].map((ring) =>
      layerFromSketches('other', [{ polygon: [ring] }]),
    )
    const area = (list: typeof zones) => totalAreaM2(commonGround(plan(), list) ?? place)
    expect(area(zones)).toBeCloseTo(1500, 6)
    expect(area(zones.toReversed())).toBeCloseTo(1500, 6)
    expect(commonGround(plan(), [])).toBeUndefined()
  })
})
