import { AppError } from '#core/errors.ts'
import type { MemoDocument } from '#core/memo/document.ts'
import { documentTexts, squeezed } from './document-texts.ts'
import { openPdf } from './pdf-reader.ts'
import { isNode, readStructure, type ContentPlace, type StructureNode } from './pdf-structure.ts'

/**
 * Reads a printed memo back, in the order in which its structure tells it, and checks that every text of the document is there, whole
 * and in its turn: layout engines lose rows and blocks that do not fit, in silence.
 * @throws AppError `memo.text-lost` with the text that is gone.
 */
export async function assertTextKept(bytes: Uint8Array, document: MemoDocument, structure?: StructureNode): Promise<void> {
  const root = structure ?? (await readStructure(bytes)).root
  const told = await readingText(bytes, root)
  let from = 0
  for (const part of documentTexts(document)) {
    const words = squeezed(part)
    const at = told.indexOf(words, from)
    if (at < 0) throw new AppError('memo.text-lost', { part: part.slice(-60) })
    from = at + words.length
  }
}

/** The text below a node in reading order, without spaces. Contents repeat headings, so they are left out. */
export async function readingText(bytes: Uint8Array, node: StructureNode): Promise<string> {
  const texts = await markedTexts(bytes)
  return placesOf(node)
    .map(({ page, mcid }) => texts.get(`${page} ${mcid}`) ?? '')
    .join('')
}

const placesOf = (node: StructureNode): ContentPlace[] =>
  node.type === 'TOC' ? [] : node.children.flatMap((child) => (isNode(child) ? placesOf(child) : [child]))

/** "page mcid" → the text of that piece of marked content. */
async function markedTexts(bytes: Uint8Array): Promise<Map<string, string>> {
  const texts = new Map<string, string>()
  const pdf = await openPdf(bytes)
  try {
    for (let number = 1; number <= pdf.numPages; number++) {
      const page = await pdf.getPage(number)
      const { items } = await page.getTextContent({ disableNormalization: true, includeMarkedContent: true })
      const open: (string | null)[] = []
      for (const item of items) {
        if ('str' in item) {
          const key = open.findLast((one) => one !== null)
          if (key) texts.set(key, (texts.get(key) ?? '') + squeezed(item.str))
        } else if ('type' in item && item.type === 'endMarkedContent') open.pop()
        else open.push(keyOf('id' in item ? item.id : undefined, number - 1))
      }
    }
  } finally {
    await pdf.close()
  }
  return texts
}

/** The reader names pieces "p12R_mc3". */
function keyOf(id: string | undefined, page: number): string | null {
  const [, mcid] = /_mc(\d+)$/.exec(id ?? '') ?? []
  return mcid === undefined ? null : `${page} ${mcid}`
}
