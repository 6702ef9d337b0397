import { describe, expect, it } from 'vitest'
import { composeMemo } from '#core/memo/compose.ts'
import type { MemoDocument } from '#core/memo/document.ts'
import { exampleFinding, exampleInput, exampleRecord } from '#core/memo/fixture.ts'
import { POLYGLOTS } from '#core/memo/polyglots.ts'
import { buildResult } from '#core/memo/result.ts'
import { sealedJson } from '#core/memo/seal.ts'
import { openPdf } from './pdf-reader.ts'
import { printPdf } from './print-pdf.ts'
import { renderHtml } from './render-html.ts'
import { sha256 } from './verify.ts'

/** A review in which every name and every text that people or files bring along is the same hostile one. */
function hostile(words: string, lang: 'zh' | 'en'): { document: MemoDocument; reviewJson: string } {
  const record = exampleRecord({ findings: [exampleFinding(1, 'B03', 'must', words, words)], side: 4 })
  const plan = { ...record.plan, name: words, nameZh: words, cityName: words }
  const layers = record.layers.map((layer) => ({
    ...layer,
    name: words,
    sourcePath: words,
    encoding: words,
    notes: [{ severity: 'info' as const, text: { zh: words, en: words } }],
  }))
  const note = { zh: words, en: words }
  const measurements = record.view.measurements.map((measurement) => ({
    ...measurement,
    evidence: measurement.evidence.map((feature) => ({ ...feature, note })),
  }))
  const view = { ...record.view, measurements, review: { ...record.view.review, reviewer: words } }
  const result = buildResult({ engineVersion: '0.1.0', plan, layers, view, sha256 })
  const input = { ...exampleInput(sha256, { side: 4 }), result }
  return { document: composeMemo(input, lang), reviewJson: sealedJson(result, sha256) }
}

const squeezed = (text: string) => text.replaceAll(/\s/g, '')
const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

async function pdfText(bytes: Uint8Array): Promise<string> {
  const pdf = await openPdf(bytes)
  let text = ''
  for (let page = 1; page <= pdf.numPages; page++) {
    const { items } = await (await pdf.getPage(page)).getTextContent({ disableNormalization: true })
    text += items.map((item) => ('str' in item ? item.str : '')).join('')
  }
  await pdf.close()
  return squeezed(text)
}

/** Printing takes a second or two: several at a time. */
const GROUPS = Array.from({ length: Math.ceil(POLYGLOTS.length / 5) }, (_, at) => POLYGLOTS.slice(5 * at, 5 * at + 5))

describe.each(GROUPS.map((words) => ({ words })))('names and texts that say $words', ({ words }) => {
  it('stand in the PDF as they are, and do nothing there', async () => {
    const { document, reviewJson } = hostile(words.join(' · '), 'zh')
    const bytes = await printPdf(document, { reviewJson, producer: 'Greenprint 0.1.0' })
    const text = await pdfText(bytes)
    for (const one of words) expect(text.split(squeezed(one)).length, one).toBeGreaterThan(4)
    expect(Buffer.from(bytes).toString('latin1')).not.toMatch(/\/S\s*\/(?:JavaScript|Launch|URI|SubmitForm|GoToR)/)
  }, 30_000)
})

describe.each(POLYGLOTS)('names and texts that say %s', (words) => {
  it.each(['zh', 'en'] as const)('stand in the HTML as they are (%s)', (lang) => {
    const { document, reviewJson } = hostile(words, lang)
    const html = renderHtml(document, reviewJson).replaceAll('&#39;', "'")
    // Marks of language may stand between the words.
    expect(html.replaceAll(/<\/?span[^>]*>/g, '').split(escaped(words)).length).toBeGreaterThan(6)
    const elements = new Set([...html.matchAll(/<([a-z][\w-]*)/gi)].map(([, name = '']) => name.toLowerCase()))
    for (const name of ['img', 'script', 'iframe', 'use', 'b']) expect(elements).not.toContain(name)
    for (const [tag] of html.matchAll(/<[a-z][^>]*>/gi))
      expect(tag.replaceAll(/"[^"]*"/g, '""')).not.toMatch(/\son\w+\s*=|srcdoc/i)
  })
})
