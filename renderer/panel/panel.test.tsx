import i18next from 'i18next'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sampleBlindPanel, samplePanelView } from '#core/contract/sample-panel.ts'
import type { FeatureGeometry } from '#core/contract/map-data.ts'
import type { LayerId } from '#core/model/ids.ts'
import { contention } from '#core/review/contention.ts'
import { LANGS, type Lang } from '#core/text.ts'
import { FAKE_PLAN, fakeMeasurements } from '../api/fake/fake-data.ts'
import { fakeChecklist, fakeView } from '../api/fake/fake-handlers.ts'
import { nothing, words as show, startWords } from '../api/fake/show.tsx'
import { AgreementPart, Calibration } from './agreement.tsx'
import { contentionMap } from './contention-parts.ts'
import { DisagreementTable } from './disagreement-table.tsx'
import { LockedEntry } from './locked-entry.tsx'
import { Members } from './members.tsx'
import { Consolidated } from './opinion.tsx'
import { groupsOf, isListed } from './standing.ts'

const view = fakeView({ measurements: fakeMeasurements, entries: [], findings: [] })
const panel = samplePanelView(view)
const blind = sampleBlindPanel(view)
const key = { planId: FAKE_PLAN, checklistId: fakeChecklist.id }

const table = (of: typeof panel, chosen: string | null = null, only: readonly string[] | null = null) => (
  <DisagreementTable
    panel={of}
    checklist={fakeChecklist}
    panelKey={key}
    chosen={chosen}
    only={only}
    onChoose={nothing}
    onShowAll={nothing}
  />
)

beforeAll(async () => {
  await startWords()
})

describe('where experts stand', () => {
  it('puts those of one opinion together, levels first', () => {
    const standing = panel.disagreements.find(({ item }) => item === 'A03')
    expect(standing && groupsOf(standing)).toEqual([
      { says: 2, names: ['许诚', '郭晚'] },
      { says: 'out', names: ['周岚'] },
    ])
  })

  it('lists what is to settle: never settled, or changed since', () => {
    const open = panel.disagreements.filter((one) => isListed(one, 'open', panel.settled)).map(({ item }) => item)
    expect(open.toSorted()).toEqual(['A03', 'A04', 'B01'])
    const fresh = { B01: { how: 'lead' as const, level: 1 as const, reason: 'x', isStale: false } }
    const left = panel.disagreements.filter((one) => isListed(one, 'open', fresh)).map(({ item }) => item)
    expect(left).not.toContain('B01')
    expect(panel.disagreements.filter((one) => isListed(one, 'all', {}))).toHaveLength(4)
  })

  it('draws contested features of all layers in shared classes of points', () => {
    const features = contention(panel.disagreements, fakeChecklist, view.measurements)
    expect(features.map(({ fid, items }) => [fid, items])).toEqual([
      [4900, ['B01']],
      [4901, ['B01']],
    ])
    const shape: FeatureGeometry = {
      kind: 'polygon',
      xyM: Float64Array.of(0, 0, 1, 0, 1, 1),
      ringOff: Uint32Array.of(0, 3),
      featureOff: Uint32Array.of(0, 1),
      fid: Float64Array.of(4901),
    }
    const layer = { id: 'l' as LayerId, role: 'landuse_plan' as const, title: { zh: '规划用地', en: 'Planned use' } }
    const { parts, legend } = contentionMap(features, [{ layer, shape }])
    expect(parts[0]).toMatchObject({ id: 'l', shapes: 1 })
    expect([...(parts[0]?.rowOf ?? [])]).toEqual([1])
    expect(legend.length).toBeGreaterThan(0)
    const more = [...features, { layer: 'green', fid: 1, points: 9, items: ['A04'] }]
    expect(contentionMap(more, []).legend.map(({ features: count }) => count)).toEqual([2, 1])
    expect(contentionMap([], []).legend).toEqual([])
  })
})

describe.each(LANGS)('the panel in %s', (lang: Lang) => {
  beforeEach(() => i18next.changeLanguage(lang).then(nothing))
  const either = (zh: string, en: string) => (lang === 'zh' ? zh : en)

  it('shows lead and experts with what each has come to', () => {
    const words = show(<Members panel={panel} panelKey={key} leadFindings={3} />)
    for (const expected of ['李审查', '周岚', '许诚', either('已提交', 'submitted'), either('评审中', 'at work'), '61.5'])
      expect(words).toContain(expected)
    expect(words).toContain(either('背靠背', 'Blind first round'))
    expect(words).not.toContain('panel.')
  })

  it('keeps names and figures of others out of sight in a blind round', () => {
    const words = show(<Members panel={blind} panelKey={key} leadFindings={0} />)
    expect(words).toContain(either('专家 2', 'Expert 2'))
    expect(words).toContain(either('未公开', 'hidden'))
    expect(words).not.toMatch(/周岚|许诚/)
    expect(show(table(blind))).toContain(either('还有 2 位专家未提交', '2 still to submit'))
    expect(show(<AgreementPart panel={blind} />)).toBe('')
  })

  it('lists differences by what hangs on them, with those who talk first and marks of what was settled', () => {
    const words = show(table(panel))
    for (const expected of ['A04', 'B01', 'A03', either('组长裁定', 'lead'), either('商定后有变', 'changed since')])
      expect(words).toContain(expected)
    expect(words).not.toContain('N06')
    expect(words).not.toContain('panel.')
  })

  it('opens an item to its reasons side by side and the way to settle it', () => {
    const words = show(table(panel, 'A04'))
    for (const expected of ['周岚对 A04 的理由', '许诚对 A04 的理由', either('取中位数（3 级）', 'Median (level 3)')])
      expect(words).toContain(expected)
    expect(show(table(panel, null, ['A04']))).not.toContain('B01')
  })

  it('puts agreement in words, all together and two by two, with their source', () => {
    const words = show(<AgreementPart panel={panel} />)
    expect(words).toContain('κ')
    expect(words).toContain('Landis')
    expect(words).toContain(either('周岚 与 许诚', '周岚 and 许诚'))
    expect(show(<Calibration panel={panel} checklist={fakeChecklist} />)).toContain(either('基准评审', 'Reference review'))
  })

  it('says what the lead’s review comes to, and offers the rest to the median', () => {
    const words = show(<Consolidated panel={panel} panelKey={key} />)
    expect(words).toContain(either('还有 3 项', '3 more'))
    const done = show(<Consolidated panel={{ ...panel, remaining: [] }} panelKey={key} />)
    expect(done).toContain(either('没有可按中位数商定的条目', 'Nothing is left'))
  })

  it('shows an entry of a submitted review as read only', () => {
    const { entry } = { entry: { item: 'A04', level: 2 as const, notApplicable: false, reason: '见现场', document: null, page: null, by: '周岚', at: view.review.startedAt } } // prettier-ignore
    expect(show(<LockedEntry entry={entry} />)).toContain('见现场')
    expect(show(<LockedEntry entry={null} />)).toContain(either('只读', 'read only'))
  })
})
