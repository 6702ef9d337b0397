import path from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { TOPOLOGY_LAYER } from '#core/contract/map-data.ts'
import { box, importBench, manifestOf, writeGeoJson } from '../import/fixture-files.ts'
import { PlanMap } from './plan-map.ts'

const bench = importBench()
afterAll(bench.remove)

const parcel = (x: number, y: number, size = 100) => ({ polygon: [box(x, y, size)], properties: { code: '0701' } })
const block = Array.from({ length: 25 }, (_, i) => parcel(500_000 + 100 * (i % 5), 2_500_000 + 100 * Math.floor(i / 5)))

async function mapOf(features: Parameters<typeof writeGeoJson>[1]): Promise<PlanMap> {
  writeGeoJson(bench.source('land.geojson'), features, 4547)
  const manifest = manifestOf([{ role: 'landuse_plan', path: 'land.geojson', fields: { class: 'code' } }], { crs: 'EPSG:4547' })
  const { plan, layers } = await bench.run(manifest)
  const gpkg = path.join(bench.plansDir, `${plan.gpkgSha256}.gpkg`)
  return new PlanMap(plan, layers, { gpkg, cacheDir: path.join(bench.dir, 'cache') })
}

it('shows overlaps and gaps as a layer that is off at first, each of them to be zoomed to', async () => {
  const map = await mapOf([...block.filter((_, i) => i !== 12), parcel(500_350, 2_500_050, 20)])
  const { layers } = map.setup()
  const faults = layers.find(({ id }) => id === TOPOLOGY_LAYER)
  expect(faults).toMatchObject({ role: 'topology', kind: 'polygon', features: 2, visible: false })
  expect(layers.at(-1)?.id).toBe(TOPOLOGY_LAYER)
  expect(faults?.legend.map(({ code, features }) => [code, features])).toEqual([
    ['overlap', 1],
    ['gap', 1],
  ])
  expect(faults?.faults).toMatchObject([
    { table: 'landuse_plan', kind: 'gap', features: [] },
    { table: 'landuse_plan', kind: 'overlap', features: [4, 25] },
  ])
  const [gap, overlap] = faults?.faults ?? []
  expect([gap?.areaM2, overlap?.areaM2].map((areaM2) => Math.round(areaM2 ?? 0))).toEqual([10_000, 400])
  const shape = map.features(TOPOLOGY_LAYER, [gap?.fid ?? 0])
  expect([shape.kind, shape.fid.length, shape.xyM.length]).toEqual(['polygon', 1, 10])
  const drawn = map.tile(TOPOLOGY_LAYER, 0, 0, 0)
  // As parcels or, from afar, as cells: what is there has a class of the legend.
  expect(drawn.fid.length + drawn.cells.length).toBeGreaterThan(0)
  expect([...drawn.classIndex].every((index) => index < 2)).toBe(true)
  // A click still tells of the parcels and not of the fault between them.
  expect(map.identify(shape.xyM[0] ?? 0, shape.xyM[1] ?? 0, 1).every(({ layerId }) => layerId !== TOPOLOGY_LAYER)).toBe(true)
})

it('has no such layer where the plan tiles the ground', async () => {
  expect((await mapOf(block)).setup().layers.map(({ role }) => role)).toEqual(['landuse_plan'])
})
