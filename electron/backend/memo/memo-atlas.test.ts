import { PDFArray, PDFDict, PDFDocument, PDFName } from 'pdf-lib'
import { describe, expect, it } from 'vitest'
import { composeMemo } from '#core/memo/compose.ts'
import type { MemoDocument } from '#core/memo/document.ts'
import { exampleFinding, exampleInput } from '#core/memo/fixture.ts'
import { docxParts } from './docx-parts.ts'
import { writeDocx } from './docx.ts'
import { printPdf } from './print-pdf.ts'
import { renderHtml } from './render-html.ts'
import { sha256 } from './verify.ts'

const extras = { reviewJson: '{}', producer: 'Greenprint 0.0.0' }
const findings = [
  {
    ...exampleFinding(1, 'B01', 'must', '压占生态保护红线。', '请退让。'),
    evidence: [{ layer: 'landuse_plan' as const, fid: 3 }],
  },
  { ...exampleFinding(3, 'A03', 'should', '北部缺公园。', '请补充。'), mark: { kind: 'point' as const, xyM: [300, 300] } },
]
const sections = ['cover', 'atlas', 'conclusion', 'seal']
const memo = (lang: 'zh' | 'en' | 'both', style: 'technical' | 'gbt9704'): MemoDocument =>
  composeMemo(exampleInput(sha256, { findings }), lang, { sections, style, watermark: '草案' })
const mapsOf = ({ sections: all }: MemoDocument) =>
  all.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === 'map' ? [block.figure] : [])))

describe.each([
  ['zh', 'technical'],
  ['en', 'gbt9704'],
  ['both', 'technical'],
] as const)('an atlas in %s, %s', (lang, style) => {
  it('prints with one page that folds out, pages of text before and after it, and every map registered', async () => {
    const document = memo(lang, style)
    // The printer walks the structure and finds every text again, or fails.
    const pdf = await PDFDocument.load(await printPdf(document, extras), { updateMetadata: false })
    const sizes = pdf.getPages().map((page) => `${Math.round(page.getWidth())}x${Math.round(page.getHeight())}`)
    expect(sizes.filter((size) => size === '1191x842')).toHaveLength(1)
    expect([sizes[0], sizes.at(-1)]).toEqual(['595x842', '595x842'])
    const viewports = pdf.getPages().map((page) => page.node.lookupMaybe(PDFName.of('VP'), PDFArray)?.size() ?? 0)
    expect(viewports.reduce((sum, count) => sum + count, 0)).toBe(
      mapsOf(document).filter(({ registration }) => registration).length,
    )
    // Nothing is scaled: the frames of maps on the pages are as large as they were drawn.
    const onPages = pdf.getPages().flatMap((page) => {
      const viewport = page.node.lookupMaybe(PDFName.of('VP'), PDFArray)?.lookup(0, PDFDict)
      const box = viewport?.lookup(PDFName.of('BBox'), PDFArray).asArray().map(String).map(Number)
      return box === undefined ? [] : [Math.round((box[2] ?? 0) - (box[0] ?? 0))]
    })
    const drawn = mapsOf(document).flatMap(({ registration }) =>
      registration === undefined ? [] : [Math.round(((registration.frame[2] - registration.frame[0]) * 72) / 25.4)],
    )
    expect(onPages).toEqual(drawn)
  })
})

describe('an atlas elsewhere', () => {
  it('stands in the web page and in the word processor, on a page of its own size there', async () => {
    const document = memo('zh', 'technical')
    const html = renderHtml(document, '{}')
    expect(html.match(/<figure class="folds-out">/g)).toHaveLength(1)
    expect(html).toContain('压占生态保护红线。')
    const parts = await docxParts(await writeDocx(document, extras))
    const xml = parts.get('word/document.xml')?.toString('utf8') ?? ''
    expect(xml.match(/<w:pgSz w:w="23811" w:h="16838" w:orient="landscape"\/>/g)).toHaveLength(1)
    expect(xml.match(/<w:pgSz w:w="11906" w:h="16838"/g)).toHaveLength(2)
  })

  it('marks what is in the other language in the web page', () => {
    const html = renderHtml(memo('en', 'technical'), '{}')
    expect(html).toContain('@page{size:210mm 297mm;margin:30mm 26mm 28mm 28mm}')
    expect(renderHtml(memo('en', 'gbt9704'), '{}')).toContain('margin:37mm 26mm 35mm 28mm')
    expect(html).toContain('<html lang="en-GB">')
    expect(html).toMatch(/<span lang="zh-CN">压占生态保护红线。?<\/span>/)
    expect(renderHtml(memo('both', 'technical'), '{}')).toMatch(/<span lang="en-GB">[^<]*Finding[^<]*<\/span>/)
  })
})
