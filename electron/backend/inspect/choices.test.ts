import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { InspectedLayer, LayerChoice } from '#core/model/inspection.ts'
import { dbfBytes, polygonShape, scratch, shpBytes, square } from '../formats/fixture-writers.ts'
import { gbk, importBench, manifestOf, writeGeoJson } from '../import/fixture-files.ts'
import { inspectPaths } from './inspect.ts'

const files = scratch()
afterAll(files.remove)

const names = ['城镇住宅用地', '公园绿地', '商业用地', '工业用地与仓储'].map((name) => Buffer.from(gbk(name)))
files.write(
  'GHYDYH.shp',
  shpBytes(
    5,
    names.map((_, i) => polygonShape([square(532_000 + i * 100, 2_545_000, 100)])),
  ),
)
files.write(
  'GHYDYH.dbf',
  dbfBytes(
    [
      { name: Buffer.from('YDYHFLDM'), length: 6 },
      { name: Buffer.from('YDYHFLMC'), length: 30 },
      { name: Buffer.from('GHZT'), length: 6 },
    ],
    names.map((name, i) => [Buffer.from(i < 3 ? `ZZ${i}` : '1001'), name, Buffer.from(gbk(i % 2 ? '现状' : '规划'))]),
  ),
)
files.write('roads.shp', shpBytes(5, [polygonShape([square(532_000, 2_545_000, 10)])]))

const tried = async (choice: Partial<LayerChoice>): Promise<InspectedLayer> => {
  const options = { choices: [{ path: 'GHYDYH.shp', layer: null, ...choice }], only: ['GHYDYH.shp'] }
  const { files: found } = await inspectPaths([files.dir], files.dir, undefined, options)
  expect(found.map((file) => file.path)).toEqual(['GHYDYH.shp'])
  const layer = found[0]?.layers[0]
  if (!layer) throw new Error(JSON.stringify(found[0]?.error))
  return layer
}
const known = ({ classes }: InspectedLayer) => classes.filter(({ code }) => code !== null).length
const samplesOf = (layer: InspectedLayer, field: string) => layer.sourceFields.find(({ name }) => name === field)?.samples ?? []

