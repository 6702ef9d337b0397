/** Text as it is searched, and where each of its characters stands in the text that people read. */
export interface FoldedText {
  folded: string
  /** For each UTF-16 unit of `folded` the place in the text that it came from, and at the end the text's length. */
  from: number[]
}

const foldedPoint = (point: string): string => point.normalize('NFKC').toLowerCase()

/**
 * Half and full width, capital and small letters and compatibility forms are one to who searches: ＡＢ, ab and AB, ㎡ and m2. White space of any
 * length is one space, so that a line break inside a sentence does not hide it.
 */
export const foldText = (text: string): string => foldWithPlaces(text).folded

/** The same with the way back to the text, for marking what was found. */
export function foldWithPlaces(text: string): FoldedText {
  const parts: string[] = []
  const from: number[] = []
  let at = 0
  let isSpace = false
  for (const point of text) {
    const folded = /\s/u.test(point) ? ' ' : foldedPoint(point)
    if (folded !== ' ' || !isSpace) {
      parts.push(folded)
      for (let unit = 0; unit < folded.length; unit += 1) from.push(at)
    }
    isSpace = folded === ' '
    at += point.length
  }
  from.push(text.length)
  return { folded: parts.join(''), from }
}
