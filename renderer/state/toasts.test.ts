import { beforeEach, expect, it } from 'vitest'
import { unreadCount, useToasts } from './toasts.ts'

const now = () => useToasts.getState()
beforeEach(() => useToasts.setState({ toasts: [], said: [] }))

it('a message that has left can be read again, and counts until it is', () => {
  const first = now().add({ tone: 'done', text: 'a' })
  now().add({ tone: 'error', text: 'b' })
  now().dismiss(first)
  expect(now().toasts.map(({ text }) => text)).toEqual(['b'])
  expect(now().said.map(({ text, tone }) => [text, tone])).toEqual([
    ['b', 'error'],
    ['a', 'done'],
  ])
  expect(unreadCount(now())).toBe(2)
  now().markRead()
  expect(unreadCount(now())).toBe(0)
})

it('a message that a person sent away was read', () => {
  now().dismiss(now().add({ tone: 'done', text: 'a' }), true)
  expect(unreadCount(now())).toBe(0)
  expect(now().said).toHaveLength(1)
})

it('only three are shown at once, and the list keeps a hundred', () => {
  for (let count = 0; count < 120; count += 1) now().add({ tone: 'done', text: String(count) })
  expect(now().toasts.map(({ text }) => text)).toEqual(['117', '118', '119'])
  expect(now().said).toHaveLength(100)
})
