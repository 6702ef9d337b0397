import { describe, expect, it } from 'vitest'
import { composeMemo } from '#core/memo/compose.ts'
import type { MemoDocument } from '#core/memo/document.ts'
import { exampleFinding, exampleInput } from '#core/memo/fixture.ts'
import { POLYGLOTS } from '#core/memo/polyglots.ts'
import { sealedJson } from '#core/memo/seal.ts'
import { squeezed } from './document-texts.ts'
import { readContent, type Operand } from './pdf-content.ts'
import { markedTexts } from './pdf-marked-text.ts'
import { openPdf } from './pdf-reader.ts'
import { readStructure } from './pdf-structure.ts'
import { printPdf } from './print-pdf.ts'
import { sha256 } from './verify.ts'

const operatorsOf = (content: string): [string, readonly Operand[]][] => {
  const told: [string, readonly Operand[]][] = []
  readContent(Buffer.from(content, 'latin1'), (operator, operands) => told.push([operator, operands]))
  return told
}
const bytes = (...values: number[]) => Uint8Array.from(values)

describe('operators of a content stream', () => {
  it('come with their numbers, names, strings, lists and dictionaries', () => {
    expect(operatorsOf('q 1 0 0 -.5 +3 4.25 cm % a comment\n/F1 12 Tf[<0102>-20 (a\\)b)]TJ/P <</MCID 3/Lang(zh)>>BDC')).toEqual([
      ['q', []],
      ['cm', [1, 0, 0, -0.5, 3, 4.25]],
      ['Tf', ['/F1', 12]],
      ['TJ', [[bytes(1, 2), -20, bytes(97, 41, 98)]]],
      [
        'BDC',
        [
          '/P',
          new Map<string, Operand>([
            ['/MCID', 3],
            ['/Lang', bytes(122, 104)],
          ]),
        ],
      ],
    ])
  })

  it('have strings with brackets, escapes, octal bytes, broken lines and odd digits', () => {
    expect(operatorsOf('(a(b)c\\n\\101\\5\\\nd) Tj <abc > Tj')).toEqual([
      ['Tj', [bytes(97, 40, 98, 41, 99, 10, 65, 5, 100)]],
      ['Tj', [bytes(0xab, 0xc0)]],
    ])
  })

  it.each(['(cut off', '<0a', '[1 2', '] TJ', 'BI /W 1', '} x'])('are refused where they are not ours: %s', (content) => {
    expect(() => operatorsOf(content)).toThrow(/content|list/)
  })
})

/** The same pieces as another reader finds them. */
async function byAnotherReader(file: Uint8Array): Promise<Map<string, string>> {
  const texts = new Map<string, string>()
  const pdf = await openPdf(file)
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number)
    const { items } = await page.getTextContent({ disableNormalization: true, includeMarkedContent: true })
    const open: (string | undefined)[] = []
    for (const item of items) {
      const key = open.findLast((one) => one !== undefined)
      if ('str' in item) {
        if (key !== undefined) texts.set(key, (texts.get(key) ?? '') + squeezed(item.str))
      } else if ('type' in item && item.type === 'endMarkedContent') open.pop()
      else {
        const [, mcid] = /_mc(\d+)$/.exec('id' in item ? (item.id ?? '') : '') ?? []
        open.push(mcid === undefined ? undefined : `${number - 1} ${mcid}`)
      }
    }
  }
  await pdf.close()
  return texts
}

const withText = ([, text]: readonly [string, string]): boolean => text !== ''

describe('texts read back from a printed memo', () => {
  const findings = [...POLYGLOTS, '生僻字㐂䶮與𠮷，ﬁ ﬂ “引号” – — … • · ⺠民 \u2011'].map((words, at) =>
    exampleFinding(at + 1, 'A03', 'must', words, words),
  )
  const input = exampleInput(sha256, { findings })
  const extras = { reviewJson: sealedJson(input.result, sha256), producer: 'Greenprint 0.1.0' }
  const cases = (['zh', 'en', 'both'] as const).flatMap((lang) =>
    (['technical', 'gbt9704'] as const).map((style) => [lang, style] as const),
  )

  it.each(cases)(
    'are those that another reader finds in the same pieces (%s, %s)',
    async (lang, style) => {
      const document: MemoDocument = { ...composeMemo(input, lang), style, watermark: '征求意见稿' }
      const file = await printPdf(document, extras)
      const found = [...markedTexts((await readStructure(file)).document)].map(([key, text]) => [key, squeezed(text)] as const)
      const theirs = [...(await byAnotherReader(file))].filter(withText)
      expect(theirs.length).toBeGreaterThan(100)
      expect(Object.fromEntries(found.filter(withText))).toEqual(Object.fromEntries(theirs))
    },
    60_000,
  )
})
