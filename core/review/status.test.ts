import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FindingId, ReviewId } from '../model/ids.ts'
import { FINDING_STATUSES, statusOf, type Finding, type FindingStatus } from './finding.ts'
import { mark } from './mark.ts'
import { assertEditable, moveFinding, nextStatuses, stepNeedsReason } from './status.ts'

const finding = (status: FindingStatus = 'open', withdrawn = false): Finding => ({
  id: 'f' as FindingId,
  reviewId: 'r' as ReviewId,
  number: 7,
  item: 'A03',
  severity: 'must',
  text: '公园入口缺失',
  action: '',
  evidence: [],
  withdrawn,
  by: '林青',
  at: '2026-03-02T08:00:00.000Z',
  ...(status !== 'open' && { status }),
})

describe('the status of a finding', () => {
  it('goes open, answered, resolved, verified; an exception and an opening again say why', () => {
    const answered = moveFinding(finding(), 'answered', '')
    const resolved = moveFinding(answered, 'resolved', '')
    expect(statusOf(moveFinding(resolved, 'verified', ''))).toBe('verified')
    expect(() => moveFinding(answered, 'exception', ' ')).toThrow('finding.reason-required')
    expect(statusOf(moveFinding(answered, 'exception', '法定上位规划已批准'))).toBe('exception')
    expect(() => moveFinding(finding('verified'), 'open', '')).toThrow('finding.reason-required')
    expect(moveFinding(finding('verified'), 'open', '新证据')).not.toHaveProperty('status')
    expect(() => moveFinding(finding(), 'verified', '')).toThrow('finding.no-such-step')
  })

  it('is final for what was withdrawn, and locks words only when verified or withdrawn', () => {
    expect(nextStatuses(finding('open', true))).toEqual([])
    const locked = FINDING_STATUSES.filter((status) => {
      try {
        assertEditable(finding(status))
        return false
      } catch {
        return true
      }
    })
    expect(locked).toEqual(['verified'])
    expect(() => assertEditable(finding('open', true))).toThrow('finding.locked')
  })

  it('never changes anything but the status, and can always be opened again (any walk)', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 4 }), { maxLength: 12 }), (choices) => {
        let at = finding()
        for (const choice of choices) {
          const next = nextStatuses(at)
          const to = next[choice % next.length] as FindingStatus
          at = moveFinding(at, to, stepNeedsReason(at, to) ? '理由' : '')
          expect({ ...at, status: undefined }).toEqual({ ...finding(), status: undefined })
        }
        const open = statusOf(at) === 'open' ? at : moveFinding(at, 'open', '复核')
        expect(open).toEqual(finding())
      }),
    )
  })
})

describe('a mark', () => {
  it('has the places that its kind needs, in pairs', () => {
    expect(mark.safeParse({ kind: 'point', xyM: [1, 2] }).success).toBe(true)
    expect(mark.safeParse({ kind: 'point', xyM: [1, 2, 3, 4] }).success).toBe(false)
    expect(mark.safeParse({ kind: 'area', xyM: [0, 0, 1, 0] }).success).toBe(false)
    expect(mark.safeParse({ kind: 'cloud', xyM: [0, 0, 1, 0, 1, 1] }).success).toBe(true)
    expect(mark.safeParse({ kind: 'line', xyM: [0, 0, 1] }).success).toBe(false)
    expect(mark.safeParse({ kind: 'line', xyM: [0, 0, Number.NaN, 1] }).success).toBe(false)
  })
})
