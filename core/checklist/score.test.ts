import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import json from '../../resources/checklists/green-low-carbon.json' with { type: 'json' }
import type { Measurement, Outcome } from '../model/measurement.ts'
import { parseChecklist } from './load.ts'
import type { ItemEntry, Level } from './result.ts'
import { entriesWithoutItem, scoreChecklist } from './score.ts'
import type { Checklist } from './schema.ts'

const checklist = parseChecklist(json, 'green-low-carbon.json')
const noEntry = {
  notApplicable: false,
  reason: '见文本第 3 章',
  document: null,
  page: null,
  by: 'reviewer',
  at: '2025-01-01T00:00:00Z',
}
const judge = (item: string, level: Level | null, more: Partial<ItemEntry> = {}): ItemEntry => ({
  ...noEntry,
  item,
  level,
  ...more,
})
const measure = (id: string, outcome: Outcome, details: Record<string, unknown> = {}): Measurement => ({
  id,
  version: 1,
  outcome,
  details,
  method: { zh: '方法', en: 'method' },
  basis: 'ellipsoidal',
  parameters: {},
  evidence: [],
  evidenceTotal: 0,
  inputs: {},
  notes: [],
})
const value = (id: string, amount: number, unit: 'ratio' | 'm2' | 'm_per_person' | 'm2_per_person') =>
  measure(id, { kind: 'value', value: amount, unit })

const run = (given: { measurements?: Measurement[]; entries?: ItemEntry[]; cityKind?: string | null; list?: Checklist }) =>
  scoreChecklist(given.list ?? checklist, {
    measurements: given.measurements ?? [],
    entries: given.entries ?? [],
    cityKind: given.cityKind === undefined ? 'super' : given.cityKind,
    planLevel: 'master',
  })
const resultOf = (result: ReturnType<typeof run>, id: string) => {
  const found = result.items.find((entry) => entry.id === id)
  if (found === undefined) throw new Error(`no result for ${id}`)
  return found
}

/** Items of the checklist that apply to a master plan of a super city, each judged or left open. */
const masterItems = checklist.items.filter(
  ({ applies }) => applies.planLevels.includes('master') && applies.cities.includes('super'),
)
const levels = fc.array(fc.constantFrom<Level | null>(null, 0, 1, 2, 3, 4), {
  minLength: masterItems.length,
  maxLength: masterItems.length,
})
const entriesFor = (chosen: readonly (Level | null)[]) => masterItems.map(({ id }, i) => judge(id, chosen[i] ?? null))

