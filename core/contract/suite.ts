import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { AppError } from '../errors.ts'
import type { LayerId, PlanId, ReviewId } from '../model/ids.ts'
import { cancelSource } from './cancel.ts'
import { connectClient, type Client } from './client.ts'
import type { Message, Port } from './port.ts'
import { procedures, type EventName, type Events, type Handlers, type ProcedureName, type Progress } from './procedures.ts'
import { ODD_PLANS, SECRET_PATH, sampleHandlers } from './sample-handlers.ts'
import { serve, type Server } from './serve.ts'
import { BAD_INPUTS, NO_MESSAGES, UNKNOWN_NAMES } from './suite-inputs.ts'

/** A backend for tests of hosts: real `serve`, believable answers, and a look at what hosts hide. */
export function suiteBackend(others: Partial<Handlers> = {}) {
  const servers: Server[] = []
  const bugs: { error: unknown; procedure: string }[] = []
  const calls: string[] = []
  const handlers = sampleHandlers({
    'plans.remove': ({ planId }) => void calls.push(planId),
    ...others,
  })
  return {
    bugs,
    /** Plan ids that `plans.remove` was run with: one entry per run. */
    calls,
    serve(port: Port): void {
      servers.push(serve(port, handlers, { bug: (error, procedure) => `R${bugs.push({ error, procedure })}` }))
    },
    emit<N extends EventName>(name: N, value: Events[N]): void {
      for (const server of servers) server.emit(name, value)
    },
    running: () => servers.reduce((sum, server) => sum + server.running(), 0),
  }
}

export type SuiteBackend = ReturnType<typeof suiteBackend>

/** One way to reach a backend. Each `connect` is another screen. */
export interface TransportUnderTest {
  start(backend: Pick<SuiteBackend, 'serve'>): Promise<{ connect(): Promise<Port>; close(): Promise<void> }>
}

const VERTICES_OF_16_MB = 2 * 1024 * 1024
const plan = { planId: 'plan-1' as PlanId }
const names = Object.keys(procedures) as ProcedureName[]
const progressOf = (done: number) => expect.objectContaining({ done, total: 3 })

const codeOf = async (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'done',
    (error: unknown) => (error instanceof AppError ? error.code : `not an AppError: ${String(error)}`),
  )

