import { create } from 'zustand'
import { without } from '#core/without.ts'
import type { FacetName, LibraryFilters } from '#core/contract/library-procedures.ts'

export type LibraryLook = 'cards' | 'table' | 'statistics'

interface LibraryState {
  filters: LibraryFilters
  look: LibraryLook
  setQuery: (query: string) => void
  setFacet: (facet: FacetName, value: string | null) => void
  setLatest: (latest: boolean) => void
  setLook: (look: LibraryLook) => void
  clear: () => void
}

/** What the library is narrowed to: kept while a memo is read, so that the way back leads to the same list. */
export const useLibrary = create<LibraryState>()((set) => ({
  filters: { query: '' },
  look: 'cards',
  setQuery: (query) => set(({ filters }) => ({ filters: { ...filters, query } })),
  setFacet: (facet, value) =>
    set(({ filters }) => {
      const rest = without(filters, facet)
      return { filters: value === null ? rest : ({ ...rest, [facet]: value } as LibraryFilters) }
    }),
  setLatest: (latest) => set(({ filters }) => ({ filters: { ...filters, latest } })),
  setLook: (look) => set({ look }),
  clear: () => set({ filters: { query: '' } }),
}))
