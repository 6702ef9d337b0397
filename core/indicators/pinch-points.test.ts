import { beforeAll, describe, expect, it } from 'vitest'
import { loadGeos, type Geos } from '../geo/geos.ts'
import { box } from '../geo/sketch.ts'
import { examplePlan } from './example-plan.ts'
import { pinchPoints } from './pinch-points.ts'

let geos: Geos
beforeAll(async () => {
  geos = await loadGeos()
})

const at = (x: number, y: number, wide: number, high: number, code: string) => ({
  polygon: [box(x, y, wide, high)],
  attributes: { class: code },
})

/** Two woods with hard ground between them, which a strip of fields leads through. */
const throughFields = (wideM: number, hard = '1202') =>
  examplePlan(
    {
      layers: {
        landuse_plan: [
          at(0, 0, 400, 900, '0301'),
          at(1600, 0, 400, 900, '0301'),
          at(400, 0, 1200, 480 - wideM, hard),
          at(400, 480 - wideM, 1200, wideM, '0201'),
          at(400, 480, 1200, 420, hard),
        ],
      },
    },
    geos,
  )

describe('pinch points', () => {
  it('lie where a belt is narrow, and name the land there', () => {
    const plan = throughFields(60)
    const found = pinchPoints(plan, { widestM: 120 })
    if (!found) throw new Error('nothing was modelled')
    const [first, ...others] = found.points
    expect(others).toEqual([])
    expect(first).toMatchObject({ number: 1, patches: { from: 1, to: 2 }, parcels: [4] })
    expect(first?.yM).toBeGreaterThan(420)
    expect(first?.yM).toBeLessThan(480)
    expect(first?.land[0]).toMatchObject({ code: '0201', isBuilt: false })
    // the strip is three cells of 20 m wide, and the middle one carries most
    expect(first?.widthM).toBeGreaterThan(40)
    expect(first?.widthM).toBeLessThan(120)
    expect(found.raster.values).toHaveLength(found.raster.columns * found.raster.rows)
    expect(first?.cells.every((cell) => (found.raster.values[cell] ?? 0) > 0)).toBe(true)
    expect(pinchPoints(plan, { widestM: 120 })).toBe(found)
    expect(pinchPoints(plan, { widestM: 40 })?.points).toEqual([])
  })

  it('are none where all ground is alike, where there is one wood only, or no land use', () => {
    expect(pinchPoints(throughFields(60, '0201'), { widestM: 100 })?.points).toEqual([])
    expect(pinchPoints(throughFields(60, '0301'))).toBeUndefined()
    expect(pinchPoints(examplePlan({}, geos))).toBeUndefined()
  })

  it('change with the resistances, tell how far they are, and can be stopped', () => {
    const plan = () =>
      examplePlan(
        {
          layers: {
            landuse_plan: [
              at(0, 0, 400, 900, '0301'),
              at(1000, 0, 400, 900, '0301'),
              at(400, 0, 600, 425, '0701'),
              at(400, 425, 600, 50, '1202'),
              at(400, 475, 600, 425, '0701'),
            ],
          },
        },
        geos,
      )
    const heard: number[] = []
    expect(pinchPoints(plan(), { widestM: 100, heartbeat: (done, total) => heard.push(done / total) })?.points).toEqual([])
    expect(heard.at(-1)).toBe(1)
    const open = pinchPoints(plan(), { resistances: { '03': 1, '07': 90, '12': 2 }, widestM: 100 })
    expect(open?.points[0]?.land[0]).toMatchObject({ code: '1202', isBuilt: true })
    const stop = () => {
      throw new Error('stopped')
    }
    expect(() => pinchPoints(plan(), { heartbeat: stop })).toThrow('stopped')
  })
})