describe('a layer tried with a person’s choices', () => {
  it('is decoded by the real reader', async () => {
    expect(samplesOf(await tried({}), 'YDYHFLMC')).toContain('城镇住宅用地')
    const wrong = await tried({ encoding: 'Big5' })
    expect(wrong.encoding).toMatchObject({ value: 'BIG5', confidence: 1 })
    expect(samplesOf(wrong, 'YDYHFLMC')).not.toContain('城镇住宅用地')
  })
  it('lies where the chosen system puts it', async () => {
    expect((await tried({})).shape).toMatchObject({ space: 'source', drawn: 4 })
    const placed = await tried({ crs: 'EPSG:4547' })
    expect(placed.shape?.space).toBe('earth')
    expect(placed.shape?.extent[0]).toBeCloseTo(114.31, 1)
    expect(placed.shape?.extent[1]).toBeCloseTo(23, 1)
    expect(placed.crs).toMatchObject({ value: 'EPSG:4547', confidence: 1 })
  })
  it.each(['EPSG:2383', 'EPSG:2435'])('on %s is said to be on an older datum, which no submission should be', async (crs) => {
    const { problems } = await tried({ crs })
    expect(problems).toContainEqual(expect.objectContaining({ code: 'crs.datum-old', severity: 'warning', params: { crs } }))
    expect((await tried({ crs: 'EPSG:4547' })).problems.map(({ code }) => code)).not.toContain('crs.datum-old')
  })
  it('is judged beside the files that are not read again', async () => {
    const extent: [number, number, number, number] = [532_000, 2_545_000, 532_010, 2_545_010]
    const beside = ['roads.shp', 'green.shp'].map((file) => ({ path: file, layer: null, features: 9, crs: 'EPSG:4547', extent }))
    const options = { choices: [{ path: 'GHYDYH.shp', layer: null, crs: 'EPSG:4550' }], only: ['GHYDYH.shp'], beside }
    const { files: found } = await inspectPaths([files.dir], files.dir, undefined, options)
    expect(found[0]?.layers[0]?.problems.map(({ code }) => code)).toContain('crs.away-from-layers')
    expect((await tried({ crs: 'EPSG:4550' })).problems.map(({ code }) => code)).not.toContain('crs.away-from-layers')
  })
  it('takes its classes from the field, the filter and the mapping that were chosen', async () => {
    expect(known(await tried({}))).toBe(1)
    expect(known(await tried({ fields: { class: 'YDYHFLMC' } }))).toBeGreaterThanOrEqual(3)
    expect((await tried({ where: { GHZT: '规划' } })).classes.reduce((sum, { count }) => sum + count, 0)).toBe(2)
    expect(known(await tried({ classes: { ZZ0: '0701' } }))).toBe(2)
  })
  it('offers names for codes that nobody knows, and one of two mixed states', async () => {
    const { fixes = [], problems } = await tried({})
    expect(problems.map(({ code }) => code)).toEqual(expect.arrayContaining(['class.unknown', 'layer.states-mixed']))
    expect(fixes.map(({ change }) => change)).toContainEqual({ fields: { class: 'YDYHFLMC' } })
    expect(fixes.map(({ change }) => change)).toContainEqual({ where: { GHZT: '规划' } })
  })
  it('refuses a filter on a field that is not there', async () => {
    const options = { choices: [{ path: 'GHYDYH.shp', layer: null, where: { NONE: 'x' } }], only: ['GHYDYH.shp'] }
    const { files: found } = await inspectPaths([files.dir], files.dir, undefined, options)
    expect(found[0]?.error?.code).toBe('import.field-unknown')
  })
  it('with exchanged axes lies and imports where it belongs', async () => {
    const bench = importBench()
    try {
      const ring = square(114.3, 23, 0.01).map(([x, y]): [number, number] => [y, x])
      writeGeoJson(bench.source('GHYDYH.geojson'), [{ polygon: [ring], properties: { YDYHFLDM: '0701' } }])
      const found = (await inspectPaths([bench.source('GHYDYH.geojson')], bench.root)).files[0]?.layers[0]
      expect(found?.fixes?.map(({ change }) => change)).toContainEqual({ swapAxes: true })
      const swapped = (
        await inspectPaths([bench.source('GHYDYH.geojson')], bench.root, undefined, {
          choices: [{ path: 'GHYDYH.geojson', layer: null, swapAxes: true, crs: 'EPSG:4490' }],
        })
      ).files[0]?.layers[0]
      expect(swapped?.extent?.[0]).toBeCloseTo(114.3, 6)
      const line = { role: 'landuse_plan' as const, path: 'GHYDYH.geojson', crs: 'EPSG:4490' }
      const { plan, layers } = await bench.run(manifestOf([{ ...line, swapAxes: true }]))
      expect(plan.frame).toMatchObject({ kind: 'equal-area' })
      expect(layers[0]?.areaM2).toBeGreaterThan(1_000_000)
      expect(layers[0]?.notes.map(({ code }) => code)).toContain('axes.swapped')
    } finally {
      bench.remove()
    }
  })
})

it('a thumbnail stays small, whatever the layer holds', async () => {
  const many = Array.from({ length: 5000 }, (_, i) =>
    polygonShape([square(532_000 + (i % 100) * 20, 2_545_000 + Math.floor(i / 100) * 20, 18)]),
  )
  const file = files.write('LD.shp', shpBytes(5, many))
  const [layer] = (await inspectPaths([file], path.dirname(file))).files[0]?.layers ?? []
  expect(layer?.features).toBe(5000)
  expect(layer?.shape?.drawn).toBeLessThanOrEqual(700)
  expect(JSON.stringify(layer?.shape).length).toBeLessThan(300_000)
  expect(layer?.shape?.extent).toEqual(layer?.extent)
})
