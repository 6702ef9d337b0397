import { beforeEach, describe, expect, it } from 'vitest'
import { describeError } from '#core/errors.ts'
import { fakeClient } from '../api/fake/fake-client.ts'
import { useJobs, watchJobs } from './jobs.ts'

const jobs = () => useJobs.getState()
const plan = async (client: ReturnType<typeof fakeClient>) =>
  (await client.call('sample.create', { parcels: 1000, seed: 1 })).planId

beforeEach(() => useJobs.setState({ running: [], ended: [] }))

describe('jobs of this window', () => {
  it('are kept when done, with how long they took and where their result is', async () => {
    let now = 1000
    const client = watchJobs(fakeClient(), () => (now += 250))
    const planId = await plan(client)
    expect(jobs().running).toEqual([])
    expect(jobs().ended).toMatchObject([
      { name: 'sample.create', outcome: 'done', startedMs: 1250, tookMs: 250, error: null, result: { page: 'plan', planId } },
    ])
  })

  it('show their progress, to whoever started them too, and can be stopped from the one place', async () => {
    const client = watchJobs(fakeClient())
    const planId = await plan(client)
    const seen: number[] = []
    const run = client.call('analysis.run', { planId }, { onProgress: ({ done }) => void seen.push(done) })
    await expect.poll(() => jobs().running[0]?.progress?.total).toBeGreaterThan(0)
    expect(seen.length).toBeGreaterThan(0)
    jobs().running[0]?.cancel()
    await expect(run).rejects.toMatchObject({ code: 'request.cancelled' })
    expect(jobs().ended[0]).toMatchObject({ name: 'analysis.run', outcome: 'cancelled', error: null, result: null })
  })

  it('are stopped by whoever started them as before', async () => {
    const client = watchJobs(fakeClient())
    const planId = await plan(client)
    const stop = new AbortController()
    const run = client.call('analysis.run', { planId }, { signal: stop.signal })
    stop.abort()
    await expect(run).rejects.toMatchObject({ code: 'request.cancelled' })
    expect(jobs().ended[0]?.outcome).toBe('cancelled')
  })

  it('that failed can be read again in either language', async () => {
    const bare = fakeClient()
    const client = watchJobs(bare)
    bare.close()
    await expect(client.call('backup.now', {})).rejects.toMatchObject({ code: 'request.disconnected' })
    const { outcome, error } = jobs().ended[0] ?? {}
    expect(outcome).toBe('failed')
    expect(error && describeError(error, 'zh').title).toMatch(/\p{Script=Han}/u)
    expect(error && describeError(error, 'en').title).toMatch(/^[A-Z]/)
  })

  it('are only what people call jobs: reading settings is none', async () => {
    await watchJobs(fakeClient()).call('settings.get', {})
    expect(jobs()).toEqual({ running: [], ended: [] })
  })
})
