import { PDFDocument } from 'pdf-lib'
import { expect, it } from 'vitest'
import { composeMemo } from '#core/memo/compose.ts'
import { exampleInput } from '#core/memo/fixture.ts'
import { openPdf } from './pdf-reader.ts'
import { printPdf } from './print-pdf.ts'
import { sha256 } from './verify.ts'

const [LINES, CHARACTERS] = [22, 28]

/** The lines of each page in the order in which they stand, each with its height above the foot of the page. */
async function linesOf(bytes: Uint8Array): Promise<Map<number, string>[]> {
  const pdf = await openPdf(bytes)
  const pages: Map<number, string>[] = []
  for (let number = 1; number <= pdf.numPages; number++) {
    const { items } = await (await pdf.getPage(number)).getTextContent({ disableNormalization: true })
    const lines = new Map<number, string>()
    for (const item of items as { str: string; transform: number[] }[]) {
      const height = Math.round(item.transform[5] ?? 0)
      if (item.str.trim() !== '') lines.set(height, (lines.get(height) ?? '') + item.str)
    }
    pages.push(lines)
  }
  await pdf.close()
  return pages
}

it('sets a full page of an official paper in 22 lines of 28 characters (GB/T 9704-2012)', async () => {
  const document = composeMemo(exampleInput(sha256), 'zh', { style: 'gbt9704' })
  const paragraph = { kind: 'paragraph' as const, runs: [{ text: '规'.repeat(CHARACTERS * LINES * 4) }] }
  const printed = await printPdf(
    { ...document, sections: [{ id: 'x', blocks: [paragraph] }] },
    { reviewJson: '{}', producer: 'x' },
  )
  expect((await PDFDocument.load(printed)).getPage(1).getSize().width).toBeCloseTo(595.28, 1)
  const pages = await linesOf(printed)
  expect(pages.length).toBeGreaterThan(3)
  for (const lines of pages.slice(1, -1)) {
    const body = [...lines].filter(([, text]) => !text.startsWith('—'))
    expect(body.map(([, text]) => text.length)).toEqual(Array.from({ length: LINES }, () => CHARACTERS))
    const heights = body.map(([height]) => height)
    // 225 mm in 22 lines: 28.99 pt from line to line.
    const steps = heights.slice(1).map((height, at) => (heights[at] ?? 0) - height)
    expect(steps.filter((step) => Math.abs(step - 29) > 1)).toEqual([])
  }
}, 30_000)

it('leaves no heading alone at the foot of a page, however tall the first row of the table below it is', async () => {
  const document = composeMemo(exampleInput(sha256), 'zh', {})
  const cell = (text: string) => ({ runs: [{ text }] })
  const one = (number: number) => [
    { kind: 'paragraph' as const, runs: [{ text: '段'.repeat(40 * (1 + (number % 17))) }] },
    { kind: 'heading' as const, level: 1 as const, text: `甲题${number}`, id: `a${number}` },
    { kind: 'heading' as const, level: 2 as const, text: `乙题${number}`, id: `b${number}` },
    {
      kind: 'table' as const,
      caption: `丙表${number}`,
      head: [cell('项'), cell('说明')],
      rows: [
        [cell('丁'), cell('说明文字'.repeat(10 * (number % 9)))],
        [cell('戊'), cell('己')],
      ],
      widths: [1, 2],
    },
  ]
  const blocks = Array.from({ length: 24 }, (_, number) => one(number)).flat()
  const pages = await linesOf(
    await printPdf({ ...document, sections: [{ id: 'x', blocks }] }, { reviewJson: '{}', producer: 'x' }),
  )
  const pageOf = (text: string) => pages.findIndex((lines) => [...lines.values()].some((line) => line === text))
  expect(pages.length).toBeGreaterThan(6)
  for (let number = 0; number < 24; number++) {
    expect(pageOf(`丙表${number}`), `table ${number}`).toBeGreaterThanOrEqual(0)
    expect([pageOf(`甲题${number}`), pageOf(`乙题${number}`)]).toEqual([pageOf(`丙表${number}`), pageOf(`丙表${number}`)])
  }
}, 60_000)

