import { wrapMethod, type Prototype } from './pdf-patch.ts'

/** A piece of text that may stand on a line: in Chinese, a character. */
interface Piece {
  width: number
  leadingCut?: number
  trailingCut?: number
  /** No line ends behind it. */
  noNewLine?: boolean
}
interface TextNode {
  _inlines?: Piece[]
}
interface LayoutBuilder {
  writer: { context(): { availableWidth: number } }
}

/**
 * Breaking a line, pdfmake copies what is left of the text for every character. It is shown no more of the text than it can put on the
 * line: what it breaks stays the same, and a long paragraph no longer costs the square of its length.
 */
export function breakWithinReach(layoutBuilder: Prototype): void {
  wrapMethod<LayoutBuilder, [TextNode]>(layoutBuilder, 'buildNextLine', (proceed, [node], { writer }) => {
    const all = node._inlines ?? []
    const end = reach(all, writer.context().availableWidth)
    if (end >= all.length) return proceed(node)
    node._inlines = all.slice(0, end)
    const line = proceed(node)
    node._inlines = [...node._inlines, ...all.slice(end)]
    return line
  })
}

/** How many pieces must be seen to break the next line: up to the first before which a break may stand and that is too far right for it. */
export function reach(pieces: readonly Piece[], availableWidth: number): number {
  let width = -(pieces[0]?.leadingCut ?? 0)
  let at = 0
  for (const piece of pieces) {
    width += piece.width
    const isForced = at === 0 || pieces[at - 1]?.noNewLine === true
    if (!isForced && width - (piece.trailingCut ?? 0) > availableWidth) return at + 1
    at++
  }
  return pieces.length
}
