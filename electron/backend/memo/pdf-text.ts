import { AppError } from '#core/errors.ts'
import type { Block, MemoDocument, Run } from '#core/memo/document.ts'
import { openPdf } from './pdf-reader.ts'

/** How much of the end of each text must be found again. */
const TAIL = 10

/**
 * Reads a printed memo back and checks that the end of every text in it is there: layout engines lose rows and blocks that do
 * not fit, in silence.
 * @throws AppError `memo.text-lost` with the text that is gone.
 */
export async function assertTextKept(bytes: Uint8Array, document: MemoDocument): Promise<void> {
  const pages = await pageTexts(bytes)
  const whole = pages.join('\n')
  for (const part of textsOf(document)) {
    const words = squeezed(part)
    const tail = Array.from(words).slice(-TAIL).join('')
    if (tail === '' || whole.includes(tail) || isInTwoPieces(tail, pages)) continue
    throw new AppError('memo.text-lost', { part: part.slice(-60) })
  }
}

const squeezed = (text: string): string => text.replaceAll(/\s+/g, '')

/** Text of each page without spaces: line ends and columns put them where the source has none. */
async function pageTexts(bytes: Uint8Array): Promise<string[]> {
  const pdf = await openPdf(bytes)
  try {
    const pages: string[] = []
    for (let number = 1; number <= pdf.numPages; number++) {
      const page = await pdf.getPage(number)
      const { items } = await page.getTextContent({ disableNormalization: true })
      pages.push(squeezed(items.map((item) => ('str' in item ? item.str : '')).join('')))
    }
    return pages
  } finally {
    await pdf.close()
  }
}

/**
 * A text may stand in two pieces: a row that breaks over pages, between other columns; an item of a list, whose number is drawn
 * after its first line.
 */
function isInTwoPieces(tail: string, pages: readonly string[]): boolean {
  const characters = Array.from(tail)
  const pieces = characters
    .slice(1)
    .map((_, at) => [characters.slice(0, at + 1).join(''), characters.slice(at + 1).join('')] as const)
  return pages.some((page, index) => {
    const next = pages[index + 1] ?? ''
    return pieces.some(([first, rest]) => page.includes(first) && (next.includes(rest) || hasNumberBetween(page, first, rest)))
  })
}

function hasNumberBetween(page: string, first: string, rest: string): boolean {
  for (let at = page.indexOf(first); at >= 0; at = page.indexOf(first, at + 1)) {
    const after = page.slice(at + first.length, at + first.length + rest.length + 6)
    if (/^\d{1,4}\./.test(after) && after.replace(/^\d{1,4}\./, '').startsWith(rest)) return true
  }
  return false
}

function textsOf(document: MemoDocument): string[] {
  return [document.title, document.subtitle, ...document.sections.flatMap(({ blocks }) => blocks.flatMap(blockTexts))]
}

const joined = (runs: readonly Run[]): string => runs.map(({ text }) => text).join('')

function blockTexts(block: Block): string[] {
  switch (block.kind) {
    case 'heading':
      return [block.text]
    case 'paragraph':
      return [joined(block.runs)]
    case 'list':
      return block.items.map(joined)
    case 'table':
      return [block.caption, ...[block.head, ...block.rows].flatMap((row) => row.map(({ runs }) => joined(runs)))]
    case 'facts':
      return block.rows.flatMap(({ label, runs }) => [label, joined(runs)])
    case 'verdict':
      return [block.title, block.total, block.coverage, block.remark]
    case 'bars':
      return [block.caption, ...block.bars.flatMap(({ label, text }) => [label, text])]
    case 'map':
      return [
        block.figure.caption,
        ...[...block.figure.svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, words = '']) => unescaped(words)),
      ]
    case 'picture':
      return [block.picture.caption]
    case 'page-break':
      return []
  }
}

const unescaped = (words: string): string =>
  words
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
