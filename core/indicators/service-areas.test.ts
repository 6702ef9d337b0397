import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { layerFromSketches } from '../geo/build.ts'
import { loadGeos, type Geos } from '../geo/geos.ts'
import { totalAreaM2, totalLengthM } from '../geo/measure.ts'
import { box, type FeatureSketch } from '../geo/sketch.ts'
import type { Role } from '../model/roles.ts'
import { twoStepAccess, within } from '../network/access.ts'
import { examplePlan } from './example-plan.ts'
import { parkWays } from './park-ways.ts'
import { sharesWithinAll, walkReach } from './reach.ts'
import { serviceAreas } from './service-areas.ts'
import { unserved } from './unserved.ts'
import { peoplePlaces } from './walk-roads.ts'

let geos: Geos
beforeAll(async () => {
  geos = await loadGeos()
})

const planOf = (layers: Partial<Record<Role, FeatureSketch[]>>) => examplePlan({ layers }, geos)
const park: FeatureSketch = { polygon: [box(-100, -50, 100, 100)], attributes: { name: '青岚公园' } }
const crossroads: FeatureSketch[] = [{ line: [[0, 0], [2000, 0]] }, { line: [[600, 0], [600, 900]] }] // prettier-ignore

describe('service areas along the roads', () => {
  it('reach 400, 800 and 1,200 m of streets, with the people on them', () => {
    const people = [300, 700, 1100, 1900].map((x): FeatureSketch => ({ point: [x, 0], attributes: { persons: 100 } }))
    const found = serviceAreas(
      planOf({ green: [park], park_entrance: [{ point: [0, 0] }], road_network: crossroads, population: people }),
    )
    expect(found?.distance).toBe('network')
    // 400 m; 800 m and 200 m up the side street; 1,200 m and 600 m
    expect(found?.steps.map(({ streetM }) => Math.round(streetM ?? 0))).toEqual([400, 1000, 1800])
    expect(found?.steps.map(({ minutes, walkM, persons }) => [minutes, walkM, persons])).toEqual([
      [5, 400, 100],
      [10, 800, 200],
      [15, 1200, 300],
    ])
    const { streets, ground } = found ?? {}
    expect([...(streets?.fid ?? [])]).toEqual([5, 10, 15])
    expect(streets && totalLengthM(streets)).toBeCloseTo(1800, 6)
    expect([...(ground?.fid ?? [])]).toEqual([5, 10, 15])
    // a strip of 50 m to each side, rounded at its end, and the park; the strip begins inside of it
    const strip = 400 * 100 + (Math.PI * 50 ** 2) / 2 + 100 * 100
    expect(found?.steps[0]?.groundM2).toBeGreaterThan(0.97 * strip)
    expect(found?.steps[0]?.groundM2).toBeLessThan(1.01 * strip)
  })

  it('follow the speed and the minutes that are asked for, and other places than parks', () => {
    const layers = { rail_station: [{ point: [0, 0] as [number, number] }], road_network: crossroads }
    const slow = serviceAreas(planOf(layers), { of: 'rail_station', minutes: [20, 10], speedKmh: 3 })
    expect(slow?.steps.map(({ minutes, walkM, persons }) => [minutes, walkM, persons])).toEqual([
      [10, 500, undefined],
      [20, 1000, undefined],
    ])
    expect(serviceAreas(planOf(layers))).toBeUndefined()
    expect(serviceAreas(planOf(layers), { of: 'education' })).toBeUndefined()
  })

  it('without roads are circles of walk ÷ 1.3, and say so', () => {
    const found = serviceAreas(planOf({ rail_station: [{ point: [0, 0] }] }), { of: 'rail_station', minutes: [10] })
    expect(found?.distance).toBe('detour')
    expect(found?.streets).toBeUndefined()
    expect(found?.steps[0]?.groundM2).toBeCloseTo(32 * (800 / 1.3) ** 2 * Math.sin(Math.PI / 32), -2)
  })

  it('of roads that pass few people by are not along them', () => {
    const far = [0, 1, 2].map((at): FeatureSketch => ({ point: [5000 * at, 5000], attributes: { persons: 1 } }))
    const found = serviceAreas(planOf({ green: [park], road_network: crossroads, population: far }))
    expect(found?.distance).toBe('detour')
  })
})

