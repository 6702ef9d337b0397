import { beforeEach, describe, expect, it } from 'vitest'
import type { PlanId } from '#core/model/ids.ts'
import { useUi } from './ui-store.ts'

const first = useUi.getState()
const plan = 'plan-a' as PlanId

describe('what the screen remembers', () => {
  beforeEach(() => useUi.setState(first, true))

  it('groups evidence by role and makes each wish a new one', () => {
    const evidence = [
      { layer: 'green', fid: 1 },
      { layer: 'water', fid: 7 },
      { layer: 'green', fid: 2 },
    ]
    useUi.getState().showEvidenceOf(evidence)
    const { highlights } = useUi.getState()
    expect(highlights.map(({ role, fids }) => [role, fids])).toEqual([
      ['green', [1, 2]],
      ['water', [7]],
    ])
    useUi.getState().showEvidenceOf(evidence)
    expect(useUi.getState().highlights[0]?.request).toBeGreaterThan(highlights[0]?.request ?? Infinity)
  })
  it('forgets the item of one plan in the next, but keeps it between review and memo', () => {
    useUi.getState().go({ page: 'plan', planId: plan })
    useUi.getState().selectItem('B01')
    useUi.getState().go({ page: 'memo', planId: plan })
    expect(useUi.getState().item).toBe('B01')
    useUi.getState().go({ page: 'plan', planId: 'plan-b' as PlanId })
    expect(useUi.getState().item).toBeNull()
  })
  it('leaves the item of one checklist behind when another is chosen', () => {
    useUi.getState().selectItem('B01')
    useUi.getState().chooseChecklist('other')
    expect(useUi.getState()).toMatchObject({ checklistId: 'other', item: null, highlights: [] })
  })
  it('closes what was open when it goes elsewhere', () => {
    useUi.getState().open('settings')
    useUi.getState().go({ page: 'catalogue' })
    expect(useUi.getState().dialog).toBeNull()
  })
})
