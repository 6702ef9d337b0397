import { beforeEach, describe, expect, it } from 'vitest'
import type { PlanId } from '#core/model/ids.ts'
import { hasValue, useAsk } from './ask-store.ts'

const ask = () => useAsk.getState()
const add = (...places: [number, number][]) => {
  for (const at of places) ask().step({ do: 'add', at })
}
beforeEach(() =>
  useAsk.setState({ planId: 'p' as PlanId, tool: null, draft: null, measured: [], polygon: null, mode: 'touching' }),
)

describe('measuring', () => {
  it('ends a distance with Enter, keeps it in the list, and is ready for the next', () => {
    ask().take('distance')
    add([0, 0])
    ask().step({ do: 'end' })
    expect(ask().measured).toEqual([])
    add([3, 4])
    ask().step({ do: 'end' })
    expect(ask().measured).toMatchObject([{ kind: 'distance', xyM: [0, 0, 3, 4] }])
    expect(ask()).toMatchObject({ tool: 'distance', draft: { xyM: [] } })
  })
  it('ends an angle by itself with its third place', () => {
    ask().take('angle')
    add([1, 0], [0, 0], [0, 1])
    expect(ask().measured).toMatchObject([{ kind: 'angle', xyM: [1, 0, 0, 0, 0, 1] }])
  })
  it('takes back a place, then all of them, then puts the tool away', () => {
    ask().take('area')
    add([0, 0], [9, 0], [9, 9])
    ask().step({ do: 'back' })
    expect(ask().draft?.xyM).toEqual([0, 0, 9, 0])
    ask().step({ do: 'cancel' })
    expect(ask()).toMatchObject({ tool: 'area', draft: { xyM: [] } })
    ask().step({ do: 'cancel' })
    expect(ask()).toMatchObject({ tool: null, draft: null })
  })
  it('keeps snapping off from one tool to the next', () => {
    ask().take('distance')
    ask().step({ do: 'snap' })
    ask().take('area')
    expect(ask().draft?.isSnapping).toBe(false)
  })
  it('forgets with another plan, and one figure or all when asked', () => {
    ask().take('angle')
    add([1, 0], [0, 0], [0, 1], [1, 0], [0, 0], [0, 1])
    const [first] = ask().measured
    ask().remove(first?.id ?? 0)
    expect(ask().measured).toHaveLength(1)
    ask().begin('p' as PlanId)
    expect(ask().measured).toHaveLength(1)
    ask().begin('q' as PlanId)
    expect(ask().measured).toEqual([])
  })
  it('gives no area to a ring that crosses itself', () => {
    expect(hasValue({ kind: 'area', xyM: [0, 0, 9, 9, 9, 0, 0, 9] })).toBe(false)
    expect(hasValue({ kind: 'distance', xyM: [0, 0, 9, 9, 9, 0, 0, 9] })).toBe(true)
  })
})

describe('selecting', () => {
  it('by two corners of a box, in whatever order, or by a box that was dragged', () => {
    ask().take('box')
    add([5, 1], [2, 8])
    const ring = [2, 1, 5, 1, 5, 8, 2, 8]
    expect(ask().polygon?.xyM).toEqual(ring)
    const before = ask().polygon?.request ?? 0
    ask().box([2, 1, 5, 8])
    expect(ask().polygon?.xyM).toEqual(ring)
    expect(ask().polygon?.request).toBeGreaterThan(before)
  })
  it('by a polygon that is ended', () => {
    ask().take('polygon')
    add([0, 0], [5, 0])
    ask().step({ do: 'end' })
    expect(ask().polygon).toBeNull()
    add([5, 5])
    ask().step({ do: 'end' })
    expect(ask().polygon?.xyM).toEqual([0, 0, 5, 0, 5, 5])
  })
})