/** The contract as its callers know it: every transport must pass every case. */
export function contractSuite(transport: string, under: TransportUnderTest): void {
  describe(`contract over ${transport}`, () => {
    const backend = suiteBackend()
    let host: Awaited<ReturnType<TransportUnderTest['start']>>
    let port: Port
    let client: Client
    beforeAll(async () => {
      host = await under.start(backend)
      port = await host.connect()
      client = connectClient(port)
    })
    afterAll(() => host.close())

    /** Calls by name and input that the types would refuse. */
    const callAnyhow = (name: string, input: unknown) => client.call(name as 'app.info', input as Record<string, never>)
    const another = async () => connectClient(await host.connect())

    describe.each(names)('%s', (name) => {
      it('refuses input of the wrong shape and says which procedure it was', async () => {
        for (const input of [null, [], 7, { ['__proto__']: 1, unknownKey: 1 }, ...BAD_INPUTS[name]]) {
          const error = await callAnyhow(name, input).catch((thrown: unknown) => thrown)
          expect({ input, error }).toMatchObject({ error: { code: 'request.invalid', params: { procedure: name } } })
          const { problem } = (error as AppError<'request.invalid'>).params
          expect(problem.length).toBeGreaterThan(0)
          expect(problem.length).toBeLessThan(500)
        }
      })
    })

    it.each(UNKNOWN_NAMES)('does not know %j', async (name) => {
      const error = await callAnyhow(name, {}).catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ code: 'request.unknown', params: { procedure: name.slice(0, 80) } })
    })

    it('answers with the typed value', async () => {
      expect(await client.call('app.info', {})).toEqual({
        name: 'greenprint',
        version: '0.1.0',
        host: 'test',
        readOnly: false,
        readOnlyReason: null,
      })
    })
    it('carries Chinese, emoji and rare characters unharmed', async () => {
      const reviewer = '评审员 𠮷 🌳 \u202e\u0000"\\'
      expect((await client.call('settings.set', { reviewer })).reviewer).toBe(reviewer)
    })
    it('trims and checks what the schema says before a handler sees it', async () => {
      const entry = { item: 'A04', level: 3, notApplicable: false, document: null, page: null } as const
      const set = client.call('reviews.setEntry', { ...entry, reviewId: 'r' as ReviewId, reason: '  why  ' })
      expect((await set).entries[0]?.reason).toBe('why')
    })
    it('answers a call that returns nothing', async () => {
      expect(await client.call('plans.remove', plan)).toBeUndefined()
    })
    it('passes an expected failure as its code and parameters', async () => {
      const error = await client.call('plans.get', { planId: ODD_PLANS.gone }).catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ code: 'catalogue.not-found', params: { what: ODD_PLANS.gone } })
      expect(error).toBeInstanceOf(AppError)
    })

    it.each(['bug', 'strange', 'unsendable'] as const)('hides a bug (%s) behind a reference and logs it', async (kind) => {
      const before = backend.bugs.length
      const answers: string[] = []
      const raw = await host.connect()
      raw.listen((message) => answers.push(JSON.stringify(message)))
      raw.post({ t: 'call', id: 1, name: 'plans.get', input: { planId: ODD_PLANS[kind] } })
      await vi.waitFor(() => expect(answers).toHaveLength(1))
      expect(answers[0]).toBe(JSON.stringify({ t: 'error', id: 1, code: 'host.bug', params: { ref: `R${before + 1}` } }))
      expect(answers[0]).not.toContain(SECRET_PATH)
      expect(backend.bugs[before]?.procedure).toBe('plans.get')
      raw.close()
    })

    it('reports progress in order, all of it before the result', async () => {
      const heard: (Progress | string)[] = []
      await client.call('analysis.run', plan, { onProgress: (progress) => heard.push(progress) }).then(() => heard.push('done'))
      expect(heard).toEqual([progressOf(0), progressOf(1), progressOf(2), progressOf(3), 'done'])
    })
    it('keeps the progress of two calls apart', async () => {
      const heard: [number[], number[]] = [[], []]
      await Promise.all(heard.map((list) => client.call('analysis.run', plan, { onProgress: ({ done }) => list.push(done) })))
      expect(heard).toEqual([
        [0, 1, 2, 3],
        [0, 1, 2, 3],
      ])
    })

    it('does not send a call that was cancelled before it began', async () => {
      const source = cancelSource()
      source.abort()
      const before = backend.calls.length
      expect(await codeOf(client.call('plans.remove', plan, { signal: source.signal }))).toBe('request.cancelled')
      await client.call('app.info', {})
      expect(backend.calls).toHaveLength(before)
    })
    it.each(['endless', 'brittle'] as const)('cancels a running call (%s)', async (kind) => {
      const source = cancelSource()
      const onProgress = () => source.abort()
      const call = client.call('analysis.run', { planId: ODD_PLANS[kind] }, { signal: source.signal, onProgress })
      expect(await codeOf(call)).toBe('request.cancelled')
      expect(backend.running()).toBe(0)
    })
    it('logs what broke while a call was being cancelled', async () => {
      expect(backend.bugs.filter(({ error }) => String(error).includes('Worker exited'))).not.toHaveLength(0)
    })
    it('tells the truth when a cancelled call finished after all', async () => {
      const source = cancelSource()
      const onProgress = () => source.abort()
      const call = client.call('analysis.run', { planId: ODD_PLANS.deaf }, { signal: source.signal, onProgress })
      expect(await call).toEqual({ measured: 3, missing: 0, unusedParameters: [] })
    })
    it('takes a cancel after the end for what it is: too late', async () => {
      const source = cancelSource()
      await client.call('analysis.run', plan, { signal: source.signal })
      source.abort()
      expect(await codeOf(client.call('app.info', {}))).toBe('done')
    })
    it('does not cancel another caller’s call of the same id', async () => {
      const [one, two] = [await host.connect(), await host.connect()]
      const answers: Message[] = []
      one.listen((message) => answers.push(message))
      one.post({ t: 'call', id: 1, name: 'analysis.run', input: { planId: ODD_PLANS.endless } })
      await vi.waitFor(() => expect(answers).toHaveLength(1))
      const other = connectClient(two)
      two.post({ t: 'cancel', id: 1 })
      await other.call('app.info', {})
      expect(backend.running()).toBe(1)
      one.post({ t: 'cancel', id: 1 })
      await vi.waitFor(() => expect(answers.at(-1)).toMatchObject({ t: 'error', code: 'request.cancelled' }))
      one.close()
      two.close()
    })

    it('rejects what is open when the port closes, and stops it in the backend', async () => {
      const leaving = await another()
      const gone = vi.fn<() => void>()
      leaving.onClose(gone)
      const started = Promise.withResolvers<void>()
      const call = leaving.call('analysis.run', { planId: ODD_PLANS.endless }, { onProgress: () => started.resolve() })
      await started.promise
      expect(backend.running()).toBe(1)
      leaving.close()
      expect(await codeOf(call)).toBe('request.disconnected')
      await vi.waitFor(() => expect(backend.running()).toBe(0))
      expect(gone).toHaveBeenCalledTimes(1)
    })
    it('rejects calls made after the port closed', async () => {
      const leaving = await another()
      const gone = Promise.withResolvers<void>()
      leaving.onClose(() => gone.resolve())
      leaving.close()
      await gone.promise
      expect(await codeOf(leaving.call('app.info', {}))).toBe('request.disconnected')
      leaving.close()
    })
    it('leaves other screens alone when one closes', async () => {
      const leaving = await another()
      leaving.close()
      expect(await codeOf(client.call('app.info', {}))).toBe('done')
    })

    it('carries typed arrays as typed arrays', async () => {
      const tile = await client.call('map.tile', { ...plan, layerId: 'l' as LayerId, z: 0, x: 5, y: 0 })
      expect(tile.xy).toEqual(Int32Array.of(0, 16, 32, 48, 64, 80, 96, 112, 128, 144))
      expect(tile.fid).toEqual(Float64Array.of(7))
      expect(tile.classIndex).toEqual(Uint16Array.of(3))
      expect(tile.cells).toEqual(new Int32Array(0))
      expect(tile.kind).toBe('polygon')
    })
    it('carries 16 MB in one answer', async () => {
      const tile = await client.call('map.tile', { ...plan, layerId: 'l' as LayerId, z: 0, x: VERTICES_OF_16_MB, y: 0 })
      expect(tile.xy.byteLength).toBe(16 * 1024 * 1024)
      expect(tile.xy.at(-1)).toBe((VERTICES_OF_16_MB * 2 - 1) * 16)
    })
    it('gives each caller its own bytes', async () => {
      const ask = () => client.call('map.features', { ...plan, layerId: 'l' as LayerId, fids: [1, 2] })
      const first = await ask()
      first.xyM.fill(99)
      expect((await ask()).xyM).toEqual(Float64Array.of(1, -1, 2, -2))
    })

    it('answers 200 calls at once, each with its own answer', async () => {
      const ids = Array.from({ length: 200 }, (_, index) => `plan-${index + 1}` as PlanId)
      const answers = await Promise.all(ids.map((planId) => client.call('plans.get', { planId })))
      expect(answers.map((answer) => answer.plan.id)).toEqual(ids)
    })
    it('survives a flood of 5,000 calls from a caller that never reads', async () => {
      const flood = await host.connect()
      for (let id = 1; id <= 5000; id++) flood.post({ t: 'call', id, name: 'analysis.run', input: { planId: ODD_PLANS.endless } })
      expect(await codeOf(client.call('app.info', {}))).toBe('done')
      await vi.waitFor(() => expect(backend.running()).toBe(1000), 20_000)
      flood.close()
      await vi.waitFor(() => expect(backend.running()).toBe(0), 20_000)
    })
    it('tells a caller with too many open calls to wait', async () => {
      const greedy = await another()
      const calls = Array.from({ length: 1001 }, () => codeOf(greedy.call('analysis.run', { planId: ODD_PLANS.endless })))
      expect(await Promise.race(calls)).toBe('request.busy')
      greedy.close()
      expect(new Set(await Promise.all(calls))).toEqual(new Set(['request.busy', 'request.disconnected']))
    })

    it('tells every screen of a change, in order', async () => {
      const screens = [client, await another(), await another()]
      for (const screen of screens) await screen.call('app.info', {})
      const heard: string[][] = screens.map(() => [])
      screens.forEach((screen, index) => screen.on('catalogue.changed', ({ what }) => heard[index]?.push(what)))
      for (const what of ['plans', 'review', 'history'] as const)
        backend.emit('catalogue.changed', { what, planId: null, reviewId: null })
      await vi.waitFor(() => expect(heard).toEqual(screens.map(() => ['plans', 'review', 'history'])))
      screens.slice(1).forEach((screen) => screen.close())
    })
    it('stops telling who no longer listens', async () => {
      const heard = vi.fn<() => void>()
      const stop = client.on('catalogue.changed', heard)
      stop()
      backend.emit('catalogue.changed', { what: 'plans', planId: null, reviewId: null })
      await client.call('app.info', {})
      expect(heard).not.toHaveBeenCalled()
    })

    it('runs a command once when its message arrives twice', async () => {
      const raw = await host.connect()
      const answers: Message[] = []
      raw.listen((message) => answers.push(message))
      const once: Message = { t: 'call', id: 5, name: 'plans.remove', input: { planId: 'only-once' } }
      for (const message of [once, once, { ...once, id: 4 }, { ...once, id: 6, name: 'app.info', input: {} }]) raw.post(message)
      await vi.waitFor(() => expect(answers.at(-1)).toMatchObject({ t: 'result', id: 6 }))
      expect(backend.calls.filter((call) => call === 'only-once')).toHaveLength(1)
      expect(answers).toHaveLength(2)
      raw.close()
    })
    it.each(NO_MESSAGES.map((value) => [value]))('does not answer to %j', async (value) => {
      const raw = await host.connect()
      const answers: Message[] = []
      raw.listen((message) => answers.push(message))
      raw.post(value as Message)
      raw.post({ t: 'call', id: 7, name: 'app.formats', input: {} })
      await vi.waitFor(() => expect(answers.length).toBeGreaterThan(0))
      expect(answers).toMatchObject([{ t: 'result', id: 7 }])
      raw.close()
    })
  })
}