describe('scoring', () => {
  it('agrees with the worked example: levels 3, 2, n/a, 2 with weights 3, 1.5, 1, 2', () => {
    const weights = [3, 1.5, 1, 2]
    const list: Checklist = {
      ...checklist,
      items: weights.flatMap((weight, i) => {
        const [item] = checklist.items.slice(i + 10)
        return item === undefined ? [] : [{ ...item, weight, rule: null }]
      }),
    }
    const [a = '', b = '', c = '', d = ''] = list.items.map(({ id }) => id)
    const entries = [judge(a, 3), judge(b, 2), judge(c, null, { notApplicable: true }), judge(d, 2)]
    const result = run({ list, entries })
    expect(result.total).toBeCloseTo(61.538462, 5)
    expect(result.coverage).toBe(1)
  })

  it('stays within its bounds', () => {
    fc.assert(
      fc.property(levels, (chosen) => {
        const { total, coverage, dimensions } = run({ entries: entriesFor(chosen) })
        const scores = [total, ...dimensions.map((dimension) => dimension.score)].filter((score) => score !== null)
        expect(scores.every((score) => score >= 0 && score <= 100)).toBe(true)
        expect(coverage).toBeGreaterThanOrEqual(0)
        expect(coverage).toBeLessThanOrEqual(1)
        expect(total === null).toBe(chosen.every((level) => level === null))
      }),
    )
  })

  it('never falls when one level rises', () => {
    fc.assert(
      fc.property(levels, fc.nat(), (chosen, at) => {
        const i = at % chosen.length
        const now = chosen[i] ?? 0
        fc.pre(now < 4)
        const before = run({ entries: entriesFor(chosen.with(i, now)) })
        const after = run({ entries: entriesFor(chosen.with(i, (now + 1) as Level)) })
        expect(after.total ?? 0).toBeGreaterThanOrEqual((before.total ?? 0) - 1e-9)
      }),
    )
  })

  it('treats "not applicable" exactly like a checklist without the item', () => {
    fc.assert(
      fc.property(levels, fc.nat(), (chosen, at) => {
        const gone = masterItems[at % masterItems.length]?.id ?? ''
        const entries = entriesFor(chosen)
        const out = run({ entries: [...entries, judge(gone, null, { notApplicable: true })] })
        const removed = run({ entries, list: { ...checklist, items: checklist.items.filter(({ id }) => id !== gone) } })
        expect([out.total, out.coverage, out.opinion]).toEqual([removed.total, removed.coverage, removed.opinion])
      }),
    )
  })

  it('never counts what is missing as a zero: it leaves the total and lowers coverage', () => {
    fc.assert(
      fc.property(levels, fc.nat(), (chosen, at) => {
        const i = at % chosen.length
        const zero = run({ entries: entriesFor(chosen.with(i, 0)) })
        const open = run({ entries: entriesFor(chosen.with(i, null)) })
        expect(open.total ?? 100).toBeGreaterThanOrEqual((zero.total ?? 0) - 1e-9)
        expect(open.coverage).toBeLessThan(zero.coverage)
      }),
    )
  })

  it('lets no failed gate pass with a better opinion than 修改后重新报审', () => {
    const better = ['approve', 'approve-revise', 'revise-review', 'not-judged']
    fc.assert(
      fc.property(levels, fc.constantFrom('B01', 'B02', 'B04'), (chosen, gate) => {
        const { gates, opinion } = run({ entries: [...entriesFor(chosen), judge(gate, 0)] })
        expect(gates.find(({ item }) => item === gate)?.state).toBe('failed')
        expect(better).not.toContain(opinion.id)
      }),
    )
  })

  it('gives the bands their opinions', () => {
    const all = (level: Level) => run({ entries: masterItems.map(({ id }) => judge(id, level)) })
    expect([all(4), all(3), all(2), all(1)].map(({ total, opinion }) => `${total} ${opinion.title.zh}`)).toEqual([
      '100 原则同意',
      '75 原则同意，修改完善',
      '50 不予通过',
      '25 不予通过',
    ])
    expect(all(0).opinion).toMatchObject({ id: 'refuse', cappedByGate: false })
  })

  it('caps a full score by one failed gate, and says so', () => {
    const entries = masterItems.map(({ id }) => judge(id, id === 'B02' ? 0 : 4))
    expect(run({ entries }).opinion).toEqual({
      id: 'resubmit',
      title: { zh: '修改后重新报审', en: 'Revise and resubmit' },
      cappedByGate: true,
    })
  })

  it('suggests no opinion on a small part of the checklist', () => {
    const result = run({ entries: [judge('N03', 4)] })
    expect(result.total).toBe(100)
    expect(result.opinion.id).toBe('not-judged')
    expect(result.gates.map(({ state }) => state)).toEqual(['not_checked', 'not_checked', 'not_checked'])
  })

  it('keeps the measured level beside the one a reviewer chose', () => {
    const measurements = [value('A04', 8.2, 'm2_per_person')]
    expect(resultOf(run({ measurements }), 'A04')).toMatchObject({ level: 2, autoLevel: 2, source: 'auto', score: 1, gap: null })
    const changed = resultOf(run({ measurements, entries: [judge('A04', 1)] }), 'A04')
    expect(changed).toMatchObject({ level: 1, autoLevel: 2, source: 'reviewer', score: 0.5 })
  })

  it('takes a level with a document for what it is, and refuses one without a reason', () => {
    const cited = run({ entries: [judge('B06', 4, { document: 'text.pdf', page: 12 })] })
    expect(resultOf(cited, 'B06')).toMatchObject({ level: 4, source: 'document' })
    expect(() => run({ entries: [judge('B06', 4, { reason: '  ' })] })).toThrow(
      expect.objectContaining({ code: 'review.reason-required', params: { item: 'B06' } }),
    )
  })

  it('leaves items for certain cities out while the kind is not stated, and says why', () => {
    const unknown = resultOf(run({ cityKind: null, entries: [judge('S01', 4)] }), 'S01')
    expect(unknown).toMatchObject({ applicable: false, level: null, source: 'none' })
    expect(unknown.notApplicableReason?.zh).toBe('仅适用于超大城市、特大城市；方案未注明城市类型。')
    expect(resultOf(run({ cityKind: 'small' }), 'S01').applicable).toBe(false)
    expect(resultOf(run({ cityKind: 'shrinking' }), 'S06').applicable).toBe(true)
    expect(resultOf(run({}), 'Q08').notApplicableReason?.en).toBe('Applies to detailed plans of parcels only.')
  })

  it('says what is needed where nothing is judged', () => {
    const why = { zh: '没有人口图层。', en: 'There is no population layer.' }
    const measurements = [measure('A03', { kind: 'missing', why, needs: ['population'] })]
    const result = run({ measurements })
    expect(resultOf(result, 'A03').gap).toEqual({
      zh: '没有人口图层。（所需资料：人口）',
      en: 'There is no population layer. (needs: Population)',
    })
    const years = [measure('S02', { kind: 'missing', why: { zh: '缺少年限。', en: 'No years.' }, needs: ['targetYear'] })]
    expect(resultOf(run({ measurements: years }), 'S02').gap).toEqual({ zh: '缺少年限。', en: 'No years.' })
    expect(resultOf(result, 'N06').gap?.zh).toBe('指标尚未计算；所需资料：绿道与公园连接线、人口。')
    expect(resultOf(result, 'B06').gap?.en).toMatch(/cite the page/)
    expect(resultOf(result, 'Q04').gap?.zh).toMatch(/需由评审人选定等级/)
    expect(result.items.every(({ applicable, level, gap }) => (gap !== null) === (applicable && level === null))).toBe(true)
  })

  it('finds entries about items that the checklist does not have', () => {
    expect(entriesWithoutItem(checklist, [judge('B06', 1), judge('X99', 1)]).map(({ item }) => item)).toEqual(['X99'])
  })
})

