import { expect, it, vi } from 'vitest'
import { memoryPortPair } from './memory-port.ts'
import type { Message } from './port.ts'
import { contractSuite } from './suite.ts'

contractSuite('memory', {
  start: (backend) =>
    Promise.resolve({
      connect() {
        const [near, far] = memoryPortPair()
        backend.serve(far)
        return Promise.resolve(near)
      },
      close: () => Promise.resolve(),
    }),
})

const event = (value: unknown): Message => ({ t: 'event', name: 'catalogue.changed', value })

it('delivers a copy, later, in order, and keeps it until someone listens', async () => {
  const [near, far] = memoryPortPair()
  const value = { list: [1] }
  near.post(event(value))
  near.post(event(2))
  value.list.push(2)
  const heard: Message[] = []
  far.listen((message) => heard.push(message))
  expect(heard).toEqual([])
  await vi.waitFor(() => expect(heard).toEqual([event({ list: [1] }), event(2)]))
})

it('refuses what cannot be cloned, at the sender', () => {
  const [near] = memoryPortPair()
  expect(() => near.post(event(() => 1))).toThrow(/could not be cloned/)
})

it('delivers nothing after a close, and tells both ends once', async () => {
  const [near, far] = memoryPortPair()
  const heard = vi.fn<() => void>()
  const closed = [vi.fn<() => void>(), vi.fn<() => void>()] as const
  far.listen(heard)
  near.onClose(closed[0])
  far.onClose(closed[1])
  near.post(event(1))
  far.close()
  near.close()
  near.post(event(2))
  await vi.waitFor(() => expect(closed[1]).toHaveBeenCalled())
  expect(closed[0]).toHaveBeenCalledTimes(1)
  expect(closed[1]).toHaveBeenCalledTimes(1)
  expect(heard).not.toHaveBeenCalled()
})
