import { randomUUID } from 'node:crypto'
import type { Worker } from 'node:worker_threads'
import type { SessionPlanEdit } from '#core/analysis/plan-session.ts'
import { withChangedParts } from '#core/analysis/same-parts.ts'
import type { SessionAnswer, SessionEdit } from '#core/contract/analysis-procedures.ts'
import { etaEstimator } from '#core/contract/eta.ts'
import type { CallContext } from '#core/contract/procedures.ts'
import { AppError, fromWire } from '#core/errors.ts'
import type { Measurement } from '#core/model/measurement.ts'
import { isVector, type Layer, type Plan } from '#core/model/plan.ts'
import { startThread } from '../start-thread.ts'
import { planToFrame } from '../store/plan-to-frame.ts'
import { layersToMeasure } from './analyse.ts'
import type { AnalysisOptions } from './analysis-service.ts'
import type { FromAnalysis, SessionAsk, SessionTold, WorkerTask } from './messages.ts'

/** Each session holds a plan in memory. */
const MOST_OPEN = 3

/** What the shapes of edits are told in, and whether slow indicators may wait. */
export interface EditHow {
  coordinates?: 'frame' | 'plan' | undefined
  leaveSlow?: boolean | undefined
}

export interface SessionService {
  /** Reads and measures a plan on a thread that keeps it. Throws `analysis.no-layers`, `request.cancelled`. */
  open(plan: Plan, layers: readonly Layer[], call: CallContext): Promise<{ sessionId: string; measurements: Measurement[] }>
  /** Throws `analysis.no-session`, and what `PlanSession.apply` throws. */
  edit(sessionId: string, edits: readonly SessionEdit[], how?: EditHow): Promise<SessionAnswer>
  /** Measures the slow indicators that edits left for later, or one of them. */
  settle(sessionId: string, only?: string): Promise<SessionAnswer>
  undo(sessionId: string): Promise<SessionAnswer>
  isOpen(sessionId: string): boolean
  /** Closing what is not open does nothing. */
  close(sessionId: string): Promise<void>
  closeAll(): Promise<void>
}

interface Waiting {
  resolve: (answer: SessionAnswer) => void
  reject: (error: Error) => void
}

interface OpenSession {
  worker: Worker
  plan: Plan
  layers: readonly Layer[]
  waiting: Map<number, Waiting>
  /** Every measurement as the thread told it last. */
  known: Map<string, Measurement>
  /** Set when the thread is ended on purpose. */
  isClosed: boolean
}

/** What-if sessions: each is a plan in the memory of a thread of its own, which only reads. */
export function createSessionService({ gpkgPath, cacheDir, workers, log }: AnalysisOptions): SessionService {
  const sessions = new Map<string, OpenSession>()
  let number = 0

  const end = async (sessionId: string) => {
    const session = sessions.get(sessionId)
    if (!session) return
    sessions.delete(sessionId)
    session.isClosed = true
    await session.worker.terminate()
    for (const { reject } of session.waiting.values()) reject(new AppError('analysis.no-session', { session: sessionId }))
  }

  const asked = (sessionId: string, ask: (number: number) => SessionAsk): Promise<SessionAnswer> => {
    const session = sessions.get(sessionId)
    if (!session) throw new AppError('analysis.no-session', { session: sessionId })
    number += 1
    const message = ask(number)
    const { promise, resolve, reject } = Promise.withResolvers<SessionAnswer>()
    session.waiting.set(number, { resolve, reject })
    session.worker.postMessage(message)
    return promise
  }

  return {
    async open(plan, layers, call) {
      if (layers.length === 0) throw new AppError('analysis.no-layers', { plan: plan.name })
      if (call.signal.aborted) throw cancelled()
      const task: WorkerTask = { task: 'session', plan, layers: [...layers], gpkg: gpkgPath(plan.gpkgSha256), cacheDir, workers }
      const worker = startThread('analysis-worker', { workerData: task })
      const session: OpenSession = { worker, plan, layers, waiting: new Map(), known: new Map(), isClosed: false }
      const sessionId = randomUUID()
      try {
        const measurements = await opened(session, call, log)
        session.known = new Map(measurements.map((measurement) => [measurement.id, measurement]))
        for (const oldest of [...sessions.keys()].slice(0, Math.max(0, sessions.size + 1 - MOST_OPEN))) await end(oldest)
        sessions.set(sessionId, session)
        worker.on('exit', () => sessions.delete(sessionId))
        return { sessionId, measurements: [...measurements] }
      } catch (error) {
        session.isClosed = true
        await worker.terminate()
        throw error
      }
    },
    edit: async (sessionId, edits, { coordinates = 'frame', leaveSlow = false } = {}) => {
      const session = sessions.get(sessionId)
      const [layers, plan] = [session?.layers ?? [], session?.plan]
      return asked(sessionId, (at) => ({
        ask: 'edit',
        number: at,
        leaveSlow,
        edits: edits.map((edit) => planEdit(coordinates === 'plan' && plan ? inFrame(edit, plan) : edit, layers)),
      }))
    },
    settle: async (sessionId, only) => asked(sessionId, (at) => ({ ask: 'settle', number: at, only })),
    undo: async (sessionId) => asked(sessionId, (at) => ({ ask: 'undo', number: at })),
    isOpen: (sessionId) => sessions.has(sessionId),
    close: end,
    async closeAll() {
      await Promise.all([...sessions.keys()].map(end))
    },
  }
}

