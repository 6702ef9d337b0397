import { describe, expect, it } from 'vitest'
import type { CallContext, Handlers } from '#core/contract/procedures.ts'
import { AppError } from '#core/errors.ts'
import type { ReviewId } from '#core/model/ids.ts'
import { sampleHandlers } from '#core/contract/sample-handlers.ts'
import { entryDraft, findingDraft, openForTest, removeTempDirs, REVIEWER, tempDir, withReview } from '#db/testing/fixtures.ts'
import { blindHistory, guardBlind } from './blind-guard.ts'

const quiet = { progress: () => {} } as unknown as CallContext

describe('a blind round', () => {
  it('refuses whatever leads to another’s review: by review, finding, attachment or earlier state', async () => {
    const catalogue = openForTest(tempDir())
    const { review, plan } = withReview(catalogue)
    const draft = { planId: plan.id, checklistId: review.checklistId, checklistVersion: review.checklistVersion }
    const other = catalogue.commands.openReview({ ...draft, role: 'expert', reviewer: '许诚' }, REVIEWER).value.id
    const finding = catalogue.commands.addFinding(other, findingDraft(), REVIEWER).value.id
    const { opIds } = catalogue.commands.setEntry(other, entryDraft('A04'), REVIEWER)
    const option = catalogue.commands.addOption(other, '甲', null, REVIEWER).value.id
    const handlers: Handlers = guardBlind(sampleHandlers(), catalogue, (id: ReviewId) => {
      if (id === other) throw new AppError('review.blind', { waiting: 1 })
    })
    const refused = (call: () => unknown) => expect(call).toThrow('review.blind')
    refused(() => handlers['reviews.get']({ reviewId: other }, quiet))
    refused(() => handlers['memo.compose']({ reviewId: other, lang: 'zh' }, quiet))
    refused(() => handlers['findings.thread']({ findingId: finding }, quiet))
    refused(() => handlers['findings.withdraw']({ findingIds: [finding] }, quiet))
    refused(() => handlers['history.ofFinding']({ findingId: finding }, quiet))
    refused(() => handlers['history.restore']({ opId: opIds[0] ?? '' }, quiet))
    refused(() => handlers['options.changes']({ optionId: option }, quiet))
    refused(() => handlers['panel.calibrate']({ reviewId: review.id, referenceId: other }, quiet))
    expect(() => handlers['panel.submit']({ reviewId: other }, quiet)).not.toThrow()
    expect(() => handlers['reviews.get']({ reviewId: review.id }, quiet)).not.toThrow()
    expect(() => handlers['plans.list']({}, quiet)).not.toThrow()
    await catalogue.close()
    removeTempDirs()
  })

  it('hides the words of others’ steps, and only while it is on', () => {
    const step = (by: string) => ({ title: { zh: 'A04 的等级设为 4', en: 'Level of A04 set to 4' }, at: '', by, undone: false })
    const history = { undo: step('周岚').title, redo: null, steps: [step('周岚'), step('许诚')] }
    const [mine, hidden] = blindHistory(history, true, '周岚').steps
    expect(blindHistory(history, true, '周岚').undo).toEqual(history.undo)
    expect(blindHistory(history, true, '许诚').undo?.en).toBe('A step in the blind round')
    expect(mine).toEqual(step('周岚'))
    expect(JSON.stringify(hidden)).not.toMatch(/许诚|A04/)
    expect(blindHistory(history, false, '周岚')).toBe(history)
  })
})
