import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { equalAreaFrame } from '../geo/frame.ts'
import type { FindingId, RemarkId, ReviewId } from '../model/ids.ts'
import type { Measurement } from '../model/measurement.ts'
import { adoptionRows } from './adoption.ts'
import type { Finding, Remark } from './finding.ts'
import { classShares } from './orientation.ts'
import { contradictions, hardening } from './rounds-guard.ts'
import { isStillEvidence, moveMark } from './rounds-place.ts'

const finding = (more: Partial<Finding> = {}): Finding => ({
  id: 'f1' as FindingId,
  reviewId: 'r1' as ReviewId,
  number: 4,
  item: 'A03',
  severity: 'should',
  text: '公园入口缺失',
  action: '',
  evidence: [{ layer: 'green', fid: 4 }],
  withdrawn: false,
  by: '林青',
  at: '2026-03-02T08:00:00.000Z',
  ...more,
})
const measured = (fids: number[], more: Partial<Measurement> = {}): Measurement => ({
  id: 'A03',
  version: 1,
  outcome: { kind: 'value', value: 1, unit: 'ratio' },
  method: { zh: '比', en: 'ratio' },
  basis: 'ellipsoidal',
  parameters: {},
  details: {},
  evidence: fids.map((fid) => ({ layer: 'green', fid })),
  evidenceTotal: fids.length,
  inputs: {},
  notes: [],
  ...more,
})
const places = (...fids: number[]) => fids.map((fid) => ({ layer: 'green', fid }))

describe('places in the next round', () => {
  it('move with the frame to the same place on Earth, and back', () => {
    const [one, other] = [
      equalAreaFrame(114, 30, 6_378_137, 298.257222101),
      equalAreaFrame(114.4, 30.3, 6_378_137, 298.257222101),
    ]
    const coordinate = fc.double({ min: -20_000, max: 20_000, noNaN: true })
    fc.assert(
      fc.property(coordinate, coordinate, (x, y) => {
        const there = moveMark({ kind: 'point', xyM: [x, y] }, one, other)
        const back = moveMark(there, other, one)
        expect(back.xyM[0]).toBeCloseTo(x, 4)
        expect(back.xyM[1]).toBeCloseTo(y, 4)
      }),
    )
  })

  it('are known to be proof or not only when both plans tell', () => {
    const before = { places: places(4), measurement: measured([4, 9]) }
    expect(isStillEvidence(before, { places: places(40), measurement: measured([40]) })).toBe(true)
    expect(isStillEvidence(before, { places: places(40), measurement: measured([7]) })).toBe(false)
    expect(isStillEvidence(before, { places: places(40), measurement: undefined })).toBeNull()
    expect(isStillEvidence(before, { places: places(40), measurement: measured([7], { evidenceTotal: 9 }) })).toBeNull()
    expect(isStillEvidence(before, { places: places(40), measurement: measured([7], { version: 2 }) })).toBeNull()
    const why = { zh: '缺', en: 'missing' }
    const missing = measured([], { outcome: { kind: 'missing', why, needs: [] } })
    expect(isStillEvidence(before, { places: places(40), measurement: missing })).toBeNull()
    const chosen = { places: places(5), measurement: measured([4, 9]) }
    expect(isStillEvidence(chosen, { places: places(50), measurement: measured([]) })).toBeNull()
  })
})

