import type { LayerColumns } from '../geo/columns.ts'

/** What sources write for each of a few meanings, lower case. */
export type Words<K extends string> = Readonly<Record<K, readonly string[]>>

/**
 * The meaning of a text attribute, feature by feature; undefined where it is absent or says nothing we know. Each distinct text is
 * understood once.
 */
export function wordedField<K extends string>(
  layer: LayerColumns,
  field: string,
  words: Words<K>,
): (feature: number) => K | undefined {
  const column = layer.attributes[field]
  if (column?.type !== 'text') return () => undefined
  const meanings = column.dictionary.map((text) => meaningOf(text, words))
  return (feature) => meanings[column.codes[feature] ?? -1]
}

/** The meaning of one text: the whole of it, or a known word inside it. */
function meaningOf<K extends string>(text: string, words: Words<K>): K | undefined {
  const said = text.normalize('NFKC').trim().toLowerCase()
  const keys = Object.keys(words) as K[]
  return keys.find((key) => words[key].includes(said)) ?? keys.find((key) => words[key].some((word) => isInside(word, said)))
}

/** Short Latin words would be found inside others ("new" in "renewed"). */
const isInside = (word: string, said: string): boolean => (/\p{Script=Han}/u.test(word) || word.length > 4) && said.includes(word)
