import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { afterPaint, holdUntilShown, whenShown } from './after-paint.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('works once, after the frame', () => {
  const order: string[] = []
  let frame = () => {}
  vi.stubGlobal('requestAnimationFrame', (callback: () => void) => void (frame = callback))
  afterPaint(() => order.push('work'))
  frame()
  order.push('frame')
  vi.advanceTimersByTime(1000)
  expect(order).toEqual(['frame', 'work'])
})

it('works without a frame where nothing is drawn', () => {
  vi.stubGlobal('requestAnimationFrame', () => undefined)
  const work = vi.fn<() => void>()
  afterPaint(work)
  expect(work).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1000)
  expect(work).toHaveBeenCalledOnce()
})

it('holds what waits until the last answer is shown, in order, once', () => {
  const order: number[] = []
  whenShown(() => order.push(1))
  expect(order).toEqual([1])
  const [first, second] = [holdUntilShown(), holdUntilShown()]
  whenShown(() => order.push(2))
  whenShown(() => order.push(3))
  first()
  first()
  expect(order).toEqual([1])
  second()
  expect(order).toEqual([1, 2, 3])
  second()
  whenShown(() => order.push(4))
  expect(order).toEqual([1, 2, 3, 4])
})
