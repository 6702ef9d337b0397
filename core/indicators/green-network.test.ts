import { beforeAll, describe, expect, it } from 'vitest'
import { featureAreas, sumOfAreas } from '../geo/feature-areas.ts'
import { textAt } from '../geo/columns.ts'
import { layerFromSketches } from '../geo/build.ts'
import { loadGeos, type Geos } from '../geo/geos.ts'
import { planarFrame } from '../geo/frame.ts'
import { box } from '../geo/sketch.ts'
import type { SampleCity } from '../sample/city.ts'
import { cityCells } from '../cooling/city-cells.ts'
import { shadeOf } from '../cooling/canopy-shade.ts'
import { PATTERN } from '../network/morphology.ts'
import { CORRIDOR_FUNCTIONS, CORRIDOR_LEVELS } from '../reference/corridor-functions.ts'
import { RESISTANCE } from '../reference/resistance.ts'
import { corridorNeeds } from './corridor-needs.ts'
import { examplePlan } from './example-plan.ts'
import { greenPattern, patternAreas, patternOutlines } from './green-pattern.ts'
import { indicatorById } from './index.ts'
import type { PlanData } from './indicator.ts'
import { migrationCorridors } from './migration-corridors.ts'
import { defaultsOf } from './parameters.ts'
import { pinchPoints } from './pinch-points.ts'
import { resistancesOf, RESISTANCE_PARAMETERS } from './resistance-parameters.ts'
import { sampleCityPlan } from './sample-city-plan.ts'

let geos: Geos
let city: SampleCity
let plan: PlanData
beforeAll(async () => {
  geos = await loadGeos()
  const sample = sampleCityPlan({ parcels: 1500, seed: 1 }, geos)
  city = sample.city
  plan = sample.plan
})

describe('the green network of the sample city', () => {
  it.each(['N02', 'N04'])('%s finds the planted gap of the western wedge, and what breaks it', (id) => {
    const indicator = indicatorById(id)
    if (!indicator) throw new Error(`no indicator ${id}`)
    const measured = indicator.compute(plan, defaultsOf(indicator))
    const gaps = measured.tables?.find((table) => table.id === 'gaps')
    expect(gaps?.rows.map(({ key, title }) => [key, title.zh.startsWith('西岭绿楔')])).toEqual([['1', true]])
    const planted = new Set(city.planted.find((defect) => defect.id === 'broken-wedge')?.features)
    const parcels = plan.layer('landuse_plan')
    const named = measured.evidence.map(({ fid }) => parcels && textAt(parcels, 'parcel', parcels.fid.indexOf(fid)))
    expect(named.filter((parcel) => parcel !== undefined && planted.has(parcel)).length).toBeGreaterThan(5)
    // behind the row stand the same parcels
    const behind = indicator.featuresOf?.(plan, defaultsOf(indicator), { table: 'gaps', row: '1' })
    expect(behind).toEqual(measured.evidence)
  })

  it('has pinch points, numbered, inside the raster of currents', () => {
    const found = pinchPoints(plan)
    expect(found?.points.length).toBeGreaterThan(0)
    found?.points.forEach(({ number, share, cells }, at) => {
      expect(number).toBe(at + 1)
      expect(share).toBeLessThanOrEqual(found.points[at - 1]?.share ?? 1)
      expect(Math.max(...cells)).toBeLessThan(found.raster.values.length)
    })
  })

  it('has a pattern whose outlines hold the area of its classes', () => {
    const parcels = plan.layer('landuse_plan')
    const found = parcels && greenPattern(plan, parcels, { edgeWidthM: 60, cellM: 30 })
    if (!found) throw new Error('no pattern')
    const areas = patternAreas(found)
    for (const kind of ['core', 'edge', 'perforation'] as const) {
      const outlines = patternOutlines(found, kind)
      const drawn = layerFromSketches(
        'other',
        outlines.map((rings) => ({ polygon: rings.map((ring) => pairs(ring)) })),
        planarFrame(0, 0),
      )
      expect(sumOfAreas(drawn) / areas[kind]).toBeCloseTo(1, 9)
    }
    expect(found.classes.some((kind) => kind === PATTERN.core)).toBe(true)
  })
})

/** Corners in m; sketches close their rings themselves. */
const pairs = (ring: readonly number[]): [number, number][] =>
  Array.from({ length: ring.length / 2 - 1 }, (_, at) => [(ring[2 * at] ?? 0) / 1000, (ring[2 * at + 1] ?? 0) / 1000])

describe('what corridors need', () => {
  it('follows from function before level before the parameter, in words or numbers', () => {
    const widthOf = (attributes: Record<string, string | number>) => {
      const layer = layerFromSketches('corridor', [{ polygon: [box(0, 0, 10, 10)], attributes }])
      return corridorNeeds(layer, 45)(0)
    }
    const functionOf = (id: string) => CORRIDOR_FUNCTIONS.find((one) => one.id === id)?.widthM
    const levelOf = (id: string) => CORRIDOR_LEVELS.find((one) => one.id === id)
    expect(widthOf({ name: '无' })).toEqual({ widthM: 45, why: null, isPrimary: undefined })
    expect(widthOf({ level: '区域级' })).toMatchObject({ widthM: levelOf('regional')?.widthM, isPrimary: true })
    expect(widthOf({ level: '一级' })).toMatchObject({ widthM: levelOf('primary')?.widthM, isPrimary: true })
    expect(widthOf({ level: 2 })).toMatchObject({ widthM: levelOf('secondary')?.widthM, isPrimary: false })
    expect(widthOf({ level: '社区级', purpose: '滨水廊道' })).toMatchObject({ widthM: functionOf('riparian'), isPrimary: false })
  })
})

