import { describe, expect, it } from 'vitest'
import type { FindingId, LayerId, ReviewId } from '../model/ids.ts'
import type { FollowedFeature } from '../plan-diff/result.ts'
import { carryClass, carryClassNow, carryFinding, type Fate } from './carry.ts'
import type { Finding } from './finding.ts'

const LAYER = 'l2' as LayerId
const fate = (followed: Partial<FollowedFeature>[], more: Partial<Fate> = {}): Fate => ({
  followed: followed.map((one) => ({
    before: { layerId: 'l1' as LayerId, fid: 4 },
    kind: 'unchanged',
    after: { layerId: LAYER, fid: 40 },
    overlap: 1,
    movedM: 0,
    onItsGround: [],
    ...one,
  })),
  changedShare: null,
  isStillEvidence: null,
  ...more,
})
const gone = { kind: 'removed', after: null, overlap: null, movedM: null } as const

describe('a finding in the next round', () => {
  it('is classed by what happened to its place and its proof', () => {
    expect(carryClass(fate([{}]))).toBe('unchanged')
    expect(carryClass(fate([{}, { kind: 'reshaped', overlap: 0.7 }]))).toBe('edited')
    expect(carryClass(fate([{ kind: 'recoded' }, { kind: 'moved', overlap: 0 }]))).toBe('moved')
    expect(carryClass(fate([gone]))).toBe('deleted')
    expect(carryClass(fate([gone, {}]))).toBe('edited')
    const split = { ...gone, onItsGround: [{ after: { layerId: LAYER, fid: 7 }, share: 0.6 }] }
    expect(carryClass(fate([split]))).toBe('edited')
    expect(carryClass(fate([{ kind: 'recoded' }], { isStillEvidence: false }))).toBe('perhaps-fixed')
    expect(carryClass(fate([{ kind: 'recoded' }], { isStillEvidence: true }))).toBe('edited')
    expect(carryClass(fate([], { changedShare: 0.2 }))).toBe('edited')
    expect(carryClass(fate([], { changedShare: 0 }))).toBe('unchanged')
    expect(carryClass(fate([]))).toBe('unchanged')
  })

  it('keeps number and words, and names the features of the new plan', () => {
    const finding: Finding = {
      id: 'f1' as FindingId,
      reviewId: 'r1' as ReviewId,
      number: 12,
      item: 'A03',
      severity: 'must',
      text: '公园入口缺失',
      action: '补充入口',
      evidence: [{ layer: 'green', fid: 4 }],
      withdrawn: false,
      by: '林青',
      at: '2026-03-02T08:00:00.000Z',
      status: 'answered',
    }
    const parts = [
      { after: { layerId: LAYER, fid: 7 }, share: 0.6 },
      { after: { layerId: LAYER, fid: 8 }, share: 0.4 },
    ]
    const moved = fate([
      { kind: 'moved', overlap: 0, movedM: 130 },
      { ...gone, onItsGround: parts },
    ])
    const carried = carryFinding(finding, moved, () => 'green', 1)
    expect(carried).toMatchObject({ number: 12, text: '公园入口缺失', status: 'answered', at: finding.at })
    expect(carried.evidence).toEqual([40, 7, 8].map((fid) => ({ layer: 'green', fid })))
    expect(carried.carried).toEqual({ from: 'f1', firstRound: 1, class: 'moved', overlapShare: 0, movedM: 130 })
    const third = carryFinding({ ...finding, ...(carried.carried && { carried: carried.carried }) }, fate([{}]), () => 'green', 2)
    expect(third.carried).toMatchObject({ firstRound: 1, class: 'unchanged', overlapShare: 1 })
  })

  it('is classed again by what is measured later', () => {
    const base = { from: 'f' as FindingId, firstRound: 1, overlapShare: 1, movedM: 0 }
    expect(carryClassNow({ ...base, class: 'unchanged' }, false)).toBe('perhaps-fixed')
    expect(carryClassNow({ ...base, class: 'unchanged' }, null)).toBe('unchanged')
    expect(carryClassNow({ ...base, class: 'deleted' }, false)).toBe('deleted')
    expect(carryClassNow({ ...base, class: 'perhaps-fixed', placeClass: 'unchanged' }, true)).toBe('unchanged')
    expect(carryClassNow({ ...base, class: 'perhaps-fixed', placeClass: 'unchanged' }, null)).toBe('perhaps-fixed')
    // Of findings that an earlier version brought over, only the move is known.
    expect(carryClassNow({ ...base, class: 'perhaps-fixed', movedM: 40 }, true)).toBe('moved')
    expect(carryClassNow({ ...base, class: 'perhaps-fixed' }, true)).toBe('edited')
  })
})
