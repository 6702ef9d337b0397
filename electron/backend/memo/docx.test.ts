import { SaxesParser } from 'saxes'
import { describe, expect, it } from 'vitest'
import { composeMemo } from '#core/memo/compose.ts'
import type { Block, MemoDocument } from '#core/memo/document.ts'
import { exampleFinding, exampleInput } from '#core/memo/fixture.ts'
import { MEMO_STYLE_IDS } from '#core/memo/memo-style.ts'
import { POLYGLOTS } from '#core/memo/polyglots.ts'
import { AppError } from '#core/errors.ts'
import { assertDocxKept, docxWords } from './docx-check.ts'
import { OFF_GRID } from './docx-look.ts'
import { docxParts, type DocxParts } from './docx-parts.ts'
import { writeDocx } from './docx.ts'
import { printDocx } from './print-pdf.ts'
import { sha256 } from './verify.ts'

const EXTRAS = { reviewJson: '{}', producer: 'Greenprint 0.0.0' }
const input = exampleInput(sha256)
const memo = (lang: 'zh' | 'en' | 'both' = 'zh', options = {}): MemoDocument => composeMemo(input, lang, options)
const written = async (document: MemoDocument): Promise<DocxParts> => docxParts(await writeDocx(document, EXTRAS))
const body = (parts: DocxParts): string => parts.get('word/document.xml')?.toString('utf8') ?? ''
const withBlocks = (...blocks: Block[]): MemoDocument => ({ ...memo(), sections: [{ id: 'x', blocks }] })
const count = (xml: string, pattern: RegExp): number => [...xml.matchAll(pattern)].length

describe.each(MEMO_STYLE_IDS)('a %s memo for a word processor', (style) => {
  it.each(['zh', 'en', 'both'] as const)('in %s is well formed, whole, and the same bytes again', async (lang) => {
    const document = memo(lang, { style })
    const [bytes, again] = [await writeDocx(document, EXTRAS), await writeDocx(document, EXTRAS)]
    expect(Buffer.compare(bytes, again)).toBe(0)
    const parts = await docxParts(bytes)
    for (const [name, part] of parts) if (/\.(xml|rels|svg)$/.test(name)) assertWellFormed(name, part)
    expect(docxWords(parts)).toContain('B03')
    const xml = body(parts)
    expect(count(xml, /<w:pStyle w:val="Title"\/>/g)).toBe(1)
    expect(count(xml, /<w:pStyle w:val="Heading1"\/>/g)).toBeGreaterThan(8)
    expect(count(xml, /<w:tblHeader\/>/g)).toBe(
      document.sections.flatMap(({ blocks }) => blocks).filter(({ kind }) => kind === 'table').length,
    )
    const figures = document.sections.flatMap(({ blocks }) => blocks.filter(({ kind }) => kind === 'map'))
    expect(count(xml, /<asvg:svgBlip/g)).toBe(figures.length)
    expect(count(xml, /<wp:docPr [^>]*descr="[^"]+"/g)).toBe(figures.length)
    expect(parts.get('docProps/core.xml')?.toString()).toContain('2026-03-02')
  })
})

describe('an official letter for a word processor', () => {
  it('has the lines, the margins and the fonts of GB/T 9704, each with others that may stand in', async () => {
    const parts = await written(
      memo('zh', { style: 'gbt9704', office: '青岚市自然资源和规划局', number: '绿规审〔2026〕3号', watermark: '内部' }),
    )
    const xml = body(parts)
    expect(xml).toMatch(/<w:pgSz w:w="11906" w:h="16838"/)
    expect(xml).toMatch(/<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"/)
    expect(xml).toContain('<w:docGrid w:type="lines" w:linePitch="579"/>')
    expect(parts.get('word/styles.xml')?.toString()).toContain('w:eastAsia="仿宋_GB2312"')
    expect(parts.get('word/fontTable.xml')?.toString()).toContain(
      '<w:font w:name="仿宋_GB2312"><w:altName w:val="FangSong,仿宋"/>',
    )
    const styles = parts.get('word/styles.xml')?.toString() ?? ''
    expect(count(styles, /<w:snapToGrid w:val="0"\/>/g)).toBe(OFF_GRID.length)
    const others = [...parts].filter(([name]) => /^word\/(header|footer)/.test(name)).map(([, part]) => part.toString())
    expect(others.filter((part) => part.includes('string="内部"'))).not.toEqual([])
    expect(others.filter((part) => part.includes('PAGE'))).not.toEqual([])
  })
})

describe('a memo for a word processor', () => {
  it('says which words are of the other language', async () => {
    const xml = body(await written(withBlocks({ kind: 'paragraph', runs: [{ text: '原文为 the whole plan area 一语。' }] })))
    expect(xml).toMatch(/<w:lang w:val="en-GB"[^>]*\/><\/w:rPr><w:t[^>]*>the whole plan area</)
  })

  it.each(POLYGLOTS)('takes %s for text', async (words) => {
    const plain = body(await written(withBlocks({ kind: 'paragraph', runs: [{ text: '甲' }] })))
    const parts = await written({
      ...withBlocks(
        { kind: 'paragraph', runs: [{ text: words }] },
        {
          kind: 'table',
          caption: words,
          head: [{ runs: [{ text: words }] }],
          rows: [[{ runs: [{ text: words }] }]],
          widths: [1],
        },
        { kind: 'list', ordered: true, items: [[{ text: words }]] },
      ),
      title: words,
      author: words,
    })
    const xml = body(parts)
    for (const [name, part] of parts) if (/\.(xml|rels)$/.test(name)) assertWellFormed(name, part)
    expect(count(xml, /<w:instrText/g)).toBe(count(plain, /<w:instrText/g))
    expect([...parts].filter(([name, part]) => name.endsWith('.rels') && part.includes('TargetMode="External"'))).toEqual([])
  })

  it('replaces what no XML may hold, and says so', async () => {
    const parts = await written(withBlocks({ kind: 'paragraph', runs: [{ text: `甲\u0000\u0008乙\ufffe丙\ud800丁` }] }))
    assertWellFormed('word/document.xml', parts.get('word/document.xml') ?? Buffer.alloc(0))
    expect(docxWords(parts)).toContain('甲乙□丙□丁')
    expect(docxWords(parts)).toContain('U+FFFE')
  })

  it('is not kept when a text, a drawing or its description is gone', async () => {
    const parts = await written(memo())
    assertDocxKept(parts, memo())
    const lost = withBlocks({ kind: 'paragraph', runs: [{ text: '不在其中' }] })
    expect(() => assertDocxKept(parts, lost)).toThrow(AppError)
    const without = new Map([...parts].filter(([name]) => !name.endsWith('.svg')))
    expect(() => assertDocxKept(without, memo())).toThrow(AppError)
    const silent = new Map(parts).set('word/document.xml', Buffer.from(body(parts).replaceAll(/ descr="[^"]*"/g, '')))
    expect(() => assertDocxKept(silent, memo())).toThrow(AppError)
  })

  it('is made in a thread of its own, whole with four hundred findings', async () => {
    const findings = Array.from({ length: 400 }, (_, at) =>
      exampleFinding(at + 1, 'B03', 'must', `第 ${at + 1} 个问题`, '请修改'),
    )
    const document = composeMemo(exampleInput(sha256, { findings }), 'zh')
    const parts = await docxParts(await printDocx(document, EXTRAS))
    expect(docxWords(parts)).toContain('第400个问题')
  })
})

function assertWellFormed(name: string, part: Buffer): void {
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw new Error(`${name}: ${error.message}`)
  })
  parser.write(part.toString('utf8')).close()
}
