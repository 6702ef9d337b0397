import { expect, it } from 'vitest'
import { encodeFrame } from './frames.ts'
import type { Message } from './port.ts'
import {
  CLOSE_BAD_FRAME,
  CLOSE_TOO_SLOW,
  MAX_BUFFERED_BYTES,
  openSocketPort,
  socketPort,
  type SocketLike,
} from './socket-port.ts'

/** A socket whose other side is the test. */
function socketInHand() {
  const listeners: { type: string; listener: (event: { data: unknown }) => void }[] = []
  const fire = (type: string, data?: unknown) =>
    listeners.filter((one) => one.type === type).forEach(({ listener }) => listener({ data }))
  const sent: unknown[] = []
  const codes: (number | undefined)[] = []
  let readyState = 0
  let bufferedAmount = 0
  const socket: SocketLike = {
    binaryType: 'blob',
    get readyState() {
      return readyState
    },
    get bufferedAmount() {
      return bufferedAmount
    },
    send: (data) => void sent.push(data),
    close(code) {
      codes.push(code)
      readyState = 3
      fire('close')
    },
    addEventListener: (type: string, listener: (event: { data: unknown }) => void) => void listeners.push({ type, listener }),
  }
  return {
    socket,
    sent,
    codes,
    fire,
    open() {
      readyState = 1
      fire('open')
    },
    fill: (bytes: number) => (bufferedAmount = bytes),
  }
}

const event: Message = { t: 'event', name: 'catalogue.changed', value: 1 }

it('says hello when the socket opens and keeps what follows the welcome', async () => {
  const peer = socketInHand()
  const opening = openSocketPort(peer.socket, 'one-time')
  expect(peer.sent).toEqual([])
  peer.open()
  expect(peer.sent).toEqual(['{"t":"hello","token":"one-time"}'])
  peer.fire('message', '{"t":"welcome","session":"s","next":"n"}')
  peer.fire('message', JSON.stringify(event))
  const { port, welcome } = await opening
  expect(welcome).toMatchObject({ session: 's', next: 'n' })
  const heard: Message[] = []
  port.listen((message) => heard.push(message))
  expect(heard).toEqual([event])
})

it.each(['{', '[]', '{"t":"welcome"}', new ArrayBuffer(2), null])('takes %j for no welcome', async (answer) => {
  const peer = socketInHand()
  const opening = openSocketPort(peer.socket, 'one-time')
  peer.open()
  peer.fire('message', answer)
  await expect(opening).rejects.toMatchObject({ code: 'request.refused' })
})

it.each(['{', new ArrayBuffer(3), { blob: true }])('closes on %j, which cannot be read', (data) => {
  const peer = socketInHand()
  peer.open()
  socketPort(peer.socket)
  peer.fire('message', data)
  expect(peer.codes).toEqual([CLOSE_BAD_FRAME])
})

it('sends binary as frames, and nothing after the close', () => {
  const peer = socketInHand()
  peer.open()
  const port = socketPort(peer.socket)
  const message: Message = { t: 'result', id: 1, value: Int32Array.of(1) }
  port.post(message)
  port.close()
  port.post(message)
  expect(peer.sent).toEqual([encodeFrame(message)])
})

it('lets go of a peer that asks and does not read', () => {
  const peer = socketInHand()
  peer.open()
  const port = socketPort(peer.socket)
  peer.fill(MAX_BUFFERED_BYTES + 1)
  port.post(event)
  expect([peer.sent, peer.codes]).toEqual([[], [CLOSE_TOO_SLOW]])
})
