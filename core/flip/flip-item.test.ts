import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { samplePlan } from '../analysis/plan-samples.ts'
import { levelFromRule } from '../checklist/rules.ts'
import { loadGeos, type Geos } from '../geo/geos.ts'
import { box } from '../geo/sketch.ts'
import { INDICATORS } from '../indicators/index.ts'
import { measurePlan, planData } from '../indicators/measure-plan.ts'
import type { Measurement } from '../model/measurement.ts'
import { flipItem, type FlipInput, type FlipOutcome } from './flip-item.ts'
import { FLIP_RULES } from './flip-rules.ts'
import { CHECKLIST, flipInput, measuredAnew, sampleLayers, sketched } from './flip-samples.ts'
import { sideEffectsOf } from './side-effects.ts'

let geos: Geos
let city: Pick<FlipInput, 'plan' | 'layers' | 'measurements'>
beforeAll(async () => {
  geos = await loadGeos()
  const { plan, layers } = sampleLayers(1500)
  city = { plan, layers, measurements: measurePlan(planData(plan, layers, geos), {}, () => {}) }
}, 120_000)

const levelOf = (item: string, measurement: Measurement): number | null => {
  const rule = CHECKLIST.items.find(({ id }) => id === item)?.rule
  return rule ? levelFromRule(item, rule, measurement) : null
}

/** What must hold of every answer, checked by full runs on plans that remember nothing. */
function holds(input: FlipInput, { result, edits }: FlipOutcome): void {
  if (result.state !== 'found') return
  const rule = result.indicator ?? ''
  const after = measuredAnew(input, edits.flat())(rule)
  expect(after.outcome).toMatchObject({ value: result.after })
  expect([input.item, levelOf(input.item, after)]).toEqual([input.item, result.reached])
  expect(result.reached).toBeGreaterThanOrEqual(result.to)
  expect(edits).toHaveLength(result.changes.length)
  if (!result.isMinimal) return
  for (const at of edits.keys()) {
    const without = measuredAnew(input, edits.toSpliced(at, 1).flat())(rule)
    expect([input.item, at, (levelOf(input.item, without) ?? -1) < result.to]).toEqual([input.item, at, true])
  }
}

