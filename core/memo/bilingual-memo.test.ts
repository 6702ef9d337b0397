import { describe, expect, it } from 'vitest'
import { bilingualMemo } from './bilingual-memo.ts'
import type { Block, MemoDocument, Run } from './document.ts'
import { gateDocument } from './text-gate.ts'

const memo = (lang: 'zh' | 'en', blocks: Block[]): MemoDocument => ({
  schema: 'memo-document/1',
  lang,
  title: '',
  subtitle: '',
  author: '',
  footer: '',
  date: '2026-01-01',
  seal: '',
  sections: [{ id: 'findings', blocks }],
})
const inBoth = (zh: Block, en: Block): Block[] => {
  const [section] = bilingualMemo(memo('zh', [zh]), memo('en', [en])).sections
  return section?.blocks ?? []
}
const words = (runs: readonly Run[]) => runs.map(({ text }) => text).join('')
const row = (...runs: Run[]): Block => ({ kind: 'table', caption: '', head: [], rows: [[{ runs }]], widths: [1] })
const cell = (zh: Run[], en: Run[]): Run[] => {
  const [table] = inBoth(row(...zh), row(...en))
  return table?.kind === 'table' ? (table.rows[0]?.[0]?.runs ?? []) : []
}

describe('a memo in two languages', () => {
  it('says once what a reviewer wrote, and below it in both languages what the program adds', () => {
    const wrote = { text: '绿道在此中断' }
    const runs = cell([wrote, { text: '\n位置：全域', muted: true }], [wrote, { text: '\nPlace: whole plan', muted: true }])
    expect(words(runs)).toBe('绿道在此中断\n位置：全域\nPlace: whole plan')
    expect(runs.at(-1)).toEqual({ text: 'Place: whole plan', muted: true })
  })

  it('takes brackets and dashes of either language for the same', () => {
    expect(words(cell([{ text: '绿道中断（A04）' }], [{ text: '绿道中断 (A04)' }]))).toBe('绿道中断（A04）')
    expect(words(cell([{ text: '2020—2035' }], [{ text: '2020 – 2035' }]))).toBe('2020—2035')
  })

  it('leaves out no line when the languages do not answer each other line by line', () => {
    expect(words(cell([{ text: '一\n二' }], [{ text: 'one' }]))).toBe('一\n二\none')
    expect(words(cell([{ text: '同\n二' }], [{ text: '同' }]))).toBe('同\n二\n同')
  })

  it('quotes in English as narrow as its letters, in Chinese as wide as its characters', () => {
    const said = (text: string) => {
      const [block] = inBoth({ kind: 'paragraph', runs: [{ text }] }, { kind: 'paragraph', runs: [{ text }] })
      const gated = gateDocument(memo('zh', block ? [block] : []), () => true).sections[0]?.blocks[0]
      return gated?.kind === 'paragraph' ? words(gated.runs) : ''
    }
    expect(said('the plan’s “UDB multiple” (“B02”).')).toBe('the plan\'s "UDB multiple" ("B02").')
    expect(said('按“一张图”和“GB 50137”核对')).toBe('按“一张图”和“GB 50137”核对')
  })
})
