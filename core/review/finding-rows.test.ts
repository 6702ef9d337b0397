import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Checklist } from '../checklist/schema.ts'
import type { FindingId, ReviewId } from '../model/ids.ts'
import { tableCsv } from '../tables/csv.ts'
import { FINDING_STATUSES, SEVERITIES, type Finding } from './finding.ts'
import {
  FINDING_COLUMNS,
  FINDING_GROUPINGS,
  filterFindings,
  findingRows,
  groupFindings,
  isPending,
  NO_FILTER,
  sortFindings,
  statusWord,
} from './finding-rows.ts'
import { findingTable } from './finding-table.ts'
import { REVIEW_POINTS } from './review-points.ts'

const checklist = {
  items: [
    { id: 'A04', dimension: 'access', title: { zh: '公园步行可达', en: 'Parks within a walk' } },
    { id: 'B01', dimension: 'base', title: { zh: '三条控制线落实', en: 'Control lines respected' } },
  ],
} as unknown as Pick<Checklist, 'items'>

const finding = (number: number, more: Partial<Finding> = {}): Finding => ({
  id: `f${number}` as FindingId,
  reviewId: 'r' as ReviewId,
  number,
  item: null,
  severity: 'note',
  text: `第 ${number} 条`,
  action: '',
  evidence: [],
  withdrawn: false,
  by: '林青',
  at: '2026-03-02T08:00:00.000Z',
  ...more,
})

const rowsOf = (...findings: Finding[]) => findingRows(findings, { checklist, round: 2, replies: { f1: 3 } })
const numbers = (rows: readonly { finding: Finding }[]) => rows.map((row) => row.finding.number)

const anyFinding = fc.record({
  number: fc.integer({ min: 1, max: 9999 }),
  severity: fc.constantFrom(...SEVERITIES),
  item: fc.constantFrom(null, 'A04', 'B01', 'Z99'),
  status: fc.constantFrom(...FINDING_STATUSES),
  withdrawn: fc.boolean(),
  text: fc.string({ minLength: 1 }),
  reviewPoint: fc.constantFrom('ventilation', 'transmission', 'gone'),
})
const anyRows = fc
  .uniqueArray(anyFinding, { selector: ({ number }) => number, maxLength: 60 })
  .map((list) => rowsOf(...list.map(({ number, ...more }) => finding(number, more))))

describe('rows of findings', () => {
  it('say the item, the review point, the round and the replies', () => {
    const from = { from: 'old' as FindingId, firstRound: 1, class: 'moved' as const, overlapShare: 0.8, movedM: 12 }
    const [first, second] = rowsOf(finding(2, { carried: from }), finding(1, { item: 'A04', reviewPoint: 'ventilation' }))
    expect(first).toMatchObject({ status: 'open', round: 2, replies: 3, item: { id: 'A04', dimension: 'access' } })
    expect(first?.point?.title?.zh).toBe('通风廊道')
    expect(second).toMatchObject({ round: 1, replies: 0, item: null, point: null })
  })

  it('are filtered by everything that they show, and by words in any language', () => {
    const rows = rowsOf(
      finding(1, { item: 'A04', severity: 'must' }),
      finding(2, { status: 'verified' }),
      finding(3, { withdrawn: true, reviewPoint: 'ventilation' }),
    )
    expect(numbers(filterFindings(rows, NO_FILTER))).toEqual([1, 2, 3])
    expect(numbers(filterFindings(rows, { ...NO_FILTER, onlyOpen: true }))).toEqual([1])
    expect(numbers(filterFindings(rows, { ...NO_FILTER, statuses: ['verified'] }))).toEqual([2])
    expect(numbers(filterFindings(rows, { ...NO_FILTER, severities: ['must', 'should'] }))).toEqual([1])
    expect(numbers(filterFindings(rows, { ...NO_FILTER, points: ['ventilation'] }))).toEqual([3])
    expect(numbers(filterFindings(rows, { ...NO_FILTER, text: 'WALK parks' }))).toEqual([1])
    expect(numbers(filterFindings(rows, { ...NO_FILTER, text: '通风' }))).toEqual([3])
    expect(numbers(filterFindings(rows, { ...NO_FILTER, text: '#2' }))).toEqual([2])
  })

  it('are sorted without loss by every column, and back again', () => {
    fc.assert(
      fc.property(anyRows, fc.constantFrom(...FINDING_COLUMNS), fc.boolean(), (rows, column, down) => {
        const sorted = sortFindings(rows, { column, down }, 'zh')
        expect(new Set(sorted)).toEqual(new Set(rows))
        const byNumber = sortFindings(sorted, { column: 'number', down }, 'zh')
        expect(numbers(byNumber)).toEqual(down ? numbers(rows).toReversed() : numbers(rows))
      }),
    )
  })

  it('are sorted by what a kind weighs, not by its word', () => {
    const rows = rowsOf(finding(1, { severity: 'note' }), finding(2, { severity: 'must' }), finding(3, { severity: 'should' }))
    expect(numbers(sortFindings(rows, { column: 'severity', down: false }, 'en'))).toEqual([2, 3, 1])
  })

  it('stand in one group each; what has none comes last', () => {
    const groupings = FINDING_GROUPINGS.filter((by) => by !== 'none')
    fc.assert(
      fc.property(anyRows, fc.constantFrom(...groupings), (rows, by) => {
        const groups = groupFindings(rows, by)
        expect(groups.flatMap((group) => numbers(group.rows)).toSorted((a, b) => a - b)).toEqual(numbers(rows))
        const none = groups.findIndex(({ key }) => key === '')
        expect(none === -1 || none === groups.length - 1).toBe(true)
      }),
    )
  })

  it('are pending until they are verified or withdrawn', () => {
    const rows = rowsOf(
      finding(1),
      finding(2, { status: 'exception' }),
      finding(3, { status: 'verified' }),
      finding(4, { withdrawn: true }),
    )
    expect(numbers(rows.filter(isPending))).toEqual([1, 2])
    expect(rows.map((row) => statusWord(row, 'zh'))).toEqual(['待处理', '例外', '已核实', '已撤回'])
  })

  it('know every review point once', () => {
    expect(new Set(REVIEW_POINTS.map(({ id }) => id)).size).toBe(REVIEW_POINTS.length)
  })
})

describe('the table of findings', () => {
  it('leaves as text that no spreadsheet calculates, whole and in both languages', () => {
    const rows = rowsOf(
      finding(1, {
        text: '=HYPERLINK("x")',
        action: '-2+3',
        item: 'A04',
        quote: { document: '文本.pdf', page: 3, text: '绿地率' },
      }),
      finding(2, { text: '两行\n文字', withdrawn: true }),
    )
    const csv = tableCsv(findingTable(rows), { lang: 'zh', areaUnit: 'ha' })
    expect(csv).toContain(`"'=HYPERLINK(""x"")"`)
    expect(csv).toContain("'-2+3")
    expect(csv).toContain('文本.pdf p. 3: 绿地率')
    expect(csv).toContain('"两行\n文字",已撤回')
    expect(tableCsv(findingTable(rows), { lang: 'en', areaUnit: 'ha' })).toContain('A04 Parks within a walk')
  })
})
