import { randomUUID } from 'node:crypto'
import path from 'node:path'
import type { WireError } from '#core/errors.ts'
import type { FileToken } from '#core/model/ids.ts'
import type { ChildEntry } from './child.ts'

/** What the main process tells the backend's process. */
export type ToBackend =
  | { t: 'start'; catalogueDir: string; resourcesDir: string }
  /** Comes with a message port of that page; the page's earlier port, if any, is closed. */
  | { t: 'serve'; page: number }
  | { t: 'register'; id: string; kind: 'files' | 'save'; paths: string[] }
  | { t: 'child-message'; child: string; message: unknown }
  | { t: 'child-exit'; child: string; code: number | null }
  | { t: 'stop' }

/** What the backend's process tells the main process. */
export type FromBackend =
  | { t: 'started' }
  | { t: 'failed'; error: WireError }
  | { t: 'registered'; id: string; token: FileToken }
  | { t: 'launch'; child: string; entry: ChildEntry; memoryMb: number }
  | { t: 'child-post'; child: string; message: unknown }
  | { t: 'child-kill'; child: string }
  | { t: 'stopped' }

/** What this needs of a process that Electron's main process started. */
export interface ProcessPort<Transferable> {
  readonly pid: number | undefined
  postMessage(message: unknown, transfer?: Transferable[]): void
  on(event: 'message', listener: (message: unknown) => void): unknown
  on(event: 'exit', listener: (code: number) => void): unknown
  on(event: 'spawn', listener: () => void): unknown
}

export interface LinkOptions<Transferable> {
  backend: ProcessPort<Transferable>
  /** Starts a child for the backend: with RunAsNode off it cannot fork one itself. */
  fork(entry: ChildEntry, memoryMb: number): ProcessPort<Transferable>
  /** Ends a process at once (SIGKILL), whatever it is doing. */
  kill(pid: number): void
}

/** The main process's end of the backend: hands ports over, turns chosen paths into tokens, and starts and ends children for it. */
export function linkBackend<Transferable>(options: LinkOptions<Transferable>) {
  const { backend } = options
  const asked = new Map<string, (token: FileToken | null) => void>()
  const children = new Map<string, ProcessPort<Transferable>>()
  const saved = new Map<FileToken, string>()
  const started = Promise.withResolvers<WireError | null>()
  const gone = Promise.withResolvers<void>()
  let alive = true
  const post = (message: ToBackend, transfer?: Transferable[]) => backend.postMessage(message, transfer)

  const end = (child: ProcessPort<Transferable>) => {
    if (child.pid === undefined) child.on('spawn', () => child.pid !== undefined && options.kill(child.pid))
    else options.kill(child.pid)
  }
  const launch = (id: string, entry: ChildEntry, memoryMb: number) => {
    const child = options.fork(entry, memoryMb)
    children.set(id, child)
    child.on('message', (message) => post({ t: 'child-message', child: id, message }))
    child.on('exit', (code) => {
      if (children.delete(id)) post({ t: 'child-exit', child: id, code })
    })
  }
  const act: { [T in FromBackend['t']]: (message: Extract<FromBackend, { t: T }>) => void } = {
    started: () => started.resolve(null),
    failed: ({ error }) => started.resolve(error),
    registered: ({ id, token }) => asked.get(id)?.(token),
    launch: ({ child, entry, memoryMb }) => launch(child, entry, memoryMb),
    'child-post': ({ child, message }) => children.get(child)?.postMessage(message),
    'child-kill': ({ child }) => void (children.has(child) && end(children.get(child) as ProcessPort<Transferable>)),
    stopped: () => gone.resolve(),
  }
  backend.on('message', (message) => act[(message as FromBackend).t](message as never))
  backend.on('exit', () => {
    alive = false
    for (const answer of asked.values()) answer(null)
    const orphans = [...children.values()]
    children.clear()
    orphans.forEach(end)
    started.resolve({ code: 'request.disconnected', params: {} })
    gone.resolve()
  })

  const register = async (kind: 'files' | 'save', paths: readonly unknown[]): Promise<FileToken | null> => {
    const real = paths.filter((file): file is string => typeof file === 'string' && path.isAbsolute(file))
    if (real.length === 0 || !alive) return null
    const id = randomUUID()
    const { promise, resolve } = Promise.withResolvers<FileToken | null>()
    asked.set(id, resolve)
    post({ t: 'register', id, kind, paths: real })
    const token = await promise
    asked.delete(id)
    if (token !== null && kind === 'save') saved.set(token, real[0] ?? '')
    return token
  }

  return {
    /** Resolves with null once the catalogue is open, or with why it is not. */
    start: (catalogueDir: string, resourcesDir: string): Promise<WireError | null> => {
      post({ t: 'start', catalogueDir, resourcesDir })
      return started.promise
    },
    serve: (page: number, port: Transferable) => post({ t: 'serve', page }, [port]),
    registerFiles: (paths: readonly unknown[]) => register('files', paths),
    registerSave: (file: unknown) => register('save', [file]),
    /** Path of a token that this process registered for saving; the only paths that are ever shown in a file manager. */
    savedPath: (token: unknown) => saved.get(token as FileToken),
    /** Resolves when the backend closed its catalogue, or is gone. */
    stop: (): Promise<void> => {
      post({ t: 'stop' })
      return gone.promise
    },
  }
}
