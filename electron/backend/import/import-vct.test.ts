import fs from 'node:fs'
import { afterAll, expect, it } from 'vitest'
import { encodeText } from '../formats/fixture-text.ts'
import { vctText } from '../formats/fixture-vct.ts'
import { importBench, manifestOf, quietCall } from './fixture-files.ts'

const bench = importBench({ confineToRoot: true })
afterAll(bench.remove)

const square = (x: number, y: number, size: number) =>
  [[x, y], [x, y + size], [x + size, y + size], [x + size, y], [x, y]] as [number, number][] // prettier-ignore
const X = 38_500_000
const Y = 2_500_000
const polygons = [
  { values: ['0701', '城镇住宅用地', '990000'], rings: [square(X, Y, 1000), square(X + 100, Y + 100, 100)] },
  { values: ['1401', '公园绿地', '10000'], rings: [square(X + 100, Y + 100, 100)] },
]

it.each([2, 3] as const)(
  'a VCT of generation %i becomes a plan: zone, classes, areas and the declared areas beside them',
  async (generation) => {
    const text = vctText({ generation, areas: 'lines', polygons, labels: [{ text: '公园', place: [X, Y] }] })
    fs.writeFileSync(bench.source('规划.vct'), encodeText('gbk', text))
    const found = await bench.service.inspect([bench.source('规划.vct')], bench.root, quietCall())
    const [land] = found.files[0]?.layers ?? []
    expect(land).toMatchObject({
      layer: 'ZXCQGHYDYH',
      format: 'vct',
      crs: { value: 'EPSG:4526' },
      role: { value: 'landuse_plan' },
      fields: { value: { class: 'YDYHFLDM', name: 'YDYHFLMC' } },
    })
    const manifest = manifestOf([{ role: 'landuse_plan', path: '规划.vct', layer: 'ZXCQGHYDYH' }])
    const { plan, layers } = await bench.run(manifest)
    expect(plan.crs).toBe('EPSG:4526')
    expect(layers[0]).toMatchObject({ features: 2, unknownClasses: {}, encoding: expect.stringMatching(/^GB/) })
    // On the central meridian the plane is true to a few parts in a million.
    expect(Math.abs((layers[0]?.areaM2 ?? 0) / 1e6 - 1)).toBeLessThan(1e-5)
    const codes = layers[0]?.notes.map(({ code }) => code)
    expect(codes).toEqual(expect.arrayContaining(['vct.version', 'area.declared-agrees', 'topology.clean']))
  },
  60_000,
)
