import { isMessage } from './message.ts'
import type { Message, Port } from './port.ts'

/** What this needs of a browser's MessagePort. */
export interface MessagePortLike {
  postMessage(message: unknown): void
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void
  addEventListener(type: 'close', listener: () => void): void
  start(): void
  close(): void
}

/** What this needs of Electron's MessagePortMain, which speaks through emitter events instead. */
export interface EmitterPortLike {
  postMessage(message: unknown): void
  on(type: 'message', listener: (event: { data: unknown }) => void): unknown
  on(type: 'close', listener: () => void): unknown
  start(): void
  close(): void
}

/** Speaks the contract over a browser's MessagePort: the screen's end inside Electron. */
export const messagePort = (port: MessagePortLike): Port =>
  adapt(port, (type, listener) =>
    type === 'message'
      ? port.addEventListener('message', listener)
      : port.addEventListener('close', () => listener({ data: null })),
  )

/** Speaks the contract over Electron's MessagePortMain: the backend's end inside Electron. */
export const emitterPort = (port: EmitterPortLike): Port =>
  adapt(port, (type, listener) =>
    type === 'message' ? port.on('message', listener) : port.on('close', () => listener({ data: null })),
  )

type Subscribe = (type: 'message' | 'close', listener: (event: { data: unknown }) => void) => unknown

function adapt(port: { postMessage(message: unknown): void; start(): void; close(): void }, subscribe: Subscribe): Port {
  const closers: (() => void)[] = []
  let open = true
  const closed = () => {
    if (!open) return
    open = false
    for (const close of closers.splice(0)) close()
  }
  subscribe('close', closed)
  return {
    post(message: Message) {
      if (open) port.postMessage(message)
    },
    listen(receive) {
      subscribe('message', ({ data }) => {
        if (open && isMessage(data)) receive(data)
      })
      port.start()
    },
    onClose(listener) {
      if (open) closers.push(listener)
      else listener()
    },
    close() {
      // The other end hears it from the platform; this end must not depend on the platform telling it too.
      port.close()
      closed()
    },
  }
}
