import { AppError } from '../errors.ts'
import { decodeFrame, encodeFrame } from './frames.ts'
import { isMessage } from './message.ts'
import type { Message, Port } from './port.ts'

/** What this needs of a WebSocket, the browser's or the `ws` package's. */
export interface SocketLike {
  binaryType: string
  readonly readyState: number
  /** Bytes that were sent but not taken by the other side yet. */
  readonly bufferedAmount: number
  send(data: string | Uint8Array<ArrayBuffer>): void
  close(code?: number): void
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void
  addEventListener(type: 'open' | 'close' | 'error', listener: () => void): void
}

/** Close codes of the loopback host; 4000–4999 are free for applications. */
export const CLOSE_BAD_FRAME = 4400
export const CLOSE_REFUSED = 4401
export const CLOSE_TOO_SLOW = 4408

/** A peer that asks for more and reads nothing would fill our memory; beyond this it is let go. */
export const MAX_BUFFERED_BYTES = 512 * 1024 * 1024

const OPEN = 1

/** First words on a loopback socket: the screen shows its one-time token, the host answers with what the session may use. */
export interface Hello {
  t: 'hello'
  token: string
}

export interface Welcome {
  t: 'welcome'
  /** For the Authorization header of uploads and downloads, as long as this socket lives. */
  session: string
  /** The next one-time token: a reload of the page, or a reconnect, says hello with it. */
  next: string
}

const isWelcome = (value: unknown): value is Welcome => {
  if (typeof value !== 'object' || value === null) return false
  const { t, session, next } = value as Partial<Welcome>
  return t === 'welcome' && typeof session === 'string' && typeof next === 'string'
}

export const isHello = (value: unknown): value is Hello => {
  if (typeof value !== 'object' || value === null) return false
  const { t, token } = value as Partial<Hello>
  return t === 'hello' && typeof token === 'string'
}

/**
 * Speaks the contract over an open, welcomed socket. A frame that cannot be read closes it: after that nothing of this
 * peer can be trusted, and the other end sees `request.disconnected`.
 */
export function socketPort(socket: SocketLike): Port {
  const closers: (() => void)[] = []
  const waiting: Message[] = []
  let receive: ((message: Message) => void) | undefined
  let open = socket.readyState === OPEN
  socket.binaryType = 'arraybuffer'
  socket.addEventListener('message', ({ data }) => {
    if (!open) return
    const value = readValue(data)
    if (value === DAMAGED) return socket.close(CLOSE_BAD_FRAME)
    if (!isMessage(value)) return
    if (receive === undefined) waiting.push(value)
    else receive(value)
  })
  socket.addEventListener('close', () => {
    if (!open) return
    open = false
    for (const closed of closers.splice(0)) closed()
  })
  return {
    post(message) {
      if (!open) return
      if (socket.bufferedAmount > MAX_BUFFERED_BYTES) socket.close(CLOSE_TOO_SLOW)
      else socket.send(encodeFrame(message))
    },
    listen(listener) {
      receive = listener
      for (const message of waiting.splice(0)) listener(message)
    },
    onClose(closed) {
      if (open) closers.push(closed)
      else closed()
    },
    close: () => socket.close(),
  }
}

const DAMAGED = Symbol('damaged')

/** The value in a frame, or DAMAGED for what cannot be read at all. */
function readValue(data: unknown): unknown {
  if (typeof data !== 'string' && !(data instanceof ArrayBuffer)) return DAMAGED
  try {
    return decodeFrame(data)
  } catch (error) {
    if (error instanceof AppError) return DAMAGED
    throw error
  }
}

/**
 * Opens the conversation with the loopback host: says hello with the one-time token and waits for the welcome.
 * Rejects with `request.refused` when the host does not know the token or is not there.
 */
export function openSocketPort(socket: SocketLike, token: string): Promise<{ port: Port; welcome: Welcome }> {
  return new Promise((resolve, reject) => {
    const hello: Hello = { t: 'hello', token }
    let answered = false
    const greet = () => socket.send(JSON.stringify(hello))
    socket.binaryType = 'arraybuffer'
    socket.addEventListener('message', ({ data }) => {
      if (answered) return
      answered = true
      const welcome = readValue(data)
      if (isWelcome(welcome)) resolve({ port: socketPort(socket), welcome })
      else socket.close()
    })
    socket.addEventListener('close', () => reject(new AppError('request.refused', {})))
    socket.addEventListener('error', () => reject(new AppError('request.refused', {})))
    if (socket.readyState === OPEN) greet()
    else socket.addEventListener('open', greet)
  })
}
