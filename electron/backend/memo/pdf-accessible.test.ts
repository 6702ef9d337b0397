import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { inflateSync } from 'node:zlib'
import { PDFArray, PDFDict, PDFName, PDFRawStream } from 'pdf-lib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { composeMemo } from '#core/memo/compose.ts'
import type { MemoDocument } from '#core/memo/document.ts'
import { exampleFinding, exampleInput } from '#core/memo/fixture.ts'
import { MEMO_STYLE_IDS, type MemoStyleId } from '#core/memo/memo-style.ts'
import { sealedJson } from '#core/memo/seal.ts'
import { accessibilityFaults } from './pdf-accessible.ts'
import { isNode, readStructure, walkStructure, type StructureNode } from './pdf-structure.ts'
import { readingText } from './pdf-text.ts'
import { printPdf } from './print-pdf.ts'
import { srgbProfile } from './srgb-profile.ts'
import { sha256 } from './verify.ts'

const finding = exampleFinding(7, 'A03', 'must', '公园服务半径未覆盖北部居住地块。', '请补充两处社区公园。')
const input = exampleInput(sha256, { findings: [finding] })
const extras = { reviewJson: sealedJson(input.result, sha256), producer: 'Greenprint 0.1.0' }
const isInstalled = (tool: string): boolean => spawnSync(tool, ['--version']).error === undefined

const printed = new Map<string, Uint8Array>()
let folder: string
const print = async (lang: 'zh' | 'en', style: MemoStyleId): Promise<Uint8Array> => {
  const key = `${lang}-${style}`
  const known = printed.get(key)
  if (known) return known
  const head = { office: '青岚市自然资源和规划局文件', number: '青规审〔2026〕3号', classification: '内部', addressee: '规划院' }
  const document: MemoDocument = { ...composeMemo(input, lang), style, letterhead: head, watermark: '征求意见稿' }
  const bytes = await printPdf(document, extras)
  printed.set(key, bytes)
  writeFileSync(path.join(folder, `${key}.pdf`), bytes)
  return bytes
}
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'greenprint-tagged-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const cases = (['zh', 'en'] as const).flatMap((lang) => MEMO_STYLE_IDS.map((style) => [lang, style] as const))

describe.each(cases)('the structure of a memo (%s, %s)', (lang, style) => {
  it('can be read aloud: headings nest, tables have headers, figures have words, and nothing is at fault', async () => {
    const { document, root } = await readStructure(await print(lang, style))
    expect(accessibilityFaults(document, root)).toEqual([])
    const elements = [...walkStructure(root)].map(([node]) => node)
    const count = (type: string) => elements.filter((element) => element.type === type).length
    expect(count('H1')).toBe(1)
    expect(count('H2')).toBeGreaterThan(8)
    expect(count('Figure')).toBeGreaterThan(1)
    expect(count('Caption')).toBeGreaterThan(count('Figure'))
    expect(count('LBody')).toBe(count('Lbl'))
    expect(count('TOCI')).toBe(style === 'technical' ? count('H2') : 0)
    expect(count('Link')).toBe(style === 'technical' ? count('H2') * 2 : 0)
    expect(elements.filter(({ type, alt }) => type === 'Figure' && (alt ?? '').length <= 5)).toEqual([])
  })

  it('tells the office, the finding and the seal in their order, and neither page numbers nor the watermark', async () => {
    const text = readingText(await readStructure(await print(lang, style)))
    const places = ['青岚市自然资源和规划局文件', finding.text, input.result.seal.slice(0, 40)].map((words) =>
      text.indexOf(words),
    )
    expect(places.every((at) => at >= 0)).toBe(true)
    expect(places[0]).toBeLessThan(places[1] ?? 0)
    expect(text).not.toContain('征求意见稿')
    expect(text).not.toMatch(style === 'gbt9704' ? /—\d—/ : /第\d页\/共|Page\dof/)
  })

  it.skipIf(!isInstalled('qpdf') || !isInstalled('pdffonts'))(
    'satisfies qpdf and pdffonts, and pdftotext finds the finding',
    async () => {
      await print(lang, style)
      const file = path.join(folder, `${lang}-${style}.pdf`)
      expect(spawnSync('qpdf', ['--check', file]).status).toBe(0)
      const fonts = spawnSync('pdffonts', [file], { encoding: 'utf8' }).stdout.trim().split('\n').slice(2)
      expect(fonts.length).toBeGreaterThanOrEqual(3)
      for (const font of fonts) expect(font).toMatch(/[A-Z]{6}\+Noto(Sans|Serif)SC.*yes yes yes/)
      const text = spawnSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).stdout.replaceAll(/\s/g, '')
      expect(text).toContain(Array.from(finding.text).slice(0, 6).join(''))
    },
  )
})

describe('the file', () => {
  it('brings our own colour profile, and names both standards with the schema that PDF/A does not know', async () => {
    const { document } = await readStructure(await print('zh', 'technical'))
    const intent = document.catalog.lookup(PDFName.of('OutputIntents'), PDFArray).lookup(0, PDFDict)
    const profile = intent.lookup(PDFName.of('DestOutputProfile'))
    const metadata = document.catalog.lookup(PDFName.of('Metadata'))
    if (!(profile instanceof PDFRawStream) || !(metadata instanceof PDFRawStream)) throw new Error('no streams')
    const bytes = profile.dict.has(PDFName.of('Filter')) ? inflateSync(profile.contents) : Buffer.from(profile.contents)
    expect(Buffer.compare(bytes, srgbProfile())).toBe(0)
    const xmp = Buffer.from(metadata.contents).toString('utf8')
    for (const words of ['<pdfaid:part>3<', '<pdfaid:conformance>A<', '<pdfuaid:part>1<', 'PDF/UA identification schema'])
      expect(xmp).toContain(words)
  })

  it('marks what is in another language: a Chinese name in an English memo', async () => {
    const { root } = await readStructure(await print('en', 'technical'))
    const spans = [...walkStructure(root)].filter(([node]) => node.type === 'Span')
    expect(spans.length).toBeGreaterThan(3)
    for (const [span] of spans) expect(span.lang).toBe('zh-CN')
  })
})

describe('faults', () => {
  const element = (type: string, children: StructureNode[] = [], attributes = {}): StructureNode => ({
    type,
    alt: null,
    lang: null,
    attributes,
    annotations: [],
    children,
  })
  it('are named: skipped headings, silent figures, headless and uneven tables, rows out of place, links to nowhere', async () => {
    const { document } = await readStructure(await print('zh', 'technical'))
    const row = (...types: string[]) =>
      element(
        'TR',
        types.map((type) => element(type, [], type === 'TH' ? { Scope: 'Row' } : {})),
      )
    const root = element('Document', [
      element('H1'),
      element('H3'),
      element('Figure'),
      element('Table', [element('TBody', [row('TD', 'TD'), row('TD')])]),
      element('Table', [row('TH')]),
      element('Link'),
    ])
    expect(accessibilityFaults(document, root)).toEqual([
      'a heading of level 3 follows one of level 1',
      'a figure has no words in its place',
      'a figure does not say where it is',
      'a table has rows of 2, 1 columns',
      'a table has no headers',
      'TR stands in Table',
      'a link leads nowhere',
    ])
    expect(root.children.every(isNode)).toBe(true)
  })
})
