import { PDFBool, PDFDict, PDFName, type PDFDocument } from 'pdf-lib'
import { isNode, textIn, walkStructure, type StructureNode } from './pdf-structure.ts'

/** Which elements may stand right above which; others may stand anywhere. */
const PARENTS: Readonly<Record<string, readonly string[]>> = {
  TR: ['THead', 'TBody'],
  TH: ['TR'],
  TD: ['TR'],
  THead: ['Table'],
  TBody: ['Table'],
  LI: ['L'],
  Lbl: ['LI'],
  LBody: ['LI'],
  TOCI: ['TOC'],
}
const LOWEST_HEADING = 6

/**
 * What a reader would stumble over in a PDF of ours, in words for developers: none for a sound file. It is what a machine can judge of
 * PDF/UA-1 without a validator at hand: one heading of the first level and no level skipped, tables with captions or row names and equal
 * rows, figures with words, links with words, a language and a title.
 */
export function accessibilityFaults(document: PDFDocument, root: StructureNode): string[] {
  const faults = documentFaults(document)
  let level = 0
  for (const [node, above] of walkStructure(root)) {
    const parent = above.at(-1)
    const allowed = PARENTS[node.type]
    if (allowed && !allowed.includes(parent?.type ?? '')) faults.push(`${node.type} stands in ${parent?.type ?? 'nothing'}`)
    const [, digit] = /^H([1-6])$/.exec(node.type) ?? []
    if (digit !== undefined) {
      if (Number(digit) > Math.min(level + 1, LOWEST_HEADING))
        faults.push(`a heading of level ${digit} follows one of level ${level}`)
      level = Number(digit)
    }
    if (node.type === 'Figure' && (node.alt ?? '').trim() === '') faults.push('a figure has no words in its place')
    if (node.type === 'Figure' && !('BBox' in node.attributes)) faults.push('a figure does not say where it is')
    if (node.type === 'TH' && !('Scope' in node.attributes)) faults.push('a table header does not say what it heads')
    if (node.type === 'Table') faults.push(...tableFaults(node))
    if (node.type === 'Link') faults.push(...linkFaults(node))
  }
  return faults
}

function documentFaults({ catalog }: PDFDocument): string[] {
  const faults: string[] = []
  if ((textIn(catalog, 'Lang') ?? '') === '') faults.push('the document has no language')
  const preferences = catalog.lookup(PDFName.of('ViewerPreferences'))
  const shown = preferences instanceof PDFDict && preferences.lookup(PDFName.of('DisplayDocTitle'))
  if (shown !== PDFBool.True) faults.push('the title is not shown')
  const marks = catalog.lookup(PDFName.of('MarkInfo'))
  if (!(marks instanceof PDFDict) || marks.lookup(PDFName.of('Marked')) !== PDFBool.True)
    faults.push('the document is not marked')
  return faults
}

function tableFaults(table: StructureNode): string[] {
  const rows = [...walkStructure(table)].flatMap(([node]) => (node.type === 'TR' ? [node.children.filter(isNode)] : []))
  const widths = rows.map((cells) => cells.reduce((sum, { attributes }) => sum + Number(attributes.ColSpan ?? 1), 0))
  const faults: string[] = []
  if (new Set(widths).size > 1) faults.push(`a table has rows of ${[...new Set(widths)].join(', ')} columns`)
  if (!rows.flat().some(({ type }) => type === 'TH')) faults.push('a table has no headers')
  return faults
}

function linkFaults({ annotations }: StructureNode): string[] {
  if (annotations.length === 0) return ['a link leads nowhere']
  return annotations.every((annotation) => (textIn(annotation, 'Contents') ?? '') !== '') ? [] : ['a link has no words']
}