describe('migration corridors', () => {
  const at = (x: number, y: number, wide: number, high: number, code: string) => ({
    polygon: [box(x, y, wide, high)],
    attributes: { class: code },
  })
  const woods = () =>
    examplePlan(
      {
        layers: {
          landuse_plan: [
            at(0, 0, 300, 600, '0301'),
            at(900, 0, 300, 600, '0301'),
            at(300, 0, 600, 300, '0101'),
            at(300, 300, 600, 300, '0701'),
          ],
        },
      },
      geos,
    )
  const modelled = (resistances: Record<string, number>) => {
    const own = woods()
    const parcels = own.layer('landuse_plan')
    const found = parcels && migrationCorridors(own, parcels, { otherwiseM: 60, resistances })
    if (!found) throw new Error('nothing modelled')
    return found
  }

  it('are modelled by the resistances that are set, keep them, and draw the ground that they count', () => {
    const usual = modelled(resistancesOf({}))
    expect(usual.resistances).toEqual(RESISTANCE)
    expect(sumOfAreas(usual.ground)).toBeCloseTo(usual.corridorM2, 3)
    expect([usual.underM2[2], usual.underM2[3]]).toEqual([usual.corridorM2, 0])
    const turned = modelled(resistancesOf({ resistance01: 100, resistance07: 5 }))
    expect([turned.underM2[2], turned.underM2[3]]).toEqual([0, turned.corridorM2])
    expect(turned.resistances).toMatchObject({ '01': 100, '07': 5, '03': 1 })
  })

  it('offer every class of the reference table as a parameter', () => {
    expect(Object.keys(RESISTANCE_PARAMETERS)).toHaveLength(Object.keys(RESISTANCE).length)
    expect(RESISTANCE_PARAMETERS.resistance1401).toMatchObject({ default: 10, min: 1, max: 100 })
  })

  it('lines that are drawn become belts, which are found once', () => {
    const own = examplePlan(
      {
        layers: {
          landuse_plan: [at(-100, -100, 1200, 200, '0301')],
          corridor: [
            { line: [[0, 0], [1000, 0]], attributes: { widthM: 40 } }, // prettier-ignore
          ],
        },
      },
      geos,
    )
    const parcels = own.layer('landuse_plan')
    if (!parcels) throw new Error('no parcels')
    const rule = { otherwiseM: 60, resistances: RESISTANCE }
    const found = migrationCorridors(own, parcels, rule)
    expect(found).toMatchObject({ lineM: 1000, unstatedM: 0, resistances: undefined })
    expect(featureAreas(found?.ground ?? parcels)[0]).toBeCloseTo(40_000 + 32 * Math.sin(Math.PI / 32) * 400, 0)
    expect(migrationCorridors(own, parcels, rule)?.ground).toBe(found?.ground)
  })
})

describe('shade under canopy', () => {
  const zone = layerFromSketches('other', [{ polygon: [box(0, 0, 200, 100)] }], planarFrame(0, 0))
  const grid = (name: string, rows: (number | null)[][]) => {
    const own = examplePlan({ rasters: { canopy: { leftX: 0, topY: 100, cellM: 50, rows } } }, geos)
    return own.rasters('canopy').map((raster) => ({ ...raster, name, sha256: JSON.stringify(rows) }))
  }

  it('is the mean of the cells seen: shares, percent, or heights that are tall enough; unknown where nothing is seen', () => {
    const place = cityCells(zone, 100, 0)
    if (!place) throw new Error('no cells')
    const shares = shadeOf(place, grid('canopy', [[0, 1, null, null], [0.4, 0.6, null, null]]), 2) // prettier-ignore
    expect([...(shares ?? [])].slice(0, 2)).toEqual([expect.closeTo(0.5, 6), NaN])
    const percent = shadeOf(place, grid('canopy', [[0, 100, 50, 50], [40, 60, null, 50]]), 2) // prettier-ignore
    expect([...(percent ?? [])].slice(0, 2)).toEqual([expect.closeTo(0.5, 6), expect.closeTo(0.5, 6)])
    const heights = shadeOf(place, grid('canopy height', [[0, 12, 1, 1], [3, 1.5, 8, 1]]), 2) // prettier-ignore
    expect([...(heights ?? [])].slice(0, 2)).toEqual([expect.closeTo(0.5, 6), expect.closeTo(0.25, 6)])
    expect(shadeOf(place, grid('canopy', [[-5, 300]]), 2)).toBeUndefined()
    expect(shadeOf(place, [], 2)).toBeUndefined()
  })
})
