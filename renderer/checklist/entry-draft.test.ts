import { describe, expect, it } from 'vitest'
import { draftOf, draftProblems, parsePage, type EntryDraft } from './entry-draft.ts'

const complete: EntryDraft = { level: 3, notApplicable: false, reason: '文本第 4 章已落实', document: '', page: '', quote: '' }

describe('a reviewer’s entry', () => {
  it('needs a level or "not applicable", and always a reason', () => {
    expect(draftProblems(complete)).toEqual([])
    expect(draftProblems({ ...complete, level: null })).toEqual(['level'])
    expect(draftProblems({ ...complete, level: null, notApplicable: true })).toEqual([])
    expect(draftProblems({ ...complete, reason: ' \n ' })).toEqual(['reason'])
    expect(draftProblems(draftOf(null))).toEqual(['level', 'reason'])
  })
  it('takes level 0 for a level', () => expect(draftProblems({ ...complete, level: 0 })).toEqual([]))
  it('reads pages in full-width digits and refuses everything that is no page', () => {
    expect(parsePage(' １２ ')).toBe(12)
    expect(parsePage('')).toBeNull()
    for (const typed of ['0', '-3', '2.5', 'p. 3', '1e3', '十二']) expect(parsePage(typed)).toBeUndefined()
  })
  it('starts from what was saved', () => {
    const entry = {
      item: 'B06',
      level: 3,
      notApplicable: false,
      reason: 'r',
      document: 'text.pdf',
      page: 12,
      by: 'a',
      at: 'b',
    } as const
    expect(draftOf(entry)).toEqual({ level: 3, notApplicable: false, reason: 'r', document: 'text.pdf', page: '12', quote: '' })
  })
})
