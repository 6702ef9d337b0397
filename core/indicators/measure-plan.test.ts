import { beforeAll, describe, expect, it } from 'vitest'
import { layerFromSketches } from '../geo/build.ts'
import { equalAreaFrame } from '../geo/frame.ts'
import { loadGeos, type Geos } from '../geo/geos.ts'
import { examplePlan } from './example-plan.ts'
import { INDICATORS } from './index.ts'
import { defineIndicator, type ParameterInfo } from './indicator.ts'
import { EVIDENCE_CAP, measurePlan, planData } from './measure-plan.ts'
import { parametersInUse, unusedParameters } from './parameters.ts'
import { adminLevel } from './study-area.ts'

let geos: Geos
beforeAll(async () => {
  geos = await loadGeos()
})
const square = (x: number): [number, number][] => [
  [x, 0],
  [x + 10, 0],
  [x + 10, 10],
  [x, 10],
]
const facts = {
  cityName: null,
  cityKind: null,
  population: 100,
  populationYear: 2020,
  baseYear: null,
  targetYear: null,
  frame: equalAreaFrame(114, 30, 6_378_137, 298.257222101),
  manifest: { quotas: null },
}

describe('measurePlan', () => {
  it('merges layers of one role and keeps kinds apart', () => {
    const layers = [
      layerFromSketches('rail_station', [{ point: [0, 0] }], facts.frame),
      layerFromSketches('rail_station', [{ polygon: [square(0)] }], facts.frame),
      layerFromSketches('rail_station', [{ point: [5, 5] }, { point: [6, 6] }], facts.frame),
    ].map((layer, at) => ({ ...layer, sha256: `hash${at}` }))
    const data = planData(facts, layers, geos)
    expect(data.layers('rail_station').map(({ kind, count }) => [kind, count])).toEqual([
      ['point', 3],
      ['polygon', 1],
    ])
    expect(data.layer('rail_station')?.kind).toBe('point')
    expect(data.basis).toBe('ellipsoidal')
    const f02 = measurePlan(data, {}, () => {}).find(({ id }) => id === 'F02')
    expect(f02?.inputs).toEqual({ rail_station: 'hash0+hash2+hash1' })
  })

  it('caps evidence and says how much there is', () => {
    const green = Array.from({ length: EVIDENCE_CAP + 20 }, (_, at) => ({ polygon: [square(20 * at)] }))
    const plan = examplePlan({ layers: { green }, city: { population: 1 } }, geos)
    const a04 = measurePlan(plan, {}, () => {}).find(({ id }) => id === 'A04')
    expect([a04?.evidence.length, a04?.evidenceTotal]).toEqual([EVIDENCE_CAP, EVIDENCE_CAP + 20])
    expect(a04?.notes.length).toBeGreaterThan(0)
  })
})

describe('parameters of the manifest', () => {
  it('are found by their own or by their full name', () => {
    const bare = parametersInUse(INDICATORS, { greenDistanceM: 400 }).get('A03')
    expect(bare).toEqual({ greenDistanceM: 400, minimumGreenM2: 5000, alongRoads: 0 })
    expect(parametersInUse(INDICATORS, { 'A03.greenDistanceM': 400 }).get('A03')).toEqual(bare)
  })

  it('that waited for their indicator are used by it; unknown ones are refused', () => {
    const asked = { medianDispersalM: 5000, greenDistanceM: 400 }
    expect(parametersInUse(INDICATORS, asked).get('A03')).toMatchObject({ greenDistanceM: 400, minimumGreenM2: 5000 })
    // waited for its indicator in an earlier version
    expect(parametersInUse(INDICATORS, asked).get('N03')).toMatchObject({ medianDispersalM: 5000 })
    expect(unusedParameters(INDICATORS, asked)).toEqual([])
    expect(() => parametersInUse(INDICATORS, { ...asked, walkSpeedMph: 3 })).toThrow(
      expect.objectContaining({ code: 'analysis.unknown-parameter' }),
    )
  })

  it('are converted to base units, and must be told apart where two indicators share one', () => {
    const area: ParameterInfo = { default: 2, min: 0, max: 9, unit: 'ha', title: { zh: '面积', en: 'Area' }, source: 'test' }
    const [model] = INDICATORS
    if (!model) throw new Error('there are no indicators')
    const twins = ['X01', 'X02'].map((id) => defineIndicator({ ...model, id, parameters: { areaHa: area } }))
    expect(parametersInUse(twins, { 'X02.areaHa': 3 }).get('X02')).toEqual({ areaHa: 30_000 })
    expect(parametersInUse(twins, {}).get('X01')).toEqual({ areaHa: 20_000 })
    expect(() => parametersInUse(twins, { areaHa: 3 })).toThrow(expect.objectContaining({ code: 'analysis.ambiguous-parameter' }))
    const shared = ['X01', 'X02'].map((id) =>
      defineIndicator({ ...model, id, parameters: { areaHa: { ...area, isShared: true as const } } }),
    )
    expect([...parametersInUse(shared, { areaHa: 3 }).values()]).toEqual([{ areaHa: 30_000 }, { areaHa: 30_000 }])
    for (const key of ['X03.areaHa', 'area', 'X01.', 'toString']) {
      expect(() => parametersInUse(twins, { [key]: 3 })).toThrow(expect.objectContaining({ code: 'analysis.unknown-parameter' }))
    }
    for (const value of [10, -1, NaN]) {
      expect(() => parametersInUse(twins, { 'X01.areaHa': value })).toThrow(
        expect.objectContaining({ code: 'analysis.parameter-out-of-range' }),
      )
    }
  })
})

it('admin levels are understood in both languages', () => {
  expect(['中心城区', 'Central city', '区', 'UNIT', '组团', '市域', '?', undefined].map(adminLevel)).toEqual([
    'central_city',
    'central_city',
    'district',
    'unit',
    'cluster',
    'municipal',
    undefined,
    undefined,
  ])
})
