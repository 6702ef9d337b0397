import { randomUUID } from 'node:crypto'
import { emitterPort, type EmitterPortLike } from '#core/contract/message-port.ts'
import { AppError } from '#core/errors.ts'
import type { Port } from '#core/contract/port.ts'
import type { Backend, BackendOptions } from './backend.ts'
import type { LaunchChild } from './child.ts'
import type { FromBackend, ToBackend } from './link-main.ts'

/** What this needs of a utility process's parent port. */
export interface ParentPortLike {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown; ports: EmitterPortLike[] }) => void): unknown
}

interface RelayedChild {
  message(message: unknown): void
  exit(code: number | null): void
}

/** The backend's end of the link with the main process (link-main.ts is the other). */
export function answerMain(
  parent: ParentPortLike,
  create: (options: BackendOptions) => Promise<Backend>,
  exit: () => void,
): void {
  const post = (message: FromBackend) => parent.postMessage(message)
  const children = new Map<string, RelayedChild>()
  const pages = new Map<number, Port>()
  let backend: Promise<Backend> | undefined

  const launchChild: LaunchChild = (entry, { memoryMb }) => {
    const child = randomUUID()
    const ended = Promise.withResolvers<number | null>()
    const receivers: ((message: unknown) => void)[] = []
    children.set(child, { message: (message) => receivers.forEach((receive) => receive(message)), exit: ended.resolve })
    post({ t: 'launch', child, entry, memoryMb })
    return {
      post: (message) => post({ t: 'child-post', child, message }),
      onMessage: (receive) => void receivers.push(receive),
      onExit: (exited) => void ended.promise.then((code) => exited(code, null)),
      kill: () => post({ t: 'child-kill', child }),
    }
  }
  const start = async ({ catalogueDir, resourcesDir }: Extract<ToBackend, { t: 'start' }>) => {
    backend = create({ catalogueDir, resourcesDir, host: 'electron', launchChild })
    try {
      await backend
      post({ t: 'started' })
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      post({ t: 'failed', error: error.toWire() })
    }
  }
  const stop = async () => {
    // One that did not start has nothing to close; why was told when it failed.
    await backend?.then(
      (running) => running.close(),
      () => undefined,
    )
    post({ t: 'stopped' })
    exit()
  }
  const serve = (page: number, port: Port) => {
    pages.get(page)?.close()
    pages.set(page, port)
    void backend?.then(
      (running) => running.serve(port),
      () => port.close(),
    )
  }
  const register = async ({ id, kind, paths }: Extract<ToBackend, { t: 'register' }>) => {
    const tokens = (await backend)?.tokens
    if (tokens === undefined) return
    post({ t: 'registered', id, token: kind === 'save' ? tokens.registerSave(paths[0] ?? '') : tokens.registerFiles(paths) })
  }
  parent.on('message', ({ data, ports: [port] }) => {
    const message = data as ToBackend
    if (message.t === 'start') void start(message)
    else if (message.t === 'stop') void stop()
    else if (message.t === 'register') void register(message)
    else if (message.t === 'serve' && port !== undefined) serve(message.page, emitterPort(port))
    else if (message.t === 'child-message') children.get(message.child)?.message(message.message)
    else if (message.t === 'child-exit') {
      children.get(message.child)?.exit(message.code)
      children.delete(message.child)
    }
  })
}