const cancelled = () => new AppError('request.cancelled', { procedure: 'analysis.sessionOpen' })

/** Listens to a session's thread for as long as it lives; settles when the plan is measured. */
function opened(session: OpenSession, call: CallContext, log: AnalysisOptions['log']): Promise<readonly Measurement[]> {
  const { worker, waiting } = session
  const withEta = etaEstimator(() => performance.now())
  const settle = (at: number, act: (one: Waiting) => void) => {
    const one = waiting.get(at)
    waiting.delete(at)
    if (one) act(one)
  }
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      reject(error)
      for (const at of waiting.keys()) settle(at, (one) => one.reject(error))
    }
    call.signal.addEventListener('abort', () => reject(cancelled()), { once: true })
    worker.on('message', (message: FromAnalysis) => {
      if (message.kind === 'progress') call.progress(withEta(message.progress))
      else if (message.kind === 'log') log?.write(message.level, message.event, message.fields)
      else if (message.kind === 'opened') resolve(message.measurements)
      else if (message.kind === 'refused') reject(fromWire(message.error))
      else if (message.kind === 'edited')
        settle(message.number, ({ resolve: answer, reject: refuse }) => {
          void Promise.resolve(message.answer)
            .then((told) => whole(session, told))
            .then(answer, refuse)
        })
      else if (message.kind === 'edit-refused') settle(message.number, (one) => one.reject(fromWire(message.error)))
    })
    worker.on('error', fail)
    worker.on('messageerror', fail)
    worker.on('exit', (code) => {
      if (!session.isClosed) fail(new Error(`the thread of a session ended by itself, code ${code}`))
    })
  })
}

/** An answer with measurements made whole again from what is known of them; from now on they are what is known. */
function whole({ known }: OpenSession, { changed, ...others }: SessionTold): SessionAnswer {
  const measurements = changed.map((parts) => {
    const before = known.get(parts.id)
    if (!before) throw new Error(`a session told of ${parts.id}, which it did not measure when it was opened`)
    return withChangedParts(before, parts)
  })
  for (const measurement of measurements) known.set(measurement.id, measurement)
  return { ...others, changed: measurements }
}

/** The same edit in metres of the plan's frame. */
function inFrame(edit: SessionEdit, plan: Plan): SessionEdit {
  if (!('parts' in edit)) return edit
  const toFrame = planToFrame(plan)
  const moved = (ring: readonly number[]) => {
    const xy = Float64Array.from(ring)
    toFrame(xy, xy.length >> 1)
    return [...xy]
  }
  return { ...edit, parts: edit.parts.map((part) => part.map(moved)) }
}

/** An edit of a stored layer as the engine names it: by role, kind, and its place among the layers that are read as one. */
function planEdit(asked: SessionEdit, layers: readonly Layer[]): SessionPlanEdit {
  if (asked.change === 'draw') return { ...asked, change: 'add' }
  if ('drawn' in asked) return asked
  const { layerId, ...edit } = asked
  const layer = layers.find(({ id }) => id === layerId)
  if (!layer || !isVector(layer)) throw new AppError('analysis.no-such-layer', { role: layer?.role ?? layerId })
  const { role, kind } = layer
  const together = layersToMeasure(layers).filter((one) => one.role === role && one.kind === kind)
  return { ...edit, role, kind, source: together.findIndex(({ id }) => id === layerId) }
}
