import path from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { loadLayerColumns } from '../store/layer-columns.ts'
import { box, importBench, manifestOf, quietCall, writeGeoJson } from './fixture-files.ts'

const bench = importBench()
afterAll(() => bench.remove())

it('numbers the features of all layers of a role in one series, so that role and fid name one feature', async () => {
  for (const name of ['north', 'south']) {
    const features = [0, 1, 2].map((i) => ({
      polygon: [box(500_000 + i * 100, 3_300_000, 100)],
      properties: { NAME: `${name} ${i}` },
    }))
    writeGeoJson(path.join(bench.root, `${name}.geojson`), features, 4547)
  }
  const manifest = manifestOf([
    { role: 'green', path: 'north.geojson' },
    { role: 'green', path: 'south.geojson' },
    { role: 'water', path: 'south.geojson' },
  ])
  const { plan, layers } = await bench.service.run(manifest, bench.root, quietCall())
  const files = { gpkg: path.join(bench.plansDir, `${plan.gpkgSha256}.gpkg`), cacheDir: path.join(bench.dir, 'cache') }
  const fids = layers.map((layer) => [...loadLayerColumns(files, layer, plan).fid])
  expect(fids).toEqual([
    [1, 2, 3],
    [4, 5, 6],
    [1, 2, 3],
  ])
  expect(layers[1]?.sha256, 'equal content under other ids is other content').not.toBe(layers[2]?.sha256)
})