describe('who is left out', () => {
  const population: FeatureSketch[] = [
    { point: [300, 0], attributes: { persons: 100 } },
    { point: [1300, 0], attributes: { persons: 300 } },
    { point: [1500, 0], attributes: { persons: 500 } },
    { point: [600, 900], attributes: { persons: 50 } },
    { point: [5000, 5000], attributes: { persons: 7 } },
  ]

  it('is named with the nearest park and the walk to it, gathered into clusters, most people first', () => {
    const found = unserved(planOf({ green: [park], park_entrance: [{ point: [0, 0] }], road_network: crossroads, population }))
    expect(found).toMatchObject({ distance: 'network', counts: 'persons', all: 957, served: 100, left: 857, walkM: 800 })
    expect(found?.places.map(({ fid, left, cluster, nearest }) => [fid, left, cluster, nearest?.distanceM])).toEqual([
      [3, 500, 1, 1500],
      [2, 300, 1, 1300],
      [4, 50, 2, 1500],
      [5, 7, 3, undefined],
    ])
    expect(found?.places.map(({ isNearRoad }) => isNearRoad)).toEqual([true, true, true, false])
    expect(found?.places[0]?.nearest?.title.zh).toBe('青岚公园')
    expect(
      found?.clusters.map(({ number, left, places, nearestM, farthestM, middle }) => [
        number,
        left,
        places,
        nearestM,
        farthestM,
        middle,
      ]),
    ).toEqual([
      [1, 800, [1, 2], 1300, 1500, [1_500_000, 0]],
      [2, 50, [3], 1500, 1500, [600_000, 900_000]],
      [3, 7, [4], undefined, undefined, [5_000_000, 5_000_000]],
    ])
    expect([...(found?.clusterLayer?.fid ?? [])]).toEqual([1, 2, 3])
    expect(found?.placeLayers.map(({ fid }) => [...fid])).toEqual([[1, 2, 3, 4]])
  })

  it('without roads is told straight × 1.3, and without people by housing land', () => {
    const straight = unserved(planOf({ green: [park], population }))
    expect(straight).toMatchObject({ distance: 'detour', served: 100, left: 857 })
    expect(straight?.places.find(({ fid }) => fid === 2)?.nearest?.distanceM).toBeCloseTo(1690, 6)
    const homes = [box(100, 0, 100, 100), box(3000, 0, 100, 100)].map((ring): FeatureSketch => ({
      polygon: [ring],
      attributes: { class: '0701' },
    }))
    const land = unserved(planOf({ green: [park], landuse_plan: homes }))
    expect(land).toMatchObject({ counts: 'housingM2', all: 20_000, left: 10_000, served: 10_000 })
    expect(land?.places.map(({ layer, fid }) => [layer, fid])).toEqual([['landuse_plan', 2]])
    expect(land?.clusterLayer && totalAreaM2(land.clusterLayer)).toBeCloseTo(10_000, 6)
    expect(unserved(planOf({ green: [park] }))).toBeUndefined()
    expect(unserved(planOf({ population }))).toBeUndefined()
  })
})

/** A few streets of a grid of 200 m, people on and off them, parks. */
const cities = fc.record({
  rows: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 2, maxLength: 5 }),
  columns: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 2, maxLength: 5 }),
  parks: fc.uniqueArray(fc.integer({ min: 0, max: 35 }), { minLength: 1, maxLength: 4 }),
  people: fc.array(
    fc.tuple(fc.integer({ min: 0, max: 1200 }), fc.integer({ min: 0, max: 1200 }), fc.integer({ min: 1, max: 500 })),
    {
      minLength: 1,
      maxLength: 12,
    },
  ),
})
type City = typeof cities extends fc.Arbitrary<infer T> ? T : never

