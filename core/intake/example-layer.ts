import type { InspectedLayer } from '../model/inspection.ts'
import { bilingual } from '../text.ts'

const because = bilingual('测试', 'test')

/** A land-use layer as an inspection tells it, in order except for what is given. For tests. */
export const exampleLayer = (more: Partial<InspectedLayer> = {}): InspectedLayer => ({
  path: 'a.shp',
  layer: null,
  format: 'shapefile',
  kind: 'polygon',
  geometryTypes: { Polygon: 12 },
  features: 12,
  extent: [532_000, 2_545_000, 533_000, 2_546_000],
  crs: { value: null, confidence: 0, reason: bilingual('没有 .prj 文件', 'there is no .prj file') },
  encoding: { value: 'GBK', confidence: 0.8, reason: because },
  role: { value: 'landuse_plan', confidence: 0.9, reason: because },
  fields: { value: { class: 'DLBM' }, confidence: 0.9, reason: because },
  sourceFields: [
    { name: 'DLBM', type: 'text', samples: ['0701', '1401'] },
    { name: 'MC', type: 'text', samples: ['城镇住宅用地', '公园绿地', '商业用地'] },
  ],
  classes: [{ source: '0701', count: 6, code: '0701' }],
  problems: [],
  fixes: [],
  shape: {
    space: 'source',
    extent: [532_000, 2_545_000, 533_000, 2_546_000],
    runs: [[532_000, 2_545_000, 533_000, 2_546_000]],
    drawn: 1,
  },
  ...more,
})
