import { describe, expect, it } from 'vitest'
import type { Block, MemoDocument } from '#core/memo/document.ts'
import { memoFileName } from './memo-export.tsx'
import { memoSheets } from './sheets.ts'

const paragraph = (text: string): Block => ({ kind: 'paragraph', runs: [{ text }] })
const memo = (...sections: Block[][]): MemoDocument => ({
  schema: 'memo-document/1',
  lang: 'zh',
  title: '意见',
  subtitle: '',
  footer: '',
  author: '',
  date: '2026-03-02',
  sections: sections.map((blocks, index) => ({ id: `s${index}`, blocks })),
  seal: '',
})

describe('sheets of the memo', () => {
  it('break where the document says, and make no empty sheet', () => {
    const sheets = memoSheets(
      memo(
        [{ kind: 'page-break' }, paragraph('a'), { kind: 'page-break' }],
        [{ kind: 'page-break' }, paragraph('b')],
        [paragraph('c'), { kind: 'page-break' }],
      ),
    )
    expect(
      sheets.map(({ blocks }) => blocks.map(({ block }) => (block.kind === 'paragraph' ? block.runs[0]?.text : block.kind))),
    ).toEqual([['a'], ['b', 'c']])
  })
  it('stand alone for a figure that folds out, with text again after it', () => {
    const page = { paper: 'A3', orientation: 'landscape', marginMm: 15 } as const
    const figure: Block = { kind: 'map', figure: { svg: '', widthMm: 390, heightMm: 246, caption: '', alt: '', page } }
    const sheets = memoSheets(memo([paragraph('a'), figure, { kind: 'page-break' }, paragraph('b')], [figure]))
    expect(sheets.map(({ foldsOut, blocks }) => [foldsOut === true, blocks.length])).toEqual([
      [false, 1],
      [true, 1],
      [false, 1],
      [true, 1],
    ])
  })
  it('keep every block under a key of its own', () => {
    const keys = memoSheets(memo([paragraph('a'), paragraph('a')], [paragraph('a')])).flatMap(({ blocks }) =>
      blocks.map(({ key }) => key),
    )
    expect(new Set(keys).size).toBe(3)
  })
})

describe('name of an exported memo', () => {
  it('holds nothing that a file system refuses', () => {
    expect(memoFileName('青岚/“总规”: a*b?', 'zh', 'pdf')).toBe('青岚-“总规”- a-b--审查意见书.pdf')
    expect(memoFileName('x'.repeat(300), 'en', 'html')).toHaveLength(80 + '-memo.html'.length)
  })
})