it.each(['technical', 'gbt9704'] as const)(
  'keeps signature and seal on one page with their text (%s)',
  async (style) => {
    for (const lang of ['zh', 'en'] as const) {
      const document = composeMemo(exampleInput(sha256), lang, { style })
      const signed = document.sections.filter(({ id }) => id === 'seal')
      const blocks = signed.flatMap((section) => section.blocks)
      const [title, caption] = lang === 'zh' ? ['校验与签署', '校验码二维码'] : ['Seal and signature', 'The seal as a QR code']
      for (const lines of [3, 9, 15, 21]) {
        const before = { kind: 'paragraph' as const, runs: [{ text: '文'.repeat(28 * lines) }] }
        const sections = [{ id: 'x', blocks: [before] }, ...signed]
        const pages = await linesOf(await printPdf({ ...document, sections }, { reviewJson: '{}', producer: 'x' }))
        const pageOf = (text: string) => pages.findLastIndex((page) => [...page.values()].some((line) => line.includes(text)))
        expect(blocks.length).toBeGreaterThan(2)
        expect(pageOf(caption)).toBeGreaterThanOrEqual(0)
        expect(pageOf(title), `${lang}, ${lines} lines`).toBe(pageOf(caption))
      }
    }
  },
  60_000,
)

it('keeps a signed section whole only where it fits: no length of its words makes it vanish', async () => {
  for (const [style, lang] of [
    ['technical', 'zh'],
    ['gbt9704', 'en'],
    ['gbt9704', 'both'],
  ] as const) {
    const document = composeMemo(exampleInput(sha256), lang, { style })
    const [seal] = document.sections.filter(({ id }) => id === 'seal')
    if (seal === undefined) throw new Error('the example memo has no seal')
    for (const words of [0, 20, 40, 60, 80]) {
      const more = { kind: 'paragraph' as const, runs: [{ text: '盖章前核对 before the stamp '.repeat(words) }] }
      const sections = [{ ...seal, blocks: [...seal.blocks, more] }]
      // The print reads itself back and refuses a page that lost a text.
      const pages = await linesOf(await printPdf({ ...document, sections }, { reviewJson: '{}', producer: 'x' }))
      expect(pages.length, `${style}, ${lang}, ${words}`).toBeGreaterThan(0)
    }
  }
}, 60_000)

it('keeps code and signature of a section too long for one page together, and no heading alone above them', async () => {
  const document = composeMemo(exampleInput(sha256), 'en', { style: 'gbt9704' })
  const [seal] = document.sections.filter(({ id }) => id === 'seal')
  const [heading, ...rest] = seal?.blocks ?? []
  if (heading === undefined) throw new Error('the example memo has no seal')
  for (const lines of [0, 4, 8, 12, 16]) {
    const paragraph = (words: string, count: number) => ({ kind: 'paragraph' as const, runs: [{ text: words.repeat(count) }] })
    const sections = [
      { id: 'x', blocks: [paragraph('文', 28 * lines + 1)] },
      { id: 'seal', blocks: [heading, paragraph('盖章前核对。', 90), ...rest] },
    ]
    const pages = await linesOf(await printPdf({ ...document, sections }, { reviewJson: '{}', producer: 'x' }))
    const pageOf = (text: string) => pages.findLastIndex((page) => [...page.values()].some((line) => line.includes(text)))
    expect(pageOf('The seal as a QR code'), `${lines} lines`).toBe(pageOf('Office stamp'))
    expect(pageOf('Seal and signature'), `${lines} lines`).toBe(
      pages.findIndex((page) => [...page.values()].some((line) => line.includes('盖章前'))),
    )
  }
}, 60_000)
