import { FACETS, type Facet, type FacetName, type LibraryFilters } from '#core/contract/library-procedures.ts'
import type { Bilingual } from '#core/text.ts'
import type { StoredMemo } from '#db/library.ts'

interface Value {
  value: string
  title: Bilingual | null
}

const plain = (value: string): Value[] => [{ value, title: null }]

/** THE LIST of facets: which values a memo has of each. A damaged file has none. */
const VALUES: Record<FacetName, (memo: StoredMemo) => Value[]> = {
  year: ({ onDate }) => plain(onDate.slice(0, 4)),
  office: ({ office }) => plain(office),
  kind: ({ kind }) => plain(kind ?? 'unknown'),
  opinion: ({ head }) => (head.opinion === null ? [] : [{ value: head.opinion.id, title: head.opinion.title }]),
  item: ({ head }) => head.byItem.map(({ item, title }) => ({ value: item, title })),
}

const has = (memo: StoredMemo, facet: FacetName, wanted: string | undefined): boolean =>
  wanted === undefined || (!memo.head.problem && VALUES[facet](memo).some(({ value }) => value === wanted))

/** Whether a memo has what was chosen of every facet, or of all but one. */
export const matching = (memo: StoredMemo, filters: LibraryFilters, except?: FacetName): boolean =>
  FACETS.every((facet) => facet === except || has(memo, facet, filters[facet]))

function facetOf(memos: readonly StoredMemo[], facet: FacetName): Facet[] {
  const found = new Map<string, Facet>()
  for (const memo of memos) {
    for (const { value, title } of memo.head.problem ? [] : VALUES[facet](memo)) {
      const known = found.get(value)
      found.set(value, { value, title: known?.title ?? title, count: (known?.count ?? 0) + 1 })
    }
  }
  const byCount = (a: Facet, b: Facet): number => b.count - a.count || (a.value < b.value ? -1 : 1)
  return [...found.values()].toSorted(facet === 'year' ? (a, b) => (a.value < b.value ? 1 : -1) : byCount)
}

/** What there is to choose from, each counted as if nothing of its own were chosen. */
export const facetsOf = (memos: readonly StoredMemo[], filters: LibraryFilters): Record<FacetName, Facet[]> => {
  const of = (facet: FacetName): Facet[] =>
    facetOf(
      memos.filter((memo) => matching(memo, filters, facet)),
      facet,
    )
  return { year: of('year'), office: of('office'), kind: of('kind'), opinion: of('opinion'), item: of('item') }
}
