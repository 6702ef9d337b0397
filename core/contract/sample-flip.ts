import type { Found } from '../flip/result.ts'
import type { LayerId } from '../model/ids.ts'
import type { Handlers } from './procedures.ts'

/** One answer of a search as hosts and screens see it: a small park near people who lack one, with a side effect of each kind. */
export const sampleFlipResult: Found = {
  state: 'found',
  item: 'A04',
  indicator: 'A04',
  from: 1,
  to: 2,
  unit: 'm2_per_person',
  before: 7.4,
  threshold: 8,
  least: { value: 3900, unit: 'ha', title: { zh: '公园绿地', en: 'park land' }, direction: 'more' },
  searched: [
    {
      move: 'park-on-parcel',
      title: { zh: '整块改为公园绿地', en: 'Turn whole parcels into parks' },
      candidates: 42,
      total: { unit: 'm2', value: 4200 },
    },
  ],
  evaluations: 17,
  hitBound: false,
  reached: 2,
  after: 8.1,
  isMinimal: true,
  changes: [
    {
      move: 'park-on-parcel',
      features: [{ layer: 'landuse_plan', fid: 7 }],
      shapes: [],
      size: { unit: 'm2', value: 4200 },
      from: '1001',
      to: '1401',
      note: null,
    },
  ],
  edits: [{ change: 'attributes', layerId: 'landuse_plan' as LayerId, fid: 7, attributes: { class: '1401' } }],
  totals: [{ unit: 'm2', value: 4200 }],
  amount: { title: { zh: '公园绿地', en: 'park land' }, unit: 'ha', before: 48_100, after: 52_300 },
  gains: [{ layer: 'population', fid: 3, before: 820, after: 0 }],
  gainedFeatures: 1,
  sideEffects: [
    {
      item: 'S01',
      title: { zh: '开发强度上限', en: 'Development-intensity cap' },
      from: 3,
      to: 2,
      before: 0.2,
      after: 0.21,
      unit: 'ratio',
    },
    {
      item: 'A01',
      title: { zh: '公园服务半径覆盖', en: 'Park service radius' },
      from: 1,
      to: 2,
      before: 0.79,
      after: 0.81,
      unit: 'ratio',
    },
  ],
}

/** Answers a search without a plan, for hosts and screens that need a backend but no catalogue. */
export const sampleFlip: Pick<Handlers, 'flip.search'> = {
  'flip.search': ({ item }) => ({ ...sampleFlipResult, item }),
}
