import { describe, expect, it } from 'vitest'
import type { ItemEntry } from '../checklist/result.ts'
import { overSettled } from './settlement.ts'

const draft = (level: ItemEntry['level'], more: Partial<ItemEntry> = {}) => ({
  item: 'B01',
  level,
  notApplicable: false,
  reason: '按会议纪要',
  document: null,
  page: null,
  ...more,
})
const settled: ItemEntry['settled'] = { how: 'median', levels: [{ reviewer: '周岚', level: 2 }] }
const before: ItemEntry = { ...draft(2), settled, by: '林青', at: '2026-03-02T08:30:00.000Z' }

describe('an entry written over what a panel settled', () => {
  it('stays settled while it says the same level', () => {
    expect(overSettled(draft(2, { reason: '补充依据', document: '文本.pdf', page: 3 }), before).settled).toEqual(settled)
  })
  it('is the lead’s own once the level is another, or the item is taken out', () => {
    expect(overSettled(draft(3), before)).not.toHaveProperty('settled')
    expect(overSettled(draft(null, { notApplicable: true }), before)).not.toHaveProperty('settled')
  })
  it('carries what is newly settled, and nothing where nothing was', () => {
    const anew: ItemEntry['settled'] = { how: 'lead', levels: [] }
    expect(overSettled(draft(1, { settled: anew }), before).settled).toEqual(anew)
    expect(overSettled(draft(2), undefined)).not.toHaveProperty('settled')
    expect(overSettled(draft(2), { ...draft(2), by: '', at: '' })).not.toHaveProperty('settled')
  })
})