describe('raising in a later round', () => {
  const ground = { fids: { green: [8] }, boxesM: [100, 100, 200, 200] }
  const pair = (earlier: Partial<Finding>, now: Partial<Finding> = {}) => ({ now: finding(now), earlier: finding(earlier) })
  const raised = { item: 'A03', evidence: places(4) }
  const codes = (...args: Parameters<typeof contradictions>) => contradictions(...args).map(({ code }) => code)

  it('contradicts what was accepted at the same place, whatever became of the ground', () => {
    for (const status of ['resolved', 'verified', 'exception'] as const) {
      expect(codes(raised, [pair({ status })], null)).toEqual(['accepted-before'])
    }
    expect(codes(raised, [pair({ status: 'answered' })], ground)).toEqual([])
    expect(codes({ ...raised, item: 'N01' }, [pair({ status: 'verified' })], null)).toEqual([])
    const mark = { kind: 'area' as const, xyM: [0, 0, 10, 0, 10, 10] }
    const drawn = pair({ status: 'verified' }, { evidence: [], mark })
    expect(codes({ item: 'A03', evidence: [], mark: { kind: 'point', xyM: [5, 5] } }, [drawn], null)).toEqual(['accepted-before'])
  })

  it('could have been done in round one where nothing changed', () => {
    expect(codes(raised, [], ground)).toEqual(['could-have-been-raised'])
    expect(codes({ item: 'A03', evidence: places(8) }, [], ground)).toEqual([])
    expect(codes(raised, [], null)).toEqual([])
    expect(codes({ item: 'A03', evidence: [] }, [], ground)).toEqual([])
    const at = (x: number) => ({ item: 'A03', evidence: [], mark: { kind: 'point' as const, xyM: [x, 150] } })
    expect(codes(at(150), [], ground)).toEqual([])
    expect(codes(at(250), [], ground)).toEqual(['could-have-been-raised'])
  })

  it('is also asking for more, or taking an acceptance back', () => {
    expect(hardening(pair({ status: 'verified' })).map(({ code }) => code)).toEqual(['accepted-before'])
    expect(hardening(pair({}, { severity: 'must' })).map(({ code }) => code)).toEqual(['severity-raised'])
    expect(hardening(pair({ status: 'verified' }, { status: 'verified', severity: 'note' }))).toEqual([])
  })
})

describe('the adoption table', () => {
  const carried = { from: 'f0' as FindingId, firstRound: 1, class: 'unchanged' as const, overlapShare: 1, movedM: 0 }
  const said = (text: string, more: Partial<Remark> = {}): Remark => ({
    id: 'k' as RemarkId,
    findingId: 'f1' as FindingId,
    text,
    by: '编制单位',
    at: '2026-03-03T08:00:00.000Z',
    ...more,
  })
  const rowOf = (more: Partial<Finding>, ...thread: Remark[]) => adoptionRows([finding({ carried, ...more })], () => thread)[0]

  it('says what the status says until a person says it', () => {
    expect(rowOf({})).toMatchObject({ adoption: null, answer: '', explanation: '', isStated: false })
    expect(rowOf({ status: 'verified' })?.adoption).toBe('adopted')
    const passed = said('条件不具备', { step: { from: 'answered', to: 'exception' } })
    expect(rowOf({ status: 'exception' }, said('难以实施'), passed)).toMatchObject({
      adoption: 'not',
      answer: '难以实施',
      explanation: '条件不具备',
    })
    const stated = [said('只改一处', { adoption: 'partly' }), said('', { adoption: 'adopted' })]
    expect(rowOf({}, said('已改'), ...stated)).toMatchObject({ adoption: 'adopted', answer: '已改', isStated: true })
    expect(rowOf({}, said('迟提理由', { late: true }))?.answer).toBe('')
  })

  it('lists what came from earlier rounds and was not withdrawn, by number', () => {
    const rows = adoptionRows(
      [
        finding({ number: 9, carried }),
        finding({ number: 2, carried }),
        finding({ number: 3 }),
        finding({ carried, withdrawn: true }),
      ],
      () => [],
    )
    expect(rows.map((row) => row.finding.number)).toEqual([2, 9])
  })
})

describe('land by class', () => {
  it('adds up to the whole, whatever the codes', () => {
    const area = fc.double({ min: 0, max: 1e9, noNaN: true })
    const code = fc.constantFrom('0701', '070102', '1401', '0101', 'X9', '')
    fc.assert(
      fc.property(fc.dictionary(code, area), (areas) => {
        const shares = classShares(areas)
        const total = Object.values(areas).reduce((sum, one) => sum + one, 0)
        expect(shares.reduce((sum, { areaM2 }) => sum + areaM2, 0)).toBeCloseTo(total, 2)
        expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(total > 0 ? 1 : 0, 9)
      }),
    )
    expect(classShares({ '0701': 1, '070102': 2, '1401': 5, X9: 1 }).map(({ code: first }) => first)).toEqual(['14', '07', null])
  })
})