describe('levels of the gate and of the cap', () => {
  const lines = (details: Record<string, unknown>) =>
    resultOf(run({ measurements: [measure('B01', { kind: 'value', value: 0, unit: 'm2' }, details)] }), 'B01').level
  it.each([
    [4, { pbfOverlapM2: 0, redlineOverlapM2: 0, redlineShare: 0, unexplained: false }],
    [3, { pbfOverlapM2: 0, redlineOverlapM2: 900, redlineShare: 0.001, unexplained: false }],
    [2, { pbfOverlapM2: 0, redlineOverlapM2: 900, redlineShare: 0.002, unexplained: false }],
    [1, { pbfOverlapM2: 300, redlineOverlapM2: 0, redlineShare: 0, unexplained: false }],
    [0, { pbfOverlapM2: 0, redlineOverlapM2: 300, redlineShare: 0.0001, unexplained: true }],
    [0, { pbfOverlapM2: 300, redlineOverlapM2: 0, redlineShare: 0, unexplained: true }],
  ])('control lines reach level %i', (level, details) => {
    expect(lines(details)).toBe(level)
  })

  const capped = (details: Record<string, unknown>) =>
    resultOf(run({ measurements: [measure('S01', { kind: 'value', value: 0.2, unit: 'ratio' }, details)] }), 'S01').level
  const split = { capGiven: true, exceeded: false, districtSplit: true, sumOk: true }
  it.each([
    [0, { ...split, exceeded: true, clusterSplit: true, yearlyMonitoring: true }],
    [1, { ...split, sumOk: false }],
    [2, split],
    [3, { ...split, clusterSplit: true }],
    [4, { ...split, clusterSplit: true, yearlyMonitoring: true }],
  ])('the intensity cap reaches level %i', (level, details) => {
    expect(capped(details)).toBe(level)
  })

  it('is not judged where the data holds no cap: that is not proof that the plan sets none', () => {
    expect(capped({ capGiven: false, exceeded: false })).toBeNull()
  })
})
