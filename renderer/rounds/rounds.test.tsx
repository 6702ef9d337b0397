import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import i18next from 'i18next'
import type { RoundView } from '#core/contract/round-procedures.ts'
import { sampleRounds } from '#core/contract/sample-rounds.ts'
import type { FindingId, PlanId, ReviewId } from '#core/model/ids.ts'
import type { Finding } from '#core/review/finding.ts'
import type { Orientation } from '#core/review/orientation.ts'
import type { ScoreChange } from '#core/review/rounds-scores.ts'
import { LANGS, type Lang } from '#core/text.ts'
import { nothing, words as show, startWords } from '../api/fake/show.tsx'
import { OrientationCards } from '../orientation/orientation-screen.tsx'
import { AdoptionTable } from './adoption-table.tsx'
import { CarriedList } from './carried-list.tsx'
import { confirmable } from './confirm.ts'
import { markShape } from './places.ts'
import { RaisedList } from './raised-list.tsx'
import { ScoreComparison } from './score-comparison.tsx'

const finding = (number: number, more: Partial<Finding> = {}): Finding => ({
  id: `f${number}` as FindingId,
  reviewId: 'r' as ReviewId,
  number,
  item: 'B01',
  severity: 'must',
  text: `<b>压占红线</b> ${number}`,
  action: '',
  evidence: [],
  withdrawn: false,
  by: '李审查',
  at: '2026-03-01T08:00:00.000Z',
  carried: { from: `e${number}` as FindingId, firstRound: 1, class: 'moved', overlapShare: 0.25, movedM: 131.6 },
  ...more,
})
const note = { code: 'accepted-before' as const, number: 4, text: { zh: '上一轮认可', en: 'Accepted before' } }
const view: RoundView = {
  round: { planId: 'p' as PlanId, previousPlanId: 'q' as PlanId, number: 2 },
  earlier: { id: 'q' as PlanId, name: 'First', nameZh: '首轮' },
  earlierReview: null,
  review: null,
  isMeasured: true,
  toCarry: 0,
  carried: [{ finding: finding(3), earlier: null, notes: [note], reason: null }],
  raised: [],
  scores: null,
  adoption: [{ finding: finding(3), answer: '已移', adoption: null, isStated: false, explanation: '' }],
}
const scores: ScoreChange = {
  before: {
    total: 61.538,
    coverage: 0.5,
    opinion: { id: 'revise', title: { zh: '修改后再审', en: 'Revise' }, cappedByGate: false },
  },
  after: { total: 70, coverage: 0.6, opinion: { id: 'agree', title: { zh: '原则同意', en: 'Agree' }, cappedByGate: false } },
  items: [
    { item: 'A04', title: { zh: '人均公园', en: 'Parks' }, unit: 'percent', base: 'ratio', before: { level: 1, value: 0.2 }, after: { level: 3, value: 0.5 } }, // prettier-ignore
    { item: 'B09', title: { zh: '未动项', en: 'Still' }, unit: 'percent', base: null, before: { level: 2, value: null }, after: { level: 2, value: null } }, // prettier-ignore
  ],
}

beforeAll(async () => {
  await startWords()
})

describe.each(LANGS)('a round in %s', (lang: Lang) => {
  beforeEach(async () => {
    await i18next.changeLanguage(lang)
  })
  const either = (zh: string, en: string) => (lang === 'zh' ? zh : en)

  it('shows what became of each finding, with distance and overlap', () => {
    const words = show(<CarriedList view={view} chosen={null} onChoose={nothing} />)
    expect(words).toContain(either('移动 132 米', 'by 132 m'))
    expect(words).toContain(either('重合 25%', '25%'))
    expect(words).toContain(either('上一轮认可', 'Accepted before'))
    expect(words).toContain('&lt;b&gt;压占红线')
    expect(show(<CarriedList view={{ ...view, carried: [] }} chosen={null} onChoose={nothing} />)).toContain(
      either('尚未带入意见', 'No findings came over'),
    )
  })

  it('asks for the reason of what is raised late', () => {
    const words = show(<RaisedList view={view} />)
    expect(words).toContain(either('需说明理由', 'Needs a reason'))
    expect(words).toContain(either('本轮提出意见 3 的理由', 'Why finding 3'))
  })

  it('compares scores item by item, only those that changed', () => {
    const words = show(<ScoreComparison scores={scores} />)
    expect(words).toContain('61.5')
    expect(words).toContain(either('升 2 级', 'Up 2 levels'))
    expect(words).toContain(either('人均公园', 'Parks'))
    expect(words).not.toContain(either('未动项', 'Still'))
  })

  it('lists what was adopted, or still to be settled', () => {
    const words = show(<AdoptionTable rows={view.adoption} planId={'p' as PlanId} checklistId="c" planTitle="x" />)
    expect(words).toContain(either('待核定', 'To be settled'))
    expect(words).toContain('已移')
  })

  it('opens a plan on one page: what it is, how complete, and what waits', async () => {
    const call = { signal: { aborted: false, addEventListener: nothing }, progress: nothing }
    const page: Orientation = await sampleRounds['orientation.get']({ planId: 'p' as PlanId, checklistId: 'c' }, call)
    const words = show(<OrientationCards page={page} checklistId="c" />)
    expect(words).toContain(either('否决项尚未核查', 'Gates not checked'))
    expect(words).toContain(either('大城市', 'large city'))
    expect(words).toContain(either('绿地与开敞空间用地', 'reen'))
    expect(words).toContain('B01')
  })
})

describe('confirming', () => {
  it('resolves what is open, verifies what is resolved, and leaves the settled alone', () => {
    const of = (number: number, status?: Finding['status']) => finding(number, status ? { status } : {})
    const chosen = [of(1), of(2, 'answered'), of(3, 'resolved'), of(4, 'verified'), of(5, 'exception')]
    expect(confirmable(chosen)).toEqual([
      ['verified', ['f3']],
      ['resolved', ['f1', 'f2']],
    ])
    expect(confirmable([finding(6, { withdrawn: true })])).toEqual([])
  })
  it('closes the outline of an area that was drawn', () => {
    expect(markShape({ kind: 'cloud', xyM: [0, 0, 1, 0, 1, 1] })).toMatchObject({
      kind: 'polygon',
      ringOff: Uint32Array.of(0, 4),
    })
    expect(markShape({ kind: 'arrow', xyM: [0, 0, 1, 0] })).toMatchObject({ kind: 'line', ringOff: Uint32Array.of(0, 2) })
  })
})
