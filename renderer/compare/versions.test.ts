import { describe, expect, it } from 'vitest'
import type { PlanId } from '#core/model/ids.ts'
import { previousVersion, versionsOf } from './versions.ts'

const plan = (id: string, cityName: string | null, day: number) => ({
  id: id as PlanId,
  cityName,
  importedAt: `2026-01-${String(day).padStart(2, '0')}T00:00:00Z`,
})
const plans = [
  plan('c', '青岚市', 9),
  plan('other', '临江市', 5),
  plan('a', '青岚市', 1),
  plan('b', '青岚市', 4),
  plan('n', null, 2),
]

describe('versions of a plan', () => {
  it('are the plans of its city, oldest first', () => {
    expect(versionsOf(plans, 'b' as PlanId).map(({ id }) => id)).toEqual(['a', 'b', 'c'])
    expect(versionsOf(plans, 'gone' as PlanId)).toEqual([])
  })
  it('a plan is compared with the one before it, the first with the next', () => {
    expect(['a', 'b', 'c', 'other', 'n'].map((id) => previousVersion(plans, id as PlanId))).toEqual(['b', 'a', 'b', null, null])
  })
})
