import { copyFileSync, existsSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { InspectedLayer } from '#core/model/inspection.ts'
import { scratch, square } from '../formats/fixture-writers.ts'
import { importBench, manifestOf } from '../import/fixture-files.ts'
import { inspectPaths } from './inspect.ts'

const files = scratch()
afterAll(files.remove)

const [x, y] = [532_000, 2_545_000]
const bowTie = [[x + 300, y], [x + 400, y + 100], [x + 400, y], [x + 300, y + 100], [x + 300, y]] // prettier-ignore
const ring = (points: readonly (readonly number[])[]) => ({ type: 'Polygon', coordinates: [points] })
const parcels = [
  ring(square(x, y, 100)),
  ring(square(x + 90, y, 100)), // 10 m over the first
  ring(square(x, y + 100, 190)),
  ring(bowTie),
]
const features = parcels.map((geometry, i) => ({
  type: 'Feature',
  properties: { YDYHFLDM: i % 2 ? '1401' : '0701' },
  geometry,
}))
const write = (name: string, crs: string | null): string =>
  files.write(
    name,
    JSON.stringify({
      type: 'FeatureCollection',
      ...(crs === null ? {} : { crs: { type: 'name', properties: { name: crs } } }),
      features,
    }),
  )
const inspected = async (file: string): Promise<InspectedLayer> => {
  const { files: found } = await inspectPaths([file], path.dirname(file))
  const layer = found[0]?.layers[0]
  if (!layer) throw new Error(JSON.stringify(found[0]?.error))
  return layer
}
const shapeProblems = (layer: InspectedLayer) => layer.problems.filter(({ code }) => /^(geometry|topology)\./.test(code ?? ''))

describe('what an import would mend is told before it', () => {
  it('with kinds, rows, the first place and the area before and after; overlaps with area and place', async () => {
    const problems = shapeProblems(await inspected(write('规划用地.geojson', 'urn:ogc:def:crs:EPSG::4547')))
    expect(problems.map(({ code, severity }) => [code, severity])).toEqual([
      ['geometry.to-repair', 'warning'],
      ['topology.overlaps', 'warning'],
    ])
    const [repair, overlaps] = problems
    // Crossing triangles have no area by winding; repaired they are 2 × 2,500 m².
    expect(repair?.params).toMatchObject({ selfIntersections: 1, count: 1, areaBeforeM2: 0, areaAfterM2: 5000 })
    expect(repair?.text.zh).toMatch(/自相交 1.*第 4 行；首处位于（532350, 2545050）.*面积合计变化 \+5,000\.00 m²/)
    expect(overlaps?.params).toMatchObject({ count: 1 })
    expect(overlaps?.params?.['areaM2']).toBeCloseTo(1000, 0)
    expect(overlaps?.params?.['point']).toEqual([expect.closeTo(x + 95, -1), expect.closeTo(y + 50, -2)])
  })

  it('without areas where nobody knows the system yet', async () => {
    const problems = shapeProblems(await inspected(write('unknown.geojson', null)))
    expect(problems.map(({ code }) => code)).toEqual(['geometry.to-repair'])
    expect(problems[0]?.text.en).not.toContain('m²')
    expect(problems[0]?.params).not.toHaveProperty('areaBeforeM2')
  })

  it('as the import then says it was', async () => {
    const bench = importBench()
    try {
      write('GHYDYH.geojson', 'urn:ogc:def:crs:EPSG::4547')
      copyFileSync(path.join(files.dir, 'GHYDYH.geojson'), bench.source('GHYDYH.geojson'))
      const line = { role: 'landuse_plan' as const, path: 'GHYDYH.geojson', fields: { class: 'YDYHFLDM' } }
      const { layers } = await bench.run(manifestOf([line]))
      const after = layers[0]?.notes.find(({ code }) => code === 'geometry.repaired')
      expect(after?.params).toMatchObject({ rows: 1, areaBeforeM2: 0, areaAfterM2: 5000 })
      expect(layers[0]?.notes.find(({ code }) => code === 'topology.overlaps')?.params).toMatchObject({ count: 1 })
    } finally {
      bench.remove()
    }
  })
})

const kenton = path.resolve(import.meta.dirname, '../../../../shared/data/kenton/flood.geojson')
describe.skipIf(!existsSync(kenton))('the flood polygon of Kenton County', () => {
  it('is said to be invalid, with what mending it would change', async () => {
    const [repair] = shapeProblems(await inspected(kenton))
    expect(repair).toMatchObject({ code: 'geometry.to-repair', params: { count: 1 } })
    expect(Math.abs(Number(repair?.params?.['areaDeltaM2']))).toBeLessThan(10_000)
  })
})
