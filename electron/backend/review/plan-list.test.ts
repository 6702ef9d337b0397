import { expect, it } from 'vitest'
import { INDICATORS } from '#core/indicators/index.ts'
import { REVIEWER, sampleMeasurement, samplePlan } from '#db/testing/fixtures.ts'
import { testCatalogues } from './fixture-catalogue.ts'
import { planList } from './plan-list.ts'

const next = testCatalogues()

it('the list of plans says what was measured by an earlier version, and which round a plan is', () => {
  const { catalogue } = next()
  const [first, second] = [samplePlan('first'), samplePlan('second')].map(
    (plan) => catalogue.commands.addPlan(plan, [], REVIEWER).value,
  )
  if (!first || !second) throw new Error('no plans')
  const { id, version } = INDICATORS.find((one) => one.version > 1) ?? INDICATORS[0] ?? { id: '', version: 0 }
  const of = (name: string) => planList(catalogue).find((plan) => plan.name === name)
  expect(of('first')).not.toHaveProperty('stale')
  expect(of('first')).not.toHaveProperty('round')
  catalogue.commands.saveMeasurements(first.id, [sampleMeasurement(id, 0.4, version - 1)], REVIEWER)
  expect(of('first')?.stale).toBe(1)
  // The old figure stays in the catalogue; what counts is the newest.
  catalogue.commands.saveMeasurements(first.id, [sampleMeasurement(id, 0.5, version)], REVIEWER)
  expect(of('first')).not.toHaveProperty('stale')
  catalogue.commands.setPreviousPlan(second.id, first.id, REVIEWER)
  expect(of('second')?.round).toBe(2)
})
