import { AppError, fromWire } from '../errors.ts'
import { isMessage } from './message.ts'
import type { Port } from './port.ts'
import type { CancelSignal, EventName, Events, Input, Output, ProcedureName, Progress } from './procedures.ts'

export interface CallOptions {
  /** Aborting asks the backend to stop; the call then ends as the backend says (`request.cancelled`, or done after all). */
  signal?: CancelSignal
  onProgress?: (progress: Progress) => void
}

/** The asking end of a port: the same for a screen, the command line and the tests. */
export interface Client {
  /** Rejects with an AppError for every expected failure; `request.disconnected` when the port closed before the answer. */
  call<N extends ProcedureName>(name: N, input: Input<N>, options?: CallOptions): Promise<Output<N>>
  /** Hears an event until the returned function is called. */
  on<N extends EventName>(name: N, heard: (value: Events[N]) => void): () => void
  /** Fires once when the port has closed, whichever side closed it. */
  onClose(closed: () => void): void
  close(): void
}

interface Pending {
  resolve(value: unknown): void
  reject(error: Error): void
  progress: ((progress: Progress) => void) | undefined
}

/** Makes calls on a port. Calls made after it closed reject with `request.disconnected`. */
export function connectClient(port: Port): Client {
  const pending = new Map<number, Pending>()
  const heardBy = new Map<string, Set<(value: never) => void>>()
  const closedBy: (() => void)[] = []
  let lastId = 0
  let open = true

  port.listen((message: unknown) => {
    if (!isMessage(message)) return
    if (message.t === 'event') {
      for (const heard of heardBy.get(message.name) ?? []) heard(message.value as never)
      return
    }
    const call = pending.get(message.id)
    if (call === undefined || message.t === 'call' || message.t === 'cancel') return
    if (message.t === 'progress') return call.progress?.(message.progress as Progress)
    pending.delete(message.id)
    if (message.t === 'result') call.resolve(message.value)
    else call.reject(fromWire(message))
  })
  port.onClose(() => {
    open = false
    const waiting = [...pending.values()]
    pending.clear()
    for (const call of waiting) call.reject(new AppError('request.disconnected', {}))
    for (const closed of closedBy.splice(0)) closed()
  })

  return {
    call<N extends ProcedureName>(name: N, input: Input<N>, { signal, onProgress }: CallOptions = {}): Promise<Output<N>> {
      if (!open) return Promise.reject(new AppError('request.disconnected', {}))
      if (signal?.aborted) return Promise.reject(new AppError('request.cancelled', { procedure: name }))
      const id = ++lastId
      return new Promise<Output<N>>((resolve, reject) => {
        port.post({ t: 'call', id, name, input })
        pending.set(id, { resolve: (value) => resolve(value as Output<N>), reject, progress: onProgress })
        const cancel = () => {
          if (pending.has(id)) port.post({ t: 'cancel', id })
        }
        signal?.addEventListener('abort', cancel, { once: true })
      })
    },
    on(name, heard) {
      const listeners = heardBy.get(name) ?? new Set()
      heardBy.set(name, listeners.add(heard as (value: never) => void))
      return () => void listeners.delete(heard as (value: never) => void)
    },
    onClose(closed) {
      if (open) closedBy.push(closed)
      else closed()
    },
    close: () => port.close(),
  }
}
