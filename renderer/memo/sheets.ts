import type { Block, MemoDocument } from '#core/memo/document.ts'

/** A piece of the memo between two page breaks. */
export interface Sheet {
  key: string
  blocks: { key: string; block: Block }[]
  /** A figure stands alone on a page of its own size. */
  foldsOut?: true
}

/** Splits the document at its page breaks, and around figures with a page of their own; a break at the very start or end makes no empty sheet. */
export function memoSheets(document: MemoDocument): Sheet[] {
  const sheets: Sheet[] = [{ key: 'sheet-0', blocks: [] }]
  for (const section of document.sections) {
    for (const [index, block] of section.blocks.entries()) {
      const last = sheets.at(-1)
      const one = { key: `${section.id}-${index}`, block }
      if (block.kind === 'map' && block.figure.page !== undefined) {
        sheets.push(
          { key: `sheet-${sheets.length}`, blocks: [one], foldsOut: true },
          { key: `sheet-${sheets.length + 1}`, blocks: [] },
        )
      } else if (block.kind !== 'page-break') last?.blocks.push(one)
      else if (last && last.blocks.length > 0) sheets.push({ key: `sheet-${sheets.length}`, blocks: [] })
    }
  }
  return sheets.filter(({ blocks }) => blocks.length > 0)
}
