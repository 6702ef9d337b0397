import { describe, expect, it } from 'vitest'
import { fakeClient } from './fake-client.ts'
import { FAKE_PLAN, FAKE_REVIEW } from './fake-data.ts'

describe('the backend in memory', () => {
  it('goes the whole way: sample, analysis, entry, undo, memo', async () => {
    const client = fakeClient()
    expect(await client.call('plans.list', {})).toEqual([])
    await client.call('sample.create', { parcels: 5000, seed: 1 })
    const told: number[] = []
    await client.call('analysis.run', { planId: FAKE_PLAN }, { onProgress: ({ done }) => told.push(done) })
    expect(told).toEqual([0, 1, 2, 3])
    const entry = {
      reviewId: FAKE_REVIEW,
      item: 'B01',
      level: 2,
      notApplicable: false,
      reason: '有论证',
      document: null,
      page: null,
    } as const
    const levelOf = (view: Awaited<ReturnType<typeof client.call<'reviews.get'>>>) =>
      view.result.items.find(({ id }) => id === 'B01')?.level
    expect(levelOf(await client.call('reviews.setEntry', entry))).toBe(2)
    await client.call('history.undo', {})
    expect(levelOf(await client.call('reviews.get', { reviewId: FAKE_REVIEW }))).toBe(0)
    expect((await client.call('memo.compose', { reviewId: FAKE_REVIEW, lang: 'zh' })).sections.length).toBeGreaterThan(3)
  })
  it('refuses an entry without a reason, as the real one does', async () => {
    const entry = {
      reviewId: FAKE_REVIEW,
      item: 'B01',
      level: 2,
      notApplicable: false,
      reason: ' ',
      document: null,
      page: null,
    } as const
    await expect(fakeClient().call('reviews.setEntry', entry)).rejects.toMatchObject({ code: 'review.reason-required' })
  })
  it('stops an analysis that is cancelled', async () => {
    const stop = new AbortController()
    const running = fakeClient().call(
      'analysis.run',
      { planId: FAKE_PLAN },
      { signal: stop.signal, onProgress: () => stop.abort() },
    )
    await expect(running).rejects.toMatchObject({ code: 'request.cancelled' })
  })
})