function layersOf({ rows, columns, parks, people }: City): Partial<Record<Role, FeatureSketch[]>> {
  const along = (at: readonly number[]) => at.toSorted((one, other) => one - other).map((value) => 200 * value)
  const [xs, ys] = [along(columns), along(rows)]
  return {
    road_network: [
      ...ys.map((y): FeatureSketch => ({ line: xs.map((x) => [x, y]) })),
      ...xs.map((x): FeatureSketch => ({ line: ys.map((y) => [x, y]) })),
    ],
    green: parks.map((at): FeatureSketch => ({ polygon: [box(200 * (at % 6) + 40, 200 * Math.floor(at / 6) + 40, 120, 120)] })),
    population: people.map(([x, y, persons], at): FeatureSketch =>
      at % 3 === 0
        ? { polygon: [box(x, y, 90, 70)], attributes: { persons } }
        : { polygon: [box(x, y, 10, 10)], attributes: { persons } },
    ),
  }
}

describe('walks on any network', () => {
  it('reach more with time, and everybody is either served or left out', () => {
    fc.assert(
      fc.property(cities, (city) => {
        const plan = planOf(layersOf(city))
        const { steps = [] } = serviceAreas(plan, { minutes: [3, 6, 9, 15] }) ?? {}
        expect(steps).toHaveLength(4)
        for (const [at, step] of steps.entries()) {
          const before = steps[at - 1]
          if (!before) continue
          expect(step.groundM2).toBeGreaterThanOrEqual(before.groundM2 - 1e-3)
          expect(step.streetM ?? 0).toBeGreaterThanOrEqual((before.streetM ?? 0) - 1e-9)
          expect(step.persons ?? 0).toBeGreaterThanOrEqual((before.persons ?? 0) - 1e-9)
        }
        const persons = city.people.reduce((sum, [, , count]) => sum + count, 0)
        const found = unserved(plan, { minutes: 6 })
        expect((found?.served ?? 0) + (found?.left ?? 0)).toBeCloseTo(persons, 6)
        expect(found?.clusters.reduce((sum, { left }) => sum + left, 0)).toBeCloseTo(found?.left ?? NaN, 6)
        // those below half a person are nobody
        expect(Math.abs((steps[1]?.persons ?? 0) - (found?.served ?? 0))).toBeLessThan(0.5 * city.people.length)
      }),
      { numRuns: 40 },
    )
  })

  it('to all of several services are no more than to any of them, and grow with the walk', () => {
    fc.assert(
      fc.property(cities, fc.integer({ min: 100, max: 900 }), (city, walkM) => {
        const plan = planOf(layersOf(city))
        const people = plan.layer('population') ?? layerFromSketches('population', [])
        const places = city.parks.map((at) =>
          layerFromSketches('facility', [{ point: [200 * (at % 6) + 5, 200 * Math.floor(at / 6)] }]),
        )
        const reaches = (far: number) => places.map((place) => walkReach(1.3)(plan, [place], far))
        const [near, far] = [sharesWithinAll(plan, reaches(walkM), people), sharesWithinAll(plan, reaches(walkM + 200), people)]
        for (const [feature, share] of near.entries()) {
          expect(share).toBeLessThanOrEqual((far[feature] ?? 0) + 1e-9)
          expect(share).toBeGreaterThanOrEqual(0)
          for (const reach of reaches(walkM)) expect(share).toBeLessThanOrEqual((reach.sharesOf(people)[feature] ?? 0) + 1e-9)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('share out exactly the parks that somebody reaches', () => {
    fc.assert(
      fc.property(cities, (city) => {
        const plan = planOf(layersOf(city))
        const [people, parks] = [plan.layer('population'), plan.layer('green')]
        if (!people || !parks) throw new Error('a layer is missing')
        const { ways } = parkWays(plan, people, parks, 700)
        const { share, offset } = peoplePlaces(people)
        const persons = Float64Array.from(share)
        for (let feature = 0; feature < people.count; feature += 1)
          for (let place = offset[feature] ?? 0; place < (offset[feature + 1] ?? 0); place += 1)
            persons[place] = (share[place] ?? 0) * (city.people[feature]?.[2] ?? 0)
        const supply = new Float64Array(parks.count).fill(14_400)
        const { perGroup } = twoStepAccess(supply, persons, { ...ways }, within(700))
        const shared = perGroup.reduce((sum, access, place) => sum + access * (persons[place] ?? 0), 0)
        expect(shared).toBeCloseTo(14_400 * new Set(ways.to).size, 4)
      }),
      { numRuns: 40 },
    )
  })
})
