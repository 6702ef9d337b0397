import { beforeAll, expect, it } from 'vitest'
import { loadGeos, type Geos } from '../geo/geos.ts'
import { featureAreas } from '../geo/feature-areas.ts'
import { box, type FeatureSketch } from '../geo/sketch.ts'
import type { Role } from '../model/roles.ts'
import { examplePlan } from './example-plan.ts'
import { opportunityCards } from './opportunity-cards.ts'

let geos: Geos
beforeAll(async () => {
  geos = await loadGeos()
})

const station: FeatureSketch = { point: [200, 200] }
const layers: Partial<Record<Role, FeatureSketch[]>> = {
  stock: [
    { polygon: [box(0, 0, 400, 400)], attributes: { kind: 'idle', tenure: '国有', owners: null } },
    { polygon: [box(420, 0, 200, 300)], attributes: { kind: 'idle', tenure: null, owners: 4 } },
  ],
  rail_station: [station],
  centre: [station],
  landuse_plan: [
    { polygon: [box(-1000, 100, 1000, 200)], attributes: { class: '0301' } },
    { polygon: [box(0, 100, 400, 200)], attributes: { class: '0901' } },
    { polygon: [box(400, 100, 1000, 200)], attributes: { class: '0301' } },
  ],
  corridor: [{ polygon: [box(-1000, 100, 2400, 200)], attributes: { form: 'wedge', name: '东楔' } }],
  eco_redline: [{ polygon: [box(9000, 0, 100, 400)] }],
  hazard: [{ polygon: [box(9300, 0, 100, 400)], attributes: { level: '高风险' } }],
  opportunity_area: [
    { polygon: [box(0, 0, 400, 400)], attributes: { name: '站前', homes: 900, strategy: '更新' } },
    { polygon: [box(9000, 0, 400, 400)], attributes: { name: '远郊', homes: null, strategy: null } },
  ],
}

it('cards hold the figures of proposed and submitted areas, what they touch and the gaps that they lie on', () => {
  const found = opportunityCards(examplePlan({ layers }, geos))
  expect(found?.criteria).toEqual(['stock', 'centre', 'rail', 'inefficiency', 'tenure', 'hazard'])
  expect(found?.cards.map(({ number, kind, rank, title, verdict }) => [number, kind, rank, title.zh, verdict])).toEqual([
    [1, 'proposed', 1, '建议地区 1', 'submitted'],
    [2, 'submitted', 1, '站前', 'passes'],
    [3, 'submitted', 2, '远郊', 'gate'],
  ])
  const [, near, far] = found?.cards ?? []
  expect(near?.gaps.map(({ label, kind, title }) => [label, kind, title.zh])).toEqual([['W1', 'wedge', '东楔']])
  expect(near?.gaps[0]?.insideM).toBeCloseTo(400, -1)
  expect(near).toMatchObject({ statedHomes: 900, strategy: '更新', redLines: [], fid: 1 })
  expect(near?.placeTypes.map(({ id }) => id)).toEqual(expect.arrayContaining(['station', 'exchange', 'shopping']))
  expect(far?.placeTypes).toEqual([])
  expect(far?.redLines).toEqual([
    { layer: 'eco_redline', areaM2: 40_000 },
    { layer: 'hazard', areaM2: 40_000 },
  ])
  const weights = near?.criteria.reduce((sum, { weight }) => sum + weight, 0)
  expect(weights).toBeCloseTo(1, 12)
  const score = near?.criteria.reduce((sum, { weight, figure }) => sum + weight * (figure ?? 0), 0)
  expect(score).toBeCloseTo(near?.score ?? NaN, 9)
  expect([...(found?.layer.fid ?? [])]).toEqual([1, 2, 3])
})

it('by parcels an area is the stock land itself, each parcel with its own tenure', () => {
  const found = opportunityCards(examplePlan({ layers }, geos), { unitOfAnalysis: 1 })
  const [proposed, near] = found?.cards ?? []
  expect(proposed).toMatchObject({ kind: 'proposed', areaM2: 220_000, stockM2: 220_000 })
  // 16 ha of one state owner, 6 ha of four owners
  expect(proposed?.criteria.find(({ id }) => id === 'tenure')?.figure).toBeCloseTo((160_000 + 60_000 / 4) / 220_000, 9)
  expect(near?.criteria.find(({ id }) => id === 'tenure')?.figure).toBeCloseTo(1, 9)
  const shapes = found ? featureAreas(found.layer) : []
  expect(shapes[0]).toBeCloseTo(220_000, 6)
  const equal = opportunityCards(examplePlan({ layers }, geos), { weighting: 2, weightStock: 50 })
  expect(new Set(equal?.weights.map((weight) => weight.toFixed(9))).size).toBe(1)
})

it('a plan without stock land and without areas has no cards', () => {
  expect(opportunityCards(examplePlan({ layers: { rail_station: [station] } }, geos))).toBeUndefined()
})
