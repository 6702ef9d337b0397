import { expect, it } from 'vitest'
import { composeMemo } from '#core/memo/compose.ts'
import type { MemoDocument } from '#core/memo/document.ts'
import { exampleFinding, exampleInput } from '#core/memo/fixture.ts'
import { sealedJson } from '#core/memo/seal.ts'
import { documentTexts } from './document-texts.ts'
import { fontGlyphs, memoFonts } from './fonts.ts'
import { readStructure } from './pdf-structure.ts'
import { readingText } from './pdf-text.ts'
import { printPdf } from './print-pdf.ts'
import { oneCharacterPerGlyph } from './same-glyph.ts'
import { sha256 } from './verify.ts'

const glyphs = fontGlyphs(memoFonts())
const memoOf = (words: string): MemoDocument => ({
  ...composeMemo(exampleInput(sha256, { side: 4 }), 'zh'),
  title: '意见',
  subtitle: '',
  sections: [{ id: 'x', blocks: [{ kind: 'paragraph', runs: [{ text: words }] }] }],
})
const told = (words: string): string => documentTexts(oneCharacterPerGlyph(memoOf(words), glyphs)).at(-1) ?? ''

it.each([
  ['bullets and dots', '• 一 · 二 ‧ 三 ・', '· 一 · 二 · 三 ·'],
  ['hyphens', '南\u2011北-东', '南-北-东'],
  ['radicals', '人民 人⺠ ⽤地 用地', '人民 人民 用地 用地'],
  ['what stands alone', '5～10、和／或、⺠', '5～10、和／或、⺠'],
])('writes characters of one glyph as the most ordinary of them: %s', (_what, words, expected) => {
  expect(told(words)).toBe(expected)
})

it('leaves a document alone in which no two share a glyph', () => {
  const memo = memoOf('五百米服务半径 500 m')
  expect(oneCharacterPerGlyph(memo, glyphs)).toBe(memo)
})

it('lets a memo be printed whose findings were pasted from elsewhere, and found by what they look like', async () => {
  const pasted = '• 用地红线；人⺠公园 · ⽤地，non\u2011breaking，ﬁnal and fill'
  const input = exampleInput(sha256, { findings: [exampleFinding(1, 'A03', 'must', pasted, '人民公园的用地')] })
  const bytes = await printPdf(composeMemo(input, 'zh'), { reviewJson: sealedJson(input.result, sha256), producer: 'Greenprint' })
  const text = readingText(await readStructure(bytes))
  expect(text).toContain('·用地红线；人民公园·用地，non-breaking，finalandfill')
  expect(text).toContain('人民公园的用地')
}, 60_000)
