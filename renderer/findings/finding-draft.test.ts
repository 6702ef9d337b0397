import { describe, expect, it } from 'vitest'
import type { FindingId, ReviewId, TemplateId } from '#core/model/ids.ts'
import type { Finding } from '#core/review/finding.ts'
import { contentOf, firstFields, problemsOf, withTemplate } from './finding-draft.ts'

const finding: Finding = {
  id: 'f' as FindingId,
  reviewId: 'r' as ReviewId,
  number: 1,
  item: 'A04',
  severity: 'should',
  text: '补充公园',
  action: '两处',
  evidence: [{ layer: 'green', fid: 7 }],
  withdrawn: false,
  by: '林青',
  at: '2026-03-02T08:00:00.000Z',
  mark: { kind: 'text', xyM: [1, 2], label: '此处' },
  reviewPoint: 'open-space',
  quote: { document: '文本.pdf', page: 12, text: '人均公园绿地' },
}

describe('the dialog of a finding', () => {
  it('sends back everything that the finding had: nothing is lost by opening and saving it', () => {
    const { item, severity, text, action, evidence, mark, reviewPoint, quote } = finding
    const sent = contentOf(firstFields({ kind: 'edit', finding }), finding.evidence)
    expect(sent).toEqual({ item, severity, text, action, evidence, mark, reviewPoint, quote })
  })
  it('sends nothing for what was left empty', () => {
    const fields = { ...firstFields({ kind: 'new', item: null, evidence: [] }), text: ' 甲 ' }
    expect(contentOf(fields, [])).toEqual({ item: null, severity: 'must', text: '甲', action: '', evidence: [] })
  })
  it('takes the mark that was just drawn instead of the old one', () => {
    const mark = { kind: 'point' as const, xyM: [5, 6] }
    expect(firstFields({ kind: 'edit', finding, mark }).mark).toEqual(mark)
  })
  it('wants words, a document for a quote, and a page that is one', () => {
    const fields = firstFields({ kind: 'new', item: null, evidence: [] })
    expect(problemsOf(fields)).toEqual(['text'])
    expect(problemsOf({ ...fields, text: 'x', words: '引文' })).toEqual(['document'])
    expect(problemsOf({ ...fields, text: 'x', document: 'd', page: '十二' })).toEqual(['page'])
    expect(problemsOf({ ...fields, text: 'x', document: 'd', page: '12' })).toEqual([])
  })
  it('a template fills in words and keeps places and what it leaves open', () => {
    const template = {
      id: 't' as TemplateId,
      title: '入口',
      item: null,
      reviewPoint: 'ventilation',
      severity: 'note' as const,
      text: '甲',
      action: '乙',
      by: '',
      at: '',
    }
    const filled = withTemplate(firstFields({ kind: 'edit', finding }), template)
    expect(filled).toMatchObject({
      item: 'A04',
      reviewPoint: 'ventilation',
      severity: 'note',
      text: '甲',
      action: '乙',
      document: '文本.pdf',
    })
    expect(filled.mark).toEqual(finding.mark)
  })
})
