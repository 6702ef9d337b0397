import i18next from 'i18next'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { FindingId } from '#core/model/ids.ts'
import type { Finding } from '#core/review/finding.ts'
import { findingRows } from '#core/review/finding-rows.ts'
import { LANGS } from '#core/text.ts'
import { fakeMeasurements } from '../api/fake/fake-data.ts'
import { fakeChecklist, fakeView } from '../api/fake/fake-handlers.ts'
import { words, startWords } from '../api/fake/show.tsx'
import { FindingDetail } from './finding-detail.tsx'
import { FindingsTable } from './findings-table.tsx'

const open = fakeView({ measurements: fakeMeasurements, entries: [], findings: [] })
const finding: Finding = {
  id: 'finding-1' as FindingId,
  reviewId: open.review.id,
  number: 1,
  item: null,
  severity: 'must',
  text: '绿楔被切断',
  action: '',
  evidence: [],
  withdrawn: false,
  by: '周岚',
  at: open.review.startedAt,
}
const reviewOf = (submittedAt?: string) => ({
  checklist: fakeChecklist,
  view: { ...open, findings: [finding], review: { ...open.review, ...(submittedAt !== undefined && { submittedAt }) } },
})

beforeAll(async () => {
  await startWords()
})

describe.each(LANGS)('findings of a submitted review in %s', (lang) => {
  beforeEach(async () => {
    await i18next.changeLanguage(lang)
  })
  const why = { zh: '本评审已提交，意见只读', en: 'its findings are read only' }[lang]
  const add = { zh: '新增意见', en: 'New finding' }[lang]
  const reply = { zh: '提交答复', en: 'Send' }[lang]

  it('say why they are locked, and offer nothing that would be refused', () => {
    const table = words(<FindingsTable review={reviewOf('2026-03-02T08:30:00.000Z')} width="narrow" />)
    expect(table).toContain(why)
    expect(table).not.toContain(add)
    const rows = findingRows([finding], { checklist: fakeChecklist, round: 1, replies: {} })
    const detail = (submittedAt?: string) =>
      rows[0] ? words(<FindingDetail row={rows[0]} rows={rows} review={reviewOf(submittedAt)} />) : ''
    expect(detail('2026-03-02T08:30:00.000Z')).toContain(why)
    expect(detail('2026-03-02T08:30:00.000Z')).not.toContain(reply)
    expect(detail()).toContain(reply)
  })

  it('can be added to and answered while the review is open', () => {
    const table = words(<FindingsTable review={reviewOf()} width="narrow" />)
    expect(table).toContain(add)
    expect(table).not.toContain(why)
  })
})
