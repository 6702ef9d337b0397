/** What can be found, in the order in which groups of equal worth are listed. */
export const SEARCH_GROUPS = [
  'commands',
  'places',
  'bookmarks',
  'themes',
  'items',
  'findings',
  'layers',
  'plans',
  'features',
] as const
export type SearchGroup = (typeof SEARCH_GROUPS)[number]

export interface SearchEntry {
  id: string
  group: SearchGroup
  title: string
  /** What else is said of it, and is searched too. */
  more: string
  /** Key combinations, as they are shown. */
  keys?: string
  go: () => void
}

export interface Ranked {
  entry: SearchEntry
  score: number
}

const plain = (text: string) => text.normalize('NFKC').toLowerCase()

/** How well one word of a query meets a text, 0 … 1; 0 for not at all. */
function wordScore(word: string, text: string): number {
  const at = text.indexOf(word)
  if (at < 0) return 0
  if (text === word) return 1
  const before = text[at - 1]
  const isStart = at === 0 || before === undefined || !/[\p{L}\p{N}]/u.test(before)
  // A shorter text says more about itself with the same letters.
  const share = word.length / text.length
  return (at === 0 ? 0.7 : isStart ? 0.5 : 0.3) + 0.25 * share
}

/** How well an entry meets a query: every word must be in its title or beside it; what is beside counts half. 0 for not at all. */
export function scoreOf({ title, more }: Pick<SearchEntry, 'title' | 'more'>, query: string): number {
  const words = plain(query).split(/\s+/).filter(Boolean)
  if (words.length === 0) return 0
  let sum = 0
  for (const word of words) {
    const score = Math.max(wordScore(word, plain(title)), wordScore(word, plain(more)) / 2)
    if (score === 0) return 0
    sum += score
  }
  return sum / words.length
}

/** Entries that meet a query in their groups: the group with the best entry first, the best entries first within, at most `most` of each. */
export function rankedGroups(
  entries: readonly SearchEntry[],
  query: string,
  most: number,
): { group: SearchGroup; entries: SearchEntry[] }[] {
  const ranked = entries.map((entry): Ranked => ({ entry, score: scoreOf(entry, query) })).filter(({ score }) => score > 0)
  const groups = SEARCH_GROUPS.flatMap((group) => {
    const own = ranked.filter(({ entry }) => entry.group === group).toSorted((a, b) => b.score - a.score)
    return own.length === 0 ? [] : [{ group, best: own[0]?.score ?? 0, entries: own.slice(0, most).map(({ entry }) => entry) }]
  })
  return groups.toSorted((a, b) => b.best - a.best).map(({ group, entries: own }) => ({ group, entries: own }))
}
