import type { RemarkId } from '../model/ids.ts'
import type { Remark } from '../review/finding.ts'
import type { Orientation } from '../review/orientation.ts'
import type { Handlers } from './procedures.ts'
import type { roundProcedures, RoundView } from './round-procedures.ts'

const WHEN = '2026-03-01T08:00:00.000Z'

const VIEW: RoundView = {
  round: null,
  earlier: null,
  earlierReview: null,
  review: null,
  isMeasured: false,
  toCarry: 0,
  carried: [],
  raised: [],
  scores: null,
  adoption: [],
}

const ORIENTATION = (planId: Orientation['plan']['id']): Orientation => ({
  plan: {
    id: planId,
    name: 'Qinglan 2035',
    nameZh: '青岚市国土空间总体规划（2021—2035年）',
    cityName: '青岚',
    cityKind: 'large',
    planLevel: 'master',
    baseYear: 2020,
    targetYear: 2035,
    population: 1_250_000,
    populationYear: 2020,
    crs: 'EPSG:4547',
    importedAt: WHEN,
  },
  areaM2: 36_500_000,
  scale: { layers: 1, features: 412, parcels: 0, classes: [{ code: '14', areaM2: 36_500_000, share: 1 }] },
  completeness: {
    given: ['green'],
    missing: [{ role: 'landuse_plan', items: ['A01', 'B01'] }],
    coverage: 0.42,
    total: 71.5,
    gaps: 1,
  },
  round: null,
  needs: [{ kind: 'gates-unchecked', count: 1, names: ['B01'], place: 'gates' }],
})

const remark = (findingId: Remark['findingId'], text: string): Remark => ({
  id: 'remark-9' as RemarkId,
  findingId,
  text,
  by: '评审员',
  at: WHEN,
})

/** Answers about rounds, for hosts and screens that need a backend but no catalogue. */
export const sampleRounds: Pick<Handlers, keyof typeof roundProcedures> = {
  'rounds.get': () => VIEW,
  'rounds.setEarlier': ({ planId, previousPlanId }) => (previousPlanId === null ? null : { planId, previousPlanId, number: 2 }),
  'rounds.start': () => ({ carried: 1, already: 0 }),
  'rounds.check': () => [],
  'rounds.explain': ({ findingId, reason }) => ({ ...remark(findingId, reason), late: true }),
  'rounds.adopt': ({ findingId, adoption, explanation }) => ({ ...remark(findingId, explanation), adoption }),
  'rounds.export': ({ format }) => ({ fileName: `adoption.${format}`, sizeBytes: 9, sha256: 'a'.repeat(64), download: null }),
  'orientation.get': ({ planId }) => ORIENTATION(planId),
}
