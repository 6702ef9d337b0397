import { beforeAll, describe, expect, it } from 'vitest'
import { loadGeos, type Geos } from '../geo/geos.ts'
import { controlLines } from './b01-control-lines.ts'
import { examplePlan } from './example-plan.ts'
import { developmentIntensity } from './s01-development-intensity.ts'

let geos: Geos
beforeAll(async () => {
  geos = await loadGeos()
})

describe('tables of gate and intensity', () => {
  it('S01 shows headroom in points and as land, and what of the city’s cap is not yet passed down', () => {
    const [example] = developmentIntensity.examples
    const plan = examplePlan(example ?? {}, geos)
    const [table] = developmentIntensity.compute(plan, {}).tables ?? []
    expect(table?.rows.map(({ cells }) => cells.map((cell) => Math.round(Number(cell) * 100) / 100))).toEqual([
      [10_000, 5000, 0.5, 0.6, 0.1, 1000, 6000],
      [10_000, 3000, 0.3, 0.28, -0.02, -200, 2800],
    ])
    expect(table?.closure).toMatchObject({
      areaM2: { sum: 20_000, whole: 20_000 },
      allowedM2: { sum: 8800, whole: 9000, remark: { en: '0.02 ha are not yet passed to a district.' } },
    })
    const open = (column: string) => developmentIntensity.featuresOf?.(plan, {}, { table: 'byDistrict', row: '2', column })
    expect(open('constructionM2')?.map(({ layer, fid, value }) => [layer, fid, value])).toEqual([['landuse_plan', 3, 3000]])
    expect(open('cap')?.map(({ layer, fid }) => [layer, fid])).toEqual([['admin', 2]])
  })

  it('B01 splits the overlap by line and by class, and opens the parcels of either', () => {
    const [example] = controlLines.examples
    const plan = examplePlan(example ?? {}, geos)
    const parameters = { sliverM2: 200 }
    const [lines, byClass] = controlLines.compute(plan, parameters).tables ?? []
    expect(lines?.rows.map(({ key, cells }) => [key, ...cells])).toEqual([
      ['pbf', 3000, 0, 3000, 0],
      ['eco_redline', 2000, 2000, 0, 0],
    ])
    expect(byClass?.rows.map(({ key, cells }) => [key, ...cells])).toEqual([
      ['0701', 3000, 0],
      ['10', 0, 2000],
    ])
    const open = (table: string, row: string, column: string) =>
      controlLines.featuresOf?.(plan, parameters, { table, row, column }).map(({ fid, value }) => [fid, value])
    expect(open('lines', 'eco_redline', 'exemptM2')).toEqual([[2, 2000]])
    expect(open('lines', 'eco_redline', 'unexplainedM2')).toEqual([])
    expect(open('byClass', '0701', 'pbf')).toEqual([[1, 3000]])
  })
})