describe('what would lift an item of the sample city', () => {
  it('a full run on the changed plan reaches the level, and no single change can be left out', () => {
    const states = ['A02', 'A03', 'B01', 'B03', 'S03', 'S04'].map((item) => {
      const input = flipInput(geos, item, city.layers, city)
      const outcome = flipItem(input)
      holds(input, outcome)
      return outcome.result.state
    })
    expect(states.filter((state) => state === 'found').length).toBeGreaterThan(2)
  }, 240_000)

  it('finds a small park near people who have none, says who gains, and never less than arithmetic asks for', () => {
    const layers = sketched({
      green: [{ polygon: [box(-5000, 0, 100, 100)] }],
      landuse_plan: [{ polygon: [box(0, 0, 300, 300)], attributes: { class: '1001' } }],
      population: [
        { point: [-5050, 50], attributes: { persons: 20 } },
        { point: [350, 150], attributes: { persons: 80 } },
      ],
    })
    const { result } = flipItem(flipInput(geos, 'A02', layers))
    if (result.state !== 'found') throw new Error(`A02: ${result.state}`)
    expect(result.changes).toMatchObject([
      { move: 'park-on-piece', from: '1001', to: '1401', size: { unit: 'm2', value: 46 ** 2 } },
    ])
    expect(result.gains).toEqual([{ layer: 'population', fid: 2, before: 80, after: 0 }])
    const gained = (result.amount?.after ?? 0) - (result.amount?.before ?? 0)
    expect([gained, result.least?.value]).toEqual([80, 40])
    expect(result.searched.map(({ move }) => move)).toEqual(['park-on-piece', 'park-on-parcel'])
    expect(result.searched[1]?.total).toEqual({ unit: 'm2', value: 90_000 })
  })

  it('is the same every time, and says when its budget ended it', () => {
    const input = flipInput(geos, 'A03', city.layers, city)
    expect(flipItem(input)).toEqual(flipItem(input))
    const short = flipItem({ ...input, budget: { evaluations: 2, isOver: () => false } }).result
    expect(short).toMatchObject({ hitBound: true, evaluations: 2 })
    let asked = 0
    const late = flipItem({ ...input, budget: { evaluations: 100, isOver: () => (asked += 1) > 3 } }).result
    expect(late).toMatchObject({ hitBound: true })
  })

  it('shows what the same changes do to other items, as two full runs would', () => {
    const tries = ['S07', 'B03', 'N05', 'A03'].map((item) => {
      const input = flipInput(geos, item, city.layers, city)
      return { input, item, ...flipItem(input) }
    })
    const lifted = tries.find(({ result }) => result.state === 'found')
    if (!lifted) throw new Error('nothing of the sample city could be lifted')
    const { input, item, edits } = lifted
    const { sideEffects } = sideEffectsOf(input, edits.flat(), { cityKind: 'large', planLevel: 'master' })
    const anew = measuredAnew(input, edits.flat())
    const moved = new Map(sideEffects.map((effect) => [effect.item, effect]))
    const others = CHECKLIST.items.filter(({ id, rule }) => rule !== null && id !== item && isApplicable(id))
    const beforeOf = (rule: string) => city.measurements.find((one) => one.id === rule)
    const told = others.map(({ id, rule }) => {
      const before = beforeOf(rule?.indicator ?? '')
      const effect = moved.get(id)
      return [id, effect ? effect.to : before && levelOf(id, before)]
    })
    expect(told).toEqual(others.map(({ id, rule }) => [id, levelOf(id, anew(rule?.indicator ?? ''))]))
    expect(sideEffects.length).toBeGreaterThan(0)
    const order = sideEffects.map(({ from, to }) => (from === to ? 2 : (to ?? -1) < (from ?? -1) ? 0 : 1))
    expect(order).toEqual(order.toSorted((one, other) => one - other))
  }, 120_000)

  it('says plainly where there is nothing to search', () => {
    const because = (item: string, to?: 4) => flipItem(flipInput(geos, item, city.layers, { ...city, ...(to && { to }) })).result
    expect(because('B06')).toMatchObject({ state: 'no-search', indicator: null })
    expect(because('Q05')).toMatchObject({ state: 'no-search', because: { en: expect.stringContaining('reserve') as string } })
    expect(because('Q03')).toMatchObject({
      state: 'no-search',
      because: { zh: expect.stringContaining('没有测得数值') as string },
    })
    expect(because('N01')).toMatchObject({ state: 'no-search' })
  })

  it('asks for the level that a person wants', () => {
    const { result } = flipItem({ ...flipInput(geos, 'S05', city.layers, city), to: 4 })
    expect(result).toMatchObject({ to: 4 })
  })
})

const isApplicable = (id: string): boolean => {
  const applies = CHECKLIST.items.find((item) => item.id === id)?.applies
  return applies?.cities.includes('large') === true && applies.planLevels.includes('master')
}

const ROLES_READ = [...new Set(INDICATORS.flatMap(({ needs, uses }) => [...needs, ...uses]))]
const SEARCHED = CHECKLIST.items.filter(({ rule }) => FLIP_RULES.some(({ indicator }) => indicator === rule?.indicator))

describe('on any small plan', () => {
  it('what is found reaches the level in a full run, and every change is needed', () => {
    let found = 0
    fc.assert(
      fc.property(samplePlan(ROLES_READ), fc.subarray(SEARCHED, { minLength: 15 }), ({ plan, layers }, items) => {
        const input = flipInput(geos, '', layers, { plan })
        for (const { id } of items) {
          const outcome = flipItem({ ...input, item: id, budget: { evaluations: 60, isOver: () => false } })
          holds({ ...input, item: id }, outcome)
          if (outcome.result.state === 'found') found += 1
        }
      }),
      { numRuns: 12, seed: 7 },
    )
    expect(found).toBeGreaterThan(5)
  }, 240_000)
})
