import type { Block, MemoDocument } from '#core/memo/document.ts'

/** A piece of the memo between two page breaks. */
export interface Sheet {
  key: string
  blocks: { key: string; block: Block }[]
}

/** Splits the document at its page breaks; a break at the very start or end makes no empty sheet. */
export function memoSheets(document: MemoDocument): Sheet[] {
  const sheets: Sheet[] = [{ key: 'sheet-0', blocks: [] }]
  for (const section of document.sections) {
    for (const [index, block] of section.blocks.entries()) {
      const last = sheets.at(-1)
      if (block.kind !== 'page-break') last?.blocks.push({ key: `${section.id}-${index}`, block })
      else if (last && last.blocks.length > 0) sheets.push({ key: `sheet-${sheets.length}`, blocks: [] })
    }
  }
  return sheets.filter(({ blocks }) => blocks.length > 0)
}
