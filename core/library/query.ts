import { foldText } from './fold.ts'

/** Words that must all stand in one text. */
export interface LibraryQuery {
  terms: readonly string[]
}

/** More than this is pasted, not typed. */
const MOST_TERMS = 12

/** The index holds every three characters in a row; shorter words are looked for in the texts themselves. */
export const INDEXED_LENGTH = 3

/**
 * Reads what a person typed: words between spaces, and whole phrases between quotation marks of either script. Every other character stands
 * for itself; there are no operators that a stray sign could set off.
 */
export function parseQuery(text: string): LibraryQuery {
  const folded = foldText(text).replaceAll(/[“”„‟「」『』]/g, '"')
  const terms = [...folded.matchAll(/"([^"]*)"|([^\s"]+)/g)].map(([, phrase, word]) => (phrase ?? word ?? '').trim())
  return { terms: [...new Set(terms.filter((term) => term !== ''))].slice(0, MOST_TERMS) }
}

/** Code points, which is what the index counts. */
export const lengthOf = (term: string): number => Array.from(term).length

/** A word as the index takes it: one quoted string, so that nothing in it is an operator. */
export const indexPhrase = (term: string): string => `"${term.replaceAll('"', '""')}"`

/** A word as a pattern of LIKE with `\` as escape. */
export const likePattern = (term: string): string => `%${term.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`
