import { describe, expect, it } from 'vitest'
import type { FindingId, ReviewId } from '../model/ids.ts'
import type { Finding } from '../review/finding.ts'
import { placedByLayer, type MemoSide } from './memo-places.ts'

const frame = {
  kind: 'equal-area',
  lonDeg: 114.05,
  latDeg: 30.5,
  semiMajorM: 6_378_137,
  inverseFlattening: 298.257222101,
} as const
const side = (...layers: [role: 'green' | 'landuse_plan' | 'corridor', sha256: string][]): MemoSide => ({
  frame,
  layers: layers.map(([role, sha256]) => ({ role, sha256 })),
})
const finding = (evidence: Finding['evidence'], more: Partial<Finding> = {}): Finding => ({
  id: 'f1' as FindingId,
  reviewId: 'r' as ReviewId,
  number: 7,
  item: 'A03',
  severity: 'must',
  text: '绿廊被切断',
  action: '',
  evidence,
  withdrawn: false,
  by: '林青',
  at: '2026-03-02T08:00:00.000Z',
  ...more,
})
const one = (evidence: Finding['evidence'], from: MemoSide, to: MemoSide, more: Partial<Finding> = {}) =>
  placedByLayer([finding(evidence, more)], from, to)[0]

describe('findings of a memo whose plan is not here', () => {
  const green = { layer: 'green', fid: 4 }
  const parcel = { layer: 'landuse_plan', fid: 9 }

  it('keep the places that lie in layers of the same content, and name the others', () => {
    const found = one([green, parcel], side(['green', 'a'], ['landuse_plan', 'b']), side(['green', 'a'], ['landuse_plan', 'c']))
    expect(found?.lost).toEqual(['landuse_plan #9'])
    expect(found?.finding).toMatchObject({
      number: 7,
      evidence: [green],
      carried: { from: 'f1', firstRound: 1, class: 'edited' },
    })
  })

  it('are unchanged where all of their places are there, and where they have none', () => {
    const sides = [side(['green', 'a']), side(['green', 'a'], ['corridor', 'z'])] as const
    expect(one([green], ...sides)).toMatchObject({ lost: [], finding: { carried: { class: 'unchanged' } } })
    expect(one([], side(['green', 'a']), side())).toMatchObject({ lost: [], finding: { carried: { class: 'unchanged' } } })
  })

  it('take no number of a role whose layers are not all the same', () => {
    const from = side(['green', 'a'], ['green', 'b'])
    expect(one([green], from, side(['green', 'a']))?.lost).toEqual(['green #4'])
    expect(one([green], from, side(['green', 'b'], ['green', 'a']))?.lost).toEqual([])
  })

  it('keep their drawings on Earth, and name a drawing that has no place there', () => {
    const mark = { kind: 'point' as const, xyM: [120, 340] }
    const moved = { ...side(), frame: { ...frame, lonDeg: 114.06 } }
    const x = one([], side(), moved, { mark })?.finding.mark?.xyM[0] ?? 0
    expect(x).toBeLessThan(-800)
    expect(x).toBeGreaterThan(-900)
    const local: MemoSide = { layers: [], frame: { kind: 'planar', originX: 0, originY: 0 } }
    expect(one([], local, side(), { mark })).toMatchObject({ lost: ['mark'], finding: { carried: { class: 'edited' } } })
    expect(one([], local, side(), { mark })?.finding.mark).toBeUndefined()
  })

  it('remember the round in which they were first raised', () => {
    const carried = { from: 'f0' as FindingId, firstRound: 2, class: 'moved' as const, overlapShare: 0.5, movedM: 3 }
    expect(one([], side(), side(), { carried })?.finding.carried).toMatchObject({ from: 'f1', firstRound: 2 })
  })
})
