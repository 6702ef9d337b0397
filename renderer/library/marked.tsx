import { marksOf, type Snippet } from '#core/library/snippet.ts'

function pieces(text: string, marks: readonly (readonly [number, number])[]) {
  const parts: { at: number; text: string; isMarked: boolean }[] = []
  let at = 0
  for (const [from, to] of marks) {
    if (from > at) parts.push({ at, text: text.slice(at, from), isMarked: false })
    parts.push({ at: from, text: text.slice(from, to), isMarked: true })
    at = to
  }
  if (at < text.length) parts.push({ at, text: text.slice(at), isMarked: false })
  return parts
}

/** A piece of a memo with what was looked for marked in it. */
export const Marked = ({ snippet: { text, marks } }: { snippet: Snippet }) => (
  <span>
    {pieces(text, marks).map((part) =>
      part.isMarked ? <mark key={part.at}>{part.text}</mark> : <span key={part.at}>{part.text}</span>,
    )}
  </span>
)

/** A whole text with the terms of a query marked. @param terms folded */
export const MarkedText = ({ text, terms }: { text: string; terms: readonly string[] }) => (
  <Marked snippet={{ text, marks: marksOf(text, terms) }} />
)
