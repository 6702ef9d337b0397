import { useQueries } from '@tanstack/react-query'
import type { AttributeRow } from '#core/contract/attribute-procedures.ts'
import type { Input } from '#core/contract/procedures.ts'
import { useClient } from '../api/use-api.tsx'
import { askedKey, type TableAsked } from './use-table-read.ts'

const PAGE_ROWS = 100

/** The rows of a table that are in sight, page by page as they are scrolled to; `rowAt` is undefined for one that is still on its way. */
export function usePages(asked: TableAsked, first: number, end: number): (row: number) => AttributeRow | undefined {
  const client = useClient()
  const firstPage = Math.floor(first / PAGE_ROWS)
  const pages = Array.from({ length: Math.max(0, Math.ceil(end / PAGE_ROWS) - firstPage) }, (_, at) => firstPage + at)
  const read = useQueries({
    queries: pages.map((page) => {
      const input: Input<'attributes.page'> = { ...asked, offset: page * PAGE_ROWS, limit: PAGE_ROWS }
      return {
        queryKey: ['attributes.page', askedKey(input)],
        queryFn: ({ signal }: { signal: AbortSignal }) => client.call('attributes.page', input, { signal }),
        gcTime: 30_000,
      }
    }),
  })
  return (row) => read[Math.floor(row / PAGE_ROWS) - firstPage]?.data?.rows[row % PAGE_ROWS]
}
