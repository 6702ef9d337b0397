import { foldWithPlaces } from './fold.ts'

/** A piece of text around what was found. `marks`: places in it, in order, without overlap. */
export interface Snippet {
  text: string
  marks: [from: number, to: number][]
}

const BEFORE = 18
const LENGTH = 96

/** Where terms stand in a text, as places in it: in order, joined where they touch. @param terms folded */
export function marksOf(text: string, terms: readonly string[]): [number, number][] {
  const { folded, from } = foldWithPlaces(text)
  const found: [number, number][] = []
  for (const term of terms) {
    for (let at = folded.indexOf(term); at !== -1; at = folded.indexOf(term, at + Math.max(1, term.length))) {
      const start = from[at] ?? 0
      // The last unit's character is marked whole, whatever number of units it became.
      const last = from[at + term.length - 1] ?? start
      const end = from.slice(at + term.length).find((place) => place > last) ?? text.length
      found.push([start, end])
    }
  }
  const joined: [number, number][] = []
  for (const [start, end] of found.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const before = joined.at(-1)
    if (before && start <= before[1]) before[1] = Math.max(before[1], end)
    else joined.push([start, end])
  }
  return joined
}

/** The part of a text that shows where terms stand in it. @param terms folded, as `parseQuery` gives them */
export function snippetOf(text: string, terms: readonly string[]): Snippet {
  const marks = marksOf(text, terms)
  const first = marks[0]?.[0] ?? 0
  const start = whole(text, first <= BEFORE * 2 ? 0 : first - BEFORE)
  const end = whole(text, Math.min(text.length, start + LENGTH))
  const head = start > 0 ? '…' : ''
  const inside = marks
    .filter(([from, to]) => from >= start && to <= end)
    .map(([from, to]): [number, number] => [from - start + head.length, to - start + head.length])
  return { text: `${head}${text.slice(start, end).replaceAll(/\s/g, ' ')}${end < text.length ? '…' : ''}`, marks: inside }
}

/** A place between characters, never inside of one that takes two units. */
const whole = (text: string, at: number): number => (/[\udc00-\udfff]/.test(text.charAt(at)) ? at - 1 : at)
