import { AppError } from '../errors.ts'
import { cancelSource, type CancelSource } from './cancel.ts'
import { isMessage } from './message.ts'
import type { Message, Port } from './port.ts'
import { procedures, type EventName, type Events, type Handlers, type ProcedureName } from './procedures.ts'

/** More calls than a screen ever has open; beyond it a caller is told to wait instead of filling the backend's memory. */
export const MAX_RUNNING_CALLS = 1000

const MAX_PROBLEM_LENGTH = 400
const MAX_NAME_LENGTH = 80

export interface ServeOptions {
  /** Writes an unexpected error to the log and returns the short reference that people may quote. */
  bug(error: unknown, procedure: string): string
}

/** The answering end of a port. */
export interface Server {
  /** Tells the other end something it did not ask for. Does nothing once the port is closed. */
  emit<N extends EventName>(name: N, value: Events[N]): void
  /** How many calls run at this moment. */
  running(): number
}

type AnyHandler = (input: unknown, call: { signal: CancelSource['signal']; progress: (progress: unknown) => void }) => unknown

/**
 * Answers calls on a port until it closes; closing aborts whatever still runs. Input is checked here, once, for every host.
 * Failures leave as a code with parameters: `request.unknown`, `request.invalid`, `request.cancelled`, `request.busy`, the
 * handler's own AppError, or `host.bug` with a reference and nothing else: no stack, no path.
 * Ids must rise: a repeated id is ignored, so a message delivered twice never runs a command twice.
 */
export function serve(port: Port, handlers: Handlers, options: ServeOptions): Server {
  const running = new Map<number, CancelSource>()
  let lastId = 0
  let open = true

  const post = (message: Message) => {
    if (open) port.post(message)
  }
  const fail = (id: number, error: AppError) => post({ t: 'error', id, ...error.toWire() })

  const answer = async (id: number, name: ProcedureName, input: unknown) => {
    const source = cancelSource()
    running.set(id, source)
    const progress = (value: unknown) => {
      if (running.has(id)) post({ t: 'progress', id, progress: value })
    }
    try {
      const value = await (handlers[name] as AnyHandler)(input, { signal: source.signal, progress })
      post({ t: 'result', id, value })
    } catch (error) {
      fail(id, expected(error, name, source.signal.aborted, options))
    } finally {
      running.delete(id)
    }
  }

  const call = (id: number, name: string, input: unknown): Promise<void> | void => {
    if (id <= lastId) return
    lastId = id
    if (!isProcedure(name, handlers))
      return fail(id, new AppError('request.unknown', { procedure: name.slice(0, MAX_NAME_LENGTH) }))
    if (running.size >= MAX_RUNNING_CALLS) return fail(id, new AppError('request.busy', { procedure: name }))
    const checked = procedures[name].input.safeParse(input)
    if (!checked.success) {
      return fail(id, new AppError('request.invalid', { procedure: name, problem: problemOf(checked.error.issues) }))
    }
    return answer(id, name, checked.data)
  }

  port.listen((message: unknown) => {
    if (!open || !isMessage(message)) return
    if (message.t === 'cancel') running.get(message.id)?.abort()
    else if (message.t === 'call') void call(message.id, message.name, message.input)
  })
  port.onClose(() => {
    open = false
    for (const source of running.values()) source.abort()
  })

  return {
    emit: (name, value) => post({ t: 'event', name, value }),
    running: () => running.size,
  }
}

const isProcedure = (name: string, handlers: Handlers): name is ProcedureName =>
  Object.hasOwn(procedures, name) && Object.hasOwn(handlers, name)

/** An expected failure passes; after a cancel anything else means cancelled; the rest is a bug. Bugs are logged in both cases. */
function expected(error: unknown, procedure: ProcedureName, cancelled: boolean, options: ServeOptions): AppError {
  if (error instanceof AppError) return error
  const stopped = cancelled && error instanceof Error && error.name === 'AbortError'
  const ref = stopped ? '' : options.bug(error, procedure)
  return cancelled ? new AppError('request.cancelled', { procedure }) : new AppError('host.bug', { ref })
}

/** The first few problems as "path: what is wrong", short enough for a notice. */
function problemOf(issues: readonly { path: readonly PropertyKey[]; message: string }[]): string {
  const lines = issues
    .slice(0, 3)
    .map(({ path, message }) => (path.length > 0 ? `${path.map(String).join('.')}: ${message}` : message))
  const text = lines.join('; ')
  return text.length > MAX_PROBLEM_LENGTH ? `${text.slice(0, MAX_PROBLEM_LENGTH)}…` : text
}
