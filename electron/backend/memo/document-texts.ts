import type { Block, MemoDocument, Run } from '#core/memo/document.ts'

/** Without spaces: line ends and columns put them where the source has none. */
export const squeezed = (text: string): string => text.replaceAll(/\s+/g, '')

/** Every text of a document that must be found again in what was written of it, in reading order; with the words that stand in drawings. */
export function documentTexts(document: MemoDocument): string[] {
  return [document.title, document.subtitle, ...document.sections.flatMap(({ blocks }) => blocks.flatMap(blockTexts))]
}

const joined = (runs: readonly Run[]): string => runs.map(({ text }) => text).join('')

/** The texts of one block, in reading order. */
export function blockTexts(block: Block): string[] {
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
        ...[...block.figure.svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, words = '']) => unescaped(words)),
        block.figure.caption,
      ]
    case 'picture':
      return [block.picture.caption]
    case 'page-break':
      return []
  }
}

export const unescaped = (words: string): string =>
  words
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll(/&(?:#39|apos);/g, "'")
    .replaceAll('&amp;', '&')
