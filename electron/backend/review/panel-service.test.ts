import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { PlanId, ReviewId } from '#core/model/ids.ts'
import type { Catalogue } from '#db/catalogue.ts'
import { entryDraft, findingDraft, samplePlan } from '#db/testing/fixtures.ts'
import { createChecklists } from './checklists.ts'
import { testCatalogues } from './fixture-catalogue.ts'
import { createPanelService, type PanelService } from './panel-service.ts'
import { createReviewService, type ReviewService } from './review-service.ts'

const next = testCatalogues()

let me = '林青'
let catalogue: Catalogue
let reviews: ReviewService
let panels: PanelService
let key: { planId: PlanId; checklistId: string }

beforeEach(() => {
  me = '林青'
  catalogue = next().catalogue
  const actor = () => ({ name: me, office: '' })
  reviews = createReviewService(catalogue, createChecklists(path.resolve('resources')), actor)
  panels = createPanelService(catalogue, reviews, actor)
  const plan = samplePlan()
  catalogue.commands.addPlan(plan, [], actor())
  key = { planId: plan.id, checklistId: 'green-low-carbon' }
})

const judge = (reviewId: ReviewId, item: string, level: 0 | 1 | 2 | 3 | 4) =>
  reviews.setEntry({ ...entryDraft(item, level), reviewId })
const join = (reviewer: string) => panels.addExpert({ ...key, reviewer }).review.id

describe('a panel of experts', () => {
  it('sees where it disagrees, and the lead settles it with the levels of the day kept', () => {
    const [first, second, third] = ['周岚', '许诚', '郭晚'].map(join) as [ReviewId, ReviewId, ReviewId]
    const scores: [ReviewId, 0 | 1 | 2 | 3 | 4][] = [
      [first, 1],
      [second, 4],
      [third, 3],
    ]
    for (const [id, level] of scores) {
      judge(id, 'A04', level)
      judge(id, 'N07', 2)
    }
    const view = panels.view(key)
    expect(view.disagreements[0]).toMatchObject({ item: 'A04', spread: 3, median: 3, talkFirst: ['周岚', '许诚'] })
    expect(view.agreement).toMatchObject({ items: 2 })
    expect(view.pairs).toHaveLength(3)
    const after = panels.settle({ ...key, item: 'A04', how: 'median', reason: '三位专家商定' })
    expect(after.settled).toEqual({ A04: { how: 'median', level: 3, reason: '三位专家商定', isStale: false } })
    expect(after.consolidated).toMatchObject({ opinion: { id: expect.any(String) as string } })
    const lead = reviews.open(key.planId, key.checklistId)
    expect(lead.review.role).toBeUndefined()
    expect(lead.entries[0]).toMatchObject({ item: 'A04', level: 3, settled: { how: 'median' } })
    expect(lead.entries[0]?.settled?.levels.map(({ level }) => level)).toEqual([1, 4, 3])
    judge(first, 'A04', 4)
    expect(panels.view(key).settled).toMatchObject({ A04: { how: 'median', isStale: true } })
    expect(() => panels.settle({ ...key, item: 'A01', how: 'median', reason: 'x' })).toThrow('review.nothing-to-settle')
    expect(() => join('周岚')).toThrow('review.already-in-panel')
  })

  it('settles the rest by the median in one step, and only what is left', () => {
    const [first, second] = [join('周岚'), join('许诚')]
    const scores: Record<string, [0 | 1 | 2 | 3 | 4, 0 | 1 | 2 | 3 | 4]> = { A04: [1, 4], N07: [3, 2], A02: [2, 2], N01: [0, 4] }
    for (const [item, [one, other]] of Object.entries(scores)) {
      judge(first, item, one)
      judge(second, item, other)
    }
    panels.settle({ ...key, item: 'N01', how: 'lead', level: 3, reason: '以说明书为准' })
    expect(panels.view(key).remaining.toSorted()).toEqual(['A02', 'A04', 'N07'])
    const after = panels.settleAll({ ...key, reason: '其余按中位数' })
    expect(after.remaining).toEqual([])
    expect(after.settled).toMatchObject({
      A02: { how: 'median', level: 2 },
      A04: { how: 'median', level: 1, reason: '其余按中位数' },
      N01: { how: 'lead', level: 3 },
      N07: { how: 'median', level: 2 },
    })
    expect(() => panels.settleAll({ ...key, reason: 'x' })).toThrow('review.nothing-left')
    // Who changes a level afterwards opens that item again, and no other.
    judge(second, 'N07', 4)
    expect(panels.view(key).remaining).toEqual(['N07'])
  })

  it('takes a settlement of many items back in one undo', () => {
    const [first, second] = [join('周岚'), join('许诚')]
    for (const item of ['A04', 'N07', 'A02']) {
      judge(first, item, 0)
      judge(second, item, 3)
    }
    panels.settleAll({ ...key, reason: '按中位数' })
    catalogue.commands.undo({ name: me, office: '' })
    const { settled, remaining } = panels.view(key)
    expect([settled, remaining.toSorted()]).toEqual([{}, ['A02', 'A04', 'N07']])
  })

  it('works blind until all have submitted: nobody reads the others, and names are numbers', () => {
    const [first, second] = [join('周岚'), join('许诚')]
    panels.setBlind({ ...key, isBlind: true })
    judge(first, 'A04', 1)
    judge(second, 'A04', 4)
    reviews.addFinding({ ...findingDraft(), reviewId: second })
    me = '周岚'
    const view = panels.view(key)
    expect(view).toMatchObject({ isBlind: true, waiting: 2, disagreements: [], pairs: [], agreement: { items: 0 } })
    expect(view.experts.map(({ name, isHidden, total, findings }) => [name, isHidden, total === null, findings])).toEqual([
      ['#1', false, false, 0],
      ['#2', true, true, 0],
    ])
    expect(JSON.stringify(view.experts[1])).not.toContain('许诚')
    expect(() => panels.assertVisible(second)).toThrow('review.blind')
    expect(() => panels.assertVisible(first)).not.toThrow()
    expect(() => panels.settle({ ...key, item: 'A04', how: 'lead', level: 2, reason: 'x' })).toThrow('review.blind')
    panels.submit(first)
    panels.submit(second)
    expect(panels.view(key).disagreements[0]).toMatchObject({
      item: 'A04',
      levels: [
        { reviewer: '#1', level: 1 },
        { reviewer: '#2', level: 4 },
      ],
    })
    expect(() => panels.assertVisible(second)).not.toThrow()
    expect(() => judge(first, 'A04', 4)).toThrow('review.submitted')
    panels.reopen(first)
    expect(panels.view(key).waiting).toBe(1)
  })

  it('is calibrated against a reference, item by item', () => {
    const expert = join('周岚')
    const reference = reviews.open(key.planId, key.checklistId).review.id
    const items = ['A04', 'N07', 'A02', 'N01'].entries()
    for (const [at, item] of items) {
      judge(reference, item, ([4, 3, 1, 0] as const)[at] ?? 0)
      judge(expert, item, ([4, 3, 2, 0] as const)[at] ?? 0)
    }
    const { agreement, differing } = panels.calibrate({ reviewId: expert, referenceId: reference })
    expect(agreement.items).toBe(4)
    expect(agreement.sameShare).toBe(0.75)
    expect(agreement.kappa).toBeGreaterThan(0.9)
    expect(differing).toEqual([{ item: 'A02', level: 2, reference: 1 }])
  })
})
