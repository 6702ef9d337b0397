import type { Block, Cell, MemoDocument, Run } from './document.ts'

/** The words of a memo as plain text, for search, for the command line and for tests. Cells of a row stand between bars. */
export function memoText(memo: MemoDocument): string {
  const blocks = memo.sections.flatMap((section) => section.blocks.map(blockText))
  return [memo.title, memo.subtitle, '', ...blocks, memo.footer, ''].join('\n')
}

const runsText = (runs: readonly Run[]): string => runs.map(({ text }) => text).join('')
const rowText = (cells: readonly Cell[]): string => cells.map(({ runs }) => runsText(runs)).join(' | ')

function blockText(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `\n${'#'.repeat(block.level)} ${block.text}`
    case 'paragraph':
      return runsText(block.runs)
    case 'list':
      return block.items.map((runs, index) => `${block.ordered ? `${index + 1}.` : '-'} ${runsText(runs)}`).join('\n')
    case 'table':
      return [`[${block.caption}]`, rowText(block.head), ...block.rows.map(rowText)].join('\n')
    case 'facts':
      return block.rows.map(({ label, runs }) => `${label}: ${runsText(runs)}`).join('\n')
    case 'verdict':
      return [block.title, block.total, block.coverage, block.remark].join('\n')
    case 'bars':
      return [`[${block.caption}]`, ...block.bars.map(({ label, text }) => `${label}: ${text}`)].join('\n')
    case 'map':
      return `[${block.figure.caption}] ${block.figure.alt}`
    case 'picture':
      return `[${block.picture.caption}]`
    case 'page-break':
      return ''
  }
}
