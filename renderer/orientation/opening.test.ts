import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { PlanId } from '#core/model/ids.ts'
import { likelyNext, openingRoute, rememberFrontPage } from './opening.ts'

const id = 'plan-a' as PlanId
let stored: string | null

beforeEach(() => {
  stored = null
  vi.stubGlobal('localStorage', { getItem: () => stored, setItem: (_: string, text: string) => void (stored = text) })
  return () => vi.unstubAllGlobals()
})

const opens = (round?: number) => openingRoute({ id, ...(round !== undefined && { round }) }).page

describe('opening a plan', () => {
  it('shows its overview first, then whichever page was chosen last', () => {
    expect(opens()).toBe('orientation')
    rememberFrontPage(id, 'orientation', 1)
    expect(opens()).toBe('orientation')
    rememberFrontPage(id, 'plan')
    expect(opens()).toBe('plan')
    rememberFrontPage(id, 'orientation', 1)
    expect(opens()).toBe('orientation')
  })
  it('shows the overview again when the plan became a new round', () => {
    rememberFrontPage(id, 'orientation', 1)
    rememberFrontPage(id, 'plan')
    expect(opens(2)).toBe('orientation')
    rememberFrontPage(id, 'orientation', 2)
    rememberFrontPage(id, 'plan')
    expect(opens(2)).toBe('plan')
  })
  it('does not take a review that was opened by its address for an introduction', () => {
    rememberFrontPage(id, 'plan')
    expect(opens()).toBe('orientation')
  })
  it('forgets the plans of long ago, and what somebody broke', () => {
    for (let at = 0; at < 400; at++) rememberFrontPage(`p${at}` as PlanId, 'orientation', 1)
    expect(JSON.parse(stored ?? '[]')).toHaveLength(300)
    for (const broken of ['{', '7', '[[1,2]]', '[["plan-a",null]]', '[["plan-a",{"page":"memo","round":1}]]']) {
      stored = broken
      expect(opens()).toBe('orientation')
    }
  })
  it('expects the plan that was open last to be opened next, else the first of the list', () => {
    const plans = ['a', 'b', 'c'].map((one) => ({ id: one as PlanId }))
    expect(likelyNext([])).toBeNull()
    expect(likelyNext(plans)).toBe('a')
    rememberFrontPage('c' as PlanId, 'orientation', 1)
    rememberFrontPage('b' as PlanId, 'orientation', 1)
    rememberFrontPage('removed' as PlanId, 'orientation', 1)
    expect(likelyNext(plans)).toBe('b')
  })
})
